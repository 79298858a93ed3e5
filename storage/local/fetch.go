package local

import (
	"fmt"

	"uchitelskaya/sync/commit"
)

// fetch reads the states of the entities that commits write, as many with one
// statement as are written with one: one by one they are half of what news cost.
// What does not fill a statement is left to [tx.row].
func (t *tx) fetch(commits []*commit.Commit) error {
	asked := map[*table][]entity{}
	defer func() { // what did not fill a statement is not read yet
		for _, left := range asked {
			for _, e := range left {
				delete(t.rows, e)
			}
		}
	}()
	for _, c := range commits {
		for _, edit := range c.Edits {
			e := entity{c.Volume, edit.Kind, edit.Key}
			if t.rows[e] != nil {
				continue
			}
			if len(t.rows)+together > maxRows {
				return nil
			}
			r := blank(e)
			if r.table == nil {
				continue
			}
			t.rows[e] = r
			wanted := append(asked[r.table], e)
			if len(wanted) == together {
				if err := t.fetchTogether(r.table, wanted); err != nil {
					return fmt.Errorf("read heads of kind %d: %w", e.kind, err)
				}
				wanted = wanted[:0]
			}
			asked[r.table] = wanted
		}
	}
	return nil
}

// fetchTogether reads as many entities of one table as one statement does. The
// rows of those that are not there stay blank.
func (t *tx) fetchTogether(of *table, wanted []entity) error {
	args := make([]any, 0, together*(of.keys+1))
	for _, e := range wanted {
		args = append(args, t.rows[e].key(e)...)
	}
	t.order = append(t.order, wanted...)
	return t.each(of.fetch, args, func(scan func(...any) error) error {
		var n int
		var raw []byte
		if err := scan(&n, &raw); err != nil {
			return err
		}
		e := wanted[n]
		if err := t.rows[e].Unpack(raw, t); err != nil {
			return damaged("heads of kind %d: %w", e.kind, err)
		}
		return nil
	})
}
