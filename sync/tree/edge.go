package tree

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/sync/commit"
)

// Leaf is the hash of one place of a log: of the commit's bytes there.
func Leaf(raw []byte) tlog.Hash {
	h := commit.Hash(raw)
	return tlog.RecordHash(h[:])
}

// An Edge is the right edge of a tree: the roots of the full subtrees that make
// it up, at most one for each bit of its size. The zero Edge is the empty tree.
type Edge struct {
	size  uint64
	roots []tlog.Hash // from the largest subtree to the smallest
}

// Size is how many leaves the tree has.
func (e Edge) Size() uint64 { return e.size }

// Add puts a leaf at the end and returns the hashes that a store keeps with it:
// the leaf's own, then those of the subtrees that it completes, upwards.
func (e *Edge) Add(leaf tlog.Hash) []tlog.Hash {
	stored := make([]tlog.Hash, 1, 1+bits.TrailingZeros64(e.size+1))
	stored[0] = leaf
	for n := e.size; n&1 == 1; n >>= 1 {
		last := len(e.roots) - 1
		leaf = tlog.NodeHash(e.roots[last], leaf)
		e.roots = e.roots[:last]
		stored = append(stored, leaf)
	}
	e.roots = append(e.roots, leaf)
	e.size++
	return stored
}

// Root is the hash of the whole tree.
func (e Edge) Root() tlog.Hash {
	if e.size == 0 {
		root, _ := tlog.TreeHash(0, nil) // reads nothing
		return root
	}
	last := len(e.roots) - 1
	root := e.roots[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(e.roots[i], root)
	}
	return root
}

// Clone is an edge that grows apart from this one.
func (e Edge) Clone() Edge {
	return Edge{e.size, append(make([]tlog.Hash, 0, len(e.roots)+2), e.roots...)}
}

// ReadEdge finds the edge of a tree of the given size among the stored hashes.
func ReadEdge(size uint64, r tlog.HashReader) (Edge, error) {
	e := Edge{size: size}
	if size == 0 {
		return e, nil
	}
	var at []int64
	for from, level := uint64(0), bits.Len64(size)-1; level >= 0; level-- {
		if size>>level&1 == 1 {
			at = append(at, tlog.StoredHashIndex(level, int64(from>>level)))
			from += 1 << level
		}
	}
	var err error
	if e.roots, err = r.ReadHashes(at); err != nil {
		return Edge{}, fmt.Errorf("read edge of %d leaves: %w", size, err)
	}
	return e, nil
}

// Bytes is the edge as it is kept beside its size.
func (e Edge) Bytes() []byte { return Join(e.roots) }

// ParseEdge reads what Bytes wrote.
func ParseEdge(size uint64, raw []byte) (Edge, error) {
	roots, err := Split(raw)
	if err == nil && len(roots) != bits.OnesCount64(size) {
		err = fmt.Errorf("%d roots for %d leaves", len(roots), size)
	}
	if err != nil {
		return Edge{}, fmt.Errorf("parse edge: %w", err)
	}
	return Edge{size, roots}, nil
}

// Join writes hashes one after another.
func Join(hashes []tlog.Hash) []byte {
	out := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

// Split reads what Join wrote.
func Split(raw []byte) ([]tlog.Hash, error) {
	if len(raw)%tlog.HashSize != 0 {
		return nil, fmt.Errorf("hashes of %d bytes", len(raw))
	}
	out := make([]tlog.Hash, len(raw)/tlog.HashSize)
	for i := range out {
		copy(out[i][:], raw[i*tlog.HashSize:])
	}
	return out, nil
}
