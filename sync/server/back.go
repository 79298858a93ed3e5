package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// takeBack puts what a former server of the school had accepted at the next
// places of the logs, each commit once, whoever gives it back and however often.
// What a former server signed needs no judging: who may come after it was put
// back from a copy, and a term closed since, change nothing about it.
//
// When another commit stands under the number (a PC's disk was put back, too),
// what was given back stands under one of its own: see [commit.Stray].
func (s *School) takeBack(ctx context.Context, m *wire.Back) error {
	s.mu.Lock()
	keys, err := s.servers(ctx)
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("take back: %w", err)
	}
	entries, err := s.returned(m, keys)
	if err != nil {
		return fault.Wrap(fault.Invalid, "Компьютер вернул в школу записи, которых прежний сервер не принимал. Они не взяты. Сообщите администратору школы.", err)
	}
	return s.lay(ctx, s.device, func(uint64) (*ledger.Batch, *bench, error) {
		var missing []commit.Entry
		for _, e := range entries {
			m, err := s.missing(ctx, e)
			if err != nil {
				return nil, nil, fmt.Errorf("take back: %w", err)
			}
			missing = append(missing, m...)
		}
		if len(missing) == 0 {
			return nil, nil, nil
		}
		batch, b, _, err := s.laid(ctx, missing, (*bench).returned)
		return batch, b, err
	})
}

// returned checks the proofs.
func (s *School) returned(m *wire.Back, keys []ed25519.PublicKey) ([]commit.Entry, error) {
	b, err := m.Open()
	if err != nil {
		return nil, err
	}
	head, err := b.Check(keys)
	if err != nil {
		return nil, err
	}
	if head.School != s.id {
		return nil, fmt.Errorf("head of school %s", head.School)
	}
	now := s.now().UnixMilli()
	out := make([]commit.Entry, len(b.Entries))
	for i, e := range b.Entries {
		out[i] = e.Entry
		if e.Arrived <= 0 || e.Arrived > now {
			out[i].Arrived = now
		}
	}
	return out, nil
}

// missing is the entry as it is to be laid; none when it is in the log.
func (s *School) missing(ctx context.Context, e commit.Entry) ([]commit.Entry, error) {
	if commit.Later(e.Raw) {
		return nil, wire.ErrOldServer
	}
	c, err := commit.Decode(e.Raw)
	if err != nil {
		return nil, err
	}
	judged, err := s.store.Judged(ctx, s.id, c.Device, c.Number, c.Number)
	if err != nil {
		return nil, fmt.Errorf("find commit %s: %w", c.ID, err)
	}
	if len(judged) > 0 && !bytes.Equal(judged[0].Raw, e.Raw) {
		if c, e.Raw, err = commit.Stray(e.Raw); err != nil {
			return nil, err
		}
	}
	there, err := s.store.Accepted(ctx, s.id, []commit.ID{c.ID})
	if err != nil || there[c.ID] {
		return nil, err
	}
	return []commit.Entry{e}, nil
}

// returned accepts a commit once.
func (b *bench) returned(c *commit.Commit, e commit.Entry) {
	if !b.accepted[c.ID] {
		b.judged = append(b.judged, ledger.Judged{Verdict: b.accept(c, e.Raw, e.Arrived), Raw: e.Raw, Arrived: e.Arrived})
	}
}
