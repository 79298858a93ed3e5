package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/sync/commit"
)

// A Salvage says what SetAside found and did.
type Salvage struct {
	Kept     string // path of the damaged file, which nobody deletes
	Enrolled bool   // the fresh journal knows its school; else the PC is enrolled again
	Carried  int    // commits not yet at the server that were carried over
	Lost     int    // those known to have been there that could not be read
}

// SetAside moves a damaged journal out of the way, under a name with the date,
// and makes a fresh one that knows what the damaged one still tells: who this
// PC is, who works on it, and every commit not yet at the server. With base,
// the path of a [Journal.Backup], the fresh journal begins as that copy; the
// rest comes from the server by itself.
func SetAside(ctx context.Context, dir string, now func() time.Time, base string) (Salvage, error) {
	lock, err := takeFolder(dir)
	if err != nil {
		return Salvage{}, err
	}
	defer lock.Close()
	kept := filepath.Join(dir, "journal-"+now().Format("2006-01-02-150405")+"-damaged.db")
	if err := moveFiles(filepath.Join(dir, fileName), kept); err != nil {
		return Salvage{}, unwritable(err)
	}
	_ = os.Remove(filepath.Join(dir, ballastName)) // a fresh file may be empty
	if base != "" {
		if err := restore(ctx, base, filepath.Join(dir, fileName)); err != nil {
			return Salvage{Kept: kept}, err
		}
	}
	if err := syncFolder(dir); err != nil {
		return Salvage{Kept: kept}, err
	}
	left := readRemains(ctx, kept)
	if err := lock.Close(); err != nil {
		return Salvage{Kept: kept}, unwritable(err)
	}
	j, err := Open(ctx, dir, now)
	if err != nil {
		return Salvage{Kept: kept}, err
	}
	done, err := j.carry(ctx, left)
	done.Kept = kept
	return done, errors.Join(err, j.Close())
}

// moveFiles renames a database with what SQLite keeps beside it.
func moveFiles(from, to string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(from+suffix, to+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// carry puts what was left into a fresh journal. Commits keep their numbers as
// long as none is missing; after a missing one they are numbered anew, because
// the server takes numbers without a gap.
func (j *Journal) carry(ctx context.Context, left remains) (done Salvage, err error) {
	id := left.meta.identity()
	if id.School.IsZero() || id.Device.IsZero() || len(id.Key) == 0 {
		return Salvage{Enrolled: j.state.Load().enrolled}, nil
	}
	if err := j.Enrol(ctx, id); err != nil {
		return Salvage{}, fmt.Errorf("carry over identity: %w", err)
	}
	err = j.update(ctx, func(t *tx) error {
		done = Salvage{Enrolled: true}
		if err := t.setDurable(max(t.state.durable, left.meta.uint(metaDurable))); err != nil {
			return err
		}
		for _, p := range left.profiles {
			if err := t.putProfile(p); err != nil {
				return err
			}
		}
		m := move{tx: t, whole: t.state.durable, numbers: map[uint64]uint64{}}
		for n := t.state.durable + 1; n <= left.last; n++ {
			carried, err := m.carry(n, left.commits[n])
			if err != nil {
				return fmt.Errorf("commit %d: %w", n, err)
			}
			if carried {
				done.Carried++
			} else {
				done.Lost++
			}
		}
		if err := m.carryMissed(left.missed); err != nil {
			return err
		}
		return t.carryEnvelopes(left.envelopes, m.whole)
	})
	if err != nil {
		return Salvage{Enrolled: true}, fmt.Errorf("carry over: %w", err)
	}
	return done, nil
}

// move carries commits of a damaged file into a fresh one.
type move struct {
	*tx
	whole   uint64            // up to which every commit is here under its own number
	numbers map[uint64]uint64 // new numbers of later ones
}

// carry keeps and folds one commit; body is nil when it could not be read.
func (m *move) carry(number uint64, body []byte) (bool, error) {
	if m.whole+1 == number {
		k, err := find(m.tx, commit.ID{Device: m.state.identity.Device, Number: number})
		if err != nil {
			return false, err
		}
		if k != nil { // the copy with which the journal began has it
			m.whole = number
			return true, nil
		}
	}
	if body == nil {
		return false, nil
	}
	c, err := commit.Decode(body)
	if err != nil {
		return false, err
	}
	if m.whole+1 == number {
		m.whole = number
	} else if body, err = m.renumber(c); err != nil {
		return false, err
	}
	m.state.last = max(m.state.last, c.Number)
	if _, err := m.insert(c, body, nil); err != nil {
		return false, err
	}
	return true, m.foldAll(c, 0)
}

// carryMissed keeps what the server did not take, which nobody else shows to its
// author, as it was dealt with.
func (m *move) carryMissed(list []missedRow) error {
	for _, r := range list {
		v := r.verdict
		if v.Commit.Number > m.whole {
			continue // numbered anew, to be judged anew
		}
		v.Commit.Device = m.state.identity.Device
		c, err := commit.Decode(r.body)
		if err != nil {
			return err
		}
		fresh, err := m.insert(c, r.body, nil)
		if err != nil {
			return err
		}
		if !fresh {
			k, err := find(m.tx, v.Commit)
			if err != nil {
				return err
			}
			if k.position > 0 {
				continue // the copy with which the journal began knows better
			}
		}
		if len(r.by) == 16 {
			staff, err := m.number([16]byte(r.by))
			if err != nil {
				return err
			}
			err = m.exec("REPLACE INTO asides (number, staff, at, retry, told) VALUES (?, ?, ?, ?, ?)", int64(v.Commit.Number), staff, r.at, r.retry, r.told)
			if err != nil {
				return err
			}
		}
		if err := m.settle(v); err != nil {
			return fmt.Errorf("settle %s: %w", v.Commit, err)
		}
	}
	m.remiss = true
	return nil
}

// renumber makes a new commit of one before which a number is lost, of the same
// person, moment and content.
func (m *move) renumber(c *commit.Commit) ([]byte, error) {
	number := m.state.last + 1
	m.numbers[c.Number] = number
	c.Number, c.Stamp = number, m.j.clock.Next(c.Entered)
	c.Undoes = m.numbers[c.Undoes] // zero where that is lost or long done
	for i := range c.Edits {
		var kept []commit.EditID
		for _, r := range c.Edits[i].Replaces {
			if r.Device == c.Device && r.Number > m.whole {
				if r.Number = m.numbers[r.Number]; r.Number == 0 {
					continue // lost; its number will name another commit
				}
			}
			kept = append(kept, r)
		}
		c.Edits[i].Replaces = kept
	}
	return commit.Encode(c)
}

// carryEnvelopes keeps signatures whose commits kept their numbers, and with
// them the chain of each author's envelopes.
func (t *tx) carryEnvelopes(list []sealed, whole uint64) error {
	for _, s := range list {
		if s.last > whole {
			return nil
		}
		author, err := t.number(s.author)
		if err != nil {
			return err
		}
		err = t.exec("INSERT OR IGNORE INTO envelopes (first, last, author, prev, by_pc, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?)",
			int64(s.first), int64(s.last), author, s.prev, s.byPC, s.hash, s.signature)
		if err != nil {
			return err
		}
	}
	return nil
}
