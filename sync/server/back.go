package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
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
	keys, err := s.servers(ctx)
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

// servers are the keys of this server and of the former ones: each wrote
// itself into the register, in a commit of its own.
func (s *School) servers(ctx context.Context) ([]ed25519.PublicKey, error) {
	own := s.key.Public().(ed25519.PublicKey)
	keys := []ed25519.PublicKey{own}
	err := s.store.EachRow(ctx, s.id, journal.Register, slow, func(e ledger.Entity, row merge.Row) error {
		if e.Kind != journal.KindDevice {
			return nil
		}
		for _, h := range row.Field(journal.DeviceKey).Heads {
			if key := h.Value.Bytes(); h.Author.IsZero() && journal.IDKey(h.ID.Device) == e.Key && len(key) == ed25519.PublicKeySize &&
				identity.DeviceID(key) == h.ID.Device && !bytes.Equal(key, own) {
				keys = append(keys, key)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read servers: %w", err)
	}
	return keys, nil
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
