package gradegrid

import (
	"image"
	"strings"

	"golang.org/x/image/math/fixed"

	"uchitelskaya/app/screens/theme"
)

// headRect is where the head of a column stands.
func (p *Painter) headRect(col int) image.Rectangle {
	r := p.cell(Pos{0, col}, p.off)
	r.Min.Y, r.Max.Y = 0, p.layout.head
	return r
}

func (p *Painter) updateHead(old *face, v scene, col int) {
	r := p.headRect(col)
	f := face{drawn: true, band: col == v.m.cur.Col && !v.m.empty()}
	clip := r
	if col < len(v.s.Columns) {
		clip.Min.X, clip.Max.X = max(r.Min.X, p.body.Min.X), min(r.Max.X, p.body.Max.X)
		f.label, f.lock = p.monthAt(v.s, col)
		f.label -= r.Min.X
		f.lock -= r.Min.X
	}
	if v.whole {
		v.addRing(&f, r)
	}
	if p.differs(old, f, clip) {
		p.drawHead(v.s, col, r, f)
	}
}

// months returns for every column where its month begins and ends: the first
// column of the month and the one after its last.
func months(columns []Column) [][2]int {
	all := make([][2]int, len(columns))
	for from := 0; from < len(columns); {
		to := from + 1
		for to < len(columns) && columns[to].Month == columns[from].Month && columns[to].Kind == columns[from].Kind {
			to++
		}
		for col := from; col < to; col++ {
			all[col] = [2]int{from, to}
		}
		from = to
	}
	return all
}

// monthAt is where on the screen the name of a column's month and its lock
// stand: they follow the view as long as the month is in it.
func (p *Painter) monthAt(s *Sheet, col int) (label, lock int) {
	from, to := p.months[col][0], p.months[col][1]
	origin, gap := p.body.Min.X-p.off.X, p.px(6)
	w := p.width(bold, p.size64(13), s.Columns[col].Month).Ceil()
	end := origin + p.cols[to]
	label = min(max(origin+p.cols[from], p.body.Min.X)+gap, end-gap-w)
	lock = max(min(end, p.body.Max.X)-p.px(18), label+w+gap)
	return label, lock
}

func (p *Painter) drawHead(s *Sheet, col int, r image.Rectangle, f face) {
	c := s.Column(col)
	p.fill(r, p.ink(theme.Head))
	days := image.Rect(r.Min.X, p.layout.month, r.Max.X, r.Max.Y)
	ink, second := theme.Ink1, theme.Ink2
	switch {
	case c.Today:
		p.fill(days, p.ink(theme.Accent))
		ink, second = theme.OnAccent, theme.OnAccent
	case c.Future:
		ink, second = theme.Ink3, theme.Ink3
	case c.Closed && c.Kind == Lesson:
		ink = theme.Ink2
	}
	if c.Kind == Average {
		p.drawLines(r, strings.Split(c.Day, "\n"))
	} else {
		p.headLine(r, 34, pick(c.Future, regular, bold), 16, ink, c.Day)
		p.headLine(r, 48, pick(c.Kind == Period, narrow, regular), 13, second, c.Weekday)
		p.drawWork(c, r, ink)
	}
	if c.Month != "" && col < len(s.Columns) {
		tone := p.ink(pick(c.Closed, theme.Ink2, theme.Ink1))
		p.text(fixed.I(r.Min.X+f.label), p.px(13), bold, p.size64(13), tone, c.Month)
		if s.Columns[p.months[col][1]-1].Closed {
			x, y := r.Min.X+f.lock, p.px(3.5)
			p.padlock(image.Rect(x, y, x+p.px(10), y+p.px(11)), p.ink(theme.Ink2))
		}
	}
	p.headRules(s, col, r)
	if f.band && !c.Today {
		p.fill(image.Rect(r.Min.X, r.Max.Y-p.px(3), r.Max.X, r.Max.Y), p.ink(theme.Accent))
	}
	p.drawRing(r, f)
}

// headLine draws one centred line of a head; y is its baseline in units.
func (p *Painter) headLine(r image.Rectangle, y float32, s style, size float32, ink theme.Token, text string) {
	at := p.size64(size)
	w := p.width(s, at, text)
	p.text(fixed.I(r.Min.X+r.Max.X-p.hair())/2-w/2, p.px(y), s, at, p.ink(ink), text)
}

// drawWork draws the kind of work, and the remark's pennant right of it.
func (p *Painter) drawWork(c *Column, r image.Rectangle, ink theme.Token) {
	size, x := p.size64(13), fixed.I(r.Min.X+r.Max.X-p.hair())/2
	w := p.width(narrowBold, size, c.Work)
	flag := image.Pt(p.px(8), p.px(10))
	if c.Remark {
		w += fixed.I(flag.X)
		if c.Work != "" {
			w += fixed.I(p.px(2))
		}
	}
	x = p.text(x-w/2, p.px(60), narrowBold, size, p.ink(ink), c.Work)
	if c.Remark {
		if c.Work != "" {
			x += fixed.I(p.px(2))
		}
		corner := image.Pt(x.Round(), p.px(61)-flag.Y)
		p.pennant(image.Rectangle{corner, corner.Add(flag)})
	}
}

// drawLines draws the head of an average: one or two narrow lines.
func (p *Painter) drawLines(r image.Rectangle, lines []string) {
	for i, line := range lines {
		p.headLine(r, 29+float32(i)*15, narrow, 13, theme.Ink2, line)
	}
}

// headRules draws the lines of a head: strong ones from the top where a month
// or period ends, else from below the months.
func (p *Painter) headRules(s *Sheet, col int, r image.Rectangle) {
	line, top := edge(s, col), p.layout.month
	if col+1 == s.Width() || borders(s, col) || s.Column(col).Kind != Lesson {
		top = 0
	}
	p.fill(image.Rect(r.Max.X-p.hair(), top, r.Max.X, r.Max.Y), p.ink(line))
	if col == len(s.Columns) {
		p.fill(image.Rect(r.Min.X, 0, r.Min.X+p.thick(), r.Max.Y), p.ink(theme.Strong))
	}
	p.fill(image.Rect(r.Min.X, r.Max.Y-p.hair(), r.Max.X, r.Max.Y), p.ink(theme.Strong))
}
