package gradegrid

import (
	"image"

	"uchitelskaya/app/screens/theme"
)

// A Painter draws a model into an image of device pixels. It remembers what
// every visible cell looked like and draws again only the cells that look
// otherwise; scrolling moves the pixels that stay.
type Painter struct {
	pen
	*layout
	look       Look
	generation int
	off        image.Point // of the content, what is asked for
	drawn      image.Point // the offset that stands in the image

	seen    faces
	changed image.Rectangle
}

// faces are what stands in the image.
type faces struct {
	body, right []face // row by row
	left        []face
	head        []face // of every column, then the corner
	bars        [2]image.Rectangle
}

// NewPainter returns a painter; Resize gives it a size.
func NewPainter() *Painter {
	return &Painter{pen: pen{glyphs: newGlyphs()}, generation: -1}
}

// Resize sets the size in device pixels and the look. The first row and column
// in view stay.
func (p *Painter) Resize(m *Model, size image.Point, look Look) {
	size = image.Pt(max(size.X, 1), max(size.Y, 1))
	if p.layout != nil && p.generation == m.generation && p.size == size && p.same(look) {
		return
	}
	var first Pos
	if p.layout != nil && p.row > 0 {
		cols, rows := p.visible(p.off)
		first = Pos{rows[0], cols[0]}
	}
	p.look, p.generation = look, m.generation
	p.layout = newLayout(m.Sheet(), look, size)
	if n := len(p.cols) - 1; first.Col <= n {
		p.off = image.Pt(p.cols[first.Col], first.Row*p.row)
	}
	p.off = p.clampOffset(p.off)
	p.drawn = p.off
	if p.img == nil || p.img.Rect.Max != size {
		p.img = image.NewRGBA(image.Rectangle{Max: size})
	}
	s := m.Sheet()
	p.seen = faces{
		body:  make([]face, len(s.Rows)*len(s.Columns)),
		right: make([]face, len(s.Rows)*len(s.Right)),
		left:  make([]face, len(s.Rows)),
		head:  make([]face, s.Width()+1),
	}
	p.Forget()
	m.Page = max(p.body.Dy()/max(p.row, 1)-1, 1)
}

func (p *Painter) same(look Look) bool {
	return p.look.Scale == look.Scale && p.look.Zoom == look.Zoom && p.look.RowHeight == look.RowHeight &&
		p.look.NameWidth == look.NameWidth && p.look.Palette[theme.Sheet] == look.Palette[theme.Sheet]
}

// Image is what was drawn last. The next Paint draws into the same image.
func (p *Painter) Image() *image.RGBA { return p.img }

// Scroll moves the view over the content by device pixels, as far as it goes.
func (p *Painter) Scroll(by image.Point) { p.off = p.clampOffset(p.off.Add(by)) }

// Reveal scrolls as little as needed to show the cell at q whole, and a bit
// of its neighbours in the row.
func (p *Painter) Reveal(q Pos) {
	if p.rows == 0 {
		return
	}
	view := p.body
	c := p.cell(q, p.off)
	if q.Col < len(p.cols)-1 {
		margin := min(p.px(lessonWidth), max((view.Dx()-c.Dx())/2, 0))
		p.off.X += min(c.Min.X-margin-view.Min.X, 0) + max(c.Max.X+margin-view.Max.X, 0)
	}
	p.off.Y += min(c.Min.Y-view.Min.Y, 0) + max(c.Max.Y-view.Max.Y, 0)
	p.off = p.clampOffset(p.off)
}

// RevealToday scrolls so that col stands near the right edge with a few later
// lessons after it.
func (p *Painter) RevealToday(col int) {
	if n := len(p.cols) - 1; col < n {
		p.off.X = p.cols[min(col+5, n)] - p.body.Dx()
	}
	p.off = p.clampOffset(p.off)
}

// Paint brings the image up to the model and returns the part that changed;
// it is empty when nothing did.
func (p *Painter) Paint(m *Model) image.Rectangle {
	if p.layout == nil || p.generation != m.generation {
		p.Resize(m, p.sizeOr(image.Pt(1, 1)), p.look)
	}
	p.scrolled()
	cols, rows := p.visible(p.off)
	v := p.sceneOf(m)
	n, k := len(v.s.Columns), len(v.s.Right)
	for row := rows[0]; row < rows[1]; row++ {
		p.updateLeft(&p.seen.left[row], v, row)
		for col := cols[0]; col < cols[1]; col++ {
			p.updateCell(&p.seen.body[row*n+col], v, Pos{row, col})
		}
		for i := range k {
			p.updateCell(&p.seen.right[row*k+i], v, Pos{row, n + i})
		}
	}
	for col := cols[0]; col < cols[1]; col++ {
		p.updateHead(&p.seen.head[col], v, col)
	}
	for i := range k {
		p.updateHead(&p.seen.head[n+i], v, n+i)
	}
	p.updateCorner(&p.seen.head[n+k], v)
	p.updateBars()
	changed := p.changed
	p.changed = image.Rectangle{}
	return changed
}

func (p *Painter) sizeOr(or image.Point) image.Point {
	if p.layout == nil {
		return or
	}
	return p.size
}

// Forget makes the next Paint draw everything anew.
func (p *Painter) Forget() {
	s := &p.seen
	for _, faces := range [][]face{s.body, s.right, s.left, s.head} {
		clear(faces)
	}
	s.bars = [2]image.Rectangle{}
	p.clip = p.img.Rect
	p.fill(p.img.Rect, p.ink(theme.Sheet))
	p.changed = p.img.Rect
}
