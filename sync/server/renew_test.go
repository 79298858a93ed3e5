package server_test

import (
	"testing"

	"uchitelskaya/sync/server"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// renew puts the server back from a copy: it goes on as another one.
func (b *bed) renew() (epoch [16]byte) {
	b.t.Helper()
	list, err := b.store.Foundings(b.t.Context())
	b.must(err)
	epoch, key, err := server.NewKeys()
	b.must(err)
	_, err = server.Renew(b.t.Context(), b.store, list[0], epoch, key)
	b.must(err)
	b.reopen()
	b.must(b.Introduce(b.t.Context()))
	return epoch
}

// After a restore a PC that has nothing to send reads every log anew, also those
// into which nobody has written since: their heads are signed in the new epoch.
func TestRenewedHeads(t *testing.T) {
	b := newBed(t)
	epoch := b.renew()
	a, err := b.Sync(t.Context(), b.office.device, &wire.Sync{Epoch: epoch})
	b.must(err)
	if len(a.News) != 2 {
		t.Fatalf("news of %d volumes, want 2", len(a.News))
	}
	for _, n := range a.News {
		if head, err := tree.Open(n.Head, epoch); err != nil || head.Size != n.After+uint64(len(n.Entries)) {
			t.Errorf("the head of volume %d: %+v, %v", n.Volume, head, err)
		}
	}
}
