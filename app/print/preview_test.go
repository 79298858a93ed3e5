package print_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"testing"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

// The screen shows what the paper will show: each page is compared with what
// poppler makes of the file, by the ink in squares of 2 mm.
func TestPreviewIsThePaper(t *testing.T) {
	d := layout(t, printtest.Class(5, small), print.Options{})
	data := pdf(t, d)
	v, err := print.NewPreview(d, 100, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 4, 5, len(d.Pages) - 2, len(d.Pages)} {
		t.Run(fmt.Sprint("page ", n), func(t *testing.T) {
			want := pgm(t, tool(t, data, "pdftoppm", "-r", "100", "-gray", "-f", fmt.Sprint(n), "-l", fmt.Sprint(n), "FILE"))
			got := v.Page(&d.Pages[n-1])
			worst, sum, squares := 0.0, 0.0, 0
			for y := 0; y+8 <= want.Rect.Dy(); y += 8 {
				for x := 0; x+8 <= want.Rect.Dx(); x += 8 {
					a, b := ink(got, x, y), ink(want, x, y)
					worst = max(worst, max(a-b, b-a))
					sum += max(a-b, b-a)
					squares++
				}
			}
			if mean := sum / float64(squares); worst > 0.25 || mean > 0.02 {
				t.Errorf("ink differs by %.3f at most and %.4f on average", worst, mean)
			}
		})
	}
}

func ink(m image.Image, x0, y0 int) float64 {
	sum := 0.0
	for y := y0; y < y0+8; y++ {
		for x := x0; x < x0+8; x++ {
			sum += 1 - float64(color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y)/255
		}
	}
	return sum / 64
}

// pgm reads the grey picture that pdftoppm writes.
func pgm(t *testing.T, data []byte) *image.Gray {
	t.Helper()
	var w, h, most int
	if _, err := fmt.Fscanf(bytes.NewReader(data), "P5\n%d %d\n%d", &w, &h, &most); err != nil || most != 255 || len(data) < w*h {
		t.Fatalf("not a picture: %v", err)
	}
	return &image.Gray{Pix: data[len(data)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)}
}

func TestPreviewSizes(t *testing.T) {
	d := layout(t, printtest.Class(5, printtest.Size{Pupils: 2}), print.Options{})
	v, err := print.NewPreview(d, 96, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Page(&d.Pages[0]).Bounds().Size(); got != image.Pt(794, 1123) || got != v.Size() {
		t.Errorf("A4 at 96 dpi is %v", got)
	}
	for _, dpi := range []float64{0, -5, 1e6} {
		if _, err := print.NewPreview(d, dpi, 1); err == nil {
			t.Errorf("%.0f dpi was accepted", dpi)
		}
	}
}
