package local_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// An answer that comes late may bring more entries than are here and an older
// signature than is kept: the entries are taken, the signature is not.
func TestALateHead(t *testing.T) {
	one, two := open(t, 1), open(t, 2)
	var log []commit.Entry
	for i := range 3 {
		log = append(log, commit.Entry{Position: uint64(i) + 1, Raw: encoded(t, put(t, one, markChange(day, pupil, int64(2+i))))})
	}
	head := func(size uint64) []byte {
		raw, err := tree.Head{School: identity(1).School, Volume: year, Size: size}.Sign(ed25519.NewKeyFromSeed(make([]byte, 32)))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for _, step := range []struct {
		upto, head, size, kept uint64
	}{{1, 9, 1, 9}, {2, 5, 2, 9}, {3, 10, 3, 10}, {3, 11, 3, 10}} {
		if err := two.Absorb(t.Context(), year, log[:step.upto], head(step.head)); err != nil {
			t.Fatal(err)
		}
		known, err := two.Known(t.Context())
		if k := known[year]; err != nil || k.Edge.Size() != step.size || !bytes.Equal(k.Head, head(step.kept)) {
			t.Errorf("after the head of %d, known are %d places and\n%s, %v", step.head, k.Edge.Size(), k.Head, err)
		}
	}
}

// A long log comes in pieces under one head; each brings the proof that the head
// extends what is here then, which is needed when the rest never comes.
func TestAPartOfALogIsProved(t *testing.T) {
	one, two := open(t, 1), open(t, 2)
	former := newLogbook(1)
	var hashes tree.Hashes
	var edge tree.Edge
	for i := range 5 {
		former.add(encoded(t, put(t, one, markChange(day+journal.Date(i), pupil, 5))))
		hashes = append(hashes, edge.Add(tree.Leaf(former.entries[i].Raw))...)
	}
	head, err := tree.Head{School: identity(1).School, Volume: year, Size: 5, Root: edge.Root()}.Sign(former.key)
	if err == nil {
		err = two.SetEpoch(t.Context(), former.epoch(), 0)
	}
	for upto := 1; upto < 4 && err == nil; upto++ {
		var part tlog.TreeProof
		if part, err = tlog.ProveTree(5, int64(upto), hashes); err == nil {
			err = two.Absorb(t.Context(), year, former.entries[:upto], head, part...)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	newLogbook(2).give(t, two)
	b := back(t, two)
	if b == nil || len(b.Entries) != 3 {
		t.Fatalf("given back: %+v", b)
	}
	if _, err := b.Check([]ed25519.PublicKey{former.key.Public().(ed25519.PublicKey)}); err != nil {
		t.Error(err)
	}
}
