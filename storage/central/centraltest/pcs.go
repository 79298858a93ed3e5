package centraltest

import (
	"reflect"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// A PC is seen before it writes, and after; its day moves with its commits only.
func testPCs(t *testing.T, b *bed) {
	other := journal.NewID[journal.Device]()
	known := func(want map[journal.DeviceID]ledger.PC) {
		t.Helper()
		if got, err := b.store.PCs(t.Context(), b.school); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("PCs %+v, want %+v, %v", got, want, err)
		}
	}
	known(map[journal.DeviceID]ledger.PC{})
	b.must(b.store.Saw(t.Context(), b.school, b.device, 3))
	known(map[journal.DeviceID]ledger.PC{b.device: {Program: 3}})
	batch := b.batch(0, 0, true, false)
	batch.Day = ledger.Day{Date: 20000, Taken: 7 << 40, Refused: 5 << 40}
	b.must(b.store.Apply(t.Context(), batch))
	b.must(b.store.Saw(t.Context(), b.school, other, 4))
	b.must(b.store.Saw(t.Context(), b.school, b.device, 5))
	known(map[journal.DeviceID]ledger.PC{b.device: {Last: 2, Program: 5, Day: batch.Day}, other: {Program: 4}})
	if standing, err := b.store.Standing(t.Context(), b.school, b.device); err != nil || standing.Day != batch.Day {
		t.Errorf("standing %+v, %v", standing, err)
	}
	next := b.batch(2, 1, true)
	next.Day = ledger.Day{Date: 20001, Taken: 1}
	b.must(b.store.Apply(t.Context(), next))
	known(map[journal.DeviceID]ledger.PC{b.device: {Last: 3, Program: 5, Day: next.Day}, other: {Program: 4}})
}
