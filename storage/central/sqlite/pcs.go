package sqlite

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// PCs implements central.Store.
func (s *Store) PCs(ctx context.Context, school journal.SchoolID) (map[journal.DeviceID]ledger.PC, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, "SELECT id, last, program, day, taken, refused FROM pcs WHERE school = ?", sno)
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	out := map[journal.DeviceID]ledger.PC{}
	for rows.Next() {
		var id []byte
		var last int64
		var p ledger.PC
		if err := rows.Scan(&id, &last, &p.Program, &p.Day.Date, &p.Day.Taken, &p.Day.Refused); err != nil {
			return nil, fmt.Errorf("read PCs: %w", err)
		}
		var device journal.DeviceID
		copy(device[:], id)
		p.Last = uint64(last)
		out[device] = p
	}
	return out, problem(rows.Err())
}

// Saw implements central.Store.
func (s *Store) Saw(ctx context.Context, school journal.SchoolID, device journal.DeviceID, program int) error {
	sno, err := s.school(ctx, school)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t *tx) error {
		no, err := t.pc(sno, device)
		if err != nil {
			return fmt.Errorf("number PC: %w", err)
		}
		return t.exec("UPDATE pcs SET program = ? WHERE no = ?", program, no)
	})
}
