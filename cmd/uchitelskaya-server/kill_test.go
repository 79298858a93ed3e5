package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// The server is killed while it takes what two PCs write. Whatever it has
// acknowledged is there, nothing is there twice, and nothing is missing in the end.
func TestKilledTwentyTimes(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	first.run()
	second.run()
	random := rand.New(rand.NewPCG(1, 2))
	written, interrupted := map[*pc]uint64{}, 0
	for kill := range 20 {
		for i := range 40 {
			for _, p := range []*pc{first, second} {
				written[p] = p.write(c.teacher, year, c.mark(1+i%7, 1+(kill+i)%5)).Number
			}
			if i == 20 {
				time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
			}
		}
		acknowledged := map[*pc]uint64{}
		for _, p := range []*pc{first, second} {
			n, err := p.book.Durable(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if acknowledged[p] = n; n < written[p] {
				interrupted++
			}
		}
		s.kill()
		s.check(acknowledged)
		s.start()
	}
	if interrupted < 10 {
		t.Errorf("only %d of 40 PCs were interrupted: the test shows little", interrupted)
	}
	for p, n := range written {
		eventually(t, "everything sent", func() bool {
			durable, err := p.book.Durable(t.Context())
			return err == nil && durable == n && p.settled()
		})
	}
	s.kill()
	s.check(written)
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
