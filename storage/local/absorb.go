package local

import (
	"bytes"
	"context"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Cursors returns for each volume the position up to which its log is here.
func (j *Journal) Cursors(ctx context.Context) (map[journal.Volume]uint64, error) {
	out := map[journal.Volume]uint64{}
	err := j.look(ctx, func(w view) error {
		return w.each("SELECT volume, position FROM cursors", nil, func(scan func(...any) error) error {
			var v journal.Volume
			var position uint64
			err := scan(&v, &position)
			out[v] = position
			return err
		})
	})
	return out, err
}

// Absorb folds log entries that follow the cursor of a volume and moves it, all
// in one transaction. Entries up to the cursor are passed over. A commit that
// is here already only gets its position; the same id with other bytes is a
// [fault.Alarm], a missing position a [fault.Gap].
func (j *Journal) Absorb(ctx context.Context, v journal.Volume, entries []commit.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	return j.update(ctx, func(t *tx) error {
		if !t.state.enrolled {
			return errNotEnrolled
		}
		t.news.remote = true
		var cursor int64
		if err := t.one("SELECT ifnull((SELECT position FROM cursors WHERE volume = ?), 0)", []any{int64(v)}, &cursor); err != nil {
			return fmt.Errorf("read cursor: %w", err)
		}
		before := cursor
		for i := range entries {
			e := &entries[i]
			if e.Position <= uint64(cursor) {
				continue
			}
			if e.Position != uint64(cursor)+1 {
				return fault.Wrap(fault.Gap, "Сервер прислал записи не подряд. Программа запросит их снова.",
					fmt.Errorf("position %d of volume %d follows %d", e.Position, v, cursor))
			}
			if err := t.absorb(v, e); err != nil {
				return fmt.Errorf("absorb position %d of volume %d: %w", e.Position, v, err)
			}
			cursor++
		}
		if cursor == before {
			return nil
		}
		if err := t.meta(metaClock, int64(t.j.clock.Last())); err != nil {
			return err
		}
		return t.exec("REPLACE INTO cursors (volume, position) VALUES (?, ?)", int64(v), cursor)
	})
}

// absorb keeps and folds one entry.
func (t *tx) absorb(v journal.Volume, e *commit.Entry) error {
	c, err := commit.Decode(e.Raw)
	if err != nil {
		return fault.Wrap(fault.Damaged, "Сервер прислал запись, которая не читается. Программа запросит её снова.", err)
	}
	if c.Volume != v || c.School != t.state.identity.School {
		return fault.Wrap(fault.Damaged, "Сервер прислал запись другого журнала. Сообщите администратору школы.",
			fmt.Errorf("commit %s is of school %s, volume %d", c.ID, c.School, c.Volume))
	}
	t.j.clock.Witness(c.Stamp, t.j.now())
	fresh, err := t.insert(c, e.Raw, int64(e.Position))
	if err != nil {
		return err
	}
	if !fresh {
		return t.place(c, e)
	}
	if c.Device == t.state.identity.Device { // written here before the file was lost
		t.state.last = max(t.state.last, c.Number)
	}
	return t.foldAll(c)
}

// place gives a commit that is here its position in the log.
func (t *tx) place(c *commit.Commit, e *commit.Entry) error {
	device, err := t.number(c.Device)
	if err != nil {
		return err
	}
	var body []byte
	if err := t.one("SELECT body FROM commits WHERE device = ? AND number = ?", []any{device, int64(c.Number)}, &body); err != nil {
		return fmt.Errorf("read commit %s: %w", c.ID, err)
	}
	if !bytes.Equal(body, e.Raw) {
		return fault.Wrap(fault.Alarm, "Запись на этом компьютере и на сервере отличаются. Ничего не потеряно. Сообщите администратору школы.",
			fmt.Errorf("commit %s has other bytes", c.ID))
	}
	if err := t.exec("UPDATE commits SET position = ? WHERE device = ? AND number = ?", int64(e.Position), device, int64(c.Number)); err != nil {
		return fmt.Errorf("place commit %s: %w", c.ID, err)
	}
	t.news.counts = true
	if c.Device == t.state.identity.Device {
		return t.restand(c) // a request that the deputy has granted since
	}
	return nil
}
