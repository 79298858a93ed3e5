package local

import (
	"context"
	"fmt"
)

// Verify reads the whole journal and checks every page, the bytes of every
// commit, and that no number of this PC is missing among those not yet at the
// server. The error has the code [fault.Damaged] when something does not check
// out. It takes seconds for years of a large school; work goes on meanwhile.
func (j *Journal) Verify(ctx context.Context) error {
	return j.look(ctx, func(w view) error {
		var first string
		if err := w.one("PRAGMA integrity_check(1)", nil, &first); err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		if first != "ok" {
			return damaged("integrity check: %s", first)
		}
		err := w.each("SELECT body, sum FROM commits", nil, func(scan func(...any) error) error {
			_, err := scanCommit(scan)
			return err
		})
		if err != nil {
			return fmt.Errorf("verify commits: %w", err)
		}
		var n, last int64
		durable := j.state.Load().durable
		if err := w.one("SELECT count(*), ifnull(max(number), 0) FROM commits WHERE device = 1 AND number > ?", []any{int64(durable)}, &n, &last); err != nil {
			return fmt.Errorf("verify numbers: %w", err)
		}
		if n > 0 && uint64(n) != uint64(last)-durable {
			return damaged("%d commits between %d and %d", n, durable, last)
		}
		return nil
	})
}
