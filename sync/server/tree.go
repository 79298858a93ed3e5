package server

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// grow signs the heads of the volumes that a push has written.
func (s *School) grow(b *bench) (map[journal.Volume]ledger.Growth, error) {
	out := make(map[journal.Volume]ledger.Growth, len(b.grown))
	for v, hashes := range b.grown {
		edge := b.edges[v]
		head, err := tree.Head{School: s.id, Volume: v, Size: edge.Size(), Root: edge.Root()}.Sign(s.key)
		if err != nil {
			return nil, err
		}
		out[v] = ledger.Growth{Hashes: hashes, Head: head}
	}
	return out, nil
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

// prove adds the signed head to news that go up to a position, and the proofs
// that it extends what the PC knows: the entries themselves, and the head it
// was shown before, if that is further on than its log was.
func (s *School) prove(ctx context.Context, n *wire.News, upto, known uint64) error {
	var err error
	if n.Head, err = s.store.Signed(ctx, s.id, n.Volume); err != nil {
		return fmt.Errorf("read signed head: %w", err)
	}
	size, err := tree.Size(n.Head)
	if err != nil {
		return err
	}
	prove := func(old uint64) ([]byte, error) {
		p, err := tlog.ProveTree(int64(size), int64(old), s.hashes(ctx, n.Volume))
		return tree.Join(p), err
	}
	if n.Part, err = prove(upto); err != nil {
		return fmt.Errorf("prove entries up to %d: %w", upto, err)
	}
	if known > n.After {
		if n.Proof, err = prove(known); err != nil {
			return fmt.Errorf("prove head of %d: %w", known, err)
		}
	}
	return nil
}
