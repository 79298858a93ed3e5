package main

import (
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
