package server

import (
	"context"
	"maps"
	"slices"
	"sync"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/wire"
)

// stream tells who listens how far the logs go. A slow listener misses
// nothing: it is told the last word when it looks up.
type stream struct {
	mu        sync.Mutex
	last      map[journal.Volume]uint64
	listeners map[chan struct{}]journal.DeviceID
}

// tell announces new heads.
func (s *stream) tell(heads map[journal.Volume]uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = maps.Clone(heads)
	for l := range s.listeners {
		select {
		case l <- struct{}{}:
		default:
		}
	}
}

// heads is the last word. It must not be changed.
func (s *stream) heads() map[journal.Volume]uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// listen returns a channel that wakes after every word; stop ends it.
func (s *stream) listen(device journal.DeviceID) (news <-chan struct{}, stop func()) {
	l := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listeners == nil {
		s.listeners = map[chan struct{}]journal.DeviceID{}
	}
	s.listeners[l] = device
	return l, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, l)
	}
}

// online is how many PCs listen.
func (s *stream) online() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	pcs := map[journal.DeviceID]bool{}
	for _, device := range s.listeners {
		pcs[device] = true
	}
	return len(pcs)
}

// Word is what a PC is told that was told the heads of before, none at first: how far
// the logs go now, and, when that is little, what is new. A PC that has all of
// before then need not ask; many PCs take the same pieces.
func (s *School) Word(ctx context.Context, device journal.DeviceID, before []wire.Cursor) *wire.Heads {
	m := &wire.Heads{Now: s.now().UnixMilli()}
	heads := s.stream.heads()
	for _, v := range slices.Sorted(maps.Keys(heads)) {
		m.Heads = append(m.Heads, wire.Cursor{Volume: v, Position: heads[v]})
	}
	if len(before) > 0 {
		m.News = s.little(ctx, device, before, m.Heads)
	}
	if len(m.News) > 0 {
		m.Epoch = s.epoch[:]
	}
	return m
}

// little are the news between heads; none when they are many, or when the store
// does not give them now: the PC asks then, and hears why.
func (s *School) little(ctx context.Context, device journal.DeviceID, before, heads []wire.Cursor) (out []wire.News) {
	told := make(map[journal.Volume]uint64, len(before))
	for _, h := range before {
		told[h.Volume] = h.Position
	}
	room, foreign := wire.Word, false
	for _, h := range heads {
		after := told[h.Volume]
		if after >= h.Position {
			continue
		}
		q := question{h.Volume, after, after, h.Position, wire.Word}
		p, err := s.piece(ctx, q)
		if err != nil || after+uint64(len(p.entries)) < h.Position {
			return nil
		}
		if room -= p.weight(); room < 0 {
			return nil
		}
		n := p.news(q, device, false)
		foreign = foreign || slices.ContainsFunc(n.Entries, func(e wire.Entry) bool { return e.Own == 0 })
		out = append(out, n)
	}
	if !foreign {
		return nil // the answer to what it sent brings them
	}
	return out
}

// lacks is about how much memory the answer to a PC will take, in bytes.
func (s *School) lacks(m *wire.Sync) int64 {
	if m.Sending {
		return 0
	}
	missing := uint64(0)
	for _, at := range s.stream.heads() {
		missing += at
	}
	for _, p := range m.Places {
		missing -= min(p.Position, missing)
	}
	if missing < many {
		return 0
	}
	most := uint64(wire.Pull)
	if m.Most > 0 {
		most = min(most, m.Most)
	}
	return 3 * int64(most) // as it is read, encoded, packed
}

// many entries of a log are more than a small message.
const many = 200
