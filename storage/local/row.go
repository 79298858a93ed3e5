package local

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// maxRows is how many entities a transaction holds in memory before it writes
// those that changed.
const maxRows = 20_000

// entity names a row of the projection.
type entity struct {
	volume journal.Volume
	kind   journal.Kind
	key    journal.Key
}

func compareEntities(a, b entity) int {
	return cmp.Or(cmp.Compare(a.volume, b.volume), cmp.Compare(a.kind, b.kind), cmp.Compare(a.key, b.key))
}

// row is the merge state of an entity while a transaction works on it.
type row struct {
	merge.Row
	table   *table          // nil: kept in others
	parts   []journal.Value // of the key
	changed bool
}

// shown is a value that a roster must learn; without a field, that the entity
// is not there any more.
type shown struct {
	entity
	field journal.FieldNo
	value journal.Value
}

// row returns the state of an entity, read once in a transaction.
func (t *tx) row(e entity) (*row, error) {
	if r := t.rows[e]; r != nil {
		return r, nil
	}
	if len(t.rows) >= maxRows {
		if err := t.flush(); err != nil {
			return nil, err
		}
	}
	r, err := heads(t, e)
	if err != nil {
		return nil, err
	}
	t.rows[e] = r
	t.order = append(t.order, e)
	return r, nil
}

// key is the primary key of the row as SQLite takes it.
func (r *row) key(e entity) []any {
	if r.table == nil {
		return []any{int64(e.volume), int64(e.kind), []byte(e.key)}
	}
	out := make([]any, 1, 1+len(r.parts)+r.table.fields+1)
	out[0] = int64(e.volume)
	for i, p := range r.parts {
		out = append(out, column(p, partTypes[r.table.spec.Key[i].Type]))
	}
	return out
}

// fold puts one edit into the projection.
func (t *tx) fold(e entity, no journal.FieldNo, h merge.Head, replaces []commit.EditID) error {
	return t.change(e, no, func(f *merge.Field) error {
		var failed error
		f.Add(h, replaces, func(id commit.EditID) bool {
			known, err := t.wrote(commit.FieldRef{Kind: e.kind, Key: e.key, Field: no}, id)
			failed = errors.Join(failed, err)
			return known
		})
		return failed
	})
}

// change lets f alter one field and keeps the list of disputes true.
func (t *tx) change(e entity, no journal.FieldNo, f func(*merge.Field) error) error {
	r, err := t.row(e)
	if err != nil {
		return err
	}
	field := r.Field(no)
	before := field.Rivals()
	if err := f(field); err != nil {
		return err
	}
	r.changed = true
	t.news.touch(e)
	after := field.Rivals()
	if before == after || r.table == nil || r.table.spec.Field(no) == nil {
		return nil // what this version does not know, nobody here can decide
	}
	query := "INSERT OR IGNORE INTO disputes (volume, kind, key, field) VALUES (?, ?, ?, ?)"
	if before {
		query = "DELETE FROM disputes WHERE volume = ? AND kind = ? AND key = ? AND field = ?"
	}
	return t.exec(query, int64(e.volume), int64(e.kind), []byte(e.key), int64(no))
}

// flush writes the rows that changed, in the order of the tables, which SQLite
// likes, and forgets all.
func (t *tx) flush() error {
	slices.SortFunc(t.order, compareEntities)
	var next batch
	for _, e := range t.order {
		if r := t.rows[e]; r.changed {
			if err := t.writeRow(e, r, &next); err != nil {
				return fmt.Errorf("write row of kind %d: %w", e.kind, err)
			}
		}
	}
	if err := next.write(t); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	clear(t.rows)
	t.order = t.order[:0]
	return nil
}

// A batch is rows of one table that are to be written.
type batch struct {
	table *table
	rows  int
	args  []any
}

// add takes one more row, with the values of all its columns.
func (b *batch) add(t *tx, of *table, args []any) error {
	if b.table != of {
		if err := b.write(t); err != nil {
			return err
		}
		b.table = of
	}
	b.args = append(b.args, args...)
	if b.rows++; b.rows < together {
		return nil
	}
	err := t.exec(of.puts, b.args...)
	b.rows, b.args = 0, b.args[:0]
	return err
}

// write writes what has not become a whole statement, row by row.
func (b *batch) write(t *tx) error {
	for n := len(b.args) / max(b.rows, 1); b.rows > 0; b.rows-- {
		if err := t.exec(b.table.put, b.args[:n]...); err != nil {
			return err
		}
		b.args = b.args[n:]
	}
	b.args = b.args[:0]
	return nil
}

// writeRow writes an entity's shown values and merge state. Of one whose only
// commits were withdrawn nothing stays, as where they never came.
func (t *tx) writeRow(e entity, r *row, next *batch) error {
	drop, args := othersDrop, r.key(e)
	keyed := len(args)
	if r.table != nil {
		drop = r.table.drop
		for i := range r.table.spec.Fields {
			f := &r.table.spec.Fields[i]
			v := r.Row.Value(f.No)
			args = append(args, column(v, f.Type))
			if journal.Holds(e.kind) {
				t.shown = append(t.shown, shown{e, f.No, v})
			}
		}
	}
	switch {
	case r.Empty():
		if journal.Holds(e.kind) {
			t.shown = append(t.shown, shown{entity: e})
		}
		return t.exec(drop, args[:keyed]...)
	case r.table == nil:
		return t.exec(othersPut, append(args, r.Pack(t))...)
	}
	return next.add(t, r.table, append(args, r.Pack(t)))
}

// wrote reports whether an edit of a field is here and folded into the projection.
// Its commit alone is not enough: where a number was given again it may have been
// another one when it was seen, and PCs that read the two in another order would differ.
func (t *tx) wrote(ref commit.FieldRef, id commit.EditID) (bool, error) {
	stands, err := t.stands(id.Commit())
	if !stands || err != nil {
		return false, err
	}
	c := t.lately[id.Commit()]
	if c == nil {
		k, err := find(t, id.Commit())
		if k == nil || err != nil {
			return false, err
		}
		c = t.remember(k.Commit)
	}
	if id.Index >= len(c.Edits) {
		return false, nil
	}
	e := c.Edits[id.Index]
	return ref == commit.FieldRef{Kind: e.Kind, Key: e.Key, Field: e.Field}, nil
}

// maxLately is how many commits a transaction remembers.
const maxLately = 4096

// remember keeps a commit at hand that others may replace edits of.
func (t *tx) remember(c *commit.Commit) *commit.Commit {
	if t.lately == nil || len(t.lately) >= maxLately {
		t.lately = map[commit.ID]*commit.Commit{}
	}
	t.lately[c.ID] = c
	return c
}

// stands reports whether a commit is here and folded into the projection.
func (t *tx) stands(id commit.ID) (bool, error) {
	device, ok := t.idNumber(id.Device)
	if !ok || t.upto != nil && !(place{device, int64(id.Number)}).before(*t.upto) {
		return false, nil
	}
	var n int
	err := t.one(`SELECT count(*) FROM commits WHERE device = ?1 AND number = ?2
		AND NOT (device = 1 AND EXISTS (SELECT 1 FROM verdicts WHERE number = ?2))`, []any{device, int64(id.Number)}, &n)
	return n > 0, err
}
