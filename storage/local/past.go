package local

import (
	"context"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// Heads returns what stands in a field, the shown value first.
func (j *Journal) Heads(ctx context.Context, v journal.Volume, f commit.FieldRef) ([]commit.Past, error) {
	var out []commit.Past
	err := j.look(ctx, func(w view) error {
		r, err := heads(w, entityOf(v, f))
		if err != nil {
			return err
		}
		for _, h := range r.Row.Field(f.Field).Heads {
			k, err := find(w, h.ID.Commit())
			if err != nil {
				return err
			}
			if k == nil || h.ID.Index >= len(k.Edits) {
				return damaged("commit %s of a head is not here", h.ID.Commit())
			}
			out = append(out, edit{k, h.ID.Index}.past(true))
		}
		return nil
	})
	return out, err
}

// History returns every value that a field had, newest first: what stands, all
// that it replaced, and what the server did not take.
func (j *Journal) History(ctx context.Context, v journal.Volume, f commit.FieldRef) ([]commit.Past, error) {
	var out []commit.Past
	err := j.look(ctx, func(w view) error {
		r, err := heads(w, entityOf(v, f))
		if err != nil {
			return err
		}
		standing := map[commit.EditID]bool{}
		for _, h := range r.Row.Field(f.Field).Heads {
			standing[h.ID] = true
		}
		roots, err := w.missedEdits(v, f)
		if err != nil {
			return err
		}
		for id := range standing {
			roots = append(roots, id)
		}
		all, err := lineage(w, f, roots, func(*kept) bool { return true })
		if err != nil {
			return err
		}
		for id, e := range all {
			out = append(out, e.past(standing[id]))
		}
		return nil
	})
	slices.SortFunc(out, func(a, b commit.Past) int {
		return merge.CompareHeads(merge.Head{ID: a.ID, Stamp: a.Stamp}, merge.Head{ID: b.ID, Stamp: b.Stamp})
	})
	return out, err
}

// missedEdits names the edits of a field in commits that the server did not take
// and that nobody has put away.
func (w view) missedEdits(v journal.Volume, f commit.FieldRef) (out []commit.EditID, err error) {
	missed := w.j.state.Load().missed
	if missed[entityOf(v, f)] == 0 {
		return nil, nil
	}
	err = w.each(missedBodies, nil, func(scan func(...any) error) error {
		c, err := scanCommit(scan)
		if err != nil {
			return err
		}
		for i, e := range c.Edits {
			if c.Volume == v && e.Kind == f.Kind && e.Key == f.Key && e.Field == f.Field {
				out = append(out, c.Edit(i))
			}
		}
		return nil
	})
	return out, err
}

func (e edit) past(standing bool) commit.Past {
	return commit.Past{
		ID: e.Edit(e.index), Value: e.Edits[e.index].Value, Author: e.Author, Entered: e.Entered, Stamp: e.Stamp.By(e.arrived), Reason: e.Reason,
		Position: e.position, Arrived: e.at(), Standing: standing, Answer: e.answer,
	}
}

// at is when the server got the edit; zero: not yet.
func (e edit) at() time.Time {
	if e.arrived == 0 {
		return time.Time{}
	}
	return time.UnixMilli(e.arrived).UTC()
}

// Disputes returns the fields of a volume in which several different values
// stand, by kind and key.
func (j *Journal) Disputes(ctx context.Context, v journal.Volume) ([]commit.FieldRef, error) {
	var out []commit.FieldRef
	err := j.look(ctx, func(w view) error {
		return w.each("SELECT kind, key, field FROM disputes WHERE volume = ?", []any{int64(v)}, func(scan func(...any) error) error {
			var f commit.FieldRef
			var key []byte
			if err := scan(&f.Kind, &key, &f.Field); err != nil {
				return err
			}
			f.Key = journal.Key(key)
			out = append(out, f)
			return nil
		})
	})
	return out, err
}

// Own returns the latest commits of an author on this PC, newest first.
func (j *Journal) Own(ctx context.Context, author journal.StaffID, limit int) ([]*commit.Commit, error) {
	n, ok := j.ids.number(author)
	if !ok {
		return nil, nil
	}
	var out []*commit.Commit
	err := j.look(ctx, func(w view) error {
		return w.each("SELECT body, sum FROM commits WHERE device = 1 AND author = ? ORDER BY number DESC LIMIT ?", []any{n, limit},
			func(scan func(...any) error) error {
				c, err := scanCommit(scan)
				out = append(out, c)
				return err
			})
	})
	return out, err
}

// scanCommit reads the columns body and sum.
func scanCommit(scan func(...any) error, more ...any) (*commit.Commit, error) {
	var body packed
	var check int64
	if err := scan(append([]any{&body, &check}, more...)...); err != nil {
		return nil, err
	}
	return decode(body, check)
}
