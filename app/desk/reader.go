package desk

import (
	"context"

	"uchitelskaya/app/journal"
)

// A Reader reads a journal and writes nothing: what paper and reports are made
// from.
type Reader struct{ book Book }

// Reader returns the session's journal for reading.
func (s *Session) Reader() Reader { return Reader{s.book} }

// Roster is the roster of a year; see [Book].
func (r Reader) Roster(ctx context.Context, v journal.Volume) (*journal.Roster, error) {
	return r.book.Roster(ctx, v)
}

// Lessons reads lessons of a page; days are both included.
func (r Reader) Lessons(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Lesson, error) {
	return r.book.Lessons(ctx, v, p, from, to)
}

// Cells reads the cells of a page; days are both included.
func (r Reader) Cells(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Cell, error) {
	return r.book.Cells(ctx, v, p, from, to)
}

// TermMarks reads the results of a page.
func (r Reader) TermMarks(ctx context.Context, v journal.Volume, p journal.PageID) ([]journal.TermMark, error) {
	return r.book.TermMarks(ctx, v, p)
}
