package screens

import "uchitelskaya/app/screens/gradegrid"

// queue holds what Async and the newsbox launch, until a test lets it run.
var queue []func()

func init() { launch = func(f func()) { queue = append(queue, f) } }

// Settle runs in place what was launched aside, until nothing is left.
func Settle() {
	for len(queue) > 0 {
		f := queue[0]
		queue = queue[1:]
		f()
	}
}

// Pill is what the status pill says.
func (s *Shell) Pill() string { return s.work.bottom.pill.Text }

// Sentence is what the bottom bar says in place of its usual content.
func (s *Shell) Sentence() string {
	if !s.work.bottom.sentence.Visible() {
		return ""
	}
	return s.work.bottom.sentence.Text
}

// Journal is the journal page of the person at work.
func (s *Shell) Journal() *Journal { return s.work.made[journalItem].(*Journal) }

// Showing is the name of the screen shown; empty at sign-in.
func (s *Shell) Showing() string {
	if s.work == nil {
		return ""
	}
	return s.work.name
}

// Cards is how many cards lie over the window.
func (s *Shell) Cards() int { return len(s.cards) }

// Cursor is the place of the cursor.
func (j *Journal) Cursor() (row, col int) {
	at := j.grid.Model().Cursor()
	return at.Row, at.Col
}

// Shown is what the grid shows at a place.
func (j *Journal) Shown(row, col int) string { return j.view.cell(j.page, j.desk, row, col).String() }

// Today is the column of today's lesson.
func (j *Journal) Today() int { return j.grid.Model().Sheet().Today() }

// Rows is the number of pupils.
func (j *Journal) Rows() int { return len(j.page.Rows) }

// Select puts the cursor on a cell.
func (j *Journal) Select(row, col int) { j.grid.Select(row, col) }

// Typed is what the tiles are filtered by.
func (s *SignIn) Typed() string { return s.typed }

// History opens the history of the cursor's cell.
func (j *Journal) History() { j.showHistory(); Settle() }

// Term shows a term by its place, or the year after the last.
func (j *Journal) Term(i int) { j.banner.turn(i) }

// OpenWaiting presses the status pill.
func (s *Shell) OpenWaiting() { s.work.openPill() }

// Dotted reports whether the mark of today's lesson waits to be sent.
func (j *Journal) Dotted(row int) bool {
	return j.grid.Model().Sheet().Cells[row][j.Today()].Flags&gradegrid.Unsent != 0
}

// The keys of Ctrl+Z and Ctrl+C as screens get them.
const (
	UndoKey = undoKey
	CopyKey = copyKey
)
