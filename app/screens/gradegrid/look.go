package gradegrid

import (
	"image"
	"math"

	"uchitelskaya/app/screens/theme"
)

// A Look is how a sheet is drawn. Measures are in units of 100 %.
type Look struct {
	Palette   theme.Palette
	Scale     float32 // device pixels of a unit
	Zoom      float32 // 0.8 to 2, of the grid alone
	RowHeight float32 // 22, 26 or 30
	NameWidth float32 // 140 to 220
}

// The measures of the grid.
const (
	numberWidth  = 28
	lessonWidth  = 33
	periodWidth  = 36
	averageWidth = 44
	resultWidth  = 40
	monthHeight  = 18
	headHeight   = 64
	barWidth     = 14 // room of a scroll bar
	barThickness = 8
)

// px is a measure in device pixels.
func (l Look) px(v float32) int { return int(math.Round(float64(v * l.Scale * l.Zoom))) }

// hair and thick are the widths of lines: a line of 1 stays one device pixel
// up to 199 %.
func (l Look) hair() int  { return max(1, int(l.Scale*l.Zoom)) }
func (l Look) thick() int { return max(2, int(2*l.Scale*l.Zoom+0.25)) }

// A layout is where everything stands, in device pixels.
type layout struct {
	Look
	size             image.Point
	number, left     int   // right edges of № and of the name
	month, head, row int   // bottoms of the month line and of the header; height of a row
	cols             []int // left edges of the scrolling columns in the content, and the right edge of the last
	right            []int // the same for the frozen columns, on the screen
	rows             int
	months           [][2]int        // of every scrolling column: the first one of its month and the one after the last
	body             image.Rectangle // where the scrolling cells are seen
	barX, barY       bool            // is there a scroll bar
}

func newLayout(s *Sheet, look Look, size image.Point) *layout {
	l := &layout{
		Look: look, size: size, rows: len(s.Rows),
		number: look.px(numberWidth), left: look.px(numberWidth + look.NameWidth),
		month: look.px(monthHeight), head: look.px(headHeight), row: look.px(look.RowHeight),
	}
	at := 0
	for _, c := range s.Columns {
		l.cols = append(l.cols, at)
		at += look.px(columnWidth(c.Kind, false))
	}
	l.cols = append(l.cols, at)
	l.months = months(s.Columns)
	fixed := 0
	for _, c := range s.Right {
		fixed += look.px(columnWidth(c.Kind, true))
	}
	bar := look.px(barWidth)
	width, height := size.X-l.left-fixed, size.Y-l.head
	l.barX = at > width
	l.barY = l.rows*l.row > height-pick(l.barX, bar, 0)
	l.barX = at > width-pick(l.barY, bar, 0)
	if l.barX {
		height -= bar
	}
	if l.barY {
		width -= bar
	}
	l.body = image.Rect(l.left, l.head, l.left+max(min(width, at), 0), l.head+max(min(height, l.rows*l.row), 0))
	x := l.body.Max.X
	for _, c := range s.Right {
		l.right = append(l.right, x)
		x += look.px(columnWidth(c.Kind, true))
	}
	l.right = append(l.right, x)
	return l
}

func columnWidth(k Kind, frozen bool) float32 {
	switch {
	case k == Average:
		return averageWidth
	case k == Period && frozen:
		return resultWidth
	case k == Period:
		return periodWidth
	}
	return lessonWidth
}

// content is the size of the scrolling cells together.
func (l *layout) content() image.Point { return image.Pt(l.cols[len(l.cols)-1], l.rows*l.row) }

// clampOffset returns the offset nearest to o that shows cells everywhere.
func (l *layout) clampOffset(o image.Point) image.Point {
	c := l.content()
	return image.Pt(
		max(min(o.X, c.X-l.body.Dx()), 0),
		max(min(o.Y, c.Y-l.body.Dy()), 0))
}

// cell returns where a cell stands on the screen, hidden parts included.
func (l *layout) cell(p Pos, off image.Point) image.Rectangle {
	n := len(l.cols) - 1
	y := l.head + p.Row*l.row - off.Y
	if p.Col >= n {
		return image.Rect(l.right[p.Col-n], y, l.right[p.Col-n+1], y+l.row)
	}
	x := l.left - off.X
	return image.Rect(x+l.cols[p.Col], y, x+l.cols[p.Col+1], y+l.row)
}

// pane returns the clip of the cells of a column.
func (l *layout) pane(col int) image.Rectangle {
	if col >= len(l.cols)-1 {
		return image.Rect(l.body.Max.X, l.body.Min.Y, l.right[len(l.right)-1], l.body.Max.Y)
	}
	return l.body
}

// span returns the first and the one after the last index whose stretch of
// edges touches [from, to).
func span(edges []int, from, to int) (first, end int) {
	n := len(edges) - 1
	for first < n && edges[first+1] <= from {
		first++
	}
	for end = first; end < n && edges[end] < to; end++ {
	}
	return first, end
}

// visible returns the ranges of rows and scrolling columns that are seen.
func (l *layout) visible(off image.Point) (cols, rows [2]int) {
	cols[0], cols[1] = span(l.cols, off.X, off.X+l.body.Dx())
	if l.row > 0 {
		rows[0] = off.Y / l.row
		rows[1] = min((off.Y+l.body.Dy()+l.row-1)/l.row, l.rows)
	}
	return cols, rows
}
