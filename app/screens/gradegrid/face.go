package gradegrid

import "image"

// A face is everything about one cell that can change what it looks like
// while the sheet and the layout stay. Two equal faces give the same pixels.
type face struct {
	drawn  bool
	cell   Cell
	band   bool            // in the row or column of the cursor
	picked bool            // in the selected block
	tone   ringTone        // of the ring
	typing string          // half typed text instead of the value
	caret  int             // its place, plus one
	ring   image.Rectangle // the cursor's frame, from the corner of this cell
	label  int             // where a text over several cells begins, likewise
	lock   int             // where the lock of a month stands, likewise
}

type ringTone uint8

const (
	keys    ringTone = iota // takes the keys
	away                    // the keys go elsewhere
	refused                 // refused a key
)

// A scene is what the faces of one Paint are made from.
type scene struct {
	*Painter
	m        *Model
	s        *Sheet
	from, to Pos
	block    bool
	ring     image.Rectangle // on the screen; empty when not in sight
	tone     ringTone
	whole    bool // the ring's cells are seen whole: it may overlap the frozen parts
	typing   string
	caret    int
}

func (p *Painter) sceneOf(m *Model) scene {
	v := scene{Painter: p, m: m, s: m.Sheet()}
	v.from, v.to = m.Block()
	v.block = v.from != v.to
	if m.empty() {
		return v
	}
	r := p.cell(v.from, p.off).Union(p.cell(v.to, p.off))
	v.whole = r.In(p.pane(v.from.Col).Union(p.pane(v.to.Col)))
	v.ring = r.Inset(-p.hair())
	switch {
	case m.refused != "":
		v.tone = refused
	case m.Away:
		v.tone = away
	}
	if text, caret, ok := m.Typing(); ok {
		v.typing, v.caret = text, caret+1
	}
	return v
}

// addRing gives the face of a cell at r its part of the ring.
func (v scene) addRing(f *face, r image.Rectangle) {
	if v.ring.Overlaps(r) && !r.In(v.ring.Inset(v.thick())) {
		f.ring, f.tone = v.ring.Sub(r.Min), v.tone
	}
}

// at returns the face of a cell.
func (v scene) at(q Pos, r image.Rectangle) face {
	f := face{drawn: true, cell: v.s.Cells[q.Row][q.Col]}
	f.band = q.Row == v.m.cur.Row || q.Col == v.m.cur.Col
	f.picked = v.block && q != v.m.cur && q.Row >= v.from.Row && q.Row <= v.to.Row && q.Col >= v.from.Col && q.Col <= v.to.Col
	if v.whole || v.pane(q.Col) == v.pane(v.m.cur.Col) {
		v.addRing(&f, r)
	}
	if q == v.m.cur {
		f.typing, f.caret = v.typing, v.caret
	}
	if row := &v.s.Rows[q.Row]; !row.Has(q.Col, len(v.s.Columns)) {
		f.label = v.noteAt(row, q.Col) - r.Min.X
	}
	return f
}

// differs reports whether a cell has to be drawn again, and notes that it is.
func (p *Painter) differs(old *face, f face, clip image.Rectangle) bool {
	if *old == f {
		return false
	}
	*old = f
	p.clip = clip.Intersect(p.img.Rect)
	p.changed = p.changed.Union(p.clip)
	return true
}

func (p *Painter) updateCell(old *face, v scene, q Pos) {
	r := p.cell(q, p.off)
	if f := v.at(q, r); p.differs(old, f, r.Intersect(p.pane(q.Col))) {
		p.drawCell(v.s, q, r, f)
	}
}

// scrolled moves the pixels that stay and forgets the cells that are not
// whole among them.
func (p *Painter) scrolled() {
	d := p.off.Sub(p.drawn)
	if d == (image.Point{}) {
		return
	}
	oldCols, oldRows := p.visible(p.drawn)
	view := p.body
	n, k := len(p.cols)-1, len(p.right)-1
	was := view.Add(p.drawn).Sub(view.Min) // the old view on the content
	keep := was.Intersect(view.Add(p.off).Sub(view.Min))
	for row := oldRows[0]; row < oldRows[1]; row++ {
		kept := row*p.row >= keep.Min.Y && (row+1)*p.row <= keep.Max.Y
		if !kept || keep.Empty() {
			p.seen.left[row] = face{}
			clear(p.seen.right[row*k : row*k+k])
		}
		for col := oldCols[0]; col < oldCols[1]; col++ {
			if !kept || keep.Empty() || p.cols[col] < keep.Min.X || p.cols[col+1] > keep.Max.X {
				p.seen.body[row*n+col] = face{}
			}
		}
	}
	for col := oldCols[0]; col < oldCols[1]; col++ {
		if p.cols[col] < keep.Min.X || p.cols[col+1] > keep.Max.X {
			p.seen.head[col] = face{}
		}
	}
	frozenR := image.Rect(view.Max.X, view.Min.Y, p.right[k], view.Max.Y)
	p.shift(view, d)
	p.shift(image.Rect(0, view.Min.Y, p.left, view.Max.Y), image.Pt(0, d.Y))
	p.shift(frozenR, image.Pt(0, d.Y))
	p.shift(image.Rect(view.Min.X, 0, view.Max.X, view.Min.Y), image.Pt(d.X, 0))
	p.drawn = p.off
	all := image.Rect(0, view.Min.Y, p.right[k], view.Max.Y)
	if d.Y == 0 {
		all = image.Rect(view.Min.X, 0, view.Max.X, view.Max.Y)
	} else if d.X != 0 {
		all.Min.Y = 0
	}
	p.changed = p.changed.Union(all.Intersect(p.img.Rect))
}

// shift moves the pixels of r by -d inside r.
func (p *Painter) shift(r image.Rectangle, d image.Point) {
	r = r.Intersect(p.img.Rect)
	to := r.Intersect(r.Sub(d))
	if d == (image.Point{}) || to.Empty() {
		return
	}
	row := func(y int) {
		dst := p.img.Pix[p.img.PixOffset(to.Min.X, y):][:4*to.Dx()]
		copy(dst, p.img.Pix[p.img.PixOffset(to.Min.X+d.X, y+d.Y):][:4*to.Dx()])
	}
	if d.Y >= 0 {
		for y := to.Min.Y; y < to.Max.Y; y++ {
			row(y)
		}
		return
	}
	for y := to.Max.Y - 1; y >= to.Min.Y; y-- {
		row(y)
	}
}
