package main

import (
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
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
