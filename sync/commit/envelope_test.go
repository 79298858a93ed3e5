package commit_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// sealed is an envelope of n commits.
func sealed(t interface {
	Helper()
	Fatal(...any)
}, first uint64, n int, prev [32]byte,
) *commit.Envelope {
	t.Helper()
	var raws [][]byte
	for i := range n {
		raw, err := commit.Encode(mark(first + uint64(i)))
		if err != nil {
			t.Fatal(err)
		}
		raws = append(raws, raw)
	}
	e, err := commit.Seal(commit.Head{Device: home, Author: author, First: first, Prev: prev}, raws, key(1))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestVerify(t *testing.T) {
	e := sealed(t, 4, 3, [32]byte{9})
	commits, err := e.Verify(public(key(1)))
	if err != nil {
		t.Fatal(err)
	}
	if len(commits) != 3 || commits[2].Number != 6 {
		t.Errorf("Verify gave %d commits", len(commits))
	}
	for name, spoil := range map[string]func(*commit.Envelope){
		"another device":        func(e *commit.Envelope) { e.Device[5]++ },
		"another author":        func(e *commit.Envelope) { e.Author[5]++ },
		"another first number":  func(e *commit.Envelope) { e.First++ },
		"another chain":         func(e *commit.Envelope) { e.Prev[0]++ },
		"as if sealed by a PC":  func(e *commit.Envelope) { e.ByPC = true },
		"a commit left out":     func(e *commit.Envelope) { e.Commits = e.Commits[:2] },
		"commits exchanged":     func(e *commit.Envelope) { e.Commits[0], e.Commits[1] = e.Commits[1], e.Commits[0] },
		"no commits":            func(e *commit.Envelope) { e.Commits = nil },
		"no signature":          func(e *commit.Envelope) { e.Signature = nil },
		"a signature too long":  func(e *commit.Envelope) { e.Signature = make([]byte, 5000) },
		"a signature cut short": func(e *commit.Envelope) { e.Signature = e.Signature[:len(e.Signature)-1] },
	} {
		t.Run(name, func(t *testing.T) {
			e := sealed(t, 4, 3, [32]byte{9})
			spoil(e)
			if _, err := e.Verify(public(key(1))); err == nil {
				t.Error("Verify took it")
			}
		})
	}
	if _, err := e.Verify(public(key(2))); err == nil {
		t.Error("Verify took another person's key")
	}
	if _, err := e.Verify(nil); err == nil {
		t.Error("Verify took no key")
	}
}

// TestFlippedByte holds that no byte of an envelope can be changed unseen.
func TestFlippedByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := sealed(t, 1, 2, [32]byte{})
		part := rapid.SampledFrom([][]byte{e.Signature, e.Commits[0], e.Commits[1]}).Draw(t, "part")
		part[rapid.IntRange(0, len(part)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := e.Verify(public(key(1))); err == nil {
			t.Error("Verify took it")
		}
	})
}

// TestForeignCommits holds that a valid signature does not let a person send
// other people's commits, or numbers out of order.
func TestForeignCommits(t *testing.T) {
	raw, err := commit.Encode(mark(5))
	if err != nil {
		t.Fatal(err)
	}
	for name, head := range map[string]commit.Head{
		"of another author": {Device: home, Author: journal.StaffID{0xEE}, First: 5},
		"of another device": {Device: journal.DeviceID{0xEE}, Author: author, First: 5},
		"out of order":      {Device: home, Author: author, First: 4},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := commit.Seal(head, [][]byte{raw}, key(1))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := e.Verify(public(key(1))); err == nil {
				t.Error("Verify took it")
			}
		})
	}
}

func TestSealRefuses(t *testing.T) {
	if _, err := commit.Seal(commit.Head{}, nil, key(1)); err == nil {
		t.Error("Seal took no commits")
	}
	if _, err := commit.Seal(commit.Head{}, make([][]byte, commit.MaxSealed+1), key(1)); err == nil {
		t.Error("Seal took too many commits")
	}
	if _, err := commit.Seal(commit.Head{}, make([][]byte, 1), nil); err == nil {
		t.Error("Seal took no key")
	}
}

func TestChain(t *testing.T) {
	first := sealed(t, 1, 2, [32]byte{})
	hash, err := first.Hash()
	if err != nil {
		t.Fatal(err)
	}
	second := sealed(t, 3, 1, hash)
	if !first.Follows(nil) || !second.Follows(first) {
		t.Error("the chain does not hold")
	}
	if second.Follows(nil) || first.Follows(second) {
		t.Error("a broken chain holds")
	}
}

// FuzzVerify holds that no signature but the author's own passes, and that under
// it the commits are what was sealed.
func FuzzVerify(f *testing.F) {
	good := sealed(f, 4, 1, [32]byte{9})
	f.Add(good.Signature, good.Commits[0], uint64(4), true)
	f.Add(good.Signature, good.Commits[0], uint64(5), false)
	f.Add([]byte{0x84, 0x40, 0xA0, 0xF6, 0x40}, good.Commits[0], uint64(4), false)
	f.Add(bytes.Repeat([]byte{0x81}, 1000), good.Commits[0], uint64(4), false)
	f.Fuzz(func(t *testing.T, signature, raw []byte, first uint64, byPC bool) {
		e := &commit.Envelope{Head: good.Head, Signature: signature, Commits: [][]byte{raw}}
		e.First, e.ByPC = first, byPC
		if _, err := e.Verify(public(key(1))); err == nil && (!bytes.Equal(raw, good.Commits[0]) || first != good.First || byPC != good.ByPC) {
			t.Errorf("forged: %x over %x", signature, raw)
		}
	})
}
