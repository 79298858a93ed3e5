package gradegrid_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/app/screens/theme"
)

var update = flag.Bool("update", false, "write the golden pictures again")

func look(p theme.Palette, scale float32) gradegrid.Look {
	return gradegrid.Look{Palette: p, Scale: scale, Zoom: 1, RowHeight: 22, NameWidth: 170}
}

func TestPictures(t *testing.T) {
	for name, tt := range map[string]struct {
		size image.Point
		look gradegrid.Look
		do   func(m *gradegrid.Model, p *gradegrid.Painter)
	}{
		"page":          {image.Pt(1021, 606), look(theme.Light, 1), nil},
		"page-contrast": {image.Pt(1021, 606), look(theme.Contrast, 1), nil},
		"page-125":      {image.Pt(1296, 573), look(theme.Light, 1.25), nil},
		"page-200":      {image.Pt(1400, 800), look(theme.Light, 2), nil},
		"block": {image.Pt(700, 400), look(theme.Light, 1), func(m *gradegrid.Model, p *gradegrid.Painter) {
			m.Select(gradegrid.Pos{Row: 4, Col: 13})
			for range 4 {
				m.Key(gradegrid.Down, gradegrid.Shift)
			}
			for range 3 {
				m.Key(gradegrid.Left, gradegrid.Shift)
			}
			p.Reveal(gradegrid.Pos{Row: 4, Col: 9})
		}},
		"refused": {image.Pt(700, 400), look(theme.Light, 1), func(m *gradegrid.Model, p *gradegrid.Painter) {
			m.Select(gradegrid.Pos{Row: 1, Col: 11})
			m.Rune('6')
		}},
		"waiting": {image.Pt(700, 400), look(theme.Light, 1), func(m *gradegrid.Model, p *gradegrid.Painter) {
			m.Select(gradegrid.Pos{Row: 1, Col: 11})
			m.Rune('н')
		}},
		"long-names": {image.Pt(560, 300), gradegrid.Look{Palette: theme.Light, Scale: 1, Zoom: 0.8, RowHeight: 26, NameWidth: 140}, func(m *gradegrid.Model, p *gradegrid.Painter) {
			s := page()
			for i, name := range []string{"Константинова Елизавета", "Салаватуллина-Беренштейн Эвелина", "Ли Александр-Константин", "Їжакевич Ґалина"} {
				s.Rows[i].Surname, s.Rows[i].Name, _ = strings.Cut(name, " ")
			}
			for i, text := range []string{"оп+4", "оп+5/4", "осв", "нп", "5/4l", "4xd", "4xc", "3kc"} {
				s.Cells[i][15] = cell(text, gradegrid.Lesson)
			}
			for i, text := range []string{"незачs", "н/аs", "зачp", "освs", "5su", "—p"} {
				s.Cells[i][23] = cell(text, gradegrid.Period)
			}
			m.SetSheet(s)
		}},
		"result": {image.Pt(700, 400), look(theme.Light, 1), func(m *gradegrid.Model, p *gradegrid.Painter) {
			m.Select(gradegrid.Pos{Row: 5, Col: 23})
			for _, r := range "н/3" {
				m.Rune(r)
			}
			m.Key(gradegrid.Up, 0)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			m := gradegrid.NewModel(gradegrid.Callbacks{})
			m.SetSheet(page())
			m.Select(gradegrid.Pos{Row: 12, Col: 17})
			p := gradegrid.NewPainter()
			p.Resize(m, tt.size, tt.look)
			p.RevealToday(17)
			if tt.do != nil {
				tt.do(m, p)
			}
			p.Paint(m)
			golden(t, name, p.Image())
		})
	}
}

// Scrolling leaves names, header and the right columns where they stand.
func TestNamesNeverLeave(t *testing.T) {
	m := gradegrid.NewModel(gradegrid.Callbacks{})
	m.SetSheet(class(35, 60))
	m.Away = true
	p := gradegrid.NewPainter()
	p.Resize(m, image.Pt(700, 400), look(theme.Light, 1))
	p.Paint(m)
	names := image.Rect(0, 64, 198, 380)
	head := image.Rect(0, 0, 700, 63)
	leftBefore, headBefore := part(p.Image(), names), part(p.Image(), head)
	m.Select(gradegrid.Pos{Row: 0, Col: 40})
	p.Scroll(image.Pt(10*33, 0))
	p.Paint(m)
	if !bytes.Equal(leftBefore, part(p.Image(), names)) {
		t.Error("scrolling sideways changed the names")
	}
	if bytes.Equal(headBefore, part(p.Image(), head)) {
		t.Error("scrolling sideways did not move the dates")
	}
	headBefore = part(p.Image(), head)
	p.Scroll(image.Pt(0, 5*22))
	p.Paint(m)
	if !bytes.Equal(headBefore, part(p.Image(), head)) {
		t.Error("scrolling down changed the header")
	}
	if zone, at := p.Hit(image.Pt(300, 70)); zone != gradegrid.InCell || at.Row != 5 {
		t.Errorf("under the header is %v, row %d; want row 5", zone, at.Row)
	}
}

func part(img *image.RGBA, r image.Rectangle) []byte {
	var all []byte
	for y := r.Min.Y; y < r.Max.Y; y++ {
		all = append(all, img.Pix[img.PixOffset(r.Min.X, y):img.PixOffset(r.Max.X, y)]...)
	}
	return all
}

// golden compares a picture with testdata/NAME.png, pixel by pixel.
func golden(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	file := filepath.Join("testdata", name+".png")
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("picture is %v; want %v", got.Bounds(), want.Bounds())
	}
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			if w, g := want.At(x, y), got.RGBAAt(x, y); rgb(w.RGBA()) != rgb(g.RGBA()) {
				t.Fatalf("pixel %d,%d is %v; want %v", x, y, g, w)
			}
		}
	}
}

func rgb(r, g, b, _ uint32) [3]uint32 { return [3]uint32{r, g, b} }
