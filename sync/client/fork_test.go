package client_test

import (
	"context"
	"crypto/ed25519"
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// long is a journal with very many commits that may not be at the server.
type long struct {
	*local.Journal
	count int
	heard []commit.Verdict
}

func (j *long) Fork(ctx context.Context) (commit.Fork, error) {
	f, err := j.Journal.Fork(ctx)
	for n := range j.count {
		f.Numbers, f.Sums = append(f.Numbers, uint64(n)+1), append(f.Sums, [32]byte{byte(n)})
	}
	return f, err
}

func (j *long) Become(ctx context.Context, id commit.Identity, verdicts []commit.Verdict) error {
	j.heard = verdicts
	return j.Journal.Become(ctx, id, nil)
}

// A PC of many years, before a server whose log it has not read yet, may have
// more to ask about than one message holds.
func TestForkOfAnyLength(t *testing.T) {
	for _, count := range []int{0, 1, wire.MaxForked, wire.MaxForked + 1, 2*wire.MaxForked + 7} {
		book, err := local.Open(t.Context(), t.TempDir(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		public, key, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		id := commit.Identity{School: journal.NewID[journal.School](), Device: identity.DeviceID(public), Key: key}
		if err := book.Enrol(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		j := &long{Journal: book, count: count}
		c := client.New(j, time.Now, nil, client.Ordinary)
		f, err := c.AskFork(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var asked []uint64
		for more := true; more; {
			raw, err := wire.Encode(f.Message)
			if err != nil {
				t.Fatal(err)
			}
			var m wire.Fork
			if err := wire.Decode(raw, &m); err != nil {
				t.Fatalf("%d commits: the server cannot read %d numbers: %v", count, len(f.Message.Numbers), err)
			}
			asked = append(asked, m.Numbers...)
			a := &wire.ForkAnswer{Device: identity.DeviceID(m.Key), Name: "Копия"}
			for _, n := range m.Numbers {
				a.Verdicts = append(a.Verdicts, wire.Verdict{Number: n, Answer: commit.Accepted, Position: n})
			}
			if raw, err = wire.Encode(a); err != nil {
				t.Fatal(err)
			}
			var heard wire.ForkAnswer
			if err := wire.Decode(raw, &heard); err != nil {
				t.Fatalf("%d commits: the PC cannot read %d verdicts: %v", count, len(a.Verdicts), err)
			}
			if more, err = c.TakeFork(t.Context(), f, &heard); err != nil {
				t.Fatal(err)
			}
		}
		if len(asked) != count || !slices.IsSorted(asked) || len(j.heard) != count {
			t.Errorf("of %d commits %d were asked about, %d answers kept", count, len(asked), len(j.heard))
		}
		if now, _, _ := book.Identity(t.Context()); now.Device == id.Device {
			t.Errorf("%d commits: the PC is the same", count)
		}
	}
}
