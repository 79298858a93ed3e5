package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// The server's disk dies; the copy is older than what the PCs had sent. They
// send again what it lacks, both ways, and nothing is there twice.
func TestARestoredServerGetsBackWhatItLacks(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	first.write(c.teacher, year, c.mark(1, 5))
	for _, p := range []*pc{first, second} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	s.command("backup", "-data", s.dir, "-to", copied)
	last := map[*pc]uint64{}
	for n, p := range map[int]*pc{2: first, 3: second} {
		last[p] = p.write(c.teacher, year, c.mark(n, n)).Number
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	// Enrolling another PC makes a commit of the server itself that the copy lacks.
	s.enrolled("Третий")
	if err := first.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.kill()
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.command("restore", "-data", s.dir, "-from", copied)
	s.start()
	last[second] = second.write(c.teacher, year, c.mark(4, 4)).Number
	for range 2 {
		for _, p := range []*pc{first, second} {
			if err := p.Sync(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, p := range map[string]*pc{"first": first, "second": second} {
		if state, err := p.State(t.Context()); err != nil || state.Trouble != nil || state.Restored.IsZero() || !state.Mended {
			t.Errorf("%s PC tells %+v, %v", name, state, err)
		}
		for n, mark := range map[int]int{1: 5, 2: 2, 3: 3, 4: 4} {
			if !p.sees(c, n, mark) {
				t.Errorf("%s PC lacks mark %d", name, n)
			}
		}
	}
	// The new code of the restored server works.
	third := s.enrolled("Третий, снова")
	if err := third.Sync(t.Context()); err != nil || !third.sees(c, 3, 3) || third.roster(journal.Register).School().Name == "" {
		t.Errorf("a PC enrolled afterwards: %v", err)
	}
	s.kill()
	s.check(last)
}

// The copy is older than a PC of the school. The restored server does not know
// the PC, which says what to do; with a code it comes back as the same PC, and
// everything written there is at the school, under the signature of its author.
func TestAPCThatTheCopyDoesNotKnow(t *testing.T) {
	s := newSchool(t)
	first := newPC(t)
	c := s.furnish(first)
	copied := filepath.Join(t.TempDir(), "copy.db")
	s.command("backup", "-data", s.dir, "-to", copied)
	second := s.enrolled("Второй")
	who := second.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	second.write(who.Staff, year, c.mark(1, 5))
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	id, _, err := second.book.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.kill()
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.command("restore", "-data", s.dir, "-from", copied)
	s.start()
	last := second.write(who.Staff, year, c.mark(2, 4))
	if err := second.Sync(t.Context()); fault.CodeOf(err) != fault.Approval {
		t.Fatalf("a server that does not know the PC: %v", err)
	}

	other := newSchool(t)
	out := other.command("code", "-data", other.dir, "-address", other.address, "-json")
	var foreign struct{ Code string }
	if err := json.Unmarshal([]byte(out), &foreign); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Enrol(t.Context(), foreign.Code, "Второй"); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("another school's code: %v", err)
	}
	if _, err := newPC(t).Enrol(t.Context(), foreign.Code, "Новый"); err != nil {
		t.Errorf("another school's code was spent: %v", err)
	}

	s.join(second, "")
	for _, p := range []*pc{second, first} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		for n, mark := range map[int]int{1: 5, 2: 4} {
			if !p.sees(c, n, mark) {
				t.Errorf("mark %d is missing", n)
			}
		}
		if counts, err := p.book.Count(t.Context()); err != nil || counts != (commit.Counts{}) {
			t.Errorf("counts %+v, %v", counts, err)
		}
	}
	if now, _, err := second.book.Identity(t.Context()); err != nil || now.Device != id.Device || now.Name != "Второй" || now.Epoch == id.Epoch {
		t.Errorf("identity %+v, was %+v, %v", now, id, err)
	}
	s.kill()
	s.check(map[*pc]uint64{second: last.Number})
}
