package demo_test

import (
	"context"
	"crypto/ed25519"
	"iter"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// single is a book without large steps.
type single struct{ *local.Journal }

func (s single) AppendAll() {} // hides the one of another shape

func open(t *testing.T, s *demo.School) *local.Journal {
	t.Helper()
	j, err := local.Open(t.Context(), t.TempDir(), func() time.Time { return demo.Today.Time() })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Enrol(t.Context(), commit.Identity{School: s.ID(), Device: journal.NewID[journal.Device](), Name: "Учительская", Key: key}); err != nil {
		t.Fatal(err)
	}
	return j
}

func first(n int, drafts iter.Seq[commit.Draft]) iter.Seq[commit.Draft] {
	return func(yield func(commit.Draft) bool) {
		i := 0
		for d := range drafts {
			if i++; i > n || !yield(d) {
				return
			}
		}
	}
}

func TestLoad(t *testing.T) {
	s := demo.Village(1, demo.Today)
	j := open(t, s)
	if err := demo.Load(t.Context(), j, s.Drafts()); err != nil {
		t.Fatal(err)
	}
	want := read(t, s)
	r, err := j.Roster(t.Context(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	lessons, marks := 0, 0
	for _, p := range r.Pages() {
		from, to := journal.YearBounds(2026)
		written, err := j.Lessons(t.Context(), 2026, p.ID, from, to)
		if err != nil {
			t.Fatal(err)
		}
		cells, err := j.Cells(t.Context(), 2026, p.ID, from, to)
		if err != nil {
			t.Fatal(err)
		}
		lessons += len(written)
		for _, c := range cells {
			for _, there := range []bool{c.Mark != 0, c.Second != 0, c.Absence != ""} {
				if there {
					marks++
				}
			}
		}
	}
	if lessons != len(want.lessons) || marks != want.entries {
		t.Errorf("%d lessons and %d entries in the journal; want %d and %d", lessons, marks, len(want.lessons), want.entries)
	}
}

// TestLoadSingly gives the same drafts to a book that has no large steps.
func TestLoadSingly(t *testing.T) {
	s := demo.Village(1, demo.Today)
	j := open(t, s)
	if err := demo.Load(t.Context(), single{j}, first(30, s.Drafts())); err != nil {
		t.Fatal(err)
	}
	own, err := j.Own(t.Context(), journal.StaffID{}, 10)
	if err != nil || len(own) != 1 {
		t.Errorf("%d commits of the server, %v; want the first", len(own), err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := demo.Load(gone, j, s.Drafts()); err == nil {
		t.Error("loading went on after it was called off")
	}
}
