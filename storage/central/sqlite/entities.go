package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// Rows implements central.Store.
func (s *Store) Rows(ctx context.Context, school journal.SchoolID, of []ledger.Entity) (map[ledger.Entity]merge.Row, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	out := make(map[ledger.Entity]merge.Row, len(of))
	quiet := context.WithoutCancel(ctx)
	err = s.look(ctx, "SELECT heads FROM entities WHERE school = ? AND volume = ? AND kind = ? AND key = ?", func(st *sql.Stmt) error {
		for _, e := range of {
			var heads []byte
			err := st.QueryRowContext(quiet, sno, int64(e.Volume), int64(e.Kind), []byte(e.Key)).Scan(&heads)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			var row merge.Row
			if err := errors.Join(err, row.UnmarshalBinary(heads)); err != nil {
				return fmt.Errorf("read row of kind %d: %w", e.Kind, err)
			}
			out[e] = row
		}
		return nil
	})
	return out, err
}

// EachRow implements central.Store.
func (s *Store) EachRow(ctx context.Context, school journal.SchoolID, v journal.Volume, below journal.Kind, f func(ledger.Entity, merge.Row) error) error {
	sno, err := s.school(ctx, school)
	if err != nil {
		return err
	}
	rows, err := s.query(ctx, "SELECT kind, key, heads FROM entities WHERE school = ? AND volume = ? AND kind < ?", sno, int64(v), int64(below))
	if err != nil {
		return problem(err)
	}
	defer rows.Close()
	for rows.Next() {
		e := ledger.Entity{Volume: v}
		var key, heads []byte
		var row merge.Row
		if err := rows.Scan(&e.Kind, &key, &heads); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		if err := row.UnmarshalBinary(heads); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		e.Key = journal.Key(key)
		if err := f(e, row); err != nil {
			return err
		}
	}
	return problem(rows.Err())
}
