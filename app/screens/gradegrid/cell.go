package gradegrid

import (
	"image"
	"image/color"
	"strings"

	"golang.org/x/image/math/fixed"

	"uchitelskaya/app/screens/theme"
)

// drawCell draws one cell in the order: ground, band, hatching, lines, frame
// of the state, value, corner and dot, the cursor's frame.
func (p *Painter) drawCell(s *Sheet, q Pos, r image.Rectangle, f face) {
	c, row := s.Column(q.Col), &s.Rows[q.Row]
	here := row.Has(q.Col, len(s.Columns))
	closed := here && c.Kind == Lesson && (c.Closed || f.cell.Flags&Locked != 0)
	p.fill(r, p.ink(ground(c, q.Row, closed, f)))
	if closed {
		line := pick(f.band || f.picked, theme.Line, theme.Hatch)
		p.hatch(r, image.Pt(p.body.Min.X, p.body.Min.Y).Sub(p.off), p.px(7), p.ink(line))
	}
	p.rules(s, q, r, here)
	switch {
	case f.caret > 0:
		p.drawTyping(r, f)
	case here:
		p.drawValue(c, r, f, closed)
	default:
		p.drawNote(s, row, q.Col, r, f)
	}
	p.drawMarks(r, f)
	p.drawRing(r, f)
}

func ground(c *Column, row int, closed bool, f face) theme.Token {
	switch {
	case f.picked:
		return theme.Mid
	case f.band:
		return theme.Soft
	case c.Kind != Lesson:
		return theme.Head
	case closed:
		return theme.Lock
	case c.Control:
		return theme.Control
	case row%2 == 1:
		return theme.Zebra
	}
	return theme.Sheet
}

// rules draws the lines at the right and at the bottom of a cell.
func (p *Painter) rules(s *Sheet, q Pos, r image.Rectangle, here bool) {
	below := theme.Rule
	if q.Row%5 == 4 {
		below = theme.Line
	}
	p.fill(image.Rect(r.Min.X, r.Max.Y-p.hair(), r.Max.X, r.Max.Y), p.ink(below))
	line := edge(s, q.Col)
	if !here && q.Col+1 < len(s.Columns) && !borders(s, q.Col) {
		return // the note stands on plain ground
	}
	p.fill(image.Rect(r.Max.X-p.hair(), r.Min.Y, r.Max.X, r.Max.Y), p.ink(line))
	if q.Col == len(s.Columns) {
		p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+p.thick(), r.Max.Y), p.ink(theme.Strong))
	}
}

// edge is the line between a column and the next: strong where a month, a
// period or a контрольная begins or ends.
func edge(s *Sheet, col int) theme.Token {
	if col == s.Width()-1 {
		return theme.Line
	}
	if borders(s, col) || s.Column(col).Control || s.Column(col+1).Control {
		return theme.Strong
	}
	return theme.Rule
}

// borders reports whether a month or a period ends with col.
func borders(s *Sheet, col int) bool {
	a, b := s.Column(col), s.Column(col+1)
	return a.Kind != b.Kind || a.Month != b.Month
}

// drawTyping shows what is half typed, with a caret.
func (p *Painter) drawTyping(r image.Rectangle, f face) {
	p.fill(r.Inset(p.hair()), p.ink(theme.Sheet))
	size := p.size64(15)
	runes := []rune(f.typing)
	w := p.width(regular, size, f.typing)
	x := fixed.I(r.Min.X+r.Max.X)/2 - w/2
	base := p.base(r, 15)
	p.text(x, base, regular, size, p.ink(theme.Ink1), f.typing)
	at := (x + p.width(regular, size, string(runes[:f.caret-1]))).Round()
	p.fill(image.Rect(at, base-p.px(13), at+p.hair(), base+p.px(3)), p.ink(theme.Accent))
}

// drawValue draws what the cell says.
func (p *Painter) drawValue(c *Column, r image.Rectangle, f face, closed bool) {
	v, ink := f.cell.Value, p.ink(pick(closed, theme.Ink2, theme.Ink1))
	if f.cell.Flags&Conflict != 0 {
		p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X-p.hair(), r.Max.Y-p.hair()), p.ink(theme.WarnSoft))
		p.frame(image.Rect(r.Min.X, r.Min.Y, r.Max.X-p.hair(), r.Max.Y-p.hair()), p.hair(), 0, p.ink(theme.Warn))
		side := p.px(11)
		p.triangle(image.Rect(r.Min.X+p.px(4), (r.Min.Y+r.Max.Y-side)/2, r.Min.X+p.px(4)+side, (r.Min.Y+r.Max.Y-side)/2+side))
		r.Min.X += p.px(13)
	}
	if c.Kind == Average {
		size := p.size64(14)
		p.text(fixed.I(r.Max.X-p.px(6))-p.width(regular, size, v.Marks), p.base(r, 14), regular, size, p.ink(theme.Ink2), v.Marks)
		return
	}
	if f.cell.Flags&Proposed != 0 {
		ink = p.ink(theme.Ink3)
	}
	switch {
	case v.Code != "" && v.Marks != "":
		p.drawBoth(r, v, p.style(c, f), ink)
	case v.Code != "":
		p.centred(r, regular, 14, p.ink(theme.Ink2), v.Code)
	case strings.ContainsAny(v.Marks, "/аоз"): // two marks or a word
		p.centred(r, p.style(c, f), 14, ink, v.Marks)
	case v.Marks != "":
		p.centred(r, p.style(c, f), 15, ink, v.Marks)
	}
	if f.cell.Flags&Underlined != 0 {
		w := p.px(11)
		x, y := (r.Min.X+r.Max.X-w)/2, p.base(r, 15)+p.px(1.5)
		p.fill(image.Rect(x, y, x+w, y+p.thick()), p.ink(theme.Ink1))
	}
}

func (p *Painter) style(c *Column, f face) style {
	flags := f.cell.Flags
	heavy := flags&(Set|Conflict) != 0 || c.Kind == Lesson && c.Control
	slanted := flags&(Late|Proposed) != 0 && f.cell.Marks != "—"
	switch {
	case heavy && slanted:
		return boldItalic
	case heavy:
		return bold
	case slanted:
		return italic
	}
	return regular
}

// drawBoth draws an absence code small at the left and the marks at the right.
func (p *Painter) drawBoth(r image.Rectangle, v Value, s style, ink color.NRGBA) {
	small, size := p.size64(12), p.size64(pick(len(v.Marks) > 1, float32(13), 15))
	gap := fixed.I(p.px(2.5))
	x := fixed.I(r.Min.X+r.Max.X)/2 - (p.width(narrow, small, v.Code)+gap+p.width(s, size, v.Marks))/2
	x = p.text(x, p.base(r, 15), narrow, small, p.ink(theme.Ink2), v.Code)
	p.text(x+gap, p.base(r, 15), s, size, ink, v.Marks)
}

// centred draws a text in the middle of r, in the narrow face when it is too
// wide.
func (p *Painter) centred(r image.Rectangle, s style, size float32, c color.NRGBA, text string) {
	at := p.size64(size)
	w := p.width(s, at, text)
	if w > fixed.I(r.Dx()-p.px(3)) {
		s, at = pick(s == bold || s == boldItalic, narrowBold, narrow), p.size64(13)
		w = p.width(s, at, text)
	}
	p.text(fixed.I(r.Min.X+r.Max.X-p.hair())/2-w/2, p.base(r, size), s, at, c, text)
}

// size64 is a size of type in 64ths of a device pixel.
func (l Look) size64(v float32) int { return int(v*l.Scale*l.Zoom*64 + 0.5) }

// base is the baseline that puts capitals of a size in the middle of r.
func (l Look) base(r image.Rectangle, size float32) int {
	return r.Min.Y + (r.Dy()-l.hair()+l.px(size*0.7)+1)/2
}

// drawMarks draws the corner of a comment and the dot of an unsent value.
func (p *Painter) drawMarks(r image.Rectangle, f face) {
	r.Max = r.Max.Sub(image.Pt(p.hair(), p.hair()))
	if f.cell.Flags&Comment != 0 {
		k := p.px(8)
		p.shape(image.Rect(r.Max.X-k, r.Min.Y, r.Max.X, r.Min.Y+k), p.ink(theme.Accent),
			func(x, y float64) bool { return x >= y })
	}
	if f.cell.Flags&Unsent != 0 {
		k, m := p.px(6), p.px(2)
		p.pill(image.Rect(r.Max.X-k-m, r.Max.Y-k-m, r.Max.X-m, r.Max.Y-m), p.ink(theme.Ink3))
	}
}

func (p *Painter) drawRing(r image.Rectangle, f face) {
	if f.ring.Empty() {
		return
	}
	width, c := p.thick(), theme.Accent
	switch f.tone {
	case away:
		width, c = p.hair(), theme.Strong
	case refused:
		c = theme.Bad
	}
	p.frame(f.ring.Add(r.Min), width, float64(p.px(3)), p.ink(c))
}
