package tree_test

import (
	"crypto/ed25519"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/golden"
	"uchitelskaya/sync/tree"
)

// None of the bytes once written was changed or dropped.
func TestGoldenBytesAreKept(t *testing.T) { golden.Kept(t) }

// A head that was signed once is believed for ever, and so is a leaf.
func TestGoldenBytes(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	var edge tree.Edge
	for i := range byte(5) {
		edge.Add(tree.Leaf([]byte{i}))
	}
	of := tree.Of{School: journal.SchoolID{1}, Volume: 2026, Epoch: tree.EpochOf(key.Public().(ed25519.PublicKey))}
	raw, err := tree.Head{School: of.School, Volume: of.Volume, Size: edge.Size(), Root: edge.Root()}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	kept := golden.Bytes(t, "v1/head.note", raw)
	if size, err := tree.Size(kept); err != nil || size != 5 {
		t.Errorf("Size = %d, %v", size, err)
	}
	known := tree.Known{Edge: edge, Head: kept}
	if err := known.Check(of); err != nil {
		t.Error(err)
	}
	leaf := tree.Leaf([]byte("commit"))
	if got := golden.Bytes(t, "v1/leaf", leaf[:]); tlog.Hash(got) != leaf {
		t.Errorf("leaf %x", got)
	}
	back, err := tree.ParseEdge(5, golden.Bytes(t, "v1/edge", edge.Bytes()))
	if err != nil || back.Root() != edge.Root() {
		t.Errorf("ParseEdge = %v", err)
	}
}
