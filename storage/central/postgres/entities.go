package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// Rows implements central.Store.
func (s *Store) Rows(ctx context.Context, school journal.SchoolID, of []ledger.Entity) (map[ledger.Entity]merge.Row, error) {
	volumes, kinds, keys := make([]int32, len(of)), make([]int32, len(of)), make([][]byte, len(of))
	for i, e := range of {
		volumes[i], kinds[i], keys[i] = int32(e.Volume), int32(e.Kind), []byte(e.Key)
	}
	out := make(map[ledger.Entity]merge.Row, len(of))
	err := s.eachRow(ctx, school, func(e ledger.Entity, r merge.Row) error { out[e] = r; return nil },
		`SELECT e.volume, e.kind, e.key, e.heads FROM unnest($2::integer[], $3::integer[], $4::bytea[]) AS q (volume, kind, key)
		JOIN entities e ON e.school = $1 AND e.volume = q.volume AND e.kind = q.kind AND e.key = q.key`, uuidOf(school), volumes, kinds, keys)
	return out, err
}

// EachRow implements central.Store.
func (s *Store) EachRow(ctx context.Context, school journal.SchoolID, v journal.Volume, below journal.Kind, f func(ledger.Entity, merge.Row) error) error {
	return s.eachRow(ctx, school, f, "SELECT volume, kind, key, heads FROM entities WHERE school = $1 AND volume = $2 AND kind < $3", uuidOf(school), int(v), int(below))
}

func (s *Store) eachRow(ctx context.Context, school journal.SchoolID, f func(ledger.Entity, merge.Row) error, query string, args ...any) error {
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error {
		var volume, kind int32
		var key, heads []byte
		_, err := pgx.ForEachRow(rows, []any{&volume, &kind, &key, &heads}, func() error {
			var row merge.Row
			if err := row.UnmarshalBinary(heads); err != nil {
				return fmt.Errorf("row of kind %d: %w", kind, err)
			}
			return f(ledger.Entity{Volume: journal.Volume(volume), Kind: journal.Kind(kind), Key: journal.Key(key)}, row)
		})
		return err
	}, query, args...))
	if err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	return nil
}
