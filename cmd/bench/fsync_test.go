package main

import (
	"database/sql"
	"path/filepath"
	"runtime"
	"testing"
)

// What SQLite's documentation says of a write-ahead log: with FULL every commit
// syncs it once, a checkpoint syncs it and then the database; with NORMAL only
// the checkpoint syncs, with OFF nothing does.
func TestFsyncsAreThoseThatSQLiteMakes(t *testing.T) {
	if err := countFsyncs(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "a.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(0)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	exec := func(statement string, times int) int64 {
		t.Helper()
		before := fsyncs.Load()
		for range times {
			if _, err := db.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		return fsyncs.Load() - before
	}
	exec("SELECT 1", 1) // opens the file
	first := int64(3)   // the beginning of a new log, its folder, the commit
	if runtime.GOOS == "windows" {
		first-- // folders are not synced there
	}
	if n := exec("CREATE TABLE mark (id INTEGER PRIMARY KEY, mark INTEGER) STRICT", 1); n != first {
		t.Errorf("the first commit: %d syncs, want %d", n, first)
	}
	for _, tt := range []struct {
		level               string
		commits, checkpoint int64 // of 100 commits, of the checkpoint after them
	}{{"FULL", 100, 2}, {"NORMAL", 0, 2}, {"OFF", 0, 0}, {"FULL", 100, 2}} {
		exec("PRAGMA synchronous = "+tt.level, 1)
		exec("INSERT INTO mark (mark) VALUES (5)", 1) // after a checkpoint the log begins anew, which costs one more
		if n := exec("INSERT INTO mark (mark) VALUES (5)", 100); n != tt.commits {
			t.Errorf("%s: %d syncs for 100 commits, want %d", tt.level, n, tt.commits)
		}
		if n := exec("PRAGMA wal_checkpoint(TRUNCATE)", 1); n != tt.checkpoint {
			t.Errorf("%s: %d syncs for a checkpoint, want %d", tt.level, n, tt.checkpoint)
		}
	}
}
