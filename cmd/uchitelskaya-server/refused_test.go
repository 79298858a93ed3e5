package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// entries are those of a fate that a person reads on a PC.
func (p *pc) entries(who journal.StaffID, f commit.Fate) []desk.Entry {
	p.t.Helper()
	all, err := p.at(who).Entries(p.t.Context(), commit.Query{Fate: f, Author: who})
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

// counted fails unless the PC counts so.
func (p *pc) counted(when string, want commit.Counts) {
	p.t.Helper()
	if got, err := p.book.Count(p.t.Context()); err != nil || got != want {
		p.t.Errorf("%s: counts %+v, %v; want %+v", when, got, err, want)
	}
}

// gives makes somebody a teacher of the class's page.
func (c *class) gives(to journal.StaffID) commit.Change {
	return commit.Set(journal.KindPageTeacher, journal.IDKey(c.page).ID(to).Date(september), journal.PageTeacherTo, journal.DateValue(september+300))
}

// A refused commit in the middle stops nothing; when its cause is gone, its
// author says it again and it is accepted.
func TestARefusedCommitIsSaidAgain(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	second.sync()
	second.write(c.teacher, year, c.mark(1, 5))
	wrong := second.write(c.other, year, c.mark(2, 3), c.mark(3, 3))
	second.write(c.teacher, year, c.mark(2, 4))
	second.write(c.teacher, year, c.mark(4, 5))
	second.sync()
	second.counted("after the answers", commit.Counts{Refused: 1})
	first.sync()
	if !first.sees(c, 1, 5) || !first.sees(c, 2, 4) || !first.sees(c, 4, 5) || first.sees(c, 3, 3) {
		t.Error("what stood before or after the refused commit is not at the other PC, or it is itself")
	}
	refused := second.entries(c.other, commit.NotTaken)
	if len(refused) != 1 || refused[0].Commit.Number != wrong.Number || refused[0].Lines[0].Now != journal.IntValue(4) {
		t.Fatalf("refused are %+v", refused)
	}
	if _, err := second.at(c.other).Retry(t.Context(), refused...); err == nil {
		t.Error("said again while its cause stands")
	}
	first.write(c.admin, year, c.gives(c.other))
	first.sync()
	second.sync()
	made, err := second.at(c.other).Retry(t.Context(), second.entries(c.other, commit.NotTaken)...)
	if err != nil || len(made) != 1 {
		t.Fatalf("Retry = %v, %v", made, err)
	}
	second.sync()
	first.sync()
	second.counted("after it was said again", commit.Counts{})
	for name, p := range map[string]*pc{"first": first, "second": second} {
		if !p.sees(c, 2, 3) || !p.sees(c, 3, 3) {
			t.Errorf("%s PC lacks what was said again", name)
		}
	}
	if away := second.entries(c.other, commit.PutAway); len(away) != 1 || away[0].Aside.Retry != made[0].Number || away[0].Text == "" {
		t.Errorf("the old one is %+v", away)
	}
}

// The server comes back from a copy that knows nothing of its answers and gets
// all commits anew. What was put away stays away where it is refused again;
// where it is accepted now, its author is told and may take it back.
func TestWhatWasPutAwayAndTheServerRestored(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	second.sync()
	second.write(c.teacher, year, c.mark(1, 5))
	second.sync()
	copied := filepath.Join(t.TempDir(), "copy.db")
	s.command("backup", "-data", s.dir, "-to", copied)
	term := commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermTo, journal.DateValue(september+10))
	second.write(c.other, year, c.mark(1, 2))
	second.write(c.teacher, year, term)
	second.write(c.teacher, year, c.mark(3, 4))
	second.sync()
	second.counted("after the answers", commit.Counts{Refused: 2})
	for _, who := range []journal.StaffID{c.other, c.teacher} {
		if err := second.at(who).PutAway(t.Context(), second.entries(who, commit.NotTaken)...); err != nil {
			t.Fatal(err)
		}
	}
	first.write(c.admin, year, c.gives(c.other))
	first.sync()

	s.kill()
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.command("restore", "-data", s.dir, "-from", copied)
	s.start()
	for range 2 {
		first.sync()
		second.sync()
	}
	second.counted("after the new answers", commit.Counts{Returned: 1})
	if away := second.entries(c.teacher, commit.PutAway); len(away) != 1 || !slices.ContainsFunc(away[0].Commit.Edits, func(e commit.Edit) bool { return e.Kind == journal.KindTerm }) {
		t.Errorf("refused again and put away are %+v", away)
	}
	returned := second.entries(c.other, commit.Returned)
	if len(returned) != 1 || !returned[0].Mine || !first.sees(c, 1, 2) || !first.sees(c, 3, 4) {
		t.Fatalf("accepted all the same are %+v", returned)
	}
	if err := second.at(c.other).TakeBack(t.Context(), returned[0]); err != nil {
		t.Fatal(err)
	}
	second.sync()
	first.sync()
	second.counted("after it was taken back", commit.Counts{})
	for name, p := range map[string]*pc{"first": first, "second": second} {
		if !p.sees(c, 1, 5) {
			t.Errorf("%s PC does not have the former mark again", name)
		}
	}
}
