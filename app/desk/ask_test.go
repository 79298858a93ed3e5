package desk_test

import (
	"strings"
	"testing"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
	"uchitelskaya/sync/commit"
)

const tests = "Пересдача после болезни"

// closed is the small school with the second quarter closed.
func closed(t *testing.T) *world {
	return newWorld(t, 1, func(s *journaltest.School) { s.Close(journal.Quarters, 2) })
}

// wish is a mark in a cell that was empty.
func (w *world) wish(c journal.Cell, mark int) desk.Wish {
	want := c
	want.Mark = mark
	return desk.Wish{Cells: []desk.CellEdit{{Seen: c, Want: want}}}
}

func TestAskingWhereATermIsClosed(t *testing.T) {
	w := closed(t)
	ctx := t.Context()
	s := w.at(0, w.Teacher)
	c := w.cell(0, 16)
	want := w.wish(c, 5)
	_, err := s.PutCells(ctx, want.Cells...)
	refused(t, err, fault.TermClosed)
	for name, reason := range map[string]string{"no reason": " ", "a mark typed on by mistake": "5 4", "a book": strings.Repeat("слово ", 100)} {
		_, err := s.Ask(ctx, reason, want)
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = w.at(0, w.Other).Ask(ctx, tests, want)
	refused(t, err, fault.Forbidden)
	result := journal.TermMark{Page: w.Algebra, Pupil: w.Pupils[1], Period: 2}
	four := result
	four.Value = "4"
	want.Results = []desk.ResultEdit{{Seen: result, Want: four}}
	made, err := s.Ask(ctx, " "+tests+" ", want)
	w.must(err)
	if made.Reason != tests || len(made.Edits) != 2 {
		t.Errorf("asked by %+v", made)
	}
	if none, err := s.Ask(ctx, tests, desk.Wish{}); none != nil || err != nil {
		t.Errorf("a wish of nothing made %+v, %v", none, err)
	}
}

func TestAskingAgainForWhatWasRefused(t *testing.T) {
	w := closed(t)
	ctx := t.Context()
	s := w.at(0, w.Teacher)
	made, err := s.Ask(ctx, tests, w.wish(w.cell(0, 16), 5))
	w.must(err)
	w.refuse(made)
	all := w.entries(s, commit.NotTaken)
	if !s.MustAsk(all[0]) {
		t.Error("it can be said again without asking")
	}
	_, err = s.Retry(ctx, all...)
	refused(t, err, fault.TermClosed)
	again, err := s.AskAgain(ctx, "Есть справка от врача", all...)
	w.must(err)
	if len(again) != 1 || again[0].Reason != "Есть справка от врача" || len(w.entries(s, commit.NotTaken)) != 0 {
		t.Errorf("asked again by %+v", again)
	}
}

// An act that reached into two volumes is one entry, and what is done about it
// is done about the whole.
func TestAnActIsOneEntry(t *testing.T) {
	w := newWorld(t, 1, nil)
	ctx := t.Context()
	s := w.at(0, w.Admin)
	position := func(text string) []commit.Change {
		return []commit.Change{
			commit.Set(journal.KindStaff, journal.IDKey(w.Other), journal.StaffPosition, journal.TextValue(text)),
			commit.Set(journal.KindCell, w.cell(0, 16).Key(), journal.CellNote, journal.TextValue(text)),
		}
	}
	typed := w.put(w.at(0, w.Teacher), 0, w.cell(1, 16), 4)
	var all []*commit.Commit
	for _, text := range []string{"учитель", "учитель музыки"} {
		made, err := w.pcs[0].AppendAll(ctx, w.intake(position(text))...)
		w.must(err)
		all = append(all, made...)
	}
	if list := w.entries(s, commit.Unsent); len(list) != 3 || list[0].Edits() != 2 || list[1].Edits() != 2 {
		t.Fatalf("%d entries wait: %+v", len(list), list)
	}
	w.must(w.pcs[0].Settle(ctx, []commit.Verdict{{Commit: typed.ID, Answer: commit.Requested, Volume: year}}, typed.Number))
	w.refuse(all...)
	list := w.entries(s, commit.NotTaken)
	if len(list) != 2 || len(list[0].Commits()) != 2 || len(list[0].Lines) != 2 || list[0].Commits()[0].Volume != journal.Register {
		t.Fatalf("refused are %+v", list)
	}
	for limit, want := range map[int]int{1: 0, 2: 1, 3: 1, 4: 2} {
		if cut, err := s.Entries(ctx, commit.Query{Fate: commit.NotTaken, Limit: limit}); err != nil || len(cut) != want {
			t.Errorf("of %d commits %d whole acts, %v; want %d", limit, len(cut), err, want)
		}
	}
	w.must(s.PutAway(ctx, list[1]))
	if away := w.entries(s, commit.PutAway); len(away) != 1 || len(away[0].Commits()) != 2 || len(w.entries(s, commit.NotTaken)) != 1 {
		t.Errorf("put away are %+v", away)
	}
	w.must(s.BringBack(ctx, w.entries(s, commit.PutAway)...))
	if left := w.entries(s, commit.NotTaken); len(left) != 2 {
		t.Errorf("brought back are %+v", left)
	}
}

// intake makes one act of the administrator's out of changes.
func (w *world) intake(changes []commit.Change) []commit.Draft {
	at := w.clock.now()
	d := []commit.Draft{{Volume: journal.Register, Author: w.Admin, Entered: at}, {Volume: year, Author: w.Admin, Entered: at}}
	for _, c := range changes {
		i := 1
		if journal.SpecOf(c.Kind).InRegister() {
			i = 0
		}
		d[i].Changes = append(d[i].Changes, c)
	}
	return d
}

func TestAnActIsSaidAgainAsAWhole(t *testing.T) {
	w := newWorld(t, 1, nil)
	ctx := t.Context()
	s := w.at(0, w.Admin)
	group := journal.IDKey(w.Class)
	name := func(k journal.Kind, key journal.Key, f journal.FieldNo, v string) commit.Change {
		return commit.Set(k, key, f, journal.TextValue(v))
	}
	made, err := w.pcs[0].AppendAll(ctx, w.intake([]commit.Change{
		name(journal.KindStaff, journal.IDKey(w.Other), journal.StaffPosition, "учитель музыки"), name(journal.KindGroup, group, journal.GroupName, "7-Б"),
	})...)
	w.must(err)
	w.refuse(made...)
	again, err := s.Retry(ctx, w.entries(s, commit.NotTaken)...)
	w.must(err)
	if len(again) != 2 || len(w.entries(s, commit.NotTaken)) != 0 {
		t.Fatalf("%d commits say it again", len(again))
	}
	if _, err := s.Undo(ctx); err != nil || len(w.entries(s, commit.Unsent)) != 2 || w.entries(s, commit.Unsent)[0].Edits() != 2 {
		t.Errorf("one undo does not take the act back: %v", err)
	}
	w.exchange()

	// Half of it stands by now: the other half is said, and nothing is left over.
	made, err = w.pcs[0].AppendAll(ctx, w.intake([]commit.Change{
		name(journal.KindStaff, journal.IDKey(w.Other), journal.StaffPosition, "учитель пения"), name(journal.KindGroup, group, journal.GroupName, "7-В"),
	})...)
	w.must(err)
	w.refuse(made...)
	_, err = w.pcs[0].Append(ctx, commit.Draft{Volume: journal.Register, Author: w.Admin, Entered: w.clock.now(), Changes: []commit.Change{
		name(journal.KindStaff, journal.IDKey(w.Other), journal.StaffPosition, "учитель пения"),
	}})
	w.must(err)
	again, err = s.Retry(ctx, w.entries(s, commit.NotTaken)...)
	w.must(err)
	if len(again) != 1 || len(w.entries(s, commit.NotTaken)) != 0 {
		t.Errorf("%d commits say the rest, %d entries are left", len(again), len(w.entries(s, commit.NotTaken)))
	}
}
