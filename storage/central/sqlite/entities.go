package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

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
	many := len(of) - len(of)%together
	if err := s.rows(ctx, sno, of[:many], together, out); err != nil {
		return nil, err
	}
	return out, s.rows(ctx, sno, of[many:], 1, out)
}

// rows reads entities, so many with one statement.
func (s *Store) rows(ctx context.Context, school int64, of []ledger.Entity, each int, out map[ledger.Entity]merge.Row) error {
	if len(of) == 0 {
		return nil
	}
	quiet := context.WithoutCancel(ctx)
	return s.look(ctx, askRows[each], func(st *sql.Stmt) error {
		args := make([]any, 0, 1+3*each)
		for ; len(of) > 0; of = of[each:] {
			args = append(args[:0], school)
			for _, e := range of[:each] {
				args = append(args, int64(e.Volume), int64(e.Kind), []byte(e.Key))
			}
			rows, err := st.QueryContext(quiet, args...)
			if err != nil {
				return fmt.Errorf("read rows: %w", err)
			}
			if err := takeRows(rows, of[:each], out); err != nil {
				return fmt.Errorf("read rows: %w", err)
			}
		}
		return nil
	})
}

func takeRows(rows *sql.Rows, of []ledger.Entity, out map[ledger.Entity]merge.Row) error {
	defer rows.Close()
	for rows.Next() {
		var n int
		var heads []byte
		var row merge.Row
		if err := rows.Scan(&n, &heads); err != nil {
			return err
		}
		if err := row.UnmarshalBinary(heads); err != nil {
			return fmt.Errorf("kind %d: %w", of[n].Kind, err)
		}
		out[of[n]] = row
	}
	return rows.Err()
}

// askRows reads so many rows: which of those asked for, and what stands there.
var askRows = map[int]string{1: askFor(1), together: askFor(together)}

func askFor(rows int) string {
	wanted := make([]string, rows)
	for i := range wanted {
		wanted[i] = fmt.Sprintf("(%d, ?%d, ?%d, ?%d)", i, 3*i+2, 3*i+3, 3*i+4)
	}
	return "SELECT w.column1, e.heads FROM (VALUES " + strings.Join(wanted, ", ") + `) AS w CROSS JOIN entities AS e
		ON e.school = ?1 AND e.volume = w.column2 AND e.kind = w.column3 AND e.key = w.column4`
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
