package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"time"
)

// plainly writes the changes into two bare tables, a log and the cells, as many
// a transaction as told: the least that keeping them can cost with this driver.
func plainly(ctx context.Context, dir, name string, list []wish, each int) (took time.Duration, err error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, name+".db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, `
		CREATE TABLE log (seq INTEGER PRIMARY KEY, l TEXT, p TEXT, f TEXT, v TEXT, a TEXT, t INT);
		CREATE TABLE cell (l TEXT, p TEXT, f TEXT, v TEXT, a TEXT, t INT, seq INT, PRIMARY KEY (l, p, f)) WITHOUT ROWID`); err != nil {
		return 0, err
	}
	log, err := db.PrepareContext(ctx, "INSERT INTO log (l, p, f, v, a, t) VALUES (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return 0, err
	}
	cell, err := db.PrepareContext(ctx, "INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET v = ?4, a = ?5, t = ?6, seq = ?7")
	if err != nil {
		return 0, err
	}
	start := time.Now()
	for len(list) > 0 {
		n := min(each, len(list))
		if err := plain(ctx, db, log, cell, list[:n]); err != nil {
			return 0, err
		}
		list = list[n:]
	}
	return time.Since(start), nil
}

func plain(ctx context.Context, db *sql.DB, log, cell *sql.Stmt, list []wish) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing after a commit
	log = tx.StmtContext(ctx, log)
	defer log.Close()
	cell = tx.StmtContext(ctx, cell)
	defer cell.Close()
	for _, w := range list {
		at, err := log.ExecContext(ctx, w.Lesson, w.Pupil, w.Field, w.Value, w.Author, w.Time)
		if err != nil {
			return err
		}
		seq, err := at.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := cell.ExecContext(ctx, w.Lesson, w.Pupil, w.Field, w.Value, w.Author, w.Time, seq); err != nil {
			return err
		}
	}
	return tx.Commit()
}
