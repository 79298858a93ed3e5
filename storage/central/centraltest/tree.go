package centraltest

import (
	"reflect"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

func testTree(t *testing.T, b *bed) {
	if head, err := b.store.Signed(t.Context(), b.school, year); head != nil || err != nil {
		t.Errorf("a head of nothing: %v, %v", head, err)
	}
	b.must(b.store.Apply(t.Context(), b.batch(0, 0, true, false, true)))
	b.must(b.store.Apply(t.Context(), b.batch(3, 2, true, true, true)))
	if head, err := b.store.Signed(t.Context(), b.school, year); string(head) != "\x4E\x05" || err != nil {
		t.Errorf("signed head %x, %v", head, err)
	}
	if head, err := b.store.Signed(t.Context(), b.school, year+1); head != nil || err != nil {
		t.Errorf("a head of another year: %v, %v", head, err)
	}
	b.must(b.store.Renew(t.Context(), ledger.Founding{School: b.school, Epoch: [16]byte{2}, Key: []byte("new key")}, map[journal.Volume][]byte{year: []byte("new")}))
	if head, err := b.store.Signed(t.Context(), b.school, year); string(head) != "new" || err != nil {
		t.Errorf("head signed anew %x, %v", head, err)
	}
	var at []int64
	var want []tlog.Hash
	for _, position := range []uint64{4, 1, 5, 2, 3} {
		for level, h := range hashes(position) {
			at = append(at, tlog.StoredHashIndex(level, int64(position>>level)-1))
			want = append(want, h)
		}
	}
	got, err := b.store.Hashes(t.Context(), b.school, year, at)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("hashes %v, want %v, %v", got, want, err)
	}
	for name, bad := range map[string]struct {
		v  journal.Volume
		at int64
	}{"beyond the end": {year, tlog.StoredHashIndex(0, 5)}, "a subtree not complete": {year, tlog.StoredHashIndex(3, 0)}, "another year": {year + 1, 0}} {
		if got, err := b.store.Hashes(t.Context(), b.school, bad.v, []int64{bad.at}); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
	short := b.batch(6, 5, true)
	delete(short.Trees, year)
	if err := b.store.Apply(t.Context(), short); err == nil {
		t.Error("an entry without its hashes was kept")
	}
}
