package server

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// Lay puts commits that a former server of the school had accepted at the next
// places of their volumes' logs, in the order given. Nobody judges them anew;
// their arrival is that at the former server, or now where nobody knows it.
// When a PC sends one of them, it is answered with the place where it stands.
// How many go into one durable step is for the caller to choose.
func (s *School) Lay(ctx context.Context, entries []commit.Entry) error {
	_, err := s.layAll(ctx, entries, func(b *bench, c *commit.Commit, e commit.Entry) {
		b.judged = append(b.judged, ledger.Judged{Verdict: b.accept(c, e.Raw, e.Arrived), Raw: e.Raw, Arrived: e.Arrived})
	})
	return err
}

// judge is Lay for commits of which a journal alone says that they were written,
// or that a server had taken them: each gets its verdict. None gives access.
func (s *School) judge(ctx context.Context, entries []commit.Entry) ([]commit.Verdict, error) {
	return s.layAll(ctx, entries, func(b *bench, c *commit.Commit, e commit.Entry) {
		var barred error
		if givesAccess(c) {
			barred = errUnshown
		}
		b.judge(c, e.Raw, barred)
	})
}

func (s *School) layAll(ctx context.Context, entries []commit.Entry, each func(*bench, *commit.Commit, commit.Entry)) (out []commit.Verdict, err error) {
	err = s.lay(ctx, s.device, func(uint64) (batch *ledger.Batch, b *bench, err error) {
		batch, b, out, err = s.laid(ctx, entries, each)
		return batch, b, err
	})
	return out, err
}

// laid composes a batch of entries. The caller holds mu.
func (s *School) laid(ctx context.Context, entries []commit.Entry, each func(*bench, *commit.Commit, commit.Entry)) (batch *ledger.Batch, b *bench, out []commit.Verdict, err error) {
	commits := make([]*commit.Commit, len(entries))
	for i := range entries {
		if commits[i], err = commit.Decode(entries[i].Raw); err != nil {
			return nil, nil, nil, fmt.Errorf("lay: %w", err)
		}
		if commits[i].School != s.id {
			return nil, nil, nil, fmt.Errorf("lay: commit %s is of school %s", commits[i].ID, commits[i].School)
		}
	}
	if b, err = s.bench(ctx, commits, math.MaxInt); err != nil {
		return nil, nil, nil, err
	}
	b.asked = map[journal.Volume]ledger.Asked{}
	for i, c := range commits {
		e := entries[i]
		if e.Arrived == 0 {
			e.Arrived = b.now.UnixMilli()
		}
		each(b, c, e)
	}
	for i := range b.judged {
		out = append(out, b.judged[i].Verdict)
	}
	batch = &ledger.Batch{Heads: b.before, Laid: append(b.judged, b.laid...), Rows: b.written()}
	batch.Trees, err = s.grow(b)
	return batch, b, out, err
}

// Remember keeps commits that a former server did not accept, with what it had
// answered: the answer stands when the PC sends them.
func (s *School) Remember(ctx context.Context, judged []ledger.Judged) error {
	judged = slices.Clone(judged)
	for i := range judged {
		judged[i].Arrived = s.now().UnixMilli()
	}
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
		batch.School, batch.Device, batch.After, batch.Day = s.id, device, standing.Last, standing.Day
		if err := s.keep(ctx, batch, b); !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
	return ledger.ErrStale
}
