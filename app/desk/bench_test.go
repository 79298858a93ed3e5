package desk_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"sync"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// villageDir is where the village lies, once it was asked for.
var villageDir string

func TestMain(m *testing.M) {
	code := m.Run()
	if villageDir != "" {
		os.RemoveAll(villageDir)
	}
	os.Exit(code)
}

// village is the demo school in a journal, written once for all benchmarks.
var village = sync.OnceValues(func() (*local.Journal, error) {
	dir, err := os.MkdirTemp("", "village")
	if err != nil {
		return nil, err
	}
	villageDir = dir
	s := demo.Village(1, demo.Today)
	j, err := local.Open(context.Background(), dir, time.Now)
	if err != nil {
		return nil, err
	}
	id := commit.Identity{School: s.ID(), Device: journal.DeviceID{1}, Name: "учительская", Key: ed25519.NewKeyFromSeed(make([]byte, 32)), Server: "school:8443"}
	if err := j.Enrol(context.Background(), id); err != nil {
		return nil, err
	}
	return j, demo.Load(context.Background(), j, s.Drafts())
})

// busiest is a session of who has most pages, at noon of the village's today.
func busiest(b *testing.B) *desk.Session {
	b.Helper()
	j, err := village()
	if err != nil {
		b.Fatal(err)
	}
	r, err := j.Roster(b.Context(), year)
	if err != nil {
		b.Fatal(err)
	}
	var who journal.Staff
	for _, s := range r.AllStaff() {
		if len(r.Taught(s.ID)) > len(r.Taught(who.ID)) {
			who = s
		}
	}
	s, err := desk.Open(b.Context(), j, who.ID, year, func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) })
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkOpenPage(b *testing.B) {
	s := busiest(b)
	pages := s.Pages()
	b.ResetTimer()
	for i := range b.N {
		if _, err := s.OpenPage(b.Context(), pages[i%len(pages)].ID, 2); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDay(b *testing.B) {
	s := busiest(b)
	for b.Loop() {
		if day, err := s.Day(b.Context(), s.Today()); err != nil || len(day) == 0 {
			b.Fatal(len(day), err)
		}
	}
}

func BenchmarkGaps(b *testing.B) {
	s := busiest(b)
	for b.Loop() {
		if _, err := s.Gaps(b.Context(), s.Today()-14, s.Today()-1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPages(b *testing.B) {
	s := busiest(b)
	for b.Loop() {
		s.Pages()
	}
}

// BenchmarkPaste writes 200 cells and takes them back.
func BenchmarkPaste(b *testing.B) {
	s := busiest(b)
	var edits []desk.CellEdit
	for _, page := range s.Pages() {
		p, err := s.OpenPage(b.Context(), page.ID, 2)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range p.Rows {
			for i, c := range p.Columns {
				if c.IsLesson() && !c.Closed && c.Lesson.Date < s.Today() && r.MemberOn(c.Lesson.Date) && len(edits) < 200 {
					if _, given := s.Roster().SubstitutionAt(page.ID, c.Lesson.Date, c.Lesson.Number); given {
						continue
					}
					want := r.Cells[i]
					want.Mark = want.Mark%5 + 1
					edits = append(edits, desk.CellEdit{Seen: r.Cells[i], Want: want})
				}
			}
		}
	}
	for b.Loop() {
		if c, err := s.PutCells(b.Context(), edits...); err != nil || c == nil || len(c.Edits) != 200 {
			b.Fatal(c, err)
		}
		b.StopTimer()
		if _, err := s.Undo(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
