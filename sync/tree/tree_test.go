package tree_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/tree"
)

const year = journal.Volume(2026)

var (
	key    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	school = journal.SchoolID{1}
	of     = tree.Of{School: school, Volume: year, Epoch: tree.EpochOf(key.Public().(ed25519.PublicKey))}
)

// A log is a server's, with the hashes stored as tlog numbers them.
type log struct {
	edge   tree.Edge
	leaves []tlog.Hash
	stored []tlog.Hash
}

func (l *log) add(raw string) {
	leaf := tree.Leaf([]byte(raw))
	l.leaves = append(l.leaves, leaf)
	l.stored = append(l.stored, l.edge.Add(leaf)...)
}

func newLog(n int, say string) *log {
	l := &log{}
	for i := range n {
		l.add(fmt.Sprint(say, i))
	}
	return l
}

func (l *log) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		if n >= int64(len(l.stored)) {
			return nil, errors.New("no such hash")
		}
		out[i] = l.stored[n]
	}
	return out, nil
}

func (l *log) head(t fataler) []byte {
	raw, err := tree.Head{School: school, Volume: year, Size: l.edge.Size(), Root: l.edge.Root()}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// news is what an honest server sends to a PC that knows k, with up to count entries.
func (l *log) news(t fataler, k *tree.Known, count int) tree.News {
	after := int(k.Edge.Size())
	upto := min(after+count, len(l.leaves))
	n := tree.News{Leaves: l.leaves[after:upto], Head: l.head(t)}
	n.Part = l.prove(t, uint64(upto))
	if len(k.Head) > 0 {
		size, err := tree.Size(k.Head)
		if err != nil {
			t.Fatal(err)
		}
		if size > uint64(after) {
			n.Proof = l.prove(t, size)
		}
	}
	return n
}

func (l *log) prove(t fataler, old uint64) tlog.TreeProof {
	if old == 0 {
		return nil
	}
	p, err := tlog.ProveTree(int64(l.edge.Size()), int64(old), l)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

type fataler interface{ Fatal(...any) }

// The edge gives the root and the stored hashes of tlog itself, at every size.
func TestEdgeIsTheTreeOfTlog(t *testing.T) {
	l := &log{}
	for n := range 300 {
		want, err := tlog.TreeHash(int64(n), l)
		if err != nil || l.edge.Root() != want {
			t.Fatalf("root of %d is %v, want %v, %v", n, l.edge.Root(), want, err)
		}
		read, err := tree.ReadEdge(uint64(n), l)
		if err != nil || read.Root() != want {
			t.Fatalf("the edge read at %d: %v", n, err)
		}
		parsed, err := tree.ParseEdge(l.edge.Size(), l.edge.Bytes())
		if err != nil || parsed.Root() != want {
			t.Fatalf("the edge parsed at %d: %v", n, err)
		}
		if raw := l.edge.Bytes(); n > 0 {
			if _, err := tree.ParseEdge(l.edge.Size(), raw[1:]); err == nil {
				t.Fatal("a cut edge was read")
			}
		}
		if want := tlog.StoredHashCount(int64(n)); int64(len(l.stored)) != want {
			t.Fatalf("%d hashes stored for %d leaves, want %d", len(l.stored), n, want)
		}
		l.add(fmt.Sprint("entry ", n))
	}
}

// However the log grows and in whatever pieces a PC takes it, the proofs hold,
// and in the end the PC knows the server's tree.
func TestProofsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, k := &log{}, tree.Known{}
		for step := range rapid.IntRange(1, 30).Draw(t, "steps") {
			for i := range rapid.IntRange(0, 20).Draw(t, "grown") {
				l.add(fmt.Sprint(step, i))
			}
			if l.edge.Size() == k.Edge.Size() {
				continue
			}
			next, err := k.Extend(of, l.news(t, &k, rapid.IntRange(1, 25).Draw(t, "taken")))
			if err != nil {
				t.Fatal(err)
			}
			k = next
		}
		for k.Edge.Size() < l.edge.Size() {
			next, err := k.Extend(of, l.news(t, &k, 7))
			if err != nil {
				t.Fatal(err)
			}
			k = next
		}
		if k.Edge.Root() != l.edge.Root() {
			t.Fatal("the PC knows another tree")
		}
	})
}

// Whatever a server does to the past that a PC has, or was shown a head of, the
// next head gives it away.
func TestChangedPastIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		honest := newLog(rapid.IntRange(1, 60).Draw(t, "shown"), "entry")
		var k tree.Known
		taken := rapid.IntRange(1, len(honest.leaves)).Draw(t, "taken")
		k, err := k.Extend(of, honest.news(t, &k, taken))
		if err != nil {
			t.Fatal(err)
		}
		leaves := append([]tlog.Hash{}, honest.leaves...)
		i := rapid.IntRange(0, len(leaves)-1).Draw(t, "where")
		switch rapid.SampledFrom([]string{"edit", "drop", "reorder", "insert"}).Draw(t, "what") {
		case "edit":
			leaves[i][5] ^= 1
		case "drop":
			leaves = append(leaves[:i], leaves[i+1:]...)
		case "reorder":
			j := (i + 1) % len(leaves)
			if i == j {
				return
			}
			leaves[i], leaves[j] = leaves[j], leaves[i]
		case "insert":
			leaves = append(leaves[:i], append([]tlog.Hash{tree.Leaf([]byte("late"))}, leaves[i:]...)...)
		}
		liar := &log{}
		for _, leaf := range leaves {
			liar.leaves = append(liar.leaves, leaf)
			liar.stored = append(liar.stored, liar.edge.Add(leaf)...)
		}
		for n := range rapid.IntRange(1, 10).Draw(t, "later") {
			liar.add(fmt.Sprint("later", n))
		}
		if liar.edge.Size() < uint64(len(honest.leaves)) {
			return // shorter: see TestExtendRefuses
		}
		if _, err := k.Extend(of, liar.news(t, &k, rapid.IntRange(1, 99).Draw(t, "asked"))); !errors.Is(err, tree.ErrForked) {
			t.Fatalf("Extend = %v", err)
		}
	})
}

func TestExtendRefuses(t *testing.T) {
	ten, fork := newLog(10, "entry"), newLog(12, "other")
	all := func() tree.Known {
		k, err := (&tree.Known{}).Extend(of, ten.news(t, &tree.Known{}, 10))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	half := func() tree.Known {
		k, err := (&tree.Known{}).Extend(of, ten.news(t, &tree.Known{}, 5))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	flipped := func(b []byte, i int) []byte {
		out := bytes.Clone(b)
		out[i] ^= 1
		return out
	}
	for name, tt := range map[string]struct {
		known tree.Known
		of    tree.Of
		news  func(n tree.News) tree.News
		want  error // nil: any other
	}{
		"a shorter log":               {all(), of, func(tree.News) tree.News { return tree.News{Head: newLog(9, "entry").head(t)} }, tree.ErrForked},
		"the same length, other past": {all(), of, func(tree.News) tree.News { return tree.News{Head: newLog(10, "other").head(t)} }, tree.ErrForked},
		"a longer log of another past": {all(), of, func(tree.News) tree.News {
			return tree.News{Head: fork.head(t), Leaves: fork.leaves[10:]}
		}, tree.ErrForked},
		"a fork behind the head known": {half(), of, func(tree.News) tree.News {
			return tree.News{Head: fork.head(t), Leaves: ten.leaves[5:], Proof: fork.prove(t, 10), Part: fork.prove(t, 10)}
		}, tree.ErrForked},
		"no proof":                     {half(), of, func(n tree.News) tree.News { n.Part = nil; return n }, tree.ErrForked},
		"more entries than the head":   {all(), of, func(n tree.News) tree.News { n.Leaves = fork.leaves; return n }, tree.ErrForked},
		"one entry left out":           {tree.Known{}, of, func(n tree.News) tree.News { n.Leaves = n.Leaves[1:]; return n }, tree.ErrForked},
		"a head of another volume":     {all(), tree.Of{School: school, Volume: year, Epoch: of.Epoch}, func(n tree.News) tree.News { n.Head = otherHead(t); return n }, nil},
		"a head signed in another age": {tree.Known{}, tree.Of{School: school, Volume: year, Epoch: [16]byte{9}}, func(n tree.News) tree.News { return n }, nil},
		"no head":                      {all(), of, func(n tree.News) tree.News { n.Head = nil; return n }, nil},
		"a kept head with a flipped byte": {tree.Known{Edge: all().Edge, Head: flipped(all().Head, 80)}, of, func(n tree.News) tree.News {
			return n
		}, tree.ErrOwn},
		"a kept head shorter than the log": {tree.Known{Edge: fork.edge, Head: all().Head}, of, func(n tree.News) tree.News { return n }, tree.ErrOwn},
	} {
		t.Run(name, func(t *testing.T) {
			n := tree.News{}
			if tt.known.Edge.Size() <= 10 {
				n = ten.news(t, &tree.Known{Edge: tt.known.Edge}, 3)
			}
			_, err := tt.known.Extend(tt.of, tt.news(n))
			if tt.want != nil && !errors.Is(err, tt.want) || err == nil || tt.want == nil && (errors.Is(err, tree.ErrForked) || errors.Is(err, tree.ErrOwn)) {
				t.Errorf("Extend = %v, want %v", err, tt.want)
			}
		})
	}
}

func otherHead(t *testing.T) []byte {
	raw, err := tree.Head{School: school, Volume: year + 1, Size: 10}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// No byte of a signed head can be changed.
func TestHeadEveryByteFlipped(t *testing.T) {
	raw := newLog(10, "entry").head(t)
	if h, err := tree.Open(raw, of.Epoch); err != nil || h.Size != 10 || h.Volume != year || h.School != school {
		t.Fatalf("Open = %+v, %v", h, err)
	}
	for i := range raw {
		for _, mask := range []byte{1, 0x20, 0x80} {
			b := bytes.Clone(raw)
			b[i] ^= mask
			if h, err := tree.Open(b, of.Epoch); err == nil {
				t.Errorf("byte %d changed: %+v", i, h)
			}
		}
		if _, err := tree.Open(raw[:i], of.Epoch); err == nil {
			t.Errorf("cut at %d: opened", i)
		}
	}
	if _, err := tree.Open(append(bytes.Clone(raw), make([]byte, tree.MaxHead)...), of.Epoch); err == nil {
		t.Error("a head of many bytes was opened")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(newLog(3, "entry").head(f))
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, err := tree.Open(raw, of.Epoch)
		if err == nil && h.School != school {
			t.Fatalf("a head nobody signed: %+v", h)
		}
	})
}

func BenchmarkLeafAndEdge(b *testing.B) {
	var e tree.Edge
	raw := make([]byte, 250)
	for b.Loop() {
		e.Add(tree.Leaf(raw))
	}
}
