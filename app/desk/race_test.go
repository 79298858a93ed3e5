package desk_test

import (
	"sync"
	"testing"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// TestASessionIsUsedFromManySides types, takes back and reads at once, as the
// window and its loads in the background do, while news comes in.
func TestASessionIsUsedFromManySides(t *testing.T) {
	w := newWorld(t, 2, nil)
	s, other := w.at(0, w.Teacher), w.at(1, w.Teacher)
	for i := range 5 {
		w.put(other, 1, w.cell(20+i, 17), 4)
	}
	var heard sync.WaitGroup
	stop := s.Watch(func(commit.News) {
		s.CanUndo() // a banner asks as soon as it hears
		s.Latest()
	})
	defer stop()
	work := []func() error{
		func() error { // typing
			for i := range 20 {
				if _, err := s.PutCells(t.Context(), edit(w.stands(0, w.cell(i, 16)), mark(i%4+2))); err != nil {
					return err
				}
			}
			return nil
		},
		func() error { // beside it
			for i := range 20 {
				if _, err := s.PutCells(t.Context(), desk.CellEdit{Seen: w.cell(i, 10), Want: withMark(w.cell(i, 10), 3)}); err != nil {
					return err
				}
				s.CanRedo()
			}
			return nil
		},
		func() error {
			for range 15 {
				if _, err := s.OpenPage(t.Context(), w.Algebra, 2); err != nil {
					return err
				}
				if _, err := s.Disputes(t.Context()); err != nil {
					return err
				}
			}
			return nil
		},
		func() error {
			for range 15 {
				if _, err := s.Gaps(t.Context(), november(9), november(23)); err != nil {
					return err
				}
				s.Pages()
			}
			return nil
		},
		func() error { w.exchange(); return nil },
		func() error { // the deputy at the same PC
			_, err := w.at(0, w.Deputy).Substitute(t.Context(), journal.Planned{Page: w.Algebra, Date: november(24), Number: 3}, w.Other)
			return err
		},
	}
	for _, f := range work {
		heard.Go(func() {
			if err := f(); err != nil {
				t.Error(err)
			}
		})
	}
	heard.Wait()
	for n := 40; n > 0; n-- { // each act is there once
		if made, err := s.Undo(t.Context()); err != nil || made == nil {
			t.Fatalf("with %d left: %v, %v", n, made, err)
		}
	}
	if s.CanUndo() {
		t.Error("an act is there twice")
	}
	for i := range 20 {
		if a, b := w.stands(0, w.cell(i, 16)), w.stands(0, w.cell(i, 10)); a.Mark != 0 || b.Mark != 0 {
			t.Fatalf("after all undone stand %d and %d", a.Mark, b.Mark)
		}
	}
}

func withMark(c journal.Cell, m int) journal.Cell { c.Mark = m; return c }
