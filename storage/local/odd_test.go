package local_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// A commit may say that it replaces an edit which is one of another field: an odd
// program does, or a number was given again since. PCs that read the two in
// another order are the same to the byte all the same.
func TestWhatReplacesAnEditOfAnotherField(t *testing.T) {
	writerDir, readerDir := t.TempDir(), t.TempDir()
	writer, reader := openIn(t, writerDir, 3), openIn(t, readerDir, 4)
	first := put(t, writer, markChange(day, pupil, 5)) // the writer has it before anything else
	odd := &commit.Commit{
		ID: commit.ID{Device: journal.DeviceID{0xD0, 9}, Number: 1}, School: first.School, Volume: year, Author: teacher, Stamp: first.Stamp + 1, Entered: start,
		Edits: []commit.Edit{{
			Kind: journal.KindCell, Key: journal.CellKey(page, day+1, 1, pupil), Field: journal.CellMark, Value: journal.IntValue(4), Replaces: []commit.EditID{first.Edit(0)},
		}},
	}
	var log []commit.Entry
	for i, c := range []*commit.Commit{odd, first} {
		raw, err := commit.Encode(c)
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, commit.Entry{Position: uint64(i + 1), Raw: raw, Arrived: start.UnixMilli()})
	}
	for _, j := range []*local.Journal{writer, reader} {
		if err := j.Absorb(t.Context(), year, log, nil); err != nil {
			t.Fatal(err)
		}
		if n := len(cells(t, j)); n != 2 {
			t.Errorf("%d cells", n)
		}
	}
	if one, two := dump(t, writerDir), dump(t, readerDir); one != two {
		t.Errorf("they differ:\n%s\n%s", one, two)
	}
}
