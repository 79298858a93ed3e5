package local_test

import (
	"database/sql"
	"encoding/binary"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// BenchmarkFloorMark is the least that a durable row costs with this driver:
// one prepared row in a transaction of its own, WAL, synchronous=FULL.
func BenchmarkFloorMark(b *testing.B) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "floor.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE mark (id INTEGER PRIMARY KEY, cell BLOB, value INTEGER)"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO mark (cell, value) VALUES (?, ?)")
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	key := make([]byte, 38)
	b.ReportAllocs()
	for b.Loop() {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tx.Stmt(insert).Exec(key, 5); err != nil {
			b.Fatal(err)
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppendMark is one mark typed: a durable commit.
func BenchmarkAppendMark(b *testing.B) {
	j := open(b, 1)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		put(b, j, commit.Set(journal.KindCell, cellOf(i/2), journal.CellMark, journal.IntValue(int64(4+i%2))))
		i++
	}
}

// cellOf is the i-th cell of a school: 35 pupils, 60 lessons, any number of pages.
func cellOf(i int) journal.Key {
	var p journal.PageID
	var who journal.PupilID
	binary.BigEndian.PutUint32(p[:], uint32(i/(35*60))*2654435761) // ids lie scattered
	binary.BigEndian.PutUint32(who[:], uint32(i%35)*2654435761)
	return journal.CellKey(p, day+journal.Date(i/35%60), 1, who)
}

func manyMarks(from, n int) []commit.Change {
	out := make([]commit.Change, n)
	for i := range out {
		out[i] = commit.Set(journal.KindCell, cellOf(from+i), journal.CellMark, journal.IntValue(int64(2+i%4)))
	}
	return out
}

// BenchmarkAppendMany is a paste or an import: one commit of 10,000 edits.
func BenchmarkAppendMany(b *testing.B) {
	j := open(b, 1)
	n := 0
	for b.Loop() {
		put(b, j, manyMarks(n, 10_000)...)
		n += 10_000
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "edits/s")
}

// BenchmarkAbsorb is a new PC that takes 10,000 commits of one mark.
func BenchmarkAbsorb(b *testing.B) {
	j := open(b, 1)
	at := uint64(0)
	for b.Loop() {
		b.StopTimer()
		entries := make([]commit.Entry, 10_000)
		for i := range entries {
			at++
			c := commit.Commit{
				ID: commit.ID{Device: identity(2).Device, Number: at}, School: identity(2).School, Volume: year, Author: teacher,
				Stamp: commit.StampAt(start) + commit.Stamp(at), Entered: start,
				Edits: []commit.Edit{{Kind: journal.KindCell, Key: cellOf(int(at)), Field: journal.CellMark, Value: journal.IntValue(5)}},
			}
			raw, err := commit.Encode(&c)
			if err != nil {
				b.Fatal(err)
			}
			entries[i] = commit.Entry{Position: at, Raw: raw}
		}
		b.StartTimer()
		if err := j.Absorb(b.Context(), year, entries, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(at)/b.Elapsed().Seconds(), "edits/s")
}

// BenchmarkPage opens a page of 35 pupils and 60 lessons in a journal of 300
// thousand cells.
func BenchmarkPage(b *testing.B) {
	const pages = 143
	j := open(b, 1)
	for i := 0; i < pages; i += 5 {
		put(b, j, manyMarks(i*35*60, 5*35*60)...)
	}
	b.ReportAllocs()
	b.ResetTimer()
	i := 0
	for b.Loop() {
		i = (i + 97) % pages
		p := journal.PageID([]byte(cellOf(i * 35 * 60))[:16])
		list, err := j.Cells(b.Context(), year, p, day, day+60)
		if err != nil || len(list) != 35*60 {
			b.Fatal(len(list), err)
		}
	}
}
