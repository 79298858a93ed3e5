package local

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// Known returns for each volume up to where its log is here, and the last head
// that was signed in the server's present epoch.
func (j *Journal) Known(ctx context.Context) (map[journal.Volume]tree.Known, error) {
	out := map[journal.Volume]tree.Known{}
	err := j.look(ctx, func(w view) error { return known(w, j.state.Load().identity.Epoch, out) })
	return out, err
}

func known(w view, epoch [16]byte, out map[journal.Volume]tree.Known) error {
	return w.each(`SELECT c.volume, position, edge, ifnull(note, x'') FROM cursors c LEFT JOIN heads h ON h.epoch = ? AND h.volume = c.volume`, []any{epoch[:]},
		func(scan func(...any) error) error {
			var v journal.Volume
			var position uint64
			var edge, head []byte
			if err := scan(&v, &position, &edge, &head); err != nil {
				return err
			}
			e, err := tree.ParseEdge(position, edge)
			if err != nil {
				return damaged("volume %d: %w", v, err)
			}
			out[v] = tree.Known{Edge: e, Head: head}
			return nil
		})
}

// Absorb folds log entries that follow those of a volume that are here, all in
// one transaction, and keeps the signed head that came with them; without one, or
// with one of fewer places, the former stays. Entries that are here are passed
// over. A commit that is here already only gets its position; the same id with other bytes is a
// [fault.Cloned] if it is of this PC, else a [fault.Alarm]; a missing position a [fault.Gap].
func (j *Journal) Absorb(ctx context.Context, v journal.Volume, entries []commit.Entry, head []byte, part ...tlog.Hash) error {
	if len(entries) == 0 {
		return nil
	}
	size := 0
	err := j.update(ctx, func(t *tx) error {
		if !t.state.enrolled {
			return errNotEnrolled
		}
		t.news.remote = true
		edge, err := t.edge(v)
		if err != nil {
			return err
		}
		before := edge.Size()
		entries = follow(entries, before)
		if len(entries) == 0 {
			return nil
		}
		commits, err := t.open(v, entries, before)
		if err != nil {
			return err
		}
		if err := t.fetch(commits); err != nil {
			return err
		}
		for i, c := range commits {
			e := &entries[i]
			if err := t.absorb(c, e); err != nil {
				return fmt.Errorf("absorb position %d of volume %d: %w", e.Position, v, err)
			}
			edge.Add(tree.Leaf(e.Raw))
			size += len(e.Raw)
		}
		if err := t.meta(metaClock, int64(t.j.clock.Seen())); err != nil {
			return err
		}
		if shorter, err := t.shorter(v, head); err != nil {
			return err
		} else if !shorter {
			if err := t.exec("REPLACE INTO heads (epoch, volume, note, part) VALUES (?, ?, ?, ?)", t.state.identity.Epoch[:], int64(v), head, tree.Join(part)); err != nil {
				return fmt.Errorf("keep head: %w", err)
			}
		} else if err := t.exec("UPDATE heads SET part = NULL WHERE epoch = ? AND volume = ?", t.state.identity.Epoch[:], int64(v)); err != nil {
			return fmt.Errorf("keep head: %w", err) // it was the proof of a shorter log
		}
		return t.exec("REPLACE INTO cursors (volume, position, edge) VALUES (?, ?, ?)", int64(v), int64(edge.Size()), edge.Bytes())
	})
	if err == nil && size > large {
		j.shrink(ctx)
	}
	return err
}

// shorter tells whether a head is over fewer places than the one kept. What the
// server has once signed is not forgotten for an older signature that came late.
func (t *tx) shorter(v journal.Volume, head []byte) (bool, error) {
	if len(head) == 0 {
		return true, nil
	}
	var kept []byte
	err := t.one("SELECT note FROM heads WHERE epoch = ? AND volume = ?", []any{t.state.identity.Epoch[:], int64(v)}, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	} else if err != nil {
		return false, fmt.Errorf("read head: %w", err)
	}
	is, err := tree.Size(head)
	was, err2 := tree.Size(kept)
	return err == nil && err2 == nil && is < was, nil // what does not read is found when it is held against the next one
}

// large is how many bytes of commits make the write-ahead log so long that its
// room is given back at once.
const large = 16 << 10

// shrink moves the write-ahead log into the file. A reader in its way does no
// harm: the next one takes it along.
func (j *Journal) shrink(ctx context.Context) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.conn != nil {
		_, _ = j.conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
}

// edge is that of the tree over a volume's log as far as it is here.
func (t *tx) edge(v journal.Volume) (tree.Edge, error) {
	var position uint64
	var raw []byte
	err := t.one("SELECT position, edge FROM cursors WHERE volume = ?", []any{int64(v)}, &position, &raw)
	if errors.Is(err, sql.ErrNoRows) {
		return tree.Edge{}, nil
	} else if err != nil {
		return tree.Edge{}, fmt.Errorf("read cursor: %w", err)
	}
	e, err := tree.ParseEdge(position, raw)
	if err != nil {
		return e, damaged("volume %d: %w", v, err)
	}
	return e, nil
}

// follow leaves out the entries that are here.
func follow(entries []commit.Entry, here uint64) []commit.Entry {
	for len(entries) > 0 && entries[0].Position <= here {
		entries = entries[1:]
	}
	return entries
}

// open reads the commits of entries that follow those of a volume that are here.
func (t *tx) open(v journal.Volume, entries []commit.Entry, here uint64) ([]*commit.Commit, error) {
	out := make([]*commit.Commit, len(entries))
	for i := range entries {
		e := &entries[i]
		if here++; e.Position != here {
			return nil, fault.Wrap(fault.Gap, "Сервер прислал записи не подряд. Программа запросит их снова.",
				fmt.Errorf("position %d of volume %d follows %d", e.Position, v, here-1))
		}
		var err error
		if out[i], err = t.read(v, e); err != nil {
			return nil, fmt.Errorf("read position %d of volume %d: %w", e.Position, v, err)
		}
	}
	return out, nil
}

// read reads the commit of an entry.
func (t *tx) read(v journal.Volume, e *commit.Entry) (*commit.Commit, error) {
	if commit.Later(e.Raw) {
		return nil, fault.New(fault.Outdated, "В школьном журнале есть записи, которые эта версия программы не читает. "+
			"Свои записи передаются, чужие придут после обновления. Обновите программу или попросите администратора.")
	}
	c, err := commit.Decode(e.Raw)
	if err != nil {
		return nil, fault.Wrap(fault.Damaged, "Сервер прислал запись, которая не читается. Программа запросит её снова.", err)
	}
	if c.Volume != v || c.School != t.state.identity.School {
		return nil, fault.Wrap(fault.Damaged, "Сервер прислал запись другого журнала. Сообщите администратору школы.",
			fmt.Errorf("commit %s is of school %s, volume %d", c.ID, c.School, c.Volume))
	}
	return c, nil
}

// absorb keeps and folds one entry.
func (t *tx) absorb(c *commit.Commit, e *commit.Entry) error {
	t.j.clock.See(c.Stamp.By(e.Arrived))
	fresh, err := t.insert(c, e.Raw, e)
	if err != nil {
		return err
	}
	if !fresh {
		return t.place(c, e)
	}
	if c.Device == t.state.identity.Device { // written here before the file was lost
		t.state.last = max(t.state.last, c.Number)
	}
	if err := t.foldAll(c, e.Arrived); err != nil {
		return err
	}
	return t.heedAll(c)
}

// place gives a commit that is here its position in the log and the time of its
// arrival, and by that its place in the order.
func (t *tx) place(c *commit.Commit, e *commit.Entry) error {
	device, err := t.number(c.Device)
	if err != nil {
		return err
	}
	var body packed
	var before sql.NullInt64
	if err := t.one("SELECT body, delay FROM commits WHERE device = ? AND number = ?", []any{device, int64(c.Number)}, &body, &before); err != nil {
		return fmt.Errorf("read commit %s: %w", c.ID, err)
	}
	if !bytes.Equal(body, e.Raw) {
		code := fault.Alarm
		if c.Device == t.state.identity.Device {
			code = fault.Cloned
		} else if done, err := t.supplant(c, e); done || err != nil {
			return err
		}
		return fault.Wrap(code, "Запись на этом компьютере и на сервере отличаются. Ничего не потеряно. Сообщите администратору школы.",
			fmt.Errorf("commit %s has other bytes", c.ID))
	}
	err = t.exec("UPDATE commits SET position = ?, delay = ? WHERE device = ? AND number = ?", int64(e.Position), delay(c, e.Arrived), device, int64(c.Number))
	if err != nil {
		return fmt.Errorf("place commit %s: %w", c.ID, err)
	}
	t.news.counts = true
	if c.Device == t.state.identity.Device {
		if err := t.restand(c, e.Arrived); err != nil { // a request that the deputy has granted since
			return err
		}
	}
	if merge.HeadOf(c, 0, e.Arrived) != merge.HeadOf(c, 0, arrival(c, before)) { // the ordinary arrival changes nothing
		err = t.reorder(c, e.Arrived)
	}
	return errors.Join(err, t.heedAll(c)) // a decision that was made on this PC
}

// reorder puts what stands of a commit where its arrival puts it.
func (t *tx) reorder(c *commit.Commit, arrived int64) error {
	for i, edit := range c.Edits {
		h := merge.HeadOf(c, i, arrived)
		if err := t.change(entity{c.Volume, edit.Kind, edit.Key}, edit.Field, func(f *merge.Field) error { f.Arrive(h); return nil }); err != nil {
			return fmt.Errorf("put %s in order: %w", c.ID, err)
		}
	}
	return nil
}

// delay is how the arrival is kept: small where the clocks agree.
func delay(c *commit.Commit, arrived int64) int64 { return arrived - c.Stamp.Time().UnixMilli() }

// arrival is the inverse of delay; 0 for a commit that has not arrived.
func arrival(c *commit.Commit, delay sql.NullInt64) int64 {
	if !delay.Valid {
		return 0
	}
	return delay.Int64 + c.Stamp.Time().UnixMilli()
}
