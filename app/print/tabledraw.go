package print

// draw puts rows that were measured on the page, from x, y downwards, and
// returns the y below the last.
func (t *table) draw(p *Page, x, y float64, rows []row, heights []float64) float64 {
	xs := make([]float64, len(t.cols)+1)
	xs[0] = x
	for i, w := range t.cols {
		xs[i+1] = xs[i] + w
	}
	ys := make([]float64, len(rows)+1)
	ys[0] = y
	for i, h := range heights {
		ys[i+1] = ys[i] + h
		if g := rows[i].gray; g > 0 {
			p.fill(x, ys[i], xs[len(xs)-1]-x, h, g)
		}
	}
	g := newGrid(len(rows), len(t.cols))
	t.each(rows, func(c *cell, at spot) {
		g.join(at)
		x1, y1, x2, y2 := xs[at.col], ys[at.row], xs[at.col+at.span], ys[at.row+at.down]
		if c.gray > 0 {
			p.fill(x1, y1, x2-x1, y2-y1, c.gray)
		}
		if c.text == "" && c.below == "" {
			return
		}
		t.print(p, c, x1, y1, x2, y2)
	})
	g.rules(p, xs, ys, t.heavy, rows)
	return ys[len(rows)]
}

// print sets the text of a cell in the middle of its height.
func (t *table) print(p *Page, c *cell, x1, y1, x2, y2 float64) {
	st := t.styleOf(c)
	if c.up {
		mid, rest := (x1+x2)/2, float64(len(c.lines)-1)*st.lead
		for i, line := range c.lines {
			at := y2 - t.air
			if c.align == center {
				at = (y1 + y2) / 2
			}
			p.textUp(mid-rest/2+float64(i)*st.lead+st.middle(), at, st, c.align, line)
		}
		return
	}
	x := x1 + t.pad
	switch c.align {
	case center:
		x = (x1 + x2) / 2
	case right:
		x = x2 - t.pad
	}
	mid := (y1 + y2) / 2
	if c.below != "" {
		small := styleOf(st.font, st.size*0.72)
		p.text(x, mid-0.35, st, c.align, c.text)
		p.text(x, mid+0.45+2*small.middle(), small, c.align, c.below)
		return
	}
	if c.fit {
		p.fitted(c, st, x, mid, x2-x1-0.6, y2-y1)
		return
	}
	y := mid - float64(len(c.lines)-1)*st.lead/2 + st.middle()
	for _, line := range c.lines {
		p.text(x, y, st, c.align, line)
		y += st.lead
	}
}

// fitted sets a mark in a cell of w × h: in one line or, when that would be too
// small to read and there is room, in two («не» over «зач»).
func (p *Page) fitted(c *cell, st style, x, mid, w, h float64) {
	one := st.fit(c.text, w)
	if r := []rune(c.text); one.size < readable && len(r) > 3 && h > 6 {
		top, bottom := string(r[:len(r)/2]), string(r[len(r)/2:])
		two := styleOf(st.font, min(st.fit(top, w).size, st.fit(bottom, w).size, 8))
		p.text(x, mid-two.lead/2+two.middle(), two, c.align, top)
		p.text(x, mid+two.lead/2+two.middle(), two, c.align, bottom)
		return
	}
	p.text(x, mid+one.middle(), one, c.align, c.text)
}

// readable is the least size, in points, in which a mark is printed if it can
// be helped.
const readable = 7

// A grid knows where rules must not run: inside cells that span.
type grid struct {
	rows, cols int
	noLeft     []bool // of row, column
	noTop      []bool
}

func newGrid(rows, cols int) *grid {
	return &grid{rows, cols, make([]bool, rows*cols), make([]bool, rows*cols)}
}

func (g *grid) join(at spot) {
	for r := at.row; r < at.row+at.down; r++ {
		for c := at.col; c < at.col+at.span; c++ {
			g.noLeft[r*g.cols+c] = c > at.col
			g.noTop[r*g.cols+c] = r > at.row
		}
	}
}

// rules draws every rule as few long lines rather than as borders of cells.
func (g *grid) rules(p *Page, xs, ys []float64, heavyCols []bool, rows []row) {
	for c := 0; c <= g.cols; c++ {
		w := thin
		if c == 0 || c == g.cols || c < len(heavyCols) && heavyCols[c] {
			w = heavy
		}
		runs(g.rows, func(r int) bool { return c == g.cols || !g.noLeft[r*g.cols+c] }, func(a, b int) {
			p.line(xs[c], ys[a], xs[c], ys[b], w)
		})
	}
	for r := 0; r <= g.rows; r++ {
		w := thin
		if r == 0 || r == g.rows || rows[r-1].heavy {
			w = heavy
		}
		runs(g.cols, func(c int) bool { return r == g.rows || !g.noTop[r*g.cols+c] }, func(a, b int) {
			p.line(xs[a], ys[r], xs[b], ys[r], w)
		})
	}
}

// runs calls f for each longest stretch [a, b) of 0…n in which ok holds.
func runs(n int, ok func(int) bool, f func(a, b int)) {
	start := -1
	for i := 0; i <= n; i++ {
		switch {
		case i < n && ok(i):
			if start < 0 {
				start = i
			}
		case start >= 0:
			f(start, i)
			start = -1
		}
	}
}
