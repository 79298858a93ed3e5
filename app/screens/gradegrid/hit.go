package gradegrid

import "image"

// A Zone is a part of the grid under the pointer.
type Zone uint8

// The zones.
const (
	Nowhere Zone = iota
	InCell       // a cell
	InName       // number or name of a row
	InHead       // head of a column
	InBarX       // the scroll bars
	InBarY
)

// Hit returns what is at a point in device pixels. Row and column mean
// something only in zones that have them.
func (p *Painter) Hit(at image.Point) (Zone, Pos) {
	if p.layout == nil || p.rows == 0 {
		return Nowhere, Pos{}
	}
	slack := p.px((barWidth - barThickness) / 2)
	switch {
	case at.In(p.track(false).Inset(-slack)):
		return InBarX, Pos{}
	case at.In(p.track(true).Inset(-slack)):
		return InBarY, Pos{}
	}
	last := p.right[len(p.right)-1]
	q := Pos{(at.Y - p.body.Min.Y + p.off.Y) / max(p.row, 1), p.columnAt(at.X)}
	inRows := at.Y >= p.body.Min.Y && at.Y < p.body.Max.Y && q.Row < p.rows
	switch {
	case at.X < 0 || at.X >= last || at.Y < 0:
		return Nowhere, Pos{}
	case inRows && at.X < p.left:
		return InName, q
	case inRows:
		return InCell, q
	case at.Y < p.body.Min.Y && at.X >= p.left:
		return InHead, q
	}
	return Nowhere, Pos{}
}

// Nearest returns the cell nearest to a point, for dragging past the edges.
func (p *Painter) Nearest(at image.Point) Pos {
	row := (at.Y - p.body.Min.Y + p.off.Y) / max(p.row, 1)
	return Pos{max(min(row, p.rows-1), 0), p.columnAt(at.X)}
}

func (p *Painter) columnAt(x int) int {
	n := len(p.cols) - 1
	if x >= p.body.Max.X {
		for i := range len(p.right) - 1 {
			if x < p.right[i+1] {
				return n + i
			}
		}
		return max(n+len(p.right)-2, 0)
	}
	x += p.off.X - p.body.Min.X
	for i := range n {
		if x < p.cols[i+1] {
			return i
		}
	}
	return max(n-1, 0)
}

// Page scrolls by a view towards a point beside the thumb of a bar.
func (p *Painter) page(vertical bool, at image.Point) {
	thumb, by := p.thumb(vertical), image.Pt(p.body.Dx(), 0)
	before := at.X < thumb.Min.X
	if vertical {
		by, before = image.Pt(0, p.body.Dy()), at.Y < thumb.Min.Y
	}
	if before {
		by = image.Pt(-by.X, -by.Y)
	}
	p.Scroll(by)
}
