package local_test

import (
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// meet gives two PCs that each wrote another mark into one cell, and lets the
// second know of the first's.
func meet(t *testing.T) (a, b *commit.Commit, dispute func() []commit.FieldRef, history func() []commit.Past) {
	t.Helper()
	one, two := open(t, 1), open(t, 2)
	a = put(t, one, markChange(day, pupil, 3))
	b = put(t, two, markChange(day, pupil, 5))
	if err := two.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, a)}}, nil); err != nil {
		t.Fatal(err)
	}
	got := cells(t, two)
	if len(got) != 1 || got[0].State != journal.Rivals|journal.Unsent {
		t.Errorf("the cell is %+v", got)
	}
	heads, err := two.Heads(t.Context(), year, markField)
	if err != nil || len(heads) != 2 || !heads[0].Standing || !heads[1].Standing || heads[0].Stamp < heads[1].Stamp || int(heads[0].Value.Int()) != got[0].Mark {
		t.Errorf("heads are %+v, %v", heads, err)
	}
	if n := count(t, two); n.Disputes != 1 {
		t.Errorf("counted %+v", n)
	}
	if list, err := two.Disputes(t.Context(), year); err != nil || !slices.Equal(list, []commit.FieldRef{markField}) {
		t.Errorf("disputes are %+v, %v", list, err)
	}
	if list, err := two.Disputes(t.Context(), year+1); err != nil || len(list) != 0 {
		t.Errorf("disputes of another year are %+v, %v", list, err)
	}
	put(t, two, markChange(day, pupil, 4)) // a person decides
	dispute = func() []commit.FieldRef { l, _ := two.Disputes(t.Context(), year); return l }
	history = func() []commit.Past { l, _ := two.History(t.Context(), year, markField); return l }
	return a, b, dispute, history
}

func TestDispute(t *testing.T) {
	a, b, disputes, history := meet(t)
	if d := disputes(); len(d) != 0 {
		t.Errorf("after the decision stand %+v", d)
	}
	past := history()
	if len(past) != 3 || !past[0].Standing || past[1].Standing || past[2].Standing {
		t.Fatalf("history is %+v", past)
	}
	ids := []commit.EditID{past[1].ID, past[2].ID}
	if !slices.Contains(ids, a.Edit(0)) || !slices.Contains(ids, b.Edit(0)) {
		t.Errorf("history has %v", ids)
	}
}

// TestSeen: who did not see a value that came meanwhile does not replace it.
func TestSeen(t *testing.T) {
	j := open(t, 1)
	put(t, j, markChange(day, pupil, 3))
	seen := journal.IntValue(2)
	change := markChange(day, pupil, 5)
	change.Seen = &seen
	put(t, j, change)
	if got := cells(t, j); got[0].State&journal.Rivals == 0 || got[0].Mark != 5 {
		t.Errorf("the cell is %+v", got[0])
	}
}

func TestBefore(t *testing.T) {
	j := open(t, 1)
	first := put(t, j, markChange(day, pupil, 3))
	second := put(t, j, markChange(day, pupil, 4), markChange(day+1, pupil, 5))
	former, err := j.Before(t.Context(), second.ID)
	if err != nil || !former.Intact || former.Volume != year || len(former.Changes) != 2 {
		t.Fatalf("Before = %+v, %v", former, err)
	}
	if former.Changes[0].Value != journal.IntValue(3) || !former.Changes[1].Value.IsNull() {
		t.Errorf("former values are %+v", former.Changes)
	}
	if f, err := j.Before(t.Context(), first.ID); err != nil || f.Intact {
		t.Errorf("a commit written over is %+v, %v", f, err)
	}
	d := draft(former.Changes...)
	d.Undoes = second.Number
	undo, err := j.Append(t.Context(), d)
	if err != nil || undo.Undoes != second.Number {
		t.Fatalf("undo is %+v, %v", undo, err)
	}
	if got := cells(t, j); got[0].Mark != 3 || got[1].Mark != 0 {
		t.Errorf("after the undo: %+v", got)
	}
	redo, err := j.Before(t.Context(), undo.ID)
	if err != nil || !redo.Intact || redo.Changes[0].Value != journal.IntValue(4) {
		t.Errorf("redo is %+v, %v", redo, err)
	}
	if _, err := j.Before(t.Context(), commit.ID{Device: identity(1).Device, Number: 99}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("of no commit: %v", err)
	}
	own, err := j.Own(t.Context(), teacher, 2)
	if err != nil || len(own) != 2 || own[0].Number != undo.Number || own[1].Number != second.Number {
		t.Errorf("own commits are %v, %v", own, err)
	}
	if own, err := j.Own(t.Context(), journal.StaffID{9}, 2); err != nil || len(own) != 0 {
		t.Errorf("a stranger's own commits are %v, %v", own, err)
	}
}

func TestLate(t *testing.T) {
	j := open(t, 1)
	put(t, j, markChange(day-7, pupil, 3), markChange(day-8, pupil, 4))
	late := func() (out []bool) {
		for _, c := range cells(t, j) {
			out = append(out, c.State&journal.Late != 0)
		}
		return out
	}
	if got := late(); !slices.Equal(got, []bool{true, false}) {
		t.Errorf("eight and seven days after the lesson: late is %v", got)
	}
	d := draft(commit.Set(journal.KindSetting, journal.Key("").Text(journal.SettingLateDays), journal.SettingValue, journal.TextValue("8")))
	d.Volume = journal.Register
	if _, err := j.Append(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if got := late(); !slices.Equal(got, []bool{false, false}) {
		t.Errorf("with a rule of eight days: late is %v", got)
	}
}

func TestRosterFollows(t *testing.T) {
	one, two := open(t, 1), open(t, 2)
	var heard []commit.News
	stop := two.Watch(func(n commit.News) { heard = append(heard, n) })
	r, err := two.Roster(t.Context(), year)
	if err != nil {
		t.Fatal(err)
	}
	d := commit.Draft{Author: teacher, Entered: start, Changes: []commit.Change{
		commit.Set(journal.KindPupil, journal.IDKey(pupil), journal.PupilLast, journal.TextValue("Ключевой")),
		commit.Set(journal.KindPupil, journal.IDKey(pupil), journal.PupilFirst, journal.TextValue("Егор")),
	}}
	c, err := one.Append(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if err := two.Absorb(t.Context(), journal.Register, []commit.Entry{{Position: 1, Raw: encoded(t, c)}}, nil); err != nil {
		t.Fatal(err)
	}
	if p, ok := r.Pupil(pupil); !ok || p.Name() != "Ключевой Егор" {
		t.Errorf("the roster has %+v, %t", p, ok)
	}
	put(t, two, markChange(day, pupil, 5))
	want := []commit.News{{Remote: true, Roster: true}, {Volume: year, Pages: []journal.PageID{page}}}
	if len(heard) != 2 || !equalNews(heard[0], want[0]) || !equalNews(heard[1], want[1]) {
		t.Errorf("heard %+v, want %+v", heard, want)
	}
	stop()
	put(t, two, markChange(day, pupil, 4))
	if len(heard) != 2 {
		t.Error("heard of a change after stopping")
	}
	fresh, err := one.Roster(t.Context(), year)
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := fresh.Pupil(pupil); !ok || p.Name() != "Ключевой Егор" {
		t.Errorf("a roster read later has %+v, %t", p, ok)
	}
	if v, err := two.Volumes(t.Context()); err != nil || !slices.Equal(v, []journal.Volume{year}) {
		t.Errorf("volumes are %v, %v", v, err)
	}
}

func equalNews(a, b commit.News) bool {
	return a.Volume == b.Volume && a.Remote == b.Remote && a.Roster == b.Roster && a.Counts == b.Counts && slices.Equal(a.Pages, b.Pages)
}

func TestTermMarks(t *testing.T) {
	j := open(t, 1)
	key := journal.TermMarkKey(pupil, page, 2)
	c := put(t, j, commit.Set(journal.KindTermMark, key, journal.TermMarkValue, journal.TextValue("5")))
	want := journal.TermMark{Pupil: pupil, Page: page, Period: 2, Value: "5", State: journal.Unsent}
	if got, err := j.TermMarks(t.Context(), year, page); err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("results are %+v, %v", got, err)
	}
	settle(t, j, 1, verdict(c, commit.Refused, 0))
	want.Value, want.State = "", journal.Refused
	if got, err := j.TermMarks(t.Context(), year, page); err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("refused results are %+v, %v", got, err)
	}
}

func TestIdentity(t *testing.T) {
	j := openIn(t, t.TempDir(), 0)
	if _, ok, err := j.Identity(t.Context()); ok || err != nil {
		t.Errorf("a fresh journal is enrolled: %t, %v", ok, err)
	}
	if _, err := j.Append(t.Context(), draft(markChange(day, pupil, 5))); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("writing before enrolment: %v", err)
	}
	id := identity(1)
	id.Pin, id.Epoch = [32]byte{1}, [16]byte{2}
	if err := j.Enrol(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	moved := id
	moved.Server = "10.0.0.1:8443"
	if err := j.Enrol(t.Context(), moved); err != nil {
		t.Errorf("a server that moved: %v", err)
	}
	foreign := id
	foreign.School[0]++
	if err := j.Enrol(t.Context(), foreign); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("another school: %v", err)
	}
	j.Close()
	j = openIn(t, j.Dir(), 0)
	got, ok, err := j.Identity(t.Context())
	if err != nil || !ok || got.Device != id.Device || got.Server != moved.Server || got.Pin != id.Pin || got.Epoch != id.Epoch || !got.Key.Equal(id.Key) || got.Name != id.Name {
		t.Errorf("after reopening: %+v, %t, %v", got, ok, err)
	}
}

func TestAppendRefuses(t *testing.T) {
	j := open(t, 1)
	for name, change := range map[string]commit.Change{
		"a mark of 6":           markChange(day, pupil, 6),
		"a text for a mark":     commit.Set(journal.KindCell, journal.CellKey(page, day, 1, pupil), journal.CellMark, journal.TextValue("5")),
		"a key of another kind": commit.Set(journal.KindCell, journal.IDKey(page), journal.CellMark, journal.IntValue(5)),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := j.Append(t.Context(), draft(markChange(day, pupil, 5), change)); fault.CodeOf(err) != fault.Invalid {
				t.Errorf("Append = %v, want invalid", err)
			}
			if got := cells(t, j); len(got) != 0 {
				t.Errorf("half of it was written: %+v", got)
			}
		})
	}
	d := draft(markChange(day, pupil, 5))
	d.Entered = time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC)
	if c, err := j.Append(t.Context(), d); err != nil || c.Number != 1 {
		t.Errorf("on a PC whose clock stands before 1970: %v, %v", c, err)
	}
}
