package gradegrid

import (
	"image"

	"golang.org/x/image/math/fixed"

	"uchitelskaya/app/screens/theme"
)

// noteAt is where on the screen the note of a pupil who is not there begins:
// as near to its place as it can stand and still be seen.
func (p *Painter) noteAt(row *Row, col int) int {
	origin, gap := p.body.Min.X-p.off.X, p.px(8)
	n := len(p.cols) - 1
	if row.To > 0 && col >= row.To {
		w := p.width(regular, p.size64(13), row.After).Ceil()
		return min(max(origin+p.cols[row.To], p.body.Min.X)+gap, origin+p.cols[n]-gap-w)
	}
	w := p.width(regular, p.size64(13), row.Before).Ceil()
	return max(min(origin+p.cols[min(row.From, n)], p.body.Max.X)-gap-w, origin+gap)
}

// drawNote draws the part of a note and of its line that falls into a cell.
func (p *Painter) drawNote(s *Sheet, row *Row, col int, r image.Rectangle, f face) {
	origin, gap := p.body.Min.X-p.off.X, p.px(8)
	text, line := row.Before, image.Rectangle{}
	x := r.Min.X + f.label
	if row.To > 0 && col >= row.To {
		text = row.After
		line.Min.X = x + p.width(regular, p.size64(13), text).Ceil() + 2*gap
		line.Max.X = origin + p.cols[len(s.Columns)] - gap
	} else {
		line.Min.X, line.Max.X = origin+gap, x-2*gap
	}
	line.Min.Y = (r.Min.Y + r.Max.Y - p.hair()) / 2
	line.Max.Y = line.Min.Y + p.hair()
	p.fill(line, p.ink(theme.Strong))
	p.text(fixed.I(x), p.base(r, 13), regular, p.size64(13), p.ink(theme.Ink3), text)
}
