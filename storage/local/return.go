package local

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Return is what a server must hear that does not know this PC: from which
// number on all its commits are here, signed or still to be signed, and the keys
// that people had here. A journal that was set aside once begins later than with 1.
func (j *Journal) Return(ctx context.Context) (out commit.Return, err error) {
	err = j.look(ctx, func(w view) error {
		if out.From, err = w.wholeFrom(); err != nil {
			return fmt.Errorf("read envelopes: %w", err)
		}
		if out.Keys, err = w.signKeys(); err != nil {
			return fmt.Errorf("read keys: %w", err)
		}
		return nil
	})
	return out, err
}

// wholeFrom goes down from what is not sealed yet, along envelopes that are here
// with all their commits.
func (w view) wholeFrom() (from uint64, err error) {
	var last uint64
	if err := w.one(lastSealed, nil, &last); err != nil {
		return 0, err
	}
	from = max(last, w.j.state.Load().durable) + 1
	whole := true
	err = w.each(`SELECT first, last, (SELECT count(*) FROM commits WHERE device = 1 AND number BETWEEN first AND last)
		FROM envelopes ORDER BY first DESC`, nil, func(scan func(...any) error) error {
		var first, last, n uint64
		err := scan(&first, &last, &n)
		if whole = whole && last+1 == from && n == last-first+1; whole {
			from = first
		}
		return err
	})
	return from, err
}

// AskAgain lowers the durable number before what the server has of this PC's and
// which stands neither in its logs nor among what it did not take: a server made
// anew has judged that itself, and was never heard. It is to be asked when the
// present logs are here, and what they lack was given back.
func (j *Journal) AskAgain(ctx context.Context) error {
	if j.state.Load().heard {
		return nil
	}
	return j.update(ctx, func(t *tx) error {
		t.state.heard = true
		var first int64
		err := t.one(`SELECT ifnull(min(number), 0) FROM commits c WHERE device = 1 AND number <= ? AND position IS NULL
			AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.number = c.number)`, []any{int64(t.state.durable)}, &first)
		if err != nil || first == 0 {
			return err
		}
		t.news.counts = true
		return errors.Join(t.setDurable(uint64(first)-1), t.sealAgain())
	})
}

// signKeys are the keys of people on this PC, in the order in which the server
// took them.
func (w view) signKeys() (out []commit.SignKey, err error) {
	server, known := w.idNumber(journal.StaffID{})
	if !known {
		return nil, nil
	}
	device := w.j.state.Load().identity.Device
	var found []*commit.Commit
	err = w.each("SELECT body, sum FROM commits WHERE volume = ? AND author = ?", []any{int64(journal.Register), server}, func(scan func(...any) error) error {
		c, err := scanCommit(scan)
		if err == nil && slices.ContainsFunc(c.Edits, func(e commit.Edit) bool { return isSignKey(e, device) }) {
			found = append(found, c)
		}
		return err
	})
	slices.SortStableFunc(found, func(a, b *commit.Commit) int { return cmp.Compare(a.Stamp, b.Stamp) })
	for _, c := range found {
		for _, e := range c.Edits {
			if isSignKey(e, device) {
				out = append(out, commit.SignKey{Staff: journal.StaffID([]byte(e.Key)[:16]), Public: e.Value.Bytes()})
			}
		}
	}
	return out, err
}

// isSignKey reports whether an edit gives a person a key on the device.
func isSignKey(e commit.Edit, device journal.DeviceID) bool {
	return e.Kind == journal.KindSignKey && e.Field == journal.SignKeyPublic && len(e.Value.Bytes()) == ed25519.PublicKeySize &&
		len(e.Key) == 32 && e.Key[16:] == journal.IDKey(device)
}
