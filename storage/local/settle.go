package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// Settle keeps the server's verdicts about commits of this PC and moves the
// durable number on. An accepted commit gets its position. The edits of one
// turned into a request or refused leave the projection, so that what they
// replaced stands again unless something else replaced it; the commit stays.
func (j *Journal) Settle(ctx context.Context, verdicts []commit.Verdict, durable uint64) error {
	return j.update(ctx, func(t *tx) error {
		for _, v := range verdicts {
			if err := t.settle(v); err != nil {
				return fmt.Errorf("settle %s: %w", v.Commit, err)
			}
		}
		t.news.counts = true
		if err := t.unjudged(durable); err != nil {
			return err
		}
		return t.setDurable(max(t.state.durable, durable))
	})
}

// unjudged makes sure that nothing of ours is called durable without a verdict:
// then the server means commits that another PC wrote under our number.
func (t *tx) unjudged(durable uint64) error {
	var n int
	err := t.one(`SELECT count(*) FROM commits c WHERE device = 1 AND number > ? AND number <= ? AND position IS NULL
		AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.number = c.number)`, []any{int64(t.state.durable), int64(durable)}, &n)
	if err == nil && n > 0 {
		err = fault.Wrap(fault.Cloned, "Школьный сервер знает под номером этого компьютера другие записи. Ничего не потеряно. Сообщите администратору школы.",
			fmt.Errorf("%d commits up to %d without a verdict", n, durable))
	}
	return err
}

// setDurable keeps the number; one beyond our last means that this file has
// lost commits, whose numbers must not be given again.
func (t *tx) setDurable(n uint64) error {
	t.state.last = max(t.state.last, n)
	if n == t.state.last {
		t.j.clock.Judged()
	}
	if n == t.state.durable {
		return nil
	}
	t.state.durable = n
	return errors.Join(t.meta(metaDurable, int64(n)), t.meta(metaLast, int64(t.state.last)))
}

func (t *tx) settle(v commit.Verdict) error {
	if v.Commit.Device != t.state.identity.Device {
		return fault.Wrap(fault.Internal, "Сервер ответил не этому компьютеру.", errors.New("verdict for another device"))
	}
	k, err := find(t, v.Commit)
	if k == nil || err != nil {
		return err // not here: the server will send it
	}
	switch v.Answer {
	case commit.Accepted:
		if err := t.exec("UPDATE commits SET position = ? WHERE device = 1 AND number = ?", int64(v.Position), int64(k.Number)); err != nil {
			return err
		}
		return t.restand(k.Commit, k.arrived)
	case commit.Requested, commit.Refused:
		if k.position > 0 {
			return nil // granted since: what is in the log stands
		}
		if err := t.exec("REPLACE INTO verdicts (number, answer, code, text) VALUES (?, ?, ?, ?)",
			int64(k.Number), int64(v.Answer), string(v.Code), v.Text); err != nil {
			return err
		}
		if err := t.heed(journal.RequestKey(k.Device, k.Number), k.Volume); err != nil {
			return err
		}
		if !k.stands() {
			return nil
		}
		return t.withdraw(k.Commit)
	}
	return fault.Wrap(fault.Internal, "Сервер ответил не так, как ожидалось. Обновите программу.", fmt.Errorf("answer %d", v.Answer))
}

// withdraw takes the edits of a commit out of the projection. The heads of each
// field are computed anew from the edits that go on standing, as any PC computes
// them that never had the commit.
func (t *tx) withdraw(c *commit.Commit) error {
	if aside, err := t.aside(c.Number); err != nil {
		return err
	} else if !aside {
		missed := maps.Clone(t.state.missed)
		miss(missed, c)
		t.state.missed = missed
	}
	for _, e := range c.Edits {
		ref := commit.FieldRef{Kind: e.Kind, Key: e.Key, Field: e.Field}
		err := t.change(entityOf(c.Volume, ref), e.Field, func(f *merge.Field) error { return t.refold(f, ref, c.ID) })
		if err != nil {
			return err
		}
	}
	return nil
}

// refold computes a field from the edits that stand without a commit. Every
// standing edit is a head or was replaced by one that stands, so all are found
// from the heads and from what the commit replaced.
func (t *tx) refold(f *merge.Field, ref commit.FieldRef, without commit.ID) error {
	var roots []commit.EditID
	for _, h := range f.Heads {
		roots = append(roots, h.ID)
	}
	all, err := lineage(t, ref, roots, func(k *kept) bool { return k.stands() || k.ID == without })
	if err != nil {
		return err
	}
	replaced := map[commit.EditID]bool{}
	for id, e := range all {
		if id.Commit() == without {
			delete(all, id)
			continue
		}
		for _, r := range e.Edits[e.index].Replaces {
			replaced[r] = true
		}
	}
	*f = merge.Field{}
	for _, id := range slices.SortedFunc(maps.Keys(all), merge.CompareIDs) {
		if !replaced[id] {
			f.Add(all[id].head(), nil, nil)
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(replaced), merge.CompareIDs) {
		here, err := t.wrote(ref, id)
		if err != nil {
			return err
		}
		if !here {
			f.Awaited = append(f.Awaited, id)
		}
	}
	return nil
}

// restand puts a commit back that was withdrawn; others stand already.
func (t *tx) restand(c *commit.Commit, arrived int64) error {
	var n int
	err := t.one("SELECT 1 FROM verdicts WHERE number = ?", []any{int64(c.Number)}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	if err := t.exec("DELETE FROM verdicts WHERE number = ?", int64(c.Number)); err != nil {
		return err
	}
	t.remiss = true
	return t.foldAll(c, arrived)
}

// SetEpoch keeps the server's epoch. With another epoch than the one known the
// server was restored from a copy: every commit of this PC beyond durable is
// unsent again, and the logs are read anew from their beginning, because their
// later positions may belong to other commits now. What it names durable beyond
// what was settled here is sent again too: its verdicts were never heard. Refused ones stand again
// until the new answer, but for those that a person has put away or retried.
func (j *Journal) SetEpoch(ctx context.Context, epoch [16]byte, durable uint64) error {
	return j.update(ctx, func(t *tx) error {
		if t.state.identity.Epoch == epoch {
			return nil
		}
		if err := t.leaveEpoch(t.state.identity.Epoch); err != nil {
			return fmt.Errorf("keep former logs: %w", err)
		}
		t.state.identity.Epoch, t.state.heard = epoch, false
		t.news.counts = true
		t.state.last = max(t.state.last, durable)
		if err := errors.Join(t.meta(metaEpoch, epoch[:]), t.meta(metaLast, int64(t.state.last)), t.setDurable(min(durable, t.state.durable))); err != nil {
			return fmt.Errorf("keep epoch: %w", err)
		}
		if err := t.takeAlong(); err != nil {
			return err
		}
		if err := errors.Join(t.exec("DELETE FROM cursors"),
			t.exec("UPDATE commits SET position = NULL")); err != nil {
			return fmt.Errorf("send again from %d: %w", durable, err)
		}
		if err := t.sealAgain(); err != nil {
			return err
		}
		again, err := t.numbers("SELECT number FROM verdicts WHERE number > ? AND number NOT IN (SELECT number FROM asides) ORDER BY number", int64(durable))
		if err != nil {
			return err
		}
		for _, n := range again {
			k, err := find(t, commit.ID{Device: t.state.identity.Device, Number: n})
			if err != nil {
				return err
			}
			if k != nil {
				err = t.restand(k.Commit, k.arrived)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// reloadMissed reads anew which entities lack what was written.
func (t *tx) reloadMissed() error {
	missed := map[entity]uint64{}
	numbers, err := t.numbers("SELECT number FROM verdicts WHERE number NOT IN (SELECT number FROM asides)")
	if err != nil {
		return err
	}
	for _, n := range numbers {
		k, err := find(t, commit.ID{Device: t.state.identity.Device, Number: n})
		if err != nil {
			return err
		}
		if k != nil {
			miss(missed, k.Commit)
		}
	}
	t.state.missed = missed
	return nil
}

// numbers reads a column of numbers.
func (t *tx) numbers(query string, args ...any) (out []uint64, err error) {
	s, err := t.j.stmt(query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(context.Background(), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n uint64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}
