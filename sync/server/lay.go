package server

import (
	"context"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// Lay puts commits that a former server of the school had accepted at the next
// places of their volumes' logs, in the order given. Nobody judges them anew.
// When a PC sends one of them, it is answered with the place where it stands.
// How many go into one durable step is for the caller to choose.
func (s *School) Lay(ctx context.Context, raws [][]byte) error {
	commits := make([]*commit.Commit, len(raws))
	for i, raw := range raws {
		var err error
		if commits[i], err = commit.Decode(raw); err != nil {
			return fmt.Errorf("lay: %w", err)
		}
		if v := commits[i].Volume; commits[i].School != s.id || v != journal.Register && (v < firstYear || v > lastYear) {
			return fmt.Errorf("lay: commit %s is of school %s, volume %d", commits[i].ID, commits[i].School, v)
		}
	}
	return s.lay(ctx, s.device, func(uint64) (*ledger.Batch, *bench, error) {
		b, err := s.bench(ctx, commits)
		if err != nil {
			return nil, nil, err
		}
		for i, c := range commits {
			b.judged = append(b.judged, ledger.Judged{Verdict: b.accept(c, raws[i], b.now.UnixMilli()), Raw: raws[i], Arrived: b.now.UnixMilli()})
		}
		batch := &ledger.Batch{Heads: b.before, Laid: b.judged, Rows: b.written()}
		batch.Trees, err = s.grow(b)
		return batch, b, err
	})
}

// Remember keeps commits that a former server did not accept, with what it had
// answered: the answer stands when the PC sends them.
func (s *School) Remember(ctx context.Context, judged []ledger.Judged) error {
	return s.lay(ctx, s.device, func(uint64) (*ledger.Batch, *bench, error) { return &ledger.Batch{Laid: judged}, nil, nil })
}

// lay makes a batch durable that holds nothing a PC has just sent; nil is none.
// last is the device's last number.
func (s *School) lay(ctx context.Context, device journal.DeviceID, compose func(last uint64) (*ledger.Batch, *bench, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range attempts {
		if err := s.catchUp(ctx); err != nil {
			return err
		}
		standing, err := s.store.Standing(ctx, s.id, device)
		if err != nil {
			return fmt.Errorf("read standing: %w", err)
		}
		batch, b, err := compose(standing.Last)
		if batch == nil || err != nil {
			return err
		}
		batch.School, batch.Device, batch.After = s.id, device, standing.Last
		if err := s.keep(ctx, batch, b); !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
	return ledger.ErrStale
}
