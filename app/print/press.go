package print

import (
	"context"
	"fmt"
)

// A press turns out pages one after the other and stamps them when it is known
// how many there are.
type press struct {
	ctx         context.Context
	err         error // the first failure; later pages are not worth making
	geo         Geometry
	pages       []*Page
	left, right string // the running head: school; class and year
}

var (
	heading  = styleOf(SansBold, 13)
	caption  = styleOf(SansBold, 11)
	plain    = styleOf(Sans, 10)
	running  = styleOf(Narrow, 8.5)
	footnote = styleOf(Narrow, 7.5)
)

// add begins a page.
func (p *press) add() (*Page, Frame) {
	if p.err == nil {
		p.err = p.ctx.Err()
	}
	n := len(p.pages) + 1
	pg := &Page{Number: n}
	p.pages = append(p.pages, pg)
	return pg, p.geo.Frame(n)
}

// next is the number of the page that add would begin.
func (p *press) next() int { return len(p.pages) + 1 }

// open leaves a named blank side, if need be, so that the next page is a left
// one: of two facing pages the first.
func (p *press) open() {
	if !p.geo.Simplex && p.next()%2 == 1 {
		p.blank()
	}
}

func (p *press) blank() {
	pg, f := p.add()
	pg.text(f.X+f.W/2, f.Y+f.H/2, styleOf(Sans, 10), center, "Страница намеренно оставлена пустой")
}

// finish stamps the running heads and hands the pages over.
func (p *press) finish() ([]Page, error) {
	if p.err != nil {
		return nil, p.err
	}
	pages := make([]Page, len(p.pages))
	for i, pg := range p.pages {
		if n := i + 1; n > 1 {
			f := p.geo.Frame(n)
			y := f.Y - 5
			pg.text(f.X, y, running, left, p.left)
			pg.text(f.Right(), y, running, right, p.right)
			pg.text(f.X+f.W/2, y, styleOf(Sans, 9), center, fmt.Sprintf("стр. %d из %d", n, len(pages)))
			pg.line(f.X, y+1.6, f.Right(), y+1.6, thin)
		}
		pages[i] = *pg
	}
	return pages, nil
}

// title sets the heading of a form and returns the y below it.
func (p *press) title(pg *Page, f Frame, s string) float64 {
	y := f.Y + 5
	for _, line := range heading.wrap(s, f.W) {
		pg.text(f.X+f.W/2, y, heading, center, line)
		y += heading.lead
	}
	return y - heading.lead + 4
}

// split cuts measured rows into pages of the given room. Rows that are kept
// together stay so as long as they fit on a page at all.
func split(rows []row, heights []float64, room float64) [][2]int {
	var parts [][2]int
	start, used := 0, 0.0
	for i := 0; i < len(rows); {
		j, block := i, heights[i]
		for rows[j].keep && j+1 < len(rows) {
			j++
			block += heights[j]
		}
		if used+block > room+1e-6 && i > start {
			parts = append(parts, [2]int{start, i})
			start, used = i, 0
		}
		used += block
		i = j + 1
	}
	return append(parts, [2]int{start, len(rows)})
}

// splitEvenly takes no more pages than split, all about equally full. The last
// leaves tail free for signatures.
func splitEvenly(rows []row, heights []float64, room, tail float64) [][2]int {
	try := func(limit float64) [][2]int {
		parts := split(rows, heights, limit)
		if last := parts[len(parts)-1]; total(heights[last[0]:last[1]]) > room-tail {
			parts = parts[:len(parts)-1]
			for _, part := range split(rows[last[0]:last[1]], heights[last[0]:last[1]], min(limit, room-tail)) {
				parts = append(parts, [2]int{last[0] + part[0], last[0] + part[1]})
			}
		}
		return parts
	}
	best := try(room)
	if len(best) == 1 {
		return best
	}
	lo, hi := 0.0, room
	for range 20 { // the least limit that needs no further page
		mid := (lo + hi) / 2
		if parts := try(mid); len(parts) > len(best) {
			lo = mid
		} else {
			best, hi = parts, mid
		}
	}
	return best
}

// flow prints a form of one table over as many pages as it needs, the head
// repeated. It returns the last page and the y below the table; tail is the
// room to leave there for signatures.
func (p *press) flow(title string, t *table, rows []row, tail float64) (*Page, Frame, float64) {
	headHeights := t.measure(t.head)
	heights := t.measure(rows)
	headRoom := total(headHeights)
	frame := p.geo.Frame(p.next())
	room := frame.H - 9 - headRoom
	parts := splitEvenly(rows, heights, room, tail)
	var pg *Page
	var f Frame
	var y float64
	level := t.most
	for i, part := range parts {
		if level > 0 {
			fill := room
			if i == len(parts)-1 {
				fill -= tail
			}
			level = stretch(heights[part[0]:part[1]], fill, level)
		}
		pg, f = p.add()
		name := title
		if i > 0 {
			name += " (продолжение)"
		}
		y = p.title(pg, f, name)
		y = t.draw(pg, f.X, y, t.head, headHeights)
		y = t.draw(pg, f.X, y, rows[part[0]:part[1]], heights[part[0]:part[1]])
	}
	return pg, f, y
}

func total(heights []float64) float64 {
	sum := 0.0
	for _, h := range heights {
		sum += h
	}
	return sum
}

// signature draws «Директор ____________ /Иванова И. И./» at the baseline y.
func signature(pg *Page, x, y, w float64, post, name string) {
	pg.text(x, y, plain, left, post)
	from := x + 48
	pg.line(from, y+0.8, from+42, y+0.8, thin)
	pg.text(from+21, y+4, footnote, center, "(подпись)")
	if name == "" {
		pg.line(from+48, y+0.8, x+w, y+0.8, thin)
	}
	pg.text(from+48, y, plain, left, name)
	pg.text(from+48, y+4, footnote, left, "(фамилия, инициалы)")
}
