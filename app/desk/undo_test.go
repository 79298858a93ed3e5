package desk_test

import (
	"slices"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

func TestUndoGoesBackStepByStepInOneCell(t *testing.T) {
	w := newWorld(t, 1, nil)
	s, c := w.at(0, w.Teacher), w.cell(0, 16)
	for _, mark := range []int{3, 4, 5} {
		w.put(s, 0, c, mark)
	}
	for round := range 3 {
		for _, want := range []int{4, 3, 0} {
			made, err := s.Undo(t.Context())
			if err != nil || made == nil {
				t.Fatalf("round %d: undo to %d: %v, %v", round, want, made, err)
			}
			if got := w.stands(0, c).Mark; got != want {
				t.Fatalf("round %d: undo left %d; want %d", round, got, want)
			}
		}
		if s.CanUndo() {
			t.Fatal("something is left to undo")
		}
		for _, want := range []int{3, 4, 5} {
			if made, err := s.Redo(t.Context()); err != nil || made == nil {
				t.Fatalf("round %d: redo to %d: %v, %v", round, want, made, err)
			}
			if got := w.stands(0, c).Mark; got != want {
				t.Fatalf("round %d: redo left %d; want %d", round, got, want)
			}
		}
		if round == 1 {
			w.exchange()
			s = w.at(0, w.Teacher)
		}
	}
}

func TestUndoStopsAtWhatOthersDid(t *testing.T) {
	w := newWorld(t, 2, nil)
	one, two, c := w.at(0, w.Teacher), w.at(1, w.Teacher), w.cell(0, 16)
	w.put(one, 0, w.cell(1, 16), 3)
	w.put(one, 0, c, 4)
	w.exchange()
	w.put(two, 1, c, 5)
	w.exchange()
	made, err := one.Undo(t.Context())
	refused(t, err, fault.Invalid)
	if made != nil || w.stands(0, c).Mark != 5 {
		t.Fatalf("undo over another's 5 left %+v", w.stands(0, c))
	}
	if made, err := one.Undo(t.Context()); err != nil || made == nil || w.stands(0, w.cell(1, 16)).Mark != 0 {
		t.Fatalf("the step before: %v, %v", made, err)
	}
	one = w.at(0, w.Teacher) // what could not be taken back does not hide what was
	if made, err := one.Redo(t.Context()); err != nil || made == nil || w.stands(0, w.cell(1, 16)).Mark != 3 {
		t.Fatalf("redo after a restart: %v, %v", made, err)
	}
}

func TestUndoAfterAnotherTookHisBack(t *testing.T) {
	w := newWorld(t, 2, nil)
	one, two, c := w.at(0, w.Teacher), w.at(1, w.Teacher), w.cell(0, 16)
	w.put(one, 0, c, 4)
	w.exchange()
	w.put(two, 1, c, 5)
	if _, err := two.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.exchange()
	if got := w.stands(0, c).Mark; got != 4 {
		t.Fatalf("%d stands", got)
	}
	if made, err := one.Undo(t.Context()); err != nil || made == nil || w.stands(0, c).Mark != 0 {
		t.Errorf("the 4 stands again and cannot be taken back: %v, %v", made, err)
	}
}

func TestUndoSentences(t *testing.T) {
	later := func(w *world, what string) {
		other := w.at(1, w.Teacher)
		switch what {
		case "cell":
			w.put(other, 1, w.cell(0, 16), 5)
		case "lesson":
			l := w.lesson(1, journal.Lesson{Page: w.Algebra, Date: w.cell(0, 16).Date, Number: 2})
			want := l
			want.Topic = "Углы"
			_, err := other.PutLesson(w.t.Context(), l, want)
			w.must(err)
		case "result":
			key := journal.TermMark{Pupil: w.Pupils[0], Page: w.Algebra, Period: 1, Value: "4"}
			want := key
			want.Value = "3"
			_, err := other.PutTermMark(w.t.Context(), key, want)
			w.must(err)
		}
	}
	said := map[string]bool{}
	for _, what := range []string{"cell", "lesson", "result"} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t, 2, nil)
			s := w.at(0, w.Teacher)
			w.put(s, 0, w.cell(1, 17), 3)
			l := journal.Lesson{Page: w.Algebra, Date: w.cell(0, 16).Date, Number: 2}
			switch what {
			case "cell":
				w.put(s, 0, w.cell(0, 16), 4)
			case "lesson":
				want := l
				want.Topic = "Дроби"
				_, err := s.PutLesson(t.Context(), l, want)
				w.must(err)
			case "result":
				_, err := s.PutTermMark(t.Context(), journal.TermMark{Pupil: w.Pupils[0], Page: w.Algebra, Period: 1},
					journal.TermMark{Pupil: w.Pupils[0], Page: w.Algebra, Period: 1, Value: "4"})
				w.must(err)
			}
			w.exchange()
			later(w, what)
			w.exchange()
			_, err := s.Undo(t.Context())
			refused(t, err, fault.Invalid)
			said[fault.TextOf(err)] = true
		})
	}
	if len(said) != 3 {
		t.Errorf("%d different sentences; want one for each", len(said))
	}
}

func TestUndoOfWhatIsClosedNow(t *testing.T) {
	w := newWorld(t, 1, nil)
	s, deputy := w.at(0, w.Teacher), w.at(0, w.Deputy)
	w.put(s, 0, w.cell(0, 16), 4)
	first := journal.Cell{Page: w.Algebra, Date: journal.MakeDate(2026, 10, 26), Number: 2, Pupil: w.Pupils[0]}
	w.put(s, 0, first, 5)
	if _, err := deputy.CloseTerm(t.Context(), journal.Quarters, 1, true); err != nil {
		t.Fatal(err)
	}
	_, err := s.Undo(t.Context())
	refused(t, err, fault.TermClosed)
	if w.stands(0, first).Mark != 5 {
		t.Fatal("a mark of the closed term went")
	}
	if made, err := s.Undo(t.Context()); err != nil || made == nil || w.stands(0, w.cell(0, 16)).Mark != 0 {
		t.Errorf("the closed term stands in the way of the rest: %v, %v", made, err)
	}
	if made, err := deputy.Undo(t.Context()); err != nil || made == nil {
		t.Errorf("the deputy opens the term by undo: %v, %v", made, err)
	}
	w.put(s, 0, first, 3)
}

func TestRefusedByTheServerIsPassedOver(t *testing.T) {
	w := newWorld(t, 1, nil)
	s := w.at(0, w.Teacher)
	yes := w.put(s, 0, w.cell(0, 16), 4)
	no := w.put(s, 0, w.cell(1, 16), 5)
	w.must(w.pcs[0].Seal(t.Context(), nobodysKey, true))
	accepted := commit.Verdict{Commit: yes.ID, Answer: commit.Accepted, Volume: yes.Volume, Position: 1}
	w.must(w.pcs[0].Settle(t.Context(), append(refusal(no), accepted), no.Number))
	if made, err := s.Undo(t.Context()); err != nil || made == nil {
		t.Fatalf("undo: %v, %v", made, err)
	}
	if got := w.stands(0, w.cell(0, 16)).Mark; got != 0 || s.CanUndo() {
		t.Errorf("the mark that stood is still %d", got)
	}
}

func TestLatestNamesTheStepThatUndoTakes(t *testing.T) {
	w := newWorld(t, 1, nil)
	s := w.at(0, w.Teacher)
	if s.Latest() != 0 {
		t.Error("a fresh session has a latest step")
	}
	var made []uint64
	for i := range 3 {
		made = append(made, w.put(s, 0, w.cell(i, 16), 4).Number)
	}
	for _, n := range slices.Backward(made) {
		if s.Latest() != n {
			t.Fatalf("Latest = %d; want %d", s.Latest(), n)
		}
		if _, err := s.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
