package local_test

import (
	"context"
	"crypto/ed25519"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// The day of the tests: a Monday in the second quarter.
var (
	day   = journal.MakeDate(2026, 11, 23)
	start = time.Date(2026, 11, 23, 9, 15, 0, 0, time.UTC)
	year  = journal.Volume(2026)
)

// clock is a wall clock that a test sets.
func clock() time.Time { return start }

// identity is that of the n-th PC of one school.
func identity(n byte) commit.Identity {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return commit.Identity{
		School: journal.SchoolID{1}, Device: journal.DeviceID{0xD0, n}, Name: "Учительская", Key: ed25519.NewKeyFromSeed(seed), Server: "192.168.0.10:8443",
	}
}

// open opens an enrolled journal in a folder of its own.
func open(t testing.TB, n byte) *local.Journal {
	t.Helper()
	return openIn(t, t.TempDir(), n)
}

func openIn(t testing.TB, dir string, n byte) *local.Journal {
	t.Helper()
	j, err := local.Open(context.Background(), dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	if n > 0 {
		if err := j.Enrol(t.Context(), identity(n)); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

// The names of the tests' small school.
var (
	page    = journal.PageID{0xA0, 1}
	pupil   = journal.PupilID{0xB0, 1}
	teacher = journal.StaffID{0xC0, 1}
)

// markChange sets the mark of a cell.
func markChange(d journal.Date, pupil journal.PupilID, mark int64) commit.Change {
	return commit.Set(journal.KindCell, journal.CellKey(page, d, 1, pupil), journal.CellMark, journal.IntValue(mark))
}

func draft(changes ...commit.Change) commit.Draft {
	return commit.Draft{Volume: year, Author: teacher, Entered: start, Changes: changes}
}

// put appends a draft that must make a commit.
func put(t testing.TB, j *local.Journal, changes ...commit.Change) *commit.Commit {
	t.Helper()
	c, err := j.Append(t.Context(), draft(changes...))
	if err != nil {
		t.Fatal(err)
	}
	if c == nil {
		t.Fatal("Append made no commit")
	}
	return c
}

func cells(t testing.TB, j *local.Journal) []journal.Cell {
	t.Helper()
	list, err := j.Cells(t.Context(), year, page, 0, day+1000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
