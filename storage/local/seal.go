package local

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// sealedBytes is about how many bytes of commits one envelope holds, so that it
// passes through a slow line in one try, between two cuts.
const sealedBytes = 32 << 10

// Seal puts every commit not yet sealed into envelopes, at most
// [commit.MaxSealed] consecutive ones of one author in each: with the author's
// key where keys has it; else, when leave is set, with the PC's own key. It
// stops at the first commit for which there is no key, because the server takes
// commits in the order of their numbers.
func (j *Journal) Seal(ctx context.Context, keys commit.Keys, leave bool) error {
	if done, err := j.allSealed(ctx); done || err != nil {
		return err
	}
	return j.update(ctx, func(t *tx) error { return t.sealAll(keys, leave) })
}

// SealAtOnce seals what is written from now on in the transaction that keeps
// it, as [Journal.Seal] with leave would right after: where the server listens,
// a mark is there one turn of the disk sooner. Without keys that ends.
func (j *Journal) SealAtOnce(keys commit.Keys) { j.atOnce.Store(&keys) }

// sealMade seals what was just made, if that is to be done at once.
func (t *tx) sealMade() error {
	if keys := t.j.atOnce.Load(); keys != nil && *keys != nil {
		return t.sealAll(*keys, true)
	}
	return nil
}

// lastSealed asks for the last number in an envelope; envelopes follow each other.
// There is one for each mark that was typed online, so nothing asks all of them.
const lastSealed = "SELECT ifnull((SELECT last FROM envelopes WHERE first = (SELECT max(first) FROM envelopes)), 0)"

func (t *tx) sealAll(keys commit.Keys, leave bool) error {
	var last int64
	if err := t.one(lastSealed, nil, &last); err != nil {
		return fmt.Errorf("read envelopes: %w", err)
	}
	from := max(uint64(last), t.state.durable)
	for {
		g, err := t.unsealed(from)
		if err != nil || len(g.bodies) == 0 {
			return err
		}
		key, mine := keys(g.author)
		if !mine && !leave {
			return nil
		}
		if !mine {
			key = t.state.identity.Key
		}
		if err := t.seal(g, key, !mine); err != nil {
			return fmt.Errorf("seal from %d: %w", g.first, err)
		}
		from = g.first + uint64(len(g.bodies)) - 1
	}
}

// allSealed looks whether there is anything to do, without writing.
func (j *Journal) allSealed(ctx context.Context) (done bool, err error) {
	s := j.state.Load()
	if s.durable >= s.last {
		return true, nil
	}
	err = j.look(ctx, func(w view) error {
		var last int64
		err := w.one(lastSealed, nil, &last)
		done = uint64(last) >= s.last
		return err
	})
	return done, err
}

// group is consecutive commits of one author.
type group struct {
	first  uint64
	author journal.StaffID
	bodies [][]byte
}

// sealAgain puts commits into envelopes that came back from the school without
// one, because this file was begun anew: a server that was put back from a copy
// may lack them. The PC seals for whoever wrote them. What follows the last
// envelope is sealed as ever.
func (t *tx) sealAgain() error {
	var last uint64
	if err := t.one(lastSealed, nil, &last); err != nil {
		return fmt.Errorf("read envelopes: %w", err)
	}
	for from := t.state.durable; from < last; {
		g, err := t.unsealed(from)
		if err != nil || len(g.bodies) == 0 || g.first > last {
			return err
		}
		if err := t.seal(g, t.state.identity.Key, true); err != nil {
			return fmt.Errorf("seal again from %d: %w", g.first, err)
		}
		from = g.first + uint64(len(g.bodies)) - 1
	}
	return nil
}

// unsealed reads the next group of commits in no envelope that follow a number.
func (t *tx) unsealed(from uint64) (g group, err error) {
	s, err := t.j.stmt(`SELECT number, author, body FROM commits c WHERE device = 1 AND number > ?
		AND ifnull((SELECT last FROM envelopes WHERE first <= c.number ORDER BY first DESC LIMIT 1), 0) < c.number ORDER BY number LIMIT ?`)
	if err != nil {
		return g, err
	}
	rows, err := s.QueryContext(context.Background(), int64(from), commit.MaxSealed)
	if err != nil {
		return g, fmt.Errorf("read unsealed commits: %w", err)
	}
	defer rows.Close()
	size := 0
	for rows.Next() {
		var number, author int64
		var body packed
		if err := rows.Scan(&number, &author, &body); err != nil {
			return g, fmt.Errorf("read unsealed commits: %w", err)
		}
		by := journal.StaffID(t.id(author))
		if len(g.bodies) == 0 {
			g.first, g.author = uint64(number), by
		} else if by != g.author || uint64(number) != g.first+uint64(len(g.bodies)) || size+len(body) > sealedBytes {
			break
		}
		g.bodies = append(g.bodies, body)
		size += len(body)
	}
	return g, rows.Err()
}

// seal signs a group and keeps the signature, chained to the author's former
// envelope on this PC.
func (t *tx) seal(g group, key ed25519.PrivateKey, byPC bool) error {
	author, err := t.number(g.author)
	if err != nil {
		return err
	}
	head := commit.Head{Device: t.state.identity.Device, Author: g.author, First: g.first, ByPC: byPC}
	var prev []byte
	err = t.one("SELECT hash FROM envelopes WHERE author = ? AND first < ? ORDER BY first DESC LIMIT 1", []any{author, int64(g.first)}, &prev)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	copy(head.Prev[:], prev)
	e, err := commit.Seal(head, g.bodies, key)
	if err != nil {
		return err
	}
	hash, err := e.Hash()
	if err != nil {
		return err
	}
	last := g.first + uint64(len(g.bodies)) - 1
	return t.exec("INSERT INTO envelopes (first, last, author, prev, by_pc, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?)",
		int64(g.first), int64(last), author, head.Prev[:], byPC, hash[:], e.Signature)
}

// Unsent returns sealed envelopes with commits that follow the number after,
// oldest first, up to about maxBytes of commits; at least one if there is any.
func (j *Journal) Unsent(ctx context.Context, after uint64, maxBytes int) ([]*commit.Envelope, error) {
	var out []*commit.Envelope
	upto := j.state.Load().last
	if after >= upto {
		return nil, nil
	}
	err := j.look(ctx, func(w view) error {
		for size := 0; after < upto && (size < maxBytes || len(out) == 0); {
			e, last, err := w.envelope(after)
			if err != nil || e == nil {
				return err
			}
			for _, c := range e.Commits {
				size += len(c)
			}
			if size > maxBytes && len(out) > 0 {
				return nil
			}
			out = append(out, e)
			after = last
		}
		return nil
	})
	return out, err
}

// Bodies returns the bytes of commits of this PC by their numbers; what is not
// here is left out.
func (j *Journal) Bodies(ctx context.Context, numbers []uint64) (map[uint64][]byte, error) {
	out := make(map[uint64][]byte, len(numbers))
	if len(numbers) == 0 {
		return out, nil
	}
	err := j.look(ctx, func(w view) error {
		s, err := w.tx.PrepareContext(ctx, "SELECT body FROM commits WHERE device = 1 AND number = ?")
		if err != nil {
			return err
		}
		defer s.Close()
		for _, n := range numbers {
			var body packed
			if err := s.QueryRowContext(ctx, int64(n)).Scan(&body); errors.Is(err, sql.ErrNoRows) {
				continue
			} else if err != nil {
				return fmt.Errorf("read commit %d: %w", n, err)
			}
			out[n] = body
		}
		return nil
	})
	return out, err
}

// envelope reads the first envelope that holds commits after a number. One
// whose commits were lost with a damaged file is passed over: it cannot be sent.
func (w view) envelope(after uint64) (*commit.Envelope, uint64, error) {
	e := &commit.Envelope{Head: commit.Head{Device: w.j.state.Load().identity.Device}}
	var first, last, author int64
	var prev []byte
	err := w.one(`SELECT first, last, author, prev, by_pc, signature FROM envelopes e WHERE first > ? AND last > ?
		AND (SELECT count(*) FROM commits WHERE device = 1 AND number BETWEEN e.first AND e.last) = last - first + 1 ORDER BY first LIMIT 1`,
		[]any{int64(after) - commit.MaxSealed, int64(after)}, &first, &last, &author, &prev, &e.ByPC, &e.Signature)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	} else if err != nil {
		return nil, 0, fmt.Errorf("read envelope: %w", err)
	}
	e.First, e.Author = uint64(first), journal.StaffID(w.j.ids.id(author))
	copy(e.Prev[:], prev)
	err = w.each("SELECT body FROM commits WHERE device = 1 AND number BETWEEN ? AND ? ORDER BY number", []any{first, last},
		func(scan func(...any) error) error {
			var body packed
			err := scan(&body)
			e.Commits = append(e.Commits, body)
			return err
		})
	if err != nil {
		return nil, 0, fmt.Errorf("read envelope: %w", err)
	}
	return e, uint64(last), nil
}
