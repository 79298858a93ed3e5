package server

import (
	"context"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// write makes a commit of the server itself in the register.
func (s *School) write(ctx context.Context, changes ...commit.Change) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.enter(ctx, journal.Register, changes)
}

// enter makes a commit of the server itself and takes it the way of any other:
// sealed, judged, kept. Changes that set what stands already are left out. The
// caller holds mu.
func (s *School) enter(ctx context.Context, v journal.Volume, changes []commit.Change) error {
	for range attempts {
		if err := s.catchUp(ctx); err != nil {
			return err
		}
		e, err := s.compose(ctx, v, changes)
		if e == nil || err != nil {
			return err
		}
		verdicts, _, err := s.pushOnce(ctx, s.device, []*commit.Envelope{e})
		switch {
		case errors.Is(err, ledger.ErrStale), fault.CodeOf(err) == fault.Cloned:
			continue // another process of this server took the number
		case err != nil:
			return err
		case len(verdicts) != 1 || verdicts[0].Answer != commit.Accepted:
			return fmt.Errorf("the server refused its own commit: %v", verdicts)
		}
		return nil
	}
	return ledger.ErrStale
}

// compose seals one commit; nil when there is nothing to change.
func (s *School) compose(ctx context.Context, v journal.Volume, changes []commit.Change) (*commit.Envelope, error) {
	standing, err := s.store.Standing(ctx, s.id, s.device)
	if err != nil {
		return nil, fmt.Errorf("read standing: %w", err)
	}
	var of []ledger.Entity
	for _, ch := range changes {
		of = append(of, ledger.Entity{Volume: v, Kind: ch.Kind, Key: ch.Key})
	}
	rows, err := s.store.Rows(ctx, s.id, of)
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	now := s.now()
	c := &commit.Commit{
		ID: commit.ID{Device: s.device, Number: standing.Last + 1}, School: s.id, Volume: v, Stamp: s.clock.Next(now), Entered: now,
	}
	for i, ch := range changes {
		row := rows[of[i]]
		f := row.Field(ch.Field)
		if f.Value() == ch.Value && !f.Rivals() {
			continue
		}
		c.Edits = append(c.Edits, commit.Edit{Kind: ch.Kind, Key: ch.Key, Field: ch.Field, Value: ch.Value, Replaces: f.Seen(nil)})
	}
	if len(c.Edits) == 0 {
		return nil, nil
	}
	raw, err := commit.Encode(c)
	if err != nil {
		return nil, err
	}
	return commit.Seal(commit.Head{Device: s.device, First: c.Number, Prev: standing.Chains[journal.StaffID{}], ByPC: true}, [][]byte{raw}, s.key)
}
