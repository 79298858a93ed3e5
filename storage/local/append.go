package local

import (
	"context"
	"fmt"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// Append makes a commit of a draft and returns when it is durable: it numbers
// and stamps it, computes which edits each change replaces, encodes it once,
// keeps the bytes and folds it into the projection, all in one transaction.
//
// A change to the value that already stands alone is left out. When nothing is
// left, there is nothing to keep: Append returns nil and no error.
func (j *Journal) Append(ctx context.Context, d commit.Draft) (*commit.Commit, error) {
	var made *commit.Commit
	err := j.update(ctx, func(t *tx) (err error) {
		if made, err = t.make(d); made == nil || err != nil {
			return err
		}
		return t.sealMade()
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// AppendAll makes the commits of one act that reaches into several volumes: all
// of them or none. Drafts that change nothing make none.
func (j *Journal) AppendAll(ctx context.Context, drafts ...commit.Draft) ([]*commit.Commit, error) {
	var made []*commit.Commit
	err := j.update(ctx, func(t *tx) error {
		made = nil
		for _, d := range drafts {
			c, err := t.make(d)
			if err != nil {
				return err
			}
			if c != nil {
				made = append(made, c)
			}
		}
		if len(made) == 0 {
			return nil
		}
		return t.sealMade()
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// make turns a draft into this PC's next commit.
func (t *tx) make(d commit.Draft) (*commit.Commit, error) {
	if !t.state.enrolled {
		return nil, errNotEnrolled
	}
	if len(d.Changes) > commit.MaxEdits {
		return nil, fault.New(fault.TooLarge, fmt.Sprintf("Слишком много изменений сразу. За один раз можно до %d.", commit.MaxEdits))
	}
	c := &commit.Commit{
		ID:     commit.ID{Device: t.state.identity.Device, Number: t.state.last + 1},
		School: t.state.identity.School, Volume: d.Volume, Author: d.Author, Stamp: t.j.clock.Next(d.Entered),
		Entered: time.UnixMilli(d.Entered.UnixMilli()).UTC(), Reason: d.Reason, Undoes: d.Undoes,
		Edits: make([]commit.Edit, 0, len(d.Changes)),
	}
	for _, ch := range d.Changes {
		if err := t.add(c, ch); err != nil {
			return nil, err
		}
	}
	if len(c.Edits) == 0 {
		return nil, nil
	}
	raw, err := commit.Encode(c)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "Запись слишком велика или устроена неправильно и не принята.", err)
	}
	t.state.last = c.Number
	fresh, err := t.insert(c, raw, nil)
	if err == nil && !fresh {
		err = damaged("commit %s is here already", c.ID)
	}
	return c, err
}

// add appends one change to the commit, unless it says what stands already.
func (t *tx) add(c *commit.Commit, ch commit.Change) error {
	if err := checkChange(ch); err != nil {
		return err
	}
	e := entity{c.Volume, ch.Kind, ch.Key}
	r, err := t.row(e)
	if err != nil {
		return err
	}
	f := r.Row.Field(ch.Field)
	if f.Value() == ch.Value && !f.Rivals() {
		return nil
	}
	edit := commit.Edit{Kind: ch.Kind, Key: ch.Key, Field: ch.Field, Value: ch.Value, Replaces: f.Seen(ch.Seen)}
	c.Edits = append(c.Edits, edit)
	return t.fold(e, ch.Field, merge.HeadOf(c, len(c.Edits)-1, 0), edit.Replaces)
}

// checkChange refuses what this version knows to be no value of the field.
// Fields of a later version pass.
func checkChange(ch commit.Change) error {
	s := journal.SpecOf(ch.Kind)
	if s == nil {
		return nil
	}
	if _, err := s.Parts(ch.Key); err != nil {
		return fault.Wrap(fault.Invalid, "Запись устроена неправильно и не принята.", err)
	}
	if f := s.Field(ch.Field); f != nil {
		return f.Check(ch.Value)
	}
	return nil
}

// foldAll folds every edit of a commit that is kept already; arrived is when it
// came to the server, 0: not yet.
func (t *tx) foldAll(c *commit.Commit, arrived int64) error {
	for i, e := range c.Edits {
		if err := t.fold(entity{c.Volume, e.Kind, e.Key}, e.Field, merge.HeadOf(c, i, arrived), e.Replaces); err != nil {
			return fmt.Errorf("fold %s: %w", c.ID, err)
		}
	}
	return nil
}
