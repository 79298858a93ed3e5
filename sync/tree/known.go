package tree

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
)

// ErrForked is returned for a head that does not extend the one known, or that
// does not fit the entries: the past was changed.
var ErrForked = errors.New("the log is not the one that was shown before")

// ErrOwn is returned when what is kept here does not fit together.
var ErrOwn = errors.New("the kept tree does not fit its head")

// Known is what a PC knows of the tree of a volume: the edge up to where it has
// the log, and the last head that the server signed for it, which may be
// further on. The zero Known knows nothing.
type Known struct {
	Edge Edge
	Head []byte
}

// Of says whose log a tree is over, and in which epoch its heads are signed.
type Of struct {
	School journal.SchoolID
	Volume journal.Volume
	Epoch  [16]byte
}

// News is what a server says of a tree that has grown.
type News struct {
	Leaves []tlog.Hash    // those that follow the edge
	Head   []byte         // signed, of the whole log
	Proof  tlog.TreeProof // that it extends the head known; not looked at when the leaves reach that: the own tree proves it
	Part   tlog.TreeProof // that it extends the tree up to the last of Leaves; empty when that is all
}

// Extend holds news against what is known and returns what is known then. The
// error wraps [ErrForked] when the past was changed, [ErrOwn] when the fault is
// on this side; any other is a head that does not read.
func (k *Known) Extend(of Of, n News) (Known, error) {
	old, err := k.check(of)
	if err != nil {
		return Known{}, err
	}
	head, err := of.open(n.Head)
	if err != nil {
		return Known{}, err
	}
	next := k.Edge.Clone()
	for _, leaf := range n.Leaves {
		next.Add(leaf)
		if next.size == old.Size && next.Root() != old.Root {
			return Known{}, fmt.Errorf("%w: the entries are not those of the head of %d:\n%s%s", ErrForked, old.Size, k.Head, n.Head)
		}
	}
	if head.Size < old.Size || head.Size < next.size {
		return Known{}, fmt.Errorf("%w: %d places, were %d, taken %d", ErrForked, head.Size, old.Size, next.size)
	}
	if old.Size > next.size {
		if err := tlog.CheckTree(n.Proof, int64(head.Size), head.Root, int64(old.Size), old.Root); err != nil {
			return Known{}, fmt.Errorf("%w: the head of %d does not extend that of %d:\n%s%s", ErrForked, head.Size, old.Size, k.Head, n.Head)
		}
	}
	if next.size > 0 {
		if err := tlog.CheckTree(n.Part, int64(head.Size), head.Root, int64(next.size), next.Root()); err != nil {
			return Known{}, fmt.Errorf("%w: the entries up to %d are not those of the head of %d:\n%s%s", ErrForked, next.size, head.Size, k.Head, n.Head)
		}
	}
	return Known{next, n.Head}, nil
}

// Check reports [ErrOwn] unless edge and head fit together, as far as that can be
// told: a head further on than the edge needs the log in between.
func (k *Known) Check(of Of) error {
	_, err := k.check(of)
	return err
}

func (k *Known) check(of Of) (h Head, err error) {
	if len(k.Head) == 0 {
		return h, nil
	}
	if h, err = of.open(k.Head); err != nil {
		return h, fmt.Errorf("%w: %w", ErrOwn, err)
	}
	if h.Size < k.Edge.size || h.Size == k.Edge.size && h.Root != k.Edge.Root() {
		return h, fmt.Errorf("%w: %d places against %d", ErrOwn, k.Edge.size, h.Size)
	}
	return h, nil
}

func (of Of) open(raw []byte) (Head, error) {
	h, err := Open(raw, of.Epoch)
	if err == nil && (h.School != of.School || h.Volume != of.Volume) {
		err = fmt.Errorf("head of school %s, volume %d; want %s, %d", h.School, h.Volume, of.School, of.Volume)
	}
	return h, err
}
