package desk_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// TestTwoPCsComeTogether plays any work at two PCs, each of which sees what it
// has: in the end both show the same, nothing is left to decide, and every mark
// that was ever entered is in the history.
func TestTwoPCsComeTogether(t *testing.T) {
	w := newWorld(t, 2, nil)
	turn := 0
	rapid.Check(t, func(t *rapid.T) {
		sessions := []*desk.Session{w.at(0, w.Teacher), w.at(1, w.Teacher)}
		turn++
		cells := []journal.Cell{w.cell(turn%25, 16), w.cell(turn/25%25, 17)}
		entered := make([]map[int]bool, len(cells))
		for i := range entered {
			entered[i] = map[int]bool{}
		}
		open := func(pc int) []desk.Dispute {
			all, err := sessions[pc].Disputes(w.t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		expected := func(err error) { // a sentence is an answer, anything else is not
			if code := fault.CodeOf(err); code != "" && code != fault.Invalid {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			pc := rapid.IntRange(0, 1).Draw(t, "pc")
			s := sessions[pc]
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0, 1, 2:
				i := rapid.IntRange(0, 1).Draw(t, "cell")
				seen := w.stands(pc, cells[i])
				want := seen
				want.Mark, want.Second = rapid.IntRange(0, 5).Draw(t, "mark"), 0
				made, err := s.PutCells(w.t.Context(), desk.CellEdit{Seen: seen, Want: want})
				if err != nil {
					t.Fatal(err)
				}
				if made != nil && want.Mark != 0 {
					entered[i][want.Mark] = true
				}
			case 3:
				_, err := s.Undo(w.t.Context())
				expected(err)
			case 4:
				_, err := s.Redo(w.t.Context())
				expected(err)
			case 5:
				w.exchange()
			case 6:
				for _, d := range open(pc) {
					if rapid.Bool().Draw(t, "both") {
						_, err := s.DecideBoth(w.t.Context(), d)
						expected(err)
						continue
					}
					_, err := s.Decide(w.t.Context(), d, d.Heads[len(d.Heads)-1].Value)
					expected(err)
				}
			}
		}
		w.exchange()
		for _, d := range open(0) {
			if _, err := sessions[0].Decide(w.t.Context(), d, d.Heads[0].Value); err != nil {
				t.Fatal(err)
			}
		}
		w.exchange()
		for i, c := range cells {
			a, b := w.stands(0, c), w.stands(1, c)
			if a != b || a.State&journal.Rivals != 0 {
				t.Fatalf("one shows %+v, the other %+v", a, b)
			}
			past, err := sessions[1].CellHistory(w.t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			for m := range entered[i] {
				if !slices.ContainsFunc(past, func(p desk.CellPast) bool { return p.Field == journal.CellMark && p.Value.Int() == int64(m) }) {
					t.Fatalf("the %d that was entered is nowhere in the history", m)
				}
			}
		}
		if left := append(open(0), open(1)...); len(left) > 0 {
			t.Fatalf("left to decide: %+v", left)
		}
	})
}

// TestAnActIsNotForgottenByHalves fills the memory of the log so that its edge
// cuts an act of two commits.
func TestAnActIsNotForgottenByHalves(t *testing.T) {
	w := newWorld(t, 1, nil)
	s := w.at(0, w.Admin)
	group := journal.NamedGroupID(year, journal.SortClub, "Шахматы")
	name := func(text string) commit.Change {
		return commit.Set(journal.KindGroup, journal.IDKey(group), journal.GroupName, journal.TextValue(text))
	}
	before := w.own(0, w.Admin)
	n, err := s.TakeIn(t.Context(), "Загрузка", []commit.Change{
		commit.Set(journal.KindSubject, journal.SubjectKey("Шахматы"), journal.SubjectName, journal.TextValue("Шахматы")), name("Шахматы"),
	})
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	for i := range 199 {
		if n, err := s.TakeIn(t.Context(), "", []commit.Change{name([]string{"Шашки", "Шахматы"}[i%2])}); err != nil || n != 1 {
			t.Fatal(n, err)
		}
	}
	s = w.at(0, w.Admin)
	steps := 0
	for s.CanUndo() {
		if _, err := s.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		steps++
	}
	if steps != 199 {
		t.Errorf("%d steps back after %d commits; want those after the intake", steps, w.own(0, w.Admin)-before)
	}
	if _, ok := s.Roster().Subject(journal.SubjectKey("Шахматы")); !ok {
		t.Error("the intake was taken back")
	}
}

func TestAnotherYearIsNotTakenBack(t *testing.T) {
	w := newWorld(t, 1, nil)
	_, err := w.pcs[0].Append(t.Context(), commit.Draft{Volume: year - 1, Author: w.Teacher, Entered: w.clock.now(), Changes: []commit.Change{
		commit.Set(journal.KindCell, w.cell(0, 16).Key(), journal.CellMark, journal.IntValue(5)),
	}})
	w.must(err)
	s := w.at(0, w.Teacher)
	if s.CanUndo() {
		t.Error("a mark of last year can be taken back from this one")
	}
	w.put(s, 0, w.cell(1, 16), 4)
	if made, err := w.at(0, w.Teacher).Undo(t.Context()); err != nil || made == nil || made.Volume != year {
		t.Errorf("undo: %v, %v", made, err)
	}
}

func TestTheLastOfTwoEditsOfACell(t *testing.T) {
	w := newWorld(t, 1, nil)
	c := w.cell(0, 16)
	made, err := w.at(0, w.Teacher).PutCells(t.Context(), edit(c, mark(5)), edit(c, mark(4)))
	if err != nil || len(made.Edits) != 1 {
		t.Fatal(made, err)
	}
	if got := w.stands(0, c); got.Mark != 4 || got.State&journal.Rivals != 0 {
		t.Errorf("stands %+v", got)
	}
}
