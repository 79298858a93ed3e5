package server

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// grow signs the heads of the volumes that a push has written.
func (s *School) grow(b *bench) (map[journal.Volume]ledger.Growth, error) {
	out := make(map[journal.Volume]ledger.Growth, len(b.grown))
	for v, hashes := range b.grown {
		head, err := s.signHead(v, b.edges[v])
		if err != nil {
			return nil, err
		}
		out[v] = ledger.Growth{Hashes: hashes, Head: head}
	}
	return out, nil
}

func (s *School) signHead(v journal.Volume, edge tree.Edge) ([]byte, error) {
	return tree.Head{School: s.id, Volume: v, Size: edge.Size(), Root: edge.Root()}.Sign(s.key, s.formerly...)
}

// readEdges finds the right edge of every volume's tree in the store.
func (s *School) readEdges(ctx context.Context, heads map[journal.Volume]uint64) (map[journal.Volume]tree.Edge, error) {
	out := make(map[journal.Volume]tree.Edge, len(heads))
	for v, size := range heads {
		edge, err := tree.ReadEdge(size, s.hashes(ctx, v))
		if err != nil {
			return nil, fmt.Errorf("volume %d: %w", v, err)
		}
		out[v] = edge
	}
	return out, nil
}

// hashes reads the stored hashes of a volume's tree.
func (s *School) hashes(ctx context.Context, v journal.Volume) tlog.HashReader {
	return tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) { return s.store.Hashes(ctx, s.id, v, at) })
}

// prove adds the signed head to a piece that goes up to a position, and the
// proofs that it extends what the PC knows: the entries themselves, and the head
// it was shown before, if that is further on than its log was.
func (s *School) prove(ctx context.Context, p *piece, q question) (err error) {
	if p.head, err = s.store.Signed(ctx, s.id, q.volume); err != nil {
		return fmt.Errorf("read signed head: %w", err)
	}
	size, err := tree.Size(p.head)
	if err != nil {
		return err
	}
	prove := func(old uint64) ([]byte, error) {
		proof, err := tlog.ProveTree(int64(size), int64(old), s.hashes(ctx, q.volume))
		return tree.Join(proof), err
	}
	upto := q.after + uint64(len(p.entries))
	if p.part, err = prove(upto); err != nil {
		return fmt.Errorf("prove entries up to %d: %w", upto, err)
	}
	if q.known > q.after {
		if p.proof, err = prove(q.known); err != nil {
			return fmt.Errorf("prove head of %d: %w", q.known, err)
		}
	}
	return nil
}
