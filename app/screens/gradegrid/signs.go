package gradegrid

import (
	"image"
	"image/color"
	"math"

	"uchitelskaya/app/screens/theme"
)

// triangle draws the sign of a conflict: a filled triangle with «!».
func (p *Painter) triangle(r image.Rectangle) {
	w, h := float64(r.Dx()), float64(r.Dy())
	p.shape(r, p.ink(theme.Warn), func(x, y float64) bool {
		return y <= h*0.95 && math.Abs(x-w/2) <= w/2*(y/(h*0.95))
	})
	p.shape(r, p.ink(theme.WarnSoft), func(x, y float64) bool {
		return math.Abs(x-w/2) <= w*0.075 && (y >= h*0.36 && y <= h*0.64 || y >= h*0.73 && y <= h*0.86)
	})
}

// pennant draws the deputy's remark: a pole with a filled flag.
func (p *Painter) pennant(r image.Rectangle) {
	w, h := float64(r.Dx()), float64(r.Dy())
	p.shape(r, p.ink(theme.Warn), func(x, y float64) bool {
		if x <= w*0.13 {
			return true
		}
		notch := w - w*0.22*(1-math.Abs(y-h*0.33)/(h*0.33))
		return y <= h*0.66 && x <= notch
	})
}

// padlock draws the lock of a closed term.
func (p *Painter) padlock(r image.Rectangle, c color.NRGBA) {
	w, h := float64(r.Dx()), float64(r.Dy())
	pen := w * 0.13
	p.shape(r, c, func(x, y float64) bool {
		top := h * 0.42
		if y >= top {
			return x >= w*0.06 && x <= w*0.94 && (x <= w*0.06+pen || x >= w*0.94-pen || y <= top+pen || y >= h-pen)
		}
		d := math.Hypot(x-w/2, y-h*0.34)
		if y > h*0.34 {
			d = math.Abs(x - w/2)
		}
		return d <= w*0.32 && d >= w*0.32-pen
	})
}
