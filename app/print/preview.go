package print

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
)

// A Preview draws pages as pictures, from the same operations that go to the
// file. It keeps the glyphs that it has drawn, so it is not for two goroutines
// at once; make one for each.
type Preview struct {
	sheet  Geometry
	scale  float64 // device pixels a millimetre
	glyphs map[glyphKey]*image.Alpha
	raster rasterer
}

// NewPreview returns a preview of the document's pages at dpi dots an inch,
// times scale (the screen's factor). 96 × 1 gives 794×1123 for A4.
func NewPreview(d *Document, dpi, scale float64) (*Preview, error) {
	px := dpi * scale / 25.4
	if !(px > 0.4 && px < 40) {
		return nil, fmt.Errorf("preview at %.0f dpi × %.2f is out of range", dpi, scale)
	}
	return &Preview{sheet: d.Sheet, scale: px, glyphs: map[glyphKey]*image.Alpha{}}, nil
}

// Size returns the picture's size in pixels.
func (v *Preview) Size() image.Point {
	return image.Pt(int(v.sheet.Width*v.scale+0.5), int(v.sheet.Height*v.scale+0.5))
}

// Page draws a page on white.
func (v *Preview) Page(p *Page) *image.RGBA {
	size := v.Size()
	dst := image.NewRGBA(image.Rectangle{Max: size})
	for i := range dst.Pix {
		dst.Pix[i] = 0xff
	}
	for _, f := range p.Fills {
		gray := color.Gray{Y: uint8(f.Gray*255 + 0.5)}
		draw.Draw(dst, v.rect(f.X, f.Y, f.W, f.H), image.NewUniform(gray), image.Point{}, draw.Src)
	}
	for _, l := range p.Lines {
		v.line(dst, l)
	}
	for _, im := range p.Images {
		xdraw.ApproxBiLinear.Scale(dst, v.rect(im.X, im.Y, im.W, im.H), im.Pixels, im.Pixels.Bounds(), draw.Over, nil)
	}
	for i := range p.Texts {
		v.text(dst, &p.Texts[i])
	}
	return dst
}

func (v *Preview) rect(x, y, w, h float32) image.Rectangle {
	px := func(mm float32) int { return int(math.Round(float64(mm) * v.scale)) }
	return image.Rect(px(x), px(y), px(x+w), px(y+h))
}

// line draws a rule. Upright and level ones lie on whole pixels, at least one
// wide, as a table on a screen should; others are drawn point by point.
func (v *Preview) line(dst *image.RGBA, l Line) {
	width := max(1, int(float64(l.Width)*mmPerPt*v.scale+0.5))
	x1, y1 := float64(l.X1)*v.scale, float64(l.Y1)*v.scale
	x2, y2 := float64(l.X2)*v.scale, float64(l.Y2)*v.scale
	if l.X1 == l.X2 || l.Y1 == l.Y2 {
		half := float64(width) / 2
		r := image.Rect(round(min(x1, x2)-half), round(min(y1, y2)-half), round(max(x1, x2)-half)+width, round(max(y1, y2)-half)+width)
		// Thin rules that round to one pixel are softened to their true weight.
		ink := min(1, float64(l.Width)*mmPerPt*v.scale/float64(width))
		shade := color.RGBA{A: uint8(255 * max(ink, 0.45))}
		draw.Draw(dst, r, image.NewUniform(shade), image.Point{}, draw.Over)
		return
	}
	steps := int(max(math.Abs(x2-x1), math.Abs(y2-y1))) + 1
	for i := range steps + 1 {
		t := float64(i) / float64(steps)
		dst.SetRGBA(round(x1+(x2-x1)*t), round(y1+(y2-y1)*t), color.RGBA{0x60, 0x60, 0x60, 0xff})
	}
}

func round(v float64) int { return int(math.Round(v)) }
