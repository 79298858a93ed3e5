package server

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// A piece of a log is what answers a question. Nobody changes it.
type piece struct {
	entries           []commit.Entry
	size              int // bytes of the entries
	head, proof, part []byte
}

// weight is about how many bytes the piece takes in a message: each entry has its
// time and the bounds of its bytes beside it.
func (p *piece) weight() int {
	return p.size + 16*len(p.entries) + len(p.head) + len(p.proof) + len(p.part)
}

// news is the piece as a PC gets it: its own commits without their bytes, unless
// it wants the whole.
func (p *piece) news(q question, device journal.DeviceID, whole bool) wire.News {
	n := wire.News{Volume: q.volume, After: q.after, Entries: make([]wire.Entry, len(p.entries)), Head: p.head, Proof: p.proof, Part: p.part}
	for i, e := range p.entries {
		n.Entries[i] = wire.Entry{Arrived: e.Arrived, Raw: e.Raw}
		if id, err := commit.Identify(e.Raw); err == nil && id.Device == device && !whole {
			n.Entries[i].Raw, n.Entries[i].Own = nil, id.Number
		}
	}
	return n
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

// remember makes what a batch has put into the logs the answer to what every PC
// asks next: nobody has to read it again.
func (s *School) remember(b *ledger.Batch) {
	for v, before := range b.Heads {
		grown := b.Trees[v]
		p := &piece{head: grown.Head, part: tree.Join(nil)} // it ends where the log does
		for _, j := range slices.Concat(b.Laid, b.Judged) {
			if j.Answer == commit.Accepted && j.Volume == v && !j.Stands {
				p.entries = append(p.entries, commit.Entry{Position: j.Position, Raw: j.Raw, Arrived: j.Arrived})
				p.size += len(j.Raw)
			}
		}
		if p.size <= wire.Word && len(p.entries) == len(grown.Hashes) {
			slices.SortFunc(p.entries, func(a, b commit.Entry) int { return cmp.Compare(a.Position, b.Position) })
			s.pieces.keep(question{v, before, before, before + uint64(len(p.entries)), wire.Word}, p)
		}
	}
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
