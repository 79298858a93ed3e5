package rebuild

import (
	"cmp"
	"crypto/ed25519"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// servers are the servers that a register's log introduces, by their epochs:
// each says its key in a commit of its own.
func servers(register []commit.Entry) map[[16]byte]journal.DeviceID {
	out := map[[16]byte]journal.DeviceID{}
	for _, at := range register {
		c, err := commit.Decode(at.Raw)
		if err != nil || !c.Author.IsZero() {
			continue
		}
		for _, e := range c.Edits {
			if key := e.Value.Bytes(); e.Kind == journal.KindDevice && e.Field == journal.DeviceKey && e.Key == journal.IDKey(c.Device) && len(key) == ed25519.PublicKeySize {
				out[tree.EpochOf(key)] = c.Device
			}
		}
	}
	return out
}

// last is the epoch of the server that was the last one: its register knows
// those before it, and they do not know it.
func last(journals []Journal) [16]byte {
	known := map[[16]byte]bool{}
	for _, j := range journals {
		known[j.Epoch] = true
	}
	rank := func(j Journal) (n int) {
		for epoch := range servers(j.Logs[journal.Register].Entries) {
			if known[epoch] {
				n++
			}
		}
		return n
	}
	size := func(j Journal) (n int) {
		for _, l := range j.Logs {
			n += len(l.Entries)
		}
		return n
	}
	return slices.MaxFunc(journals, func(a, b Journal) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(size(a), size(b)))
	}).Epoch
}
