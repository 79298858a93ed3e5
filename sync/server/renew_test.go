package server_test

import (
	"testing"

	"uchitelskaya/sync/server"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// After a restore a PC that has nothing to send reads every log anew, also those
// into which nobody has written since: their heads are signed in the new epoch.
func TestRenewedHeads(t *testing.T) {
	b := newBed(t)
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	epoch, key, err := server.NewKeys()
	b.must(err)
	_, err = server.Renew(t.Context(), b.store, list[0], epoch, key)
	b.must(err)
	b.reopen()
	b.must(b.Introduce(t.Context()))
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
