package gradegrid

import (
	"image"

	"uchitelskaya/app/screens/theme"
)

// track is where a scroll bar runs: along the bottom or at the right.
func (p *Painter) track(vertical bool) image.Rectangle {
	gap, thick := p.px((barWidth-barThickness)/2), p.px(barThickness)
	if vertical {
		if !p.barY {
			return image.Rectangle{}
		}
		x := p.right[len(p.right)-1] + gap
		return image.Rect(x, p.body.Min.Y, x+thick, p.body.Max.Y)
	}
	if !p.barX {
		return image.Rectangle{}
	}
	y := p.body.Max.Y + gap
	return image.Rect(p.body.Min.X, y, p.body.Max.X, y+thick)
}

// thumb is the moving part of a scroll bar.
func (p *Painter) thumb(vertical bool) image.Rectangle {
	r, whole := p.track(vertical), p.content()
	if r.Empty() {
		return r
	}
	stretch := func(from, length, view, off, all int) (int, int) {
		size := min(max(length*view/max(all, 1), p.px(24)), length)
		at := from + (length-size)*off/max(all-view, 1)
		return at, at + size
	}
	if vertical {
		r.Min.Y, r.Max.Y = stretch(r.Min.Y, r.Dy(), p.body.Dy(), p.off.Y, whole.Y)
	} else {
		r.Min.X, r.Max.X = stretch(r.Min.X, r.Dx(), p.body.Dx(), p.off.X, whole.X)
	}
	return r
}

func (p *Painter) updateBars() {
	for i, vertical := range []bool{false, true} {
		thumb, track := p.thumb(vertical), p.track(vertical)
		if thumb == p.seen.bars[i] {
			continue
		}
		p.seen.bars[i] = thumb
		p.clip = track.Intersect(p.img.Rect)
		p.changed = p.changed.Union(p.clip)
		p.fill(track, p.ink(theme.Sheet))
		p.pill(track, p.ink(theme.Head))
		p.pill(thumb, p.ink(theme.Line))
	}
}

// dragBar scrolls so that the thumb goes along with a pointer that moved by d
// pixels.
func (p *Painter) dragBar(vertical bool, d int) {
	track, thumb, whole := p.track(vertical), p.thumb(vertical), p.content()
	if vertical {
		p.Scroll(image.Pt(0, d*(whole.Y-p.body.Dy())/max(track.Dy()-thumb.Dy(), 1)))
		return
	}
	p.Scroll(image.Pt(d*(whole.X-p.body.Dx())/max(track.Dx()-thumb.Dx(), 1), 0))
}
