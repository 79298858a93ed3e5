package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
)

// A PC's journal is set aside and begun anew: the school's log comes back from
// the server, what had not been sent is sent, and work goes on.
func TestAPCWhoseJournalWasSetAside(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	second.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	second.write(c.teacher, year, c.mark(1, 5))
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	second.write(c.teacher, year, c.mark(2, 4)) // not sent
	if err := second.book.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := local.SetAside(t.Context(), second.dir, time.Now, "")
	if err != nil || !done.Enrolled || done.Carried != 1 || done.Lost != 0 {
		t.Fatalf("SetAside = %+v, %v", done, err)
	}
	second.open()
	if err := second.Sync(t.Context()); err != nil {
		t.Fatalf("%s: %v", fault.TextOf(err), err)
	}
	last := second.write(c.teacher, year, c.mark(3, 3))
	for _, p := range []*pc{second, first} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		for n, mark := range map[int]int{1: 5, 2: 4, 3: 3} {
			if !p.sees(c, n, mark) {
				t.Errorf("mark %d is missing", n)
			}
		}
	}
	s.kill()
	s.check(map[*pc]uint64{second: last.Number})
}

// The PC has lost the file with a commit that the server did not accept, and
// the server, put back from a copy, its knowledge of it. The number is given up
// with an administrator's code; all the rest is there.
func TestANumberThatBothHaveLost(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	s.command("backup", "-data", s.dir, "-to", copied)
	second.write(c.teacher, year, c.mark(1, 5))
	second.write(c.other, year, c.mark(9, 2)) // refused: not her page
	second.write(c.teacher, year, c.mark(2, 4))
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	id, _, err := second.book.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second.close()
	second.dir = t.TempDir() // nothing of the file reads but who the PC is
	second.open()
	if err := second.book.Enrol(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.kill()
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.command("restore", "-data", s.dir, "-from", copied)
	s.start()
	second.write(c.teacher, year, c.mark(3, 3))
	for range 2 {
		if err := second.Sync(t.Context()); fault.CodeOf(err) != fault.Approval {
			t.Fatalf("with a number missing: %v", err)
		}
	}
	s.join(second, "")
	for _, p := range []*pc{second, first} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatalf("%s: %v", fault.TextOf(err), err)
		}
		for n, mark := range map[int]int{1: 5, 2: 4, 3: 3} {
			if !p.sees(c, n, mark) {
				t.Errorf("mark %d is missing", n)
			}
		}
	}
	if counts, err := second.book.Count(t.Context()); err != nil || counts.Unsent > 0 {
		t.Errorf("counts %+v, %v", counts, err)
	}
}
