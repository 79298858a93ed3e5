package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

var (
	errNoPage = fault.New(fault.NotFound, "Такой страницы в журнале нет.")
	errNoTerm = fault.New(fault.NotFound, "Для этого класса не указаны дни четвертей. Их вносит администратор школы.")
)

// History returns what ever stood in a field, newest first.
func (s *Session) History(ctx context.Context, f commit.FieldRef) ([]commit.Past, error) {
	past, err := s.book.History(ctx, s.volumeOf(f.Kind), f)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return past, nil
}

// CellHistory returns what ever stood in any field of a cell, newest first.
func (s *Session) CellHistory(ctx context.Context, c journal.Cell) ([]CellPast, error) {
	var out []CellPast
	for _, f := range journal.SpecOf(journal.KindCell).Fields {
		past, err := s.History(ctx, commit.FieldRef{Kind: journal.KindCell, Key: c.Key(), Field: f.No})
		if err != nil {
			return nil, err
		}
		for _, p := range past {
			out = append(out, CellPast{Past: p, Field: f.No})
		}
	}
	slices.SortStableFunc(out, func(a, b CellPast) int { return cmp.Compare(b.Stamp, a.Stamp) })
	return out, nil
}

// CellPast is one value that stood in one field of a cell.
type CellPast struct {
	commit.Past
	Field journal.FieldNo
}
