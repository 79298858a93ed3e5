package desk_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
)

// TestUndoAsAModel plays any work of one person: what stands is always what a
// plain list of states says, through restarts and exchanges.
func TestUndoAsAModel(t *testing.T) {
	w := newWorld(t, 1, nil)
	rapid.Check(t, func(t *rapid.T) {
		s := w.at(0, w.Teacher)
		cells := []journal.Cell{w.cell(0, 16), w.cell(1, 16), w.cell(2, 17)}
		lesson := journal.Lesson{Page: w.Algebra, Date: cells[0].Date, Number: 2}
		look := func() string {
			out := ""
			for _, c := range cells {
				x := w.stands(0, c)
				out += fmt.Sprintf("%d%s ", x.Mark, x.Absence)
			}
			return out + w.lesson(0, lesson).Topic
		}
		now := look()
		for s.CanUndo() { // what other runs left
			if _, err := s.Undo(w.t.Context()); err != nil {
				t.Fatal(err)
			}
			now = look()
		}
		w.put(s, 0, w.cell(9, 16), w.stands(0, w.cell(9, 16)).Mark%5+1) // ends what could be redone
		undo, redo := []string{now}, []string{}
		moved := func() {
			if got := look(); got != now {
				undo, redo, now = append(undo, now), nil, got
			}
		}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0, 1, 2: // a mark, or a paste of several
				var edits []desk.CellEdit
				for i := range rapid.IntRange(1, 3).Draw(t, "cells") {
					seen := w.stands(0, cells[i])
					want := seen
					want.Mark = rapid.IntRange(0, 3).Draw(t, "mark")
					want.Absence = rapid.SampledFrom([]string{"", "н"}).Draw(t, "absence")
					edits = append(edits, desk.CellEdit{Seen: seen, Want: want})
				}
				if _, err := s.PutCells(w.t.Context(), edits...); err != nil {
					t.Fatal(err)
				}
				moved()
			case 3:
				seen := w.lesson(0, lesson)
				want := seen
				want.Topic = rapid.SampledFrom([]string{"", "Дроби", "Углы"}).Draw(t, "topic")
				if _, err := s.PutLesson(w.t.Context(), seen, want); err != nil {
					t.Fatal(err)
				}
				moved()
			case 4, 5:
				if s.CanUndo() != (len(undo) > 0) {
					t.Fatalf("CanUndo is %t with %d steps made", s.CanUndo(), len(undo))
				}
				if _, err := s.Undo(w.t.Context()); err != nil {
					t.Fatal(err)
				}
				if n := len(undo); n > 0 {
					undo, redo, now = undo[:n-1], append(redo, now), undo[n-1]
				}
			case 6:
				if s.CanRedo() != (len(redo) > 0) {
					t.Fatalf("CanRedo is %t with %d steps undone", s.CanRedo(), len(redo))
				}
				if _, err := s.Redo(w.t.Context()); err != nil {
					t.Fatal(err)
				}
				if n := len(redo); n > 0 {
					undo, redo, now = append(undo, now), redo[:n-1], redo[n-1]
				}
			case 7:
				if rapid.Bool().Draw(t, "exchange") {
					w.exchange()
				}
				s = w.at(0, w.Teacher)
			}
			if got := look(); got != now {
				t.Fatalf("stands %q; want %q", got, now)
			}
		}
	})
}
