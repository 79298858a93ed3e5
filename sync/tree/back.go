package tree

import (
	"crypto/ed25519"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/sync/commit"
)

// A Back is what a PC gives back to a server that was put back from a copy:
// entries of a former server's log, each with the proof that it stood there. So
// nobody can give what was never accepted. The time of arrival is not in the
// tree; there the PC is believed.
type Back struct {
	Head    []byte         // signed by the former server
	Size    uint64         // of the log as far as the PC had it
	Root    tlog.Hash      // of the tree of that size
	Part    tlog.TreeProof // that the head extends it; empty when the head is its own
	Entries []Returned
}

// Returned is one entry that is given back.
type Returned struct {
	commit.Entry                  // at its place in the former log
	Proof        tlog.RecordProof // that it is in the tree of [Back.Size]
}

// Check holds what is given back against the keys of former servers and returns
// the head. The entries are those of its log then.
func (b *Back) Check(keys []ed25519.PublicKey) (Head, error) {
	h, err := OpenBy(b.Head, keys)
	if err != nil {
		return h, err
	}
	switch {
	case b.Size == 0 || b.Size > h.Size:
		return h, fmt.Errorf("a log of %d places under a head of %d", b.Size, h.Size)
	case b.Size == h.Size && b.Root != h.Root:
		return h, errors.New("the log is not that of the head")
	case b.Size < h.Size:
		if err := tlog.CheckTree(b.Part, int64(h.Size), h.Root, int64(b.Size), b.Root); err != nil {
			return h, fmt.Errorf("the head does not extend the log: %w", err)
		}
	}
	for _, e := range b.Entries {
		if e.Position == 0 || e.Position > b.Size {
			return h, fmt.Errorf("place %d of %d", e.Position, b.Size)
		}
		if err := tlog.CheckRecord(e.Proof, int64(b.Size), b.Root, int64(e.Position)-1, Leaf(e.Raw)); err != nil {
			return h, fmt.Errorf("place %d: %w", e.Position, err)
		}
	}
	return h, nil
}

// Hashes are all the hashes of a tree in memory, as a store keeps them.
type Hashes []tlog.Hash

// ReadHashes implements [tlog.HashReader].
func (h Hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		if n < 0 || n >= int64(len(h)) {
			return nil, fmt.Errorf("hash %d of %d", n, len(h))
		}
		out[i] = h[n]
	}
	return out, nil
}
