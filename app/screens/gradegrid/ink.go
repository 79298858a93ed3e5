package gradegrid

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/math/fixed"

	"uchitelskaya/app/screens/theme"
)

// A pen draws into an image inside a clip. Coordinates are device pixels.
type pen struct {
	img  *image.RGBA
	clip image.Rectangle
	*glyphs
}

// fill paints a rectangle with an opaque colour.
func (p *pen) fill(r image.Rectangle, c color.NRGBA) {
	r = r.Intersect(p.clip)
	if r.Empty() {
		return
	}
	first := p.img.Pix[p.img.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	for i := 0; i < len(first); i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, 0xFF
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(p.img.Pix[p.img.PixOffset(r.Min.X, y):], first)
	}
}

// blend lays a colour over one pixel; a is its coverage.
func (p *pen) blend(x, y int, c color.NRGBA, a uint8) {
	d := p.img.Pix[p.img.PixOffset(x, y):][:4:4]
	n := uint32(a)
	d[0] = uint8((uint32(c.R)*n + uint32(d[0])*(255-n) + 127) / 255)
	d[1] = uint8((uint32(c.G)*n + uint32(d[1])*(255-n) + 127) / 255)
	d[2] = uint8((uint32(c.B)*n + uint32(d[2])*(255-n) + 127) / 255)
}

// text draws a text from x (64ths of a pixel) on the baseline y and returns
// where the pen stops.
func (p *pen) text(x fixed.Int26_6, y int, s style, size int, c color.NRGBA, text string) fixed.Int26_6 {
	for _, r := range text {
		at := (x + 64/subs/2) &^ (64/subs - 1)
		g := p.get(s, size, r, int(at&63)/(64/subs))
		box := g.box.Add(image.Pt(at.Floor(), y))
		seen := box.Intersect(p.clip)
		for yy := seen.Min.Y; yy < seen.Max.Y; yy++ {
			row := g.mask[(yy-box.Min.Y)*box.Dx():]
			for xx := seen.Min.X; xx < seen.Max.X; xx++ {
				if a := row[xx-box.Min.X]; a != 0 {
					p.blend(xx, yy, c, a)
				}
			}
		}
		x += g.advance
	}
	return x
}

// shape fills the points for which inside is true, with soft edges. The
// points are pixel coordinates from the corner of r.
func (p *pen) shape(r image.Rectangle, c color.NRGBA, inside func(x, y float64) bool) {
	const fine = 4
	seen := r.Intersect(p.clip)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		for x := seen.Min.X; x < seen.Max.X; x++ {
			n := 0
			for i := range fine * fine {
				if inside(float64(x-r.Min.X)+(float64(i%fine)+0.5)/fine, float64(y-r.Min.Y)+(float64(i/fine)+0.5)/fine) {
					n++
				}
			}
			if n > 0 {
				p.blend(x, y, c, uint8(n*255/(fine*fine)))
			}
		}
	}
}

// frame draws a rectangle's edge, inwards, with round corners.
func (p *pen) frame(r image.Rectangle, width int, radius float64, c color.NRGBA) {
	k := max(int(math.Ceil(radius)), width)
	p.fill(image.Rect(r.Min.X+k, r.Min.Y, r.Max.X-k, r.Min.Y+width), c)
	p.fill(image.Rect(r.Min.X+k, r.Max.Y-width, r.Max.X-k, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y+k, r.Min.X+width, r.Max.Y-k), c)
	p.fill(image.Rect(r.Max.X-width, r.Min.Y+k, r.Max.X, r.Max.Y-k), c)
	out, in := float64(k), radius-float64(width)
	corner := func(x, y float64) bool { // of the top left corner; others are mirrored
		if x >= radius || y >= radius {
			return x < float64(width) || y < float64(width)
		}
		d := math.Hypot(radius-x, radius-y)
		return d <= radius && d >= in
	}
	p.shape(image.Rect(r.Min.X, r.Min.Y, r.Min.X+k, r.Min.Y+k), c, corner)
	p.shape(image.Rect(r.Max.X-k, r.Min.Y, r.Max.X, r.Min.Y+k), c, func(x, y float64) bool { return corner(out-x, y) })
	p.shape(image.Rect(r.Min.X, r.Max.Y-k, r.Min.X+k, r.Max.Y), c, func(x, y float64) bool { return corner(x, out-y) })
	p.shape(image.Rect(r.Max.X-k, r.Max.Y-k, r.Max.X, r.Max.Y), c, func(x, y float64) bool { return corner(out-x, out-y) })
}

// pill fills a bar with round ends; a square becomes a dot.
func (p *pen) pill(r image.Rectangle, c color.NRGBA) {
	k := (min(r.Dx(), r.Dy()) + 1) / 2 // only the ends have soft edges
	first, middle, last := r, r, r
	switch {
	case max(r.Dx(), r.Dy()) < 2*k:
		middle, last = image.Rectangle{}, image.Rectangle{}
	case r.Dx() >= r.Dy():
		first.Max.X, last.Min.X = r.Min.X+k, r.Max.X-k
		middle.Min.X, middle.Max.X = first.Max.X, last.Min.X
	default:
		first.Max.Y, last.Min.Y = r.Min.Y+k, r.Max.Y-k
		middle.Min.Y, middle.Max.Y = first.Max.Y, last.Min.Y
	}
	p.fill(middle, c)
	p.round(r, first, c)
	p.round(r, last, c)
}

// round fills the part of a pill over r that lies in part.
func (p *pen) round(r, part image.Rectangle, c color.NRGBA) {
	w, h, at := float64(r.Dx()), float64(r.Dy()), part.Min.Sub(r.Min)
	q := min(w, h) / 2
	p.shape(part, c, func(x, y float64) bool {
		x, y = x+float64(at.X), y+float64(at.Y)
		dx, dy := max(q-x, x-(w-q), 0), max(q-y, y-(h-q), 0)
		return dx*dx+dy*dy <= q*q
	})
}

// hatch draws the diagonals of a closed term over r; origin is the corner of
// the content, so that the lines go on from cell to cell.
func (p *pen) hatch(r image.Rectangle, origin image.Point, distance int, c color.NRGBA) {
	r = r.Intersect(p.clip)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		off := (r.Min.X - origin.X + y - origin.Y) % distance
		for x := r.Min.X + (distance-off)%distance; x < r.Max.X; x += distance {
			p.blend(x, y, c, 0xFF)
		}
	}
}

// ink is the colour of a token in the look.
func (l Look) ink(t theme.Token) color.NRGBA { return l.Palette[t] }
