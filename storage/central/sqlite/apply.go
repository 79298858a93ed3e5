package sqlite

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// Apply implements central.Store.
func (s *Store) Apply(ctx context.Context, b *ledger.Batch) error {
	school, err := s.school(ctx, b.School)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t *tx) error {
		no, err := t.pc(school, b.Device)
		if err != nil {
			return fmt.Errorf("number PC: %w", err)
		}
		if err := t.advance(school, no, b); err != nil {
			return err
		}
		for _, j := range slices.Concat(b.Laid, b.Judged) {
			if err := t.keep(school, &j, b); err != nil {
				return fmt.Errorf("keep commit %s: %w", j.Commit, err)
			}
		}
		for _, seal := range b.Seals {
			if err := t.seal(school, no, &seal); err != nil {
				return fmt.Errorf("keep seal of %d: %w", seal.First, err)
			}
		}
		return t.rows(school, b)
	})
}

// advance moves the PC's last number and the heads of the volumes, if they are
// where the batch was judged.
func (t *tx) advance(school, no int64, b *ledger.Batch) error {
	last := b.After + b.Skip + uint64(len(b.Judged))
	if ok, err := t.changed("UPDATE pcs SET last = ?, day = ?, taken = ?, refused = ? WHERE no = ? AND last = ?",
		int64(last), int64(b.Day.Date), b.Day.Taken, b.Day.Refused, no, int64(b.After)); err != nil {
		return fmt.Errorf("move last number: %w", err)
	} else if !ok {
		return ledger.ErrStale
	}
	if b.Skip > 0 {
		if err := t.exec("UPDATE chains SET hash = x'' WHERE school = ? AND pc = ?", school, no); err != nil {
			return fmt.Errorf("end chains: %w", err)
		}
	}
	for v, before := range b.Heads {
		grown := b.Trees[v]
		if err := t.exec("INSERT INTO volumes (school, volume, head, signed) VALUES (?, ?, 0, x'') ON CONFLICT DO NOTHING", school, int64(v)); err != nil {
			return fmt.Errorf("make volume %d: %w", v, err)
		}
		ok, err := t.changed("UPDATE volumes SET head = head + ?1, signed = iif(?1 > 0, ?2, signed) WHERE school = ?3 AND volume = ?4 AND head = ?5",
			int64(len(grown.Hashes)), grown.Head, school, int64(v), int64(before))
		if err != nil {
			return fmt.Errorf("move head of volume %d: %w", v, err)
		} else if !ok {
			return ledger.ErrStale
		}
	}
	return nil
}

func (t *tx) keep(school int64, j *ledger.Judged, b *ledger.Batch) error {
	if j.Stands {
		return nil
	}
	no, err := t.pc(school, j.Commit.Device)
	if err != nil {
		return fmt.Errorf("number PC: %w", err)
	}
	if j.Answer == commit.Accepted {
		hashes, place := b.Trees[j.Volume].Hashes, j.Position-b.Heads[j.Volume]-1
		if place >= uint64(len(hashes)) {
			return fmt.Errorf("position %d after %d has no hashes", j.Position, b.Heads[j.Volume])
		}
		return t.exec("INSERT INTO entries (school, volume, position, pc, number, arrived, hashes, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			school, int64(j.Volume), int64(j.Position), no, int64(j.Commit.Number), j.Arrived, tree.Join(hashes[place]), j.Raw)
	}
	return t.exec("INSERT INTO kept (school, pc, number, answer, volume, code, text, arrived, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		school, no, int64(j.Commit.Number), int64(j.Answer), int64(j.Volume), string(j.Code), j.Text, j.Arrived, j.Raw)
}

func (t *tx) seal(school, no int64, s *ledger.Seal) error {
	if err := t.exec("INSERT INTO seals (school, pc, first, count, author, prev, by_pc, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		school, no, int64(s.First), s.Count, s.Author[:], s.Prev[:], s.ByPC, s.Signature); err != nil {
		return err
	}
	return t.exec("INSERT INTO chains (school, pc, author, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash",
		school, no, s.Author[:], s.Hash[:])
}

// together is how many rows one statement reads or writes where there are as many: that
// spares a seventh of what they take one by one to be written, and half to be read.
const together = 16

// putRow writes one row, putRows as many as are written together.
var putRow, putRows = func() (one, many string) {
	write := func(rows int) string {
		return "INSERT INTO entities (school, volume, kind, key, heads) VALUES (?, ?, ?, ?, ?)" + strings.Repeat(", (?, ?, ?, ?, ?)", rows-1) +
			" ON CONFLICT DO UPDATE SET heads = excluded.heads"
	}
	return write(1), write(together)
}()

// rows writes the merge states in the order of the table, which SQLite likes.
func (t *tx) rows(school int64, b *ledger.Batch) error {
	list := slices.SortedFunc(maps.Keys(b.Rows), ledger.CompareEntities)
	for len(list) > 0 {
		n, put := 1, putRow
		if len(list) >= together {
			n, put = together, putRows
		}
		var args []any
		for _, e := range list[:n] {
			heads, err := b.Rows[e].MarshalBinary()
			if err != nil {
				return fmt.Errorf("encode row: %w", err)
			}
			args = append(args, school, int64(e.Volume), int64(e.Kind), []byte(e.Key), heads)
		}
		if err := t.exec(put, args...); err != nil {
			return fmt.Errorf("keep rows: %w", err)
		}
		list = list[n:]
	}
	return nil
}
