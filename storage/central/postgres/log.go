package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// Heads implements central.Store.
func (s *Store) Heads(ctx context.Context, school journal.SchoolID) (map[journal.Volume]uint64, error) {
	out := map[journal.Volume]uint64{}
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error {
		var volume int32
		var head int64
		_, err := pgx.ForEachRow(rows, []any{&volume, &head}, func() error {
			out[journal.Volume(volume)] = uint64(head)
			return nil
		})
		return err
	}, "SELECT volume, head FROM volumes WHERE school = $1 AND head > 0", uuidOf(school)))
	if err != nil {
		return nil, fmt.Errorf("read heads: %w", err)
	}
	return out, nil
}

// Signed implements central.Store.
func (s *Store) Signed(ctx context.Context, school journal.SchoolID, v journal.Volume) (head []byte, err error) {
	err = s.read(ctx, school, ask(func(rows pgx.Rows) (err error) {
		head, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[[]byte])
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	}, "SELECT signed FROM volumes WHERE school = $1 AND volume = $2 AND head > 0", uuidOf(school), int(v)))
	if err != nil {
		return nil, fmt.Errorf("read signed head: %w", err)
	}
	return head, nil
}

// Hashes implements central.Store.
func (s *Store) Hashes(ctx context.Context, school journal.SchoolID, v journal.Volume, at []int64) ([]tlog.Hash, error) {
	levels, positions := make([]int, len(at)), make([]int64, len(at))
	for i, index := range at {
		level, n := tlog.SplitStoredHashIndex(index)
		levels[i], positions[i] = level, (n+1)<<level // the entry that completed the subtree
	}
	raws := make(map[int64][]byte, len(at))
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error {
		var position int64
		var raw []byte
		_, err := pgx.ForEachRow(rows, []any{&position, &raw}, func() error { raws[position] = raw; return nil })
		return err
	}, "SELECT position, hashes FROM entries WHERE school = $1 AND volume = $2 AND position = ANY ($3)", uuidOf(school), int(v), positions))
	if err != nil {
		return nil, fmt.Errorf("read hashes: %w", err)
	}
	out := make([]tlog.Hash, len(at))
	for i, position := range positions {
		hashes, err := tree.Split(raws[position])
		if err != nil || levels[i] >= len(hashes) {
			return nil, fmt.Errorf("read hashes at %d: %d bytes, %w", position, len(raws[position]), err)
		}
		out[i] = hashes[levels[i]]
	}
	return out, nil
}

// page is how many entries are asked for at a time.
const page = 2000

// Entries implements central.Store. The database itself counts the bytes: what
// it has begun to send it sends to the end.
func (s *Store) Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, maxBytes int) (out []commit.Entry, _ error) {
	for left, full := maxBytes, true; full && (left > 0 || len(out) == 0); {
		var some []commit.Entry
		err := s.read(ctx, school, ask(func(rows pgx.Rows) (err error) {
			some, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (e commit.Entry, err error) {
				var position int64
				err = r.Scan(&position, &e.Arrived, &e.Raw)
				e.Position = uint64(position)
				return e, err
			})
			return err
		}, `SELECT position, arrived, raw FROM (
			SELECT *, sum(octet_length(raw)) OVER (ORDER BY position ROWS UNBOUNDED PRECEDING) AS size FROM (
				SELECT position, arrived, raw FROM entries WHERE school = $1 AND volume = $2 AND position > $3 ORDER BY position LIMIT $4) AS page
			) AS sized WHERE size <= $5 OR position = $3 + 1 ORDER BY position`, uuidOf(school), int(v), int64(after), page, left))
		if err != nil {
			return nil, fmt.Errorf("read entries: %w", err)
		}
		for _, e := range some {
			left -= len(e.Raw)
			after = e.Position
		}
		out = append(out, some...)
		full = len(some) == page
	}
	return out, nil
}
