package rebuild

import (
	"cmp"
	"crypto/ed25519"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// introduced is a server that a register's log introduces.
type introduced struct {
	device journal.DeviceID
	key    ed25519.PublicKey
}

// servers are they all, by their epochs: each says its key in a commit of its own.
func servers(register []commit.Entry) map[[16]byte]introduced {
	out := map[[16]byte]introduced{}
	for _, at := range register {
		c, err := commit.Decode(at.Raw)
		if err != nil || !c.Author.IsZero() {
			continue
		}
		for _, e := range c.Edits {
			if key := e.Value.Bytes(); e.Kind == journal.KindDevice && e.Field == journal.DeviceKey && e.Key == journal.IDKey(c.Device) && len(key) == ed25519.PublicKeySize {
				out[tree.EpochOf(key)] = introduced{c.Device, key}
			}
		}
	}
	return out
}

// last is the epoch of the server that was the last one: its register knows
// those before it, and they do not know it.
func last(sources []source) [16]byte {
	known := map[[16]byte]bool{}
	for i := range sources {
		known[sources[i].Epoch] = true
	}
	rank := func(s source) (n int) {
		for epoch := range servers(s.Logs[journal.Register].Entries) {
			if known[epoch] {
				n++
			}
		}
		return n
	}
	size := func(s source) (n int) {
		for _, l := range s.Logs {
			n += len(l.Entries)
		}
		return n
	}
	return slices.MaxFunc(sources, func(a, b source) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(size(a), size(b)))
	}).Epoch
}
