package print

// The one table of all forms. A row's cells fill its columns from left to
// right, passing over columns that a cell from above reaches down into.

type cell struct {
	text  string
	below string // a second, smaller line under the text
	span  int    // columns; 0 means 1
	down  int    // rows; 0 means 1
	style *style // nil: the table's
	align align
	up    bool // runs upwards
	fit   bool // never broken: set smaller until it fits
	gray  float64
	lines []string // text, wrapped; set by measure
}

type row struct {
	cells []cell
	min   float64 // least height
	gray  float64 // fill; 0 for none
	keep  bool    // not torn from the row below
	heavy bool    // a heavy rule below
}

type table struct {
	cols  []float64 // widths, mm
	head  []row     // repeated on every page
	style style
	pad   float64 // between rule and text, left and right
	air   float64 // between rule and text, above and below
	heavy []bool  // a heavy rule left of the column
	most  float64 // rows are stretched up to this height to fill a page; 0 for never
}

const (
	thin  = 0.4 // pt, the least that every printer holds
	heavy = 0.9
)

func (t *table) styleOf(c *cell) style {
	if c.style != nil {
		return *c.style
	}
	return t.style
}

// spot is the place of a cell in its table.
type spot struct{ row, col, span, down int }

// each calls f for every cell with its place; rows are counted from 0.
func (t *table) each(rows []row, f func(c *cell, at spot)) {
	taken := make([]int, len(t.cols)) // rows still covered from above
	for r := range rows {
		col := 0
		for i := range rows[r].cells {
			c := &rows[r].cells[i]
			for col < len(taken) && taken[col] > 0 {
				col++
			}
			at := spot{r, col, max(c.span, 1), min(max(c.down, 1), len(rows)-r)}
			if at.col+at.span > len(t.cols) {
				break
			}
			f(c, at)
			for k := range at.span {
				taken[col+k] = at.down
			}
			col += at.span
		}
		for k := range taken {
			taken[k] = max(taken[k]-1, 0)
		}
	}
}

// measure wraps the texts and returns the least heights of the rows.
func (t *table) measure(rows []row) []float64 {
	heights := make([]float64, len(rows))
	for i := range rows {
		heights[i] = rows[i].min
	}
	t.each(rows, func(c *cell, at spot) {
		st := t.styleOf(c)
		if c.up || c.text == "" {
			return
		}
		need := t.wrapCell(c, st, at)
		have := 0.0
		for _, h := range heights[at.row : at.row+at.down] {
			have += h
		}
		if need > have {
			heights[at.row+at.down-1] += need - have
		}
	})
	t.each(rows, func(c *cell, at spot) {
		if !c.up || c.text == "" {
			return
		}
		room := 0.0
		for _, h := range heights[at.row : at.row+at.down] {
			room += h
		}
		c.lines = t.styleOf(c).wrap(c.text, room-2*t.air)
	})
	return heights
}

func (t *table) wrapCell(c *cell, st style, at spot) float64 {
	w := -2 * t.pad
	for _, cw := range t.cols[at.col : at.col+at.span] {
		w += cw
	}
	if c.fit {
		return st.lead + 2*t.air
	}
	c.lines = st.wrap(c.text, w)
	return float64(len(c.lines))*st.lead + 2*t.air
}

// stretch raises the lowest rows so that all together fill room, none above
// most; rows that are higher by themselves stay. It returns the level reached.
func stretch(heights []float64, room, most float64) float64 {
	lo, hi := 0.0, most
	for range 40 {
		level, sum := (lo+hi)/2, 0.0
		for _, h := range heights {
			sum += max(h, level)
		}
		if sum > room {
			hi = level
		} else {
			lo = level
		}
	}
	for i, h := range heights {
		heights[i] = max(h, lo)
	}
	return lo
}
