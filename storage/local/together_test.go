package local_test

import (
	"sync"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// TestTogether writes and reads from many goroutines, as the screens and the
// exchange with the server do.
func TestTogether(t *testing.T) {
	j := open(t, 1)
	var heard sync.Map
	stop := j.Watch(func(n commit.News) {
		heard.Store(n.Volume, true)
		if _, err := j.Count(t.Context()); err != nil {
			t.Error(err)
		}
	})
	defer stop()
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := range 25 {
				d := draft(manyMarks(w*100+i, 2)...)
				if i%5 == 0 {
					d = commit.Draft{Author: teacher, Entered: start, Changes: []commit.Change{
						commit.Set(journal.KindPupil, journal.IDKey(journal.PupilID{byte(w), byte(i)}), journal.PupilLast, journal.TextValue("Ключевой")),
					}}
				}
				if _, err := j.Append(t.Context(), d); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 25 {
				r, err := j.Roster(t.Context(), year)
				if err != nil {
					t.Error(err)
					return
				}
				r.AllPupils()
				p := [16]byte([]byte(cellOf(0))[:16])
				if _, err := j.Cells(t.Context(), year, p, day, day+60); err != nil {
					t.Error(err)
				}
				if err := j.Seal(t.Context(), nobody, true); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := count(t, j); n.Unsent != 100 {
		t.Errorf("%d commits, want 100", n.Unsent)
	}
	r, err := j.Roster(t.Context(), year)
	if err != nil || len(r.AllPupils()) != 20 {
		t.Errorf("the roster has %d pupils, want 20: %v", len(r.AllPupils()), err)
	}
	if err := j.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
