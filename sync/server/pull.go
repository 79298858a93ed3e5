package server

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// Sync is the whole exchange with one PC: its envelopes are judged, then it is
// given what it lacks, and everything in the answer is durable. A PC that
// knows another epoch gets only the server's own and its number.
func (s *School) Sync(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
	a := &wire.SyncAnswer{Epoch: s.epoch}
	defer func() { a.Now = s.now().UnixMilli() }()
	if m.Epoch != s.epoch {
		standing, err := s.store.Standing(ctx, s.id, device)
		a.Durable = standing.Last
		return a, err
	}
	if err := s.reaches(ctx, m.Places); err != nil {
		return nil, err
	}
	if err := s.hears(ctx, device, m.Keys); err != nil {
		return nil, err
	}
	if m.Back != nil {
		if err := s.takeBack(ctx, m.Back); err != nil {
			return nil, err
		}
		a.Taken = true
	}
	if len(m.Envelopes) == 0 { // nothing to judge: no waiting for those who are judged
		return a, s.asked(ctx, device, a, m)
	}
	envelopes := make([]*commit.Envelope, len(m.Envelopes))
	for i := range m.Envelopes {
		envelopes[i] = m.Envelopes[i].Open()
	}
	verdicts, durable, err := s.Push(ctx, device, envelopes)
	if err != nil {
		return nil, err
	}
	a.Durable = durable
	for _, v := range verdicts {
		a.Verdicts = append(a.Verdicts, wire.Judge(v))
	}
	if m.Sending || s.revoked(device) { // by what it has just sent, or meanwhile
		return a, nil
	}
	return a, s.pull(ctx, device, a, m)
}

// hears takes the keys that a PC says its people have, where the server may
// not know them.
func (s *School) hears(ctx context.Context, device journal.DeviceID, told []wire.SignKey) error {
	if len(told) == 0 {
		return nil
	}
	s.mu.Lock()
	later, err := s.succeeds(ctx)
	s.mu.Unlock()
	if !later || err != nil {
		return err
	}
	keys := make([]commit.SignKey, len(told))
	for i, k := range told {
		keys[i] = commit.SignKey{Staff: k.Staff, Public: k.Public}
	}
	return s.vouch(ctx, device, keys)
}

// reaches makes sure that this store is not behind what the PC was shown in
// this epoch: then it was put back without being told so, and takes nothing.
func (s *School) reaches(ctx context.Context, places []wire.Place) error {
	short := func() error {
		heads := s.stream.heads()
		for _, p := range places {
			if at := max(p.Position, p.Known); at > heads[p.Volume] {
				return fault.Wrap(fault.Epoch, "Школьный сервер знает меньше, чем этот компьютер. Записанное на этом компьютере цело. Сообщите администратору школы.",
					fmt.Errorf("volume %d was shown up to %d, head is %d", p.Volume, at, heads[p.Volume]))
			}
		}
		return nil
	}
	if short() == nil {
		return nil
	}
	if err := s.abreast(ctx); err != nil { // another process of this server may have written since
		return err
	}
	return short()
}

// asked answers a PC that only asks.
func (s *School) asked(ctx context.Context, device journal.DeviceID, a *wire.SyncAnswer, m *wire.Sync) error {
	if err := s.abreast(ctx); err != nil {
		return err
	}
	if s.revoked(device) { // by another process of this server
		return errRevoked
	}
	standing, err := s.store.Standing(ctx, s.id, device)
	if err != nil {
		return fmt.Errorf("read standing: %w", err)
	}
	a.Durable = standing.Last
	return s.pull(ctx, device, a, m)
}

// abreast catches up when the logs have grown otherwise than through here.
func (s *School) abreast(ctx context.Context) error {
	heads, err := s.store.Heads(ctx, s.id)
	if err != nil {
		return fmt.Errorf("read heads: %w", err)
	}
	if maps.Equal(heads, s.stream.heads()) {
		return nil
	}
	return s.look(ctx)
}

// pull adds what follows the places: the register first, which says who
// everybody is, then the years, the latest first.
func (s *School) pull(ctx context.Context, device journal.DeviceID, a *wire.SyncAnswer, m *wire.Sync) error {
	after, known := make(map[journal.Volume]uint64, len(m.Places)), make(map[journal.Volume]uint64, len(m.Places))
	for _, p := range m.Places {
		after[p.Volume], known[p.Volume] = p.Position, p.Known
	}
	heads := s.stream.heads()
	volumes := slices.SortedFunc(maps.Keys(heads), func(a, b journal.Volume) int {
		if a == journal.Register || b == journal.Register {
			return cmp.Compare(a, b)
		}
		return cmp.Compare(b, a)
	})
	budget := wire.Pull
	if m.Most > 0 {
		budget = int(min(m.Most, wire.Pull))
	}
	for _, v := range volumes {
		if after[v] >= heads[v] {
			continue
		}
		if budget <= 0 {
			a.More = true
			break
		}
		q := question{v, after[v], known[v], heads[v], budget}
		p, err := s.piece(ctx, q)
		if err != nil {
			return fmt.Errorf("read log of volume %d: %w", v, err)
		}
		budget -= p.size
		upto := after[v] + uint64(len(p.entries))
		a.News = append(a.News, p.news(q, device, m.Whole))
		a.More = a.More || upto < heads[v]
	}
	return nil
}
