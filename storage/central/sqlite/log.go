package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// Judged implements central.Store.
func (s *Store) Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) ([]ledger.Judged, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	no, err := s.known(ctx, sno, device)
	if err != nil || no == 0 {
		return nil, err
	}
	rows, err := s.query(ctx, `SELECT number, ?4, volume, position, '', '', arrived, raw FROM entries WHERE school = ?1 AND pc = ?2 AND number BETWEEN ?3 AND ?5
		UNION ALL SELECT number, answer, volume, 0, code, text, arrived, raw FROM kept WHERE school = ?1 AND pc = ?2 AND number BETWEEN ?3 AND ?5
		ORDER BY number`, sno, no, int64(from), int64(commit.Accepted), int64(to))
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	var out []ledger.Judged
	for rows.Next() {
		var j ledger.Judged
		var number, position int64
		var code string
		if err := rows.Scan(&number, &j.Answer, &j.Volume, &position, &code, &j.Text, &j.Arrived, &j.Raw); err != nil {
			return nil, fmt.Errorf("read judged: %w", err)
		}
		j.Commit, j.Position, j.Code = commit.ID{Device: device, Number: uint64(number)}, uint64(position), fault.Code(code)
		out = append(out, j)
	}
	return out, problem(rows.Err())
}

// Followed implements central.Store.
func (s *Store) Followed(ctx context.Context, school journal.SchoolID, device journal.DeviceID, author journal.StaffID, hash [32]byte) (bool, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return false, err
	}
	no, err := s.known(ctx, sno, device)
	if err != nil || no == 0 {
		return false, err
	}
	var n int
	err = s.look(ctx, "SELECT count(*) FROM seals WHERE school = ? AND pc = ? AND author = ? AND prev = ?", func(st *sql.Stmt) error {
		return st.QueryRowContext(ctx, sno, no, author[:], hash[:]).Scan(&n)
	})
	return n > 0, err
}

// Accepted implements central.Store.
func (s *Store) Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (map[commit.ID]bool, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	out := make(map[commit.ID]bool, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	pcs := map[journal.DeviceID]int64{} // found before: a reader must not wait for another
	for _, id := range ids {
		if pcs[id.Device], err = s.known(ctx, sno, id.Device); err != nil {
			return nil, err
		}
	}
	err = s.look(ctx, "SELECT count(*) FROM entries WHERE school = ? AND pc = ? AND number = ?", func(st *sql.Stmt) error {
		for _, id := range ids {
			var n int
			if err := st.QueryRowContext(ctx, sno, pcs[id.Device], int64(id.Number)).Scan(&n); err != nil {
				return fmt.Errorf("find commit %s: %w", id, err)
			}
			if n > 0 {
				out[id] = true
			}
		}
		return nil
	})
	return out, err
}

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
