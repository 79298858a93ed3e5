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
	"uchitelskaya/sync/tree"
)

// formerTree is the tree over a former log, kept while it is given back.
type formerTree struct {
	epoch  [16]byte
	volume journal.Volume
	edge   tree.Edge
	hashes tree.Hashes
}

// Back returns what former servers had accepted and the logs here lack, one
// volume at a time, up to about most bytes; nil when nothing is left, or when it
// cannot be proved. It is to be asked when the present logs are here.
func (j *Journal) Back(ctx context.Context, most int) (b *tree.Back, err error) {
	if !j.state.Load().owes {
		return nil, nil
	}
	err = j.update(ctx, func(t *tx) (err error) {
		b, err = t.back(most)
		return err
	})
	return b, err
}

// formerLog is one of them.
type formerLog struct {
	epoch  [16]byte
	volume journal.Volume
	size   uint64
}

func (t *tx) back(most int) (*tree.Back, error) {
	logs, err := t.formerLogs()
	if err != nil {
		return nil, err
	}
	proved := true
	for _, l := range logs { // what the server gets is of one log; the next question brings more
		list, err := t.lacking(l, most)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			continue
		}
		if b, err := t.proveFormer(l, list); b != nil || err != nil {
			return b, err
		}
		proved = false
	}
	t.j.former, t.state.owes = nil, false
	if !proved { // it stays: what of it stands nowhere else is here
		return nil, nil
	}
	return nil, t.exec("DELETE FROM former")
}

// formerLogs are they all, the register first.
func (t *tx) formerLogs() (out []formerLog, err error) {
	err = t.each("SELECT epoch, volume, max(position) FROM former GROUP BY epoch, volume ORDER BY volume, epoch", nil, func(scan func(...any) error) error {
		var l formerLog
		var epoch []byte
		err := scan(&epoch, &l.volume, &l.size)
		copy(l.epoch[:], epoch)
		out = append(out, l)
		return err
	})
	return out, err
}

// lacking are entries of a former log that the present one has neither under
// their own number nor as a stray.
func (t *tx) lacking(l formerLog, most int) (out []commit.Entry, err error) {
	for at, size := uint64(0), 0; size < most; {
		page, upto, err := t.unreturned(l, at)
		if err != nil || upto == at {
			return out, err
		}
		at = upto
		for _, u := range page {
			stray, err := find(t, commit.StrayID(u.Raw))
			if err != nil {
				return nil, err
			}
			if stray == nil || stray.position == 0 {
				out = append(out, u.Entry)
				size += len(u.Raw) + proofBytes
			} else if !u.left {
				if err := t.leave(u.Commit, u.device); err != nil { // its number is that of another one now
					return nil, err
				}
			}
			if size >= most {
				break // what follows is for the next time, which begins anew
			}
		}
	}
	return out, nil
}

// proofBytes is about how long the proof of one entry is.
const proofBytes = 20 * tlog.HashSize

// unreturned is an entry of a former log that has no place in the present one
// under its own number.
type unreturned struct {
	commit.Entry
	*commit.Commit
	device int64
	left   bool // another commit stands under the number here
}

// unreturned reads some of them that follow a position, and up to which one it
// has looked: after when there are no more.
func (t *tx) unreturned(l formerLog, after uint64) (out []unreturned, upto uint64, err error) {
	upto = after
	err = t.each(`SELECT f.position, f.device, f.delay, f.body, c.body, c.position FROM former f LEFT JOIN commits c ON c.device = f.device AND c.number = f.number
		WHERE epoch = ? AND f.volume = ? AND f.position > ? AND (f.body IS NOT NULL OR c.position IS NULL) ORDER BY f.position LIMIT 500`,
		[]any{l.epoch[:], int64(l.volume), int64(after)}, func(scan func(...any) error) error {
			var u unreturned
			var late, now sql.NullInt64
			var left, kept maybe
			if err := scan(&u.Position, &u.device, &late, &left, &kept, &now); err != nil {
				return err
			}
			upto = u.Position
			if u.left, u.Raw = left.raw != nil, left.raw; !u.left {
				u.Raw = kept.raw
			}
			if u.Raw == nil || now.Valid && bytes.Equal(kept.raw, u.Raw) {
				return nil
			}
			if u.Commit, err = commit.Decode(u.Raw); err != nil {
				return damaged("commit: %w", err)
			}
			u.Arrived = arrival(u.Commit, late)
			out = append(out, u)
			return nil
		})
	if err != nil {
		return nil, after, fmt.Errorf("read former log of volume %d: %w", l.volume, err)
	}
	return out, upto, nil
}

// proveFormer adds the proofs; nil when there is none.
func (t *tx) proveFormer(l formerLog, list []commit.Entry) (*tree.Back, error) {
	var note, part []byte
	err := t.one("SELECT note, ifnull(part, x'') FROM heads WHERE epoch = ? AND volume = ?", []any{l.epoch[:], int64(l.volume)}, &note, &part)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	f, err := t.formerTree(l)
	if err != nil {
		return nil, err
	}
	b := &tree.Back{Head: note, Size: l.size, Root: f.edge.Root()}
	if b.Part, err = tree.Split(part); err != nil {
		return nil, nil
	}
	head, err := tree.Size(note)
	if err != nil || f.edge.Size() != l.size || head < l.size || head > l.size && len(b.Part) == 0 {
		return nil, nil
	}
	for _, e := range list {
		proof, err := tlog.ProveRecord(int64(l.size), int64(e.Position)-1, f.hashes)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, "Прежние записи не удалось вернуть в школу. Они целы на этом компьютере.", err)
		}
		b.Entries = append(b.Entries, tree.Returned{Entry: e, Proof: proof})
	}
	return b, nil
}

// formerTree makes the tree over a former log; of one that is not whole any more
// as far as it goes.
func (t *tx) formerTree(l formerLog) (*formerTree, error) {
	if f := t.j.former; f != nil && f.epoch == l.epoch && f.volume == l.volume {
		return f, nil
	}
	f := &formerTree{epoch: l.epoch, volume: l.volume}
	err := t.each(`SELECT f.position, ifnull(f.body, c.body) FROM former f LEFT JOIN commits c ON c.device = f.device AND c.number = f.number
		WHERE epoch = ? AND f.volume = ? ORDER BY f.position`, []any{l.epoch[:], int64(l.volume)}, func(scan func(...any) error) error {
		var position uint64
		var body maybe
		if err := scan(&position, &body); err != nil {
			return err
		}
		if position == f.edge.Size()+1 && body.raw != nil {
			f.hashes = append(f.hashes, f.edge.Add(tree.Leaf(body.raw))...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read former log of volume %d: %w", l.volume, err)
	}
	t.j.former = f
	return f, nil
}

// maybe is a packed column that may be null.
type maybe struct{ raw []byte }

// Scan implements [sql.Scanner].
func (m *maybe) Scan(column any) error {
	if column == nil {
		m.raw = nil
		return nil
	}
	return (*packed)(&m.raw).Scan(column)
}
