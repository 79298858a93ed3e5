package main

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Server and PCs are processes, all three at work, and one of them is killed,
// again and again. What a person was told is saved is on the PC, what a PC was told
// is at the school is in the log, once; in the end everything is everywhere.
func TestKilledTwoHundredTimes(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	typists := []*typist{newTypist(first, c), newTypist(second, c)}
	random := rand.New(rand.NewPCG(1, 2))
	servers, waiting := 0, 0
	for range kills {
		time.Sleep(time.Duration(10+random.IntN(60)) * time.Millisecond)
		victim := random.IntN(len(typists) + 1)
		if victim < len(typists) {
			waiting += typists[victim].kill()
			typists[victim].start()
			continue
		}
		told := map[*pc]uint64{}
		for _, p := range typists {
			told[p.pc] = p.sent.Load()
		}
		s.kill()
		if servers++; servers%10 == 0 {
			s.check(told)
		}
		s.start()
	}
	if servers < kills/10 || waiting < kills/10 {
		t.Errorf("%d kills of the server; %d commits waited on killed PCs: the test shows little", servers, waiting)
	}
	written := map[*pc]uint64{}
	for _, p := range typists {
		written[p.pc] = p.stop()
	}
	s.kill()
	s.check(written)
	t.Logf("%d kills, %d of the server; %d and %d commits written, %d of them not yet sent when their PC was killed",
		kills, servers, written[first], written[second], waiting)
	s.start()
	var cells [][]journal.Cell
	for _, p := range []*pc{first, second} {
		p.open()
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := p.book.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		list, err := p.book.Cells(t.Context(), year, c.page, september, september+30)
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, list)
	}
	if len(cells[0]) == 0 || !slices.EqualFunc(cells[0], cells[1], func(a, b journal.Cell) bool { return a.Key() == b.Key() && a.Mark == b.Mark }) {
		t.Errorf("the PCs differ: %+v and %+v", cells[0], cells[1])
	}
}

// check reads the server's store, whether or not other servers write there.
func (s *school) check(acknowledged map[*pc]uint64) {
	s.t.Helper()
	store, err := place{at: s.dir}.open(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	defer store.Close()
	list, err := store.Foundings(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	seen := map[commit.ID]bool{}
	for _, v := range []journal.Volume{journal.Register, year} {
		before, err := store.Heads(s.t.Context(), list[0].School)
		if err != nil {
			s.t.Fatal(err)
		}
		entries, err := store.Entries(s.t.Context(), list[0].School, v, 0, 1<<30)
		if err != nil {
			s.t.Fatal(err)
		}
		after, err := store.Heads(s.t.Context(), list[0].School)
		if n := uint64(len(entries)); err != nil || n < before[v] || n > after[v] {
			s.t.Fatalf("volume %d: %d entries, head %d, then %d, %v", v, n, before[v], after[v], err)
		}
		for i, e := range entries {
			c, err := commit.Decode(e.Raw)
			if err != nil || seen[c.ID] || e.Position != uint64(i)+1 {
				s.t.Fatalf("entry %d of volume %d: %v, seen %t", i, v, err, seen[c.ID])
			}
			seen[c.ID] = true
		}
	}
	for p, n := range acknowledged {
		id, _, err := p.book.Identity(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		for number := uint64(1); number <= n; number++ {
			if !seen[commit.ID{Device: id.Device, Number: number}] {
				s.t.Fatalf("commit %d of %d acknowledged is lost", number, n)
			}
		}
	}
}
