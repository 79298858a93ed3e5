package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the floor's driver

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// commits is how many marks are typed, and rows written on the floor.
const commits = 2000

// measureCommit types marks one by one, each durable before the next: into a
// journal that is new, and into that of the city school.
func measureCommit(ctx context.Context, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-commit")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fresh, err := openFresh(ctx, filepath.Join(dir, "journal"), journal.NewID[journal.School]())
	if err != nil {
		return err
	}
	defer fresh.Close()
	if err := typeMarks(ctx, fresh, dir, "commit.durable", "a new journal", say); err != nil {
		return err
	}
	c, err := city(ctx)
	if err != nil {
		return err
	}
	defer c.done()
	return typeMarks(ctx, c.book, dir, "commit.city", "1.5 million entries in the journal", say)
}

// typeMarks types marks into a journal and writes as many rows into a bare
// table beside it, turn by turn.
func typeMarks(ctx context.Context, book *local.Journal, dir, name, where string, say func(line)) error {
	floor, err := openFloor(ctx, filepath.Join(dir, name+".db"))
	if err != nil {
		return err
	}
	defer floor.close()
	page, author := journal.NewID[journal.Page](), journal.NewID[journal.Staff]()
	pupils := make([]journal.PupilID, 35)
	for i := range pupils {
		pupils[i] = journal.NewID[journal.Pupil]()
	}
	day := journal.MakeDate(2026, 9, 1)
	var ours, bare times
	for i := range commits {
		key := journal.CellKey(page, day+journal.Date(i/35), 1, pupils[i%35])
		mark := journal.IntValue(int64(2 + i%4))
		d := commit.Draft{Volume: 2026, Author: author, Entered: today(), Changes: []commit.Change{commit.Set(journal.KindCell, key, journal.CellMark, mark)}}
		start := time.Now()
		if _, err := book.Append(ctx, d); err != nil {
			return fmt.Errorf("append: %w", err)
		}
		ours = append(ours, time.Since(start))
		start = time.Now()
		if err := floor.put(ctx, i, mark.Int()); err != nil {
			return fmt.Errorf("floor: %w", err)
		}
		bare = append(bare, time.Since(start))
	}
	say(line{Name: name + ".p50", Value: ms(ours.at(0.5)), Unit: "ms", N: commits, Note: where})
	say(line{Name: name + ".p99", Value: ms(ours.at(0.99)), Unit: "ms", N: commits})
	say(line{Name: name + ".floor.p50", Value: ms(bare.at(0.5)), Unit: "ms", N: commits, Note: "bare one-row transaction, modernc, WAL FULL"})
	say(line{Name: name + ".vs_floor", Value: ratio(ours.at(0.5), bare.at(0.5)), Unit: "ratio", N: commits, Bar: "<= 1.5", Note: where + ", of medians"})
	return nil
}

// A floor is the least that a durable entry can cost with the same driver.
type floor struct {
	db  *sql.DB
	put func(ctx context.Context, id int, mark int64) error
}

func openFloor(ctx context.Context, path string) (*floor, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "CREATE TABLE mark (id INTEGER PRIMARY KEY, mark INTEGER NOT NULL) STRICT"); err != nil {
		return nil, err
	}
	insert, err := db.PrepareContext(ctx, "INSERT INTO mark (id, mark) VALUES (?, ?)")
	if err != nil {
		return nil, err
	}
	put := func(ctx context.Context, id int, mark int64) error {
		_, err := insert.ExecContext(ctx, id, mark)
		return err
	}
	return &floor{db, put}, nil
}

func (f *floor) close() { f.db.Close() }
