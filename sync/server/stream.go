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
// before then need not ask; many PCs take the same pieces. The heads are those of
// the word and must not be changed.
func (s *School) Word(ctx context.Context, device journal.DeviceID, before map[journal.Volume]uint64) (*wire.Heads, map[journal.Volume]uint64) {
	heads := s.stream.heads()
	m := &wire.Heads{Now: s.now().UnixMilli()}
	for _, v := range slices.Sorted(maps.Keys(heads)) {
		m.Heads = append(m.Heads, wire.Cursor{Volume: v, Position: heads[v]})
	}
	if before != nil {
		m.News = s.little(ctx, device, before, heads)
	}
	if len(m.News) > 0 {
		m.Epoch = s.epoch[:]
	}
	return m, heads
}

// little are the news between heads; none when they are many, or when the store
// does not give them now: the PC asks then, and hears why.
func (s *School) little(ctx context.Context, device journal.DeviceID, before, heads map[journal.Volume]uint64) (out []wire.News) {
	room, foreign := wire.Word, false
	for _, v := range slices.Sorted(maps.Keys(heads)) {
		after, head := before[v], heads[v]
		if after >= head {
			continue
		}
		q := question{v, after, after, head, wire.Word}
		p, err := s.piece(ctx, q)
		if err != nil || p.size > room || after+uint64(len(p.entries)) < head {
			return nil
		}
		room -= p.size
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
