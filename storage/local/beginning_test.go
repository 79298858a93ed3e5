package local_test

import (
	"bytes"
	"strings"
	"testing"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// The beginning of a log is read without looking through all of it, in the order
// of positions, whatever it was written in.
func TestBeginning(t *testing.T) {
	writer, dir := open(t, 1), t.TempDir()
	reader := openIn(t, dir, 2)
	var log []commit.Entry
	for i := range 20 {
		raw, err := commit.Encode(put(t, writer, markChange(day, pupil, int64(2+i%4))))
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, commit.Entry{Position: uint64(i + 1), Raw: raw, Arrived: start.UnixMilli()})
	}
	if got, err := reader.Beginning(t.Context(), year, 8, 1<<20); err != nil || len(got) != 0 {
		t.Errorf("of an empty log: %d commits, %v", len(got), err)
	}
	if err := reader.Absorb(t.Context(), year, log, nil); err != nil {
		t.Fatal(err)
	}
	size := len(log[0].Raw)
	for _, c := range []struct {
		upto     uint64
		maxBytes int
		want     int
	}{{1, 1 << 20, 1}, {8, 1 << 20, 8}, {64, 1 << 20, 20}, {8, 1, 1}, {8, 3*size + 10, 3}} {
		got, err := reader.Beginning(t.Context(), year, c.upto, c.maxBytes)
		if err != nil || len(got) != c.want {
			t.Errorf("up to %d in %d bytes: %d commits, want %d; %v", c.upto, c.maxBytes, len(got), c.want, err)
		}
		for i, raw := range got {
			if !bytes.Equal(raw, log[i].Raw) {
				t.Errorf("up to %d: commit %d is another one", c.upto, i)
			}
		}
	}
	if got, err := reader.Beginning(t.Context(), year+1, 8, 1<<20); err != nil || len(got) != 0 {
		t.Errorf("of another year: %d commits, %v", len(got), err)
	}
	if wire.CommonEntries != 512 {
		t.Error("the index and the query name another bound than the exchange")
	}
	var plan string
	var skip int
	if err := inside(t, dir).QueryRow("EXPLAIN QUERY PLAN "+
		"SELECT body FROM commits WHERE volume = 2026 AND position <= 512 AND position <= 8 ORDER BY position").Scan(&skip, &skip, &skip, &plan); err != nil || !strings.Contains(plan, "commits_beginning") {
		t.Errorf("it is read by %q, %v", plan, err)
	}
}
