package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// PCs implements central.Store.
func (s *Store) PCs(ctx context.Context, school journal.SchoolID) (map[journal.DeviceID]ledger.PC, error) {
	out := map[journal.DeviceID]ledger.PC{}
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error {
		clear(out)
		var id [16]byte
		var last int64
		var program, day int32
		var p ledger.PC
		_, err := pgx.ForEachRow(rows, []any{&id, &last, &program, &day, &p.Day.Taken, &p.Day.Refused}, func() error {
			p.Last, p.Program, p.Day.Date = uint64(last), int(program), journal.Date(day)
			out[id] = p
			return nil
		})
		return err
	}, "SELECT pc, last, program, day, taken, refused FROM pcs WHERE school = $1", uuidOf(school)))
	if err != nil {
		return nil, fmt.Errorf("read PCs: %w", err)
	}
	return out, nil
}

// Saw implements central.Store.
func (s *Store) Saw(ctx context.Context, school journal.SchoolID, device journal.DeviceID, program int) error {
	return s.update(ctx, school, func(ctx context.Context, t pgx.Tx) error {
		_, err := t.Exec(ctx, `INSERT INTO pcs (school, pc, last, program) VALUES ($1, $2, 0, $3)
			ON CONFLICT (school, pc) DO UPDATE SET program = excluded.program`, uuidOf(school), uuidOf(device), int32(program))
		if err != nil {
			return fmt.Errorf("keep program: %w", err)
		}
		return nil
	})
}
