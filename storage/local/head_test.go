package local_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"

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
