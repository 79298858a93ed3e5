package gradegrid

import "strings"

// A Sheet is everything the grid shows: one page of the gradebook as plain
// values. Cells has a row for every pupil and in it a cell for every column,
// the scrolling ones first, then the frozen ones.
type Sheet struct {
	Rows    []Row
	Columns []Column // scroll between the frozen parts
	Right   []Column // frozen at the right: average, result of the period
	Cells   [][]Cell

	NumberHead, NameHead string // heads of the frozen left columns: «№», «Фамилия, имя»
}

// A Row is one pupil.
type Row struct {
	No      string // ordinal, «13»
	Surname string // drawn bold in the current row
	Name    string // given name
	Gone    bool   // the name is drawn grey

	// The pupil belongs to the columns From ≤ c < To of the scrolling ones;
	// To 0 means all of them. Outside stands one line with the note: Before
	// («с 02.11») and After («выбыл 13.11, приказ № 84»).
	From, To      int
	Before, After string
}

// Has reports whether the pupil belongs to column col of n scrolling columns;
// to the frozen columns every pupil belongs.
func (r Row) Has(col, n int) bool {
	return col >= n || col >= r.From && (r.To == 0 || col < r.To)
}

// FullName is surname and given name with a space.
func (r Row) FullName() string { return strings.TrimSpace(r.Surname + " " + r.Name) }

// Kind says what a column is for.
type Kind uint8

// The kinds of columns.
const (
	Lesson  Kind = iota // marks and absences of one lesson
	Period              // result of a period; takes results
	Average             // shown only; the cursor skips it
)

// A Column is one lesson, one result of a period or the average.
type Column struct {
	Kind    Kind
	Month   string // shown once over neighbouring columns with the same month
	Day     string // «23»; «II» for a period; for an average up to two lines
	Weekday string // «пн»; «четв.» for a period
	Work    string // kind of work with its weight, «КР×2»
	Today   bool
	Future  bool
	Control bool // counts more: bold marks between strong lines
	Remark  bool // the deputy's pennant
	Closed  bool // the term is closed: hatched
}

// A Value is what a cell says: an absence code, marks, both («оп 4») or
// nothing. In a column of results Marks is the result, «4» or «н/а».
type Value struct {
	Code  string // «н», «б», «уп», «нп», «оп», «осв»
	Marks string // «5», «5/4»
}

// IsZero reports whether the cell is empty.
func (v Value) IsZero() bool { return v == Value{} }

// String is the value as it is copied: «оп 4», «5/4».
func (v Value) String() string {
	if v.Code != "" && v.Marks != "" {
		return v.Code + " " + v.Marks
	}
	return v.Code + v.Marks
}

// Flags are the states of a cell.
type Flags uint8

// The flags.
const (
	Unsent     Flags = 1 << iota // not at school yet: grey dot
	Comment                      // corner
	Conflict                     // two values met here: triangle
	Late                         // entered late: italic
	Proposed                     // a result nobody set: italic, grey
	Set                          // a result somebody set: bold
	Underlined                   // set otherwise than proposed
	Locked                       // this one cell is closed: hatched
)

// A Cell is a value with its states.
type Cell struct {
	Value
	Flags Flags
}

// Empty reports whether nobody has entered anything: no value, or one that is
// only proposed.
func (c Cell) Empty() bool { return c.IsZero() || c.Flags&Proposed != 0 }

// with is the cell after v was typed: a typed result is no longer proposed but
// set.
func (c Cell) with(k Kind, v Value) Cell {
	c.Value = v
	if k != Lesson {
		c.Flags = c.Flags&^(Proposed|Underlined) | Set
	}
	return c
}

// A Pos is the place of a cell: row and column from 0; the frozen right
// columns follow the scrolling ones.
type Pos struct{ Row, Col int }

// A Change is a value for a cell.
type Change struct {
	Pos
	Value Value
}

// Width is the number of columns, the frozen ones at the right included.
func (s *Sheet) Width() int { return len(s.Columns) + len(s.Right) }

// Column returns a column by its place in a row of cells.
func (s *Sheet) Column(col int) *Column {
	if n := len(s.Columns); col >= n {
		return &s.Right[col-n]
	}
	return &s.Columns[col]
}

// Cell returns the cell at p; the zero cell where the sheet has none.
func (s *Sheet) Cell(p Pos) Cell {
	if p.Row < 0 || p.Row >= len(s.Cells) || p.Col < 0 || p.Col >= len(s.Cells[p.Row]) {
		return Cell{}
	}
	return s.Cells[p.Row][p.Col]
}

// Today returns the column to begin with: today's lesson, else the last one
// that is not in the future, else the first.
func (s *Sheet) Today() int {
	last := 0
	for i, c := range s.Columns {
		switch {
		case c.Today:
			return i
		case c.Kind == Lesson && !c.Future:
			last = i
		}
	}
	return last
}

// find returns where the pupil and the column at p of an older sheet stand now:
// the nearest of the same name; ok is false if one of them is gone.
func (s *Sheet) find(old *Sheet, p Pos) (now Pos, ok bool) {
	row, col := old.Rows[p.Row].FullName(), *old.Column(p.Col)
	now.Row = nearest(p.Row, len(s.Rows), func(i int) bool { return s.Rows[i].FullName() == row })
	now.Col = nearest(p.Col, s.Width(), func(i int) bool {
		c := s.Column(i)
		return c.Kind == col.Kind && c.Month == col.Month && c.Day == col.Day && (i < len(s.Columns)) == (p.Col < len(old.Columns))
	})
	if now.Row < 0 || now.Col < 0 {
		return p, false
	}
	return now, true
}

// nearest returns the index below n nearest to i for which is holds; -1: none.
func nearest(i, n int, is func(int) bool) int {
	for d := range n + i {
		for _, at := range [2]int{i - d, i + d} {
			if at >= 0 && at < n && is(at) {
				return at
			}
		}
	}
	return -1
}

// normal returns the sheet with cells for all rows and columns, so that no
// index can miss.
func (s Sheet) normal() Sheet {
	cells := make([][]Cell, len(s.Rows))
	for i := range cells {
		cells[i] = make([]Cell, s.Width())
		if i < len(s.Cells) {
			copy(cells[i], s.Cells[i])
		}
	}
	s.Cells = cells
	return s
}
