package simtest

import (
	"context"
	"database/sql"

	"uchitelskaya/sync/merge"
)

// names are the ids for which a journal's file has numbers of its own, from 1.
type names [][16]byte

func readNames(ctx context.Context, db *sql.DB) (out names, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM ids ORDER BY number")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, [16]byte(id))
	}
	return out, rows.Err()
}

// Number implements [merge.Names].
func (n names) Number(id [16]byte) (uint64, bool) {
	for i := range n {
		if n[i] == id {
			return uint64(i) + 1, true
		}
	}
	return 0, false
}

// ID implements [merge.Names].
func (n names) ID(number uint64) (id [16]byte, ok bool) {
	if number == 0 || number > uint64(len(n)) {
		return id, false
	}
	return n[number-1], true
}

// spelled writes a merge state without the numbers that only one file knows.
func (n names) spelled(heads []byte) ([]byte, error) {
	var row merge.Row
	if err := row.Unpack(heads, n); err != nil {
		return nil, err
	}
	return row.MarshalBinary()
}
