package local

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// A source reads single rows: a write transaction its own state, a view that
// of one moment.
type source interface {
	one(query string, args []any, dest ...any) error
	idNumber(id [16]byte) (int64, bool)
	merge.Names
}

// A view reads the journal as it is at one moment, on a reader's connection.
type view struct {
	j    *Journal
	ctx  context.Context
	tx   *sql.Tx
	rare *[]string // queries that were asked for the first time
}

// look gives f a view.
func (j *Journal) look(ctx context.Context, f func(view) error) error {
	tx, err := j.read.BeginTx(ctx, nil)
	if err != nil {
		return problem(err)
	}
	defer tx.Rollback()
	var rare []string
	if err := f(view{j, ctx, tx, &rare}); err != nil || len(rare) == 0 {
		return problem(err)
	}
	if err := tx.Rollback(); err != nil { // whoever prepares needs a connection: this one
		return problem(err)
	}
	for _, query := range rare {
		if err := j.prepare(ctx, query); err != nil {
			return problem(err)
		}
	}
	return nil
}

// prepare keeps a query of the readers ready for the next time: to understand it
// is most of what a small one costs.
func (j *Journal) prepare(ctx context.Context, query string) error {
	s, err := j.read.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	if _, here := j.reading.LoadOrStore(query, s); here {
		return s.Close() //nolint:sqlclosecheck // only one that came too late
	}
	return nil
}

// rows asks a query of which there are few, written in the code.
func (v view) rows(query string, args []any) (*sql.Rows, error) {
	if s, here := v.j.reading.Load(query); here {
		return v.tx.StmtContext(v.ctx, s.(*sql.Stmt)).QueryContext(v.ctx, args...) //nolint:sqlclosecheck // closed with the transaction
	}
	*v.rare = append(*v.rare, query)
	return v.tx.QueryContext(v.ctx, query, args...)
}

func (v view) one(query string, args []any, dest ...any) error {
	rows, err := v.rows(query, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return cmp.Or(rows.Err(), sql.ErrNoRows)
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Close()
}

func (v view) idNumber(id [16]byte) (int64, bool) { return v.j.ids.number(id) }

// Number implements [merge.Names].
func (v view) Number(id [16]byte) (uint64, bool) { return v.j.ids.Number(id) }

// ID implements [merge.Names].
func (v view) ID(n uint64) ([16]byte, bool) { return v.j.ids.ID(n) }

// each calls f for every row of a query.
func (v view) each(query string, args []any, f func(scan func(...any) error) error) error {
	rows, err := v.rows(query, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// heads reads the merge state of an entity; an empty one when nothing was ever
// written of it.
func heads(src source, e entity) (*row, error) {
	r := &row{table: tables[e.kind]}
	if r.table != nil {
		if parts, err := r.table.spec.Parts(e.key); err == nil {
			r.parts = parts
		} else {
			r.table = nil // a key that this version cannot cut
		}
	}
	query := othersHeads
	if r.table != nil {
		query = r.table.heads
	}
	var raw []byte
	err := src.one(query, r.key(e), &raw)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return r, nil
	case err != nil:
		return nil, fmt.Errorf("read heads of kind %d: %w", e.kind, err)
	}
	if err := r.Unpack(raw, src); err != nil {
		return nil, damaged("heads of kind %d: %w", e.kind, err)
	}
	return r, nil
}

// kept is a commit with what became of it.
type kept struct {
	*commit.Commit
	position uint64
	arrived  int64 // at the server, Unix milliseconds; 0: not yet
	answer   commit.Answer
}

// stands reports whether the commit is in the projection.
func (k *kept) stands() bool { return k.answer != commit.Requested && k.answer != commit.Refused }

// find reads a commit; nil when it is not here.
func find(src source, id commit.ID) (*kept, error) {
	device, ok := src.idNumber(id.Device)
	if !ok {
		return nil, nil
	}
	var body packed
	var check int64
	var position, delay, answer sql.NullInt64
	err := src.one(`SELECT body, sum, position, delay, (SELECT answer FROM verdicts v WHERE c.device = 1 AND v.number = c.number)
		FROM commits c WHERE device = ? AND number = ?`, []any{device, int64(id.Number)}, &body, &check, &position, &delay, &answer)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read commit %s: %w", id, err)
	}
	c, err := decode(body, check)
	if err != nil {
		return nil, err
	}
	k := &kept{c, uint64(position.Int64), arrival(c, delay), commit.Answer(answer.Int64)}
	if position.Valid {
		k.answer = commit.Accepted
	}
	return k, nil
}

// maxLineage bounds how many edits of one field are read.
const maxLineage = 10_000

// An edit is one edit of a field with its commit.
type edit struct {
	*kept
	index int
}

func (e edit) head() merge.Head { return merge.HeadOf(e.Commit, e.index, e.arrived) }

// lineage returns the edits named by roots and all that they replace, directly
// or not, as far as they are here. It goes on only through edits that pass.
func lineage(src source, ref commit.FieldRef, roots []commit.EditID, pass func(*kept) bool) (map[commit.EditID]edit, error) {
	out := map[commit.EditID]edit{}
	commits := map[commit.ID]*kept{}
	for todo := roots; len(todo) > 0 && len(out) < maxLineage; {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, seen := out[id]; seen {
			continue
		}
		k, seen := commits[id.Commit()]
		if !seen {
			var err error
			if k, err = find(src, id.Commit()); err != nil {
				return nil, err
			}
			commits[id.Commit()] = k
		}
		if k == nil || !pass(k) || id.Index >= len(k.Edits) {
			continue
		}
		e := k.Edits[id.Index]
		if (commit.FieldRef{Kind: e.Kind, Key: e.Key, Field: e.Field}) != ref {
			continue // a damaged or hostile program named an edit of another field
		}
		out[id] = edit{k, id.Index}
		todo = append(todo[:len(todo):len(todo)], e.Replaces...)
	}
	return out, nil
}

func entityOf(v journal.Volume, f commit.FieldRef) entity { return entity{v, f.Kind, f.Key} }
