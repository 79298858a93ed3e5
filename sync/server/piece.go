package server

import (
	"context"
	"sync"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A piece of a log is what answers a question. Nobody changes it.
type piece struct {
	entries           []commit.Entry
	size              int // bytes of the entries
	head, proof, part []byte
}

// A question is what a PC lacks of a volume. When a mark has been set, all the
// PCs of a school ask the same.
type question struct {
	volume       journal.Volume
	after, known uint64 // where the PC is; what it was shown
	head         uint64 // how far the log goes
	most         int    // bytes wanted, about
}

// pieces remembers the last small answers.
type pieces struct {
	mu sync.Mutex
	of map[question]*piece
}

// Bounds of what is remembered: 4 MiB in all.
const (
	maxPieces = 64
	maxPiece  = 64 << 10
)

func (p *pieces) find(q question) *piece {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of[q]
}

func (p *pieces) keep(q question, x *piece) {
	if x.size > maxPiece {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil || len(p.of) >= maxPieces {
		p.of = map[question]*piece{}
	}
	p.of[q] = x
}

// piece answers a question, from the store when nobody has asked it yet.
func (s *School) piece(ctx context.Context, q question) (*piece, error) {
	if p := s.pieces.find(q); p != nil {
		return p, nil
	}
	entries, err := s.store.Entries(ctx, s.id, q.volume, q.after, q.most)
	if err != nil {
		return nil, err
	}
	p := &piece{entries: entries}
	for _, e := range entries {
		p.size += len(e.Raw)
	}
	if err := s.prove(ctx, p, q); err != nil {
		return nil, err
	}
	s.pieces.keep(q, p)
	return p, nil
}
