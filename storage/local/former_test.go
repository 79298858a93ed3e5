package local_test

import (
	"crypto/ed25519"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// A logbook is a server's log of the year with its signed head.
type logbook struct {
	key     ed25519.PrivateKey
	entries []commit.Entry
}

func newLogbook(n byte) *logbook {
	seed := make([]byte, ed25519.SeedSize)
	seed[1] = n
	return &logbook{key: ed25519.NewKeyFromSeed(seed)}
}

func (l *logbook) epoch() [16]byte { return tree.EpochOf(l.key.Public().(ed25519.PublicKey)) }

func (l *logbook) add(raw []byte) {
	l.entries = append(l.entries, commit.Entry{Position: uint64(len(l.entries)) + 1, Raw: raw, Arrived: start.UnixMilli()})
}

// give lets a PC read the log in the epoch of its server.
func (l *logbook) give(t *testing.T, j *local.Journal) {
	t.Helper()
	var edge tree.Edge
	for _, e := range l.entries {
		edge.Add(tree.Leaf(e.Raw))
	}
	head, err := tree.Head{School: identity(1).School, Volume: year, Size: edge.Size(), Root: edge.Root()}.Sign(l.key)
	if err == nil {
		err = j.SetEpoch(t.Context(), l.epoch(), 0)
	}
	if err == nil {
		err = j.Absorb(t.Context(), year, l.entries, head)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func back(t *testing.T, j *local.Journal) *tree.Back {
	t.Helper()
	b, err := j.Back(t.Context(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What the log of a restored server lacks is given back with its proof, also
// after the program was started again, until it stands there.
func TestBack(t *testing.T) {
	author := open(t, 1)
	dir := t.TempDir()
	j := openIn(t, dir, 2)
	former := newLogbook(1)
	for i := range 5 {
		former.add(encoded(t, put(t, author, markChange(day+journal.Date(i), pupil, 5))))
	}
	former.give(t, j)
	if b := back(t, j); b != nil {
		t.Fatalf("a PC that owes nothing gives %d entries back", len(b.Entries))
	}
	restored := newLogbook(2)
	restored.entries = append(restored.entries, former.entries[:2]...)
	restored.give(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = openIn(t, dir, 2)
	b := back(t, j)
	if b == nil || len(b.Entries) != 3 || b.Entries[0].Position != 3 || b.Entries[0].Arrived != start.UnixMilli() {
		t.Fatalf("given back: %+v", b)
	}
	if _, err := b.Check([]ed25519.PublicKey{former.key.Public().(ed25519.PublicKey)}); err != nil {
		t.Error(err)
	}
	if _, err := b.Check([]ed25519.PublicKey{restored.key.Public().(ed25519.PublicKey)}); err == nil {
		t.Error("the present server has signed it")
	}
	for _, e := range former.entries[2:] {
		restored.add(e.Raw)
	}
	restored.give(t, j)
	if b := back(t, j); b != nil {
		t.Errorf("still %d entries", len(b.Entries))
	}
	if n := len(cells(t, j)); n != 5 {
		t.Errorf("%d cells", n)
	}
}

// A number that stands for another commit in the restored server's log: the log
// counts, and the former commit is given back until it stands there as a stray.
func TestBackUnderAnotherNumber(t *testing.T) {
	j := open(t, 2)
	former := newLogbook(1)
	old := encoded(t, put(t, open(t, 1), markChange(day, pupil, 5)))
	former.add(old)
	former.give(t, j)
	restored := newLogbook(2)
	restored.add(encoded(t, put(t, open(t, 1), markChange(day+1, pupil, 2))))
	restored.give(t, j)
	if c := cells(t, j); len(c) != 1 || c[0].Date != day+1 {
		t.Errorf("cells %+v", c)
	}
	if b := back(t, j); b == nil || string(b.Entries[0].Raw) != string(old) {
		t.Fatalf("given back: %+v", b)
	}
	_, stray, err := commit.Stray(old)
	if err != nil {
		t.Fatal(err)
	}
	restored.add(stray)
	restored.give(t, j)
	if b := back(t, j); b != nil {
		t.Errorf("given back: %+v", b)
	}
	if n := len(cells(t, j)); n != 2 {
		t.Errorf("%d cells", n)
	}
}
