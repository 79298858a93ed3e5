package gradegrid

import (
	"image"
	"strings"

	"golang.org/x/image/math/fixed"

	"uchitelskaya/app/screens/theme"
)

func (p *Painter) leftRect(row int) image.Rectangle {
	y := p.layout.head + row*p.row - p.off.Y
	return image.Rect(0, y, p.left, y+p.row)
}

func (p *Painter) updateLeft(old *face, v scene, row int) {
	r := p.leftRect(row)
	f := face{drawn: true, band: row == v.m.cur.Row}
	if v.whole && v.m.cur.Col < len(v.s.Columns) {
		v.addRing(&f, r)
	}
	clip := r.Intersect(image.Rect(0, p.body.Min.Y, p.left, p.body.Max.Y))
	if p.differs(old, f, clip) {
		p.drawLeft(v.s, row, r, f)
	}
}

// drawLeft draws number and name of a pupil.
func (p *Painter) drawLeft(s *Sheet, row int, r image.Rectangle, f face) {
	pupil := &s.Rows[row]
	ground := pick(row%2 == 1, theme.Zebra, theme.Sheet)
	if f.band {
		ground = theme.Soft
	}
	p.fill(r, p.ink(ground))
	below := pick(row%5 == 4, theme.Line, theme.Rule)
	p.fill(image.Rect(r.Min.X, r.Max.Y-p.hair(), r.Max.X, r.Max.Y), p.ink(below))
	p.fill(image.Rect(p.number-p.hair(), r.Min.Y, p.number, r.Max.Y), p.ink(theme.Rule))
	p.fill(image.Rect(r.Max.X-p.thick(), r.Min.Y, r.Max.X, r.Max.Y), p.ink(theme.Strong))
	if f.band {
		p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+p.px(4), r.Max.Y), p.ink(theme.Accent))
	}
	face, tone := pick(f.band, bold, regular), p.ink(pick(f.band, theme.Ink1, theme.Ink3))
	size := p.size64(14)
	p.text(fixed.I(p.number-p.px(6))-p.width(face, size, pupil.No), p.base(r, 15), face, size, tone, pupil.No)
	surname, name := p.fitName(pupil, face, p.left-p.number-p.px(8)-p.px(6))
	tone = p.ink(pick(pupil.Gone, theme.Ink3, theme.Ink1))
	x := p.text(fixed.I(p.number+p.px(8)), p.base(r, 15), face, p.size64(15), tone, surname)
	p.text(x, p.base(r, 15), regular, p.size64(15), tone, name)
	p.drawRing(r, f)
}

// fitName shortens a name to width pixels: the given name first («Ел.»), the
// surname only when nothing of the given name is left.
func (p *Painter) fitName(row *Row, s style, width int) (surname, name string) {
	size, room := p.size64(15), fixed.I(width)
	surname = row.Surname
	if row.Name != "" {
		name = " " + row.Name
	}
	used := p.width(s, size, surname)
	for given := []rune(row.Name); used+p.width(regular, size, name) > room; {
		if len(given) == 0 {
			name = ""
			break
		}
		given = given[:len(given)-1]
		name = " " + string(given) + "."
		if len(given) == 0 {
			name = ""
		}
	}
	for letters := []rune(row.Surname); p.width(s, size, surname) > room && len(letters) > 1; {
		letters = letters[:len(letters)-1]
		surname = strings.TrimSpace(string(letters)) + "…"
	}
	return surname, name
}

// updateCorner draws the heads of № and name.
func (p *Painter) updateCorner(old *face, v scene) {
	r := image.Rect(0, 0, p.left, p.layout.head)
	if !p.differs(old, face{drawn: true}, r) {
		return
	}
	p.fill(r, p.ink(theme.Head))
	size, y := p.size64(13), p.px(53)
	w := p.width(regular, size, v.s.NumberHead)
	p.text(fixed.I(p.number-p.px(6))-w, y, regular, size, p.ink(theme.Ink2), v.s.NumberHead)
	p.text(fixed.I(p.number+p.px(8)), y, regular, size, p.ink(theme.Ink2), v.s.NameHead)
	p.fill(image.Rect(p.number-p.hair(), p.layout.month, p.number, r.Max.Y), p.ink(theme.Rule))
	p.fill(image.Rect(r.Max.X-p.thick(), r.Min.Y, r.Max.X, r.Max.Y), p.ink(theme.Strong))
	p.fill(image.Rect(r.Min.X, r.Max.Y-p.hair(), r.Max.X, r.Max.Y), p.ink(theme.Strong))
}
