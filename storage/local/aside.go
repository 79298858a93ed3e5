package local

import (
	"context"
	"fmt"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// What a person does by hand about commits that the school did not take. None
// of it touches the commit: its bytes and the server's sentence stay for ever.
//
// Numbers go to the server without a gap, so after its return from an old copy
// a commit put away is sent again with the others. Meanwhile it goes on standing
// nowhere. Refused again, it stays put away; accepted, it stands in the school's
// log and thus here, and counts as Returned until a person is told.

// PutAway takes refused commits out of the list, the count and the signs of
// their cells; who did it and when is kept. All of them or none: the code is
// [fault.NotFound] when one is not among the refused.
func (j *Journal) PutAway(ctx context.Context, by journal.StaffID, at time.Time, numbers ...uint64) error {
	return j.update(ctx, func(t *tx) error {
		for _, n := range numbers {
			if err := t.setAside(n, by, at, nil); err != nil {
				return fmt.Errorf("put away commit %d: %w", n, err)
			}
		}
		t.remiss = true
		return nil
	})
}

// BringBack puts commits that were put away among the refused again.
func (j *Journal) BringBack(ctx context.Context, numbers ...uint64) error {
	return j.update(ctx, func(t *tx) error {
		for _, n := range numbers {
			k, err := t.own(n)
			if err != nil {
				return err
			}
			var put int
			err = t.one("SELECT count(*) FROM asides a JOIN verdicts v ON v.number = a.number WHERE a.number = ? AND retry IS NULL", []any{int64(n)}, &put)
			switch {
			case err != nil:
				return fmt.Errorf("bring back commit %d: %w", n, err)
			case put == 0:
				return fault.Wrap(fault.NotFound, "Этой записи уже нет среди убранных.", fmt.Errorf("commit %d is not put away", n))
			}
			if err := t.exec("DELETE FROM asides WHERE number = ?", int64(n)); err != nil {
				return fmt.Errorf("bring back commit %d: %w", n, err)
			}
			t.touchAll(k.Commit)
		}
		t.remiss = true
		return nil
	})
}

// Told notes that a person knows that commits put away were accepted all the
// same.
func (j *Journal) Told(ctx context.Context, numbers ...uint64) error {
	return j.update(ctx, func(t *tx) error {
		t.news.counts = true
		for _, n := range numbers {
			if err := t.exec("UPDATE asides SET told = 1 WHERE number = ?", int64(n)); err != nil {
				return fmt.Errorf("note commit %d: %w", n, err)
			}
		}
		return nil
	})
}

// Retry makes new commits that say again what refused ones said and keeps, in
// the same transaction, which takes the place of which: all of them or none.
// Of a try that changes nothing the code is [fault.Invalid], because what it
// says stands already.
func (j *Journal) Retry(ctx context.Context, tries ...commit.Retry) ([]*commit.Commit, error) {
	var made []*commit.Commit
	err := j.update(ctx, func(t *tx) error {
		made = nil
		for _, r := range tries {
			c, err := t.make(r.Draft)
			if err != nil {
				return fmt.Errorf("retry commit %d: %w", r.Number, err)
			}
			if c == nil {
				return fault.Wrap(fault.Invalid, "Это уже записано. Запись можно убрать.", fmt.Errorf("commit %d changes nothing", r.Number))
			}
			if err := t.setAside(r.Number, r.Author, r.Entered, int64(c.Number)); err != nil {
				return fmt.Errorf("retry commit %d: %w", r.Number, err)
			}
			made = append(made, c)
		}
		t.remiss = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// setAside keeps what was done about a refused commit.
func (t *tx) setAside(n uint64, by journal.StaffID, at time.Time, retry any) error {
	k, err := t.own(n)
	if err != nil {
		return err
	}
	aside, err := t.aside(n)
	if err != nil {
		return err
	}
	if aside || k.answer != commit.Refused {
		return errNotRefused(n)
	}
	staff, err := t.number(by)
	if err != nil {
		return err
	}
	t.touchAll(k.Commit)
	return t.exec("INSERT INTO asides (number, staff, at, retry) VALUES (?, ?, ?, ?)", int64(n), staff, at.UnixMilli(), retry)
}

// own reads a commit of this PC, which must be here.
func (t *tx) own(n uint64) (*kept, error) {
	k, err := find(t, commit.ID{Device: t.state.identity.Device, Number: n})
	if err == nil && k == nil {
		err = errNotRefused(n)
	}
	return k, err
}

// aside reports whether a person has dealt with a commit of this PC by hand.
func (t *tx) aside(n uint64) (bool, error) {
	var found int
	err := t.one("SELECT count(*) FROM asides WHERE number = ?", []any{int64(n)}, &found)
	return found > 0, err
}

// touchAll notes that what a commit wrote is shown in another way.
func (t *tx) touchAll(c *commit.Commit) {
	t.news.counts = true
	for _, e := range c.Edits {
		t.news.touch(entity{c.Volume, e.Kind, e.Key})
	}
}

func errNotRefused(n uint64) error {
	return fault.Wrap(fault.NotFound, "Этой записи уже нет среди отклонённых.", fmt.Errorf("commit %d is not refused", n))
}
