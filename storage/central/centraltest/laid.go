package centraltest

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// Another PC's commits come from a former server, with holes between their
// numbers; then that PC sends them itself.
func testLaid(t *testing.T, b *bed) {
	other := journal.NewID[journal.Device]()
	laid := b.batch(0, 0, true, false, true)
	for i := range laid.Judged {
		laid.Judged[i].Commit = commit.ID{Device: other, Number: uint64(2*i + 1)}
	}
	laid.Laid, laid.Judged, laid.Seals = laid.Judged, nil, nil
	b.must(b.store.Apply(t.Context(), laid))

	for device, name := range map[journal.DeviceID]string{b.device: "the PC that brought them", other: "the PC they are of"} {
		if s, err := b.store.Standing(t.Context(), b.school, device); err != nil || s.Last != 0 || len(s.Chains) != 0 {
			t.Errorf("standing of %s is %+v, %v", name, s, err)
		}
	}
	judged, err := b.store.Judged(t.Context(), b.school, other, 1, 9)
	if err != nil || len(judged) != 3 {
		t.Fatalf("judged %+v, %v", judged, err)
	}
	for i, want := range laid.Laid {
		if judged[i].Verdict != want.Verdict || string(judged[i].Raw) != string(want.Raw) {
			t.Errorf("judged %+v, want %+v", judged[i], want)
		}
	}
	entries, err := b.store.Entries(t.Context(), b.school, year, 0, 1<<20)
	if err != nil || len(entries) != 2 {
		t.Fatalf("log %+v, %v", entries, err)
	}

	sent := b.batch(0, 2, true)
	own := sent.Judged[0]
	own.Commit = commit.ID{Device: other, Number: 2}
	stands := func(j ledger.Judged) ledger.Judged { j.Stands = true; return j }
	sent.Device, sent.Judged = other, []ledger.Judged{stands(judged[0]), own, stands(judged[1])}
	b.must(b.store.Apply(t.Context(), sent))
	if s, err := b.store.Standing(t.Context(), b.school, other); err != nil || s.Last != 3 || s.Chains[b.staff] != sent.Seals[0].Hash {
		t.Errorf("standing afterwards %+v, %v", s, err)
	}
	if entries, err := b.store.Entries(t.Context(), b.school, year, 0, 1<<20); err != nil || len(entries) != 3 {
		t.Errorf("log afterwards %+v, %v", entries, err)
	}
}

func testSkip(t *testing.T, b *bed) {
	b.must(b.store.Apply(t.Context(), b.batch(0, 0, true, true)))
	b.must(b.store.Apply(t.Context(), &ledger.Batch{School: b.school, Device: b.device, After: 2, Skip: 5}))
	if s, err := b.store.Standing(t.Context(), b.school, b.device); err != nil || s.Last != 7 || len(s.Chains) != 0 {
		t.Fatalf("standing %+v, %v", s, err)
	}
	b.must(b.store.Apply(t.Context(), b.batch(7, 2, true)))
	if judged, err := b.store.Judged(t.Context(), b.school, b.device, 1, 8); err != nil || len(judged) != 3 {
		t.Errorf("judged %+v, %v", judged, err)
	}
}
