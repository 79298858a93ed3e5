package local

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal"
)

// Beginning returns the commits of a volume's log from its first position up to
// one, which is at most 512, or as many as maxBytes hold; at least one if there is any.
func (j *Journal) Beginning(ctx context.Context, v journal.Volume, upto uint64, maxBytes int) (out [][]byte, err error) {
	size := 0
	err = j.look(ctx, func(w view) error {
		rows, err := w.rows("SELECT body FROM commits WHERE volume = ? AND position <= 512 AND position <= ? ORDER BY position", []any{int64(v), int64(upto)})
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var body packed
			if err := rows.Scan(&body); err != nil {
				return err
			}
			if size += len(body); size > maxBytes && len(out) > 0 {
				break
			}
			out = append(out, body)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read the beginning of volume %d: %w", v, err)
	}
	return out, nil
}
