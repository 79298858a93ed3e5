package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// Heads implements central.Store.
func (s *Store) Heads(ctx context.Context, school journal.SchoolID) (map[journal.Volume]uint64, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, "SELECT volume, head FROM volumes WHERE school = ? AND head > 0", sno)
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	out := map[journal.Volume]uint64{}
	for rows.Next() {
		var v journal.Volume
		var head int64
		if err := rows.Scan(&v, &head); err != nil {
			return nil, fmt.Errorf("read heads: %w", err)
		}
		out[v] = uint64(head)
	}
	return out, problem(rows.Err())
}

// Signed implements central.Store.
func (s *Store) Signed(ctx context.Context, school journal.SchoolID, v journal.Volume) (head []byte, err error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	err = s.look(ctx, "SELECT signed FROM volumes WHERE school = ? AND volume = ? AND head > 0", func(st *sql.Stmt) error {
		return st.QueryRowContext(ctx, sno, int64(v)).Scan(&head)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return head, err
}

// Hashes implements central.Store.
func (s *Store) Hashes(ctx context.Context, school journal.SchoolID, v journal.Volume, at []int64) ([]tlog.Hash, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	out := make([]tlog.Hash, len(at))
	err = s.look(ctx, "SELECT hashes FROM entries WHERE school = ? AND volume = ? AND position = ?", func(st *sql.Stmt) error {
		for i, index := range at {
			level, n := tlog.SplitStoredHashIndex(index)
			position := (n + 1) << level // of the entry that completed the subtree
			var raw []byte
			if err := st.QueryRowContext(ctx, sno, int64(v), position).Scan(&raw); err != nil {
				return fmt.Errorf("read hashes at %d: %w", position, err)
			}
			hashes, err := tree.Split(raw)
			if err != nil || level >= len(hashes) {
				return fmt.Errorf("read hashes at %d: %d bytes, %w", position, len(raw), err)
			}
			out[i] = hashes[level]
		}
		return nil
	})
	return out, err
}

// Entries implements central.Store.
func (s *Store) Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, maxBytes int) ([]commit.Entry, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, "SELECT position, arrived, raw FROM entries WHERE school = ? AND volume = ? AND position > ? ORDER BY position", sno, int64(v), int64(after))
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	var out []commit.Entry
	for size := 0; rows.Next(); {
		var e commit.Entry
		var position int64
		if err := rows.Scan(&position, &e.Arrived, &e.Raw); err != nil {
			return nil, fmt.Errorf("read entries: %w", err)
		}
		if size += len(e.Raw); len(out) > 0 && size > maxBytes {
			break
		}
		e.Position = uint64(position)
		out = append(out, e)
	}
	return out, problem(rows.Err())
}
