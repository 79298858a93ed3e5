package centraltest

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

func testRows(t *testing.T, b *bed) {
	batch := b.batch(0, 0, true)
	term := ledger.Entity{Volume: year, Kind: journal.KindTerm, Key: journal.Key("").Int(1).Int(2)}
	odd := ledger.Entity{Volume: year, Kind: 65535, Key: "\x00\xFF'"}
	person := ledger.Entity{Volume: journal.Register, Kind: journal.KindStaff, Key: term.Key}
	for _, e := range []ledger.Entity{term, odd, person} {
		batch.Rows[e] = row(b.device, 7)
	}
	b.must(b.store.Apply(t.Context(), batch))
	next := b.batch(1, 1, true)
	delete(next.Rows, entity(2))
	next.Rows[term] = row(b.device, 8)
	b.must(b.store.Apply(t.Context(), next))

	want := map[ledger.Entity]merge.Row{entity(1): row(b.device, 1), term: row(b.device, 8), odd: row(b.device, 7), person: row(b.device, 7)}
	got, err := b.store.Rows(t.Context(), b.school, append(slices.Collect(maps.Keys(want)), entity(2)))
	b.must(err)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rows\n got %+v\nwant %+v", got, want)
	}
	var slow []ledger.Entity
	b.must(b.store.EachRow(t.Context(), b.school, year, journal.KindLesson, func(e ledger.Entity, r merge.Row) error {
		slow = append(slow, e)
		if !reflect.DeepEqual(r, want[e]) {
			t.Errorf("row of %v is %+v", e, r)
		}
		return nil
	}))
	if !reflect.DeepEqual(slow, []ledger.Entity{term}) {
		t.Errorf("kinds below the lesson: %v", slow)
	}
	stop := errors.New("stop")
	if err := b.store.EachRow(t.Context(), b.school, year, 65535, func(ledger.Entity, merge.Row) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("EachRow = %v, want what f said", err)
	}
}

// However many rows are asked for at a time, each is found, and those that are
// not there are not.
func testManyRows(t *testing.T, b *bed) {
	const there = 40
	batch := b.batch(0, 0, true)
	clear(batch.Rows)
	for n := range uint64(there) {
		batch.Rows[entity(3*n)] = row(b.device, n+1)
	}
	b.must(b.store.Apply(t.Context(), batch))
	for _, asked := range []int{0, 1, 15, 16, 17, 32, 33, 100, 3 * there} {
		var of []ledger.Entity
		want := map[ledger.Entity]merge.Row{}
		for n := range asked {
			e := entity(uint64(n * 7 % (3 * there)))
			if of = append(of, e); n*7%3 == 0 {
				want[e] = batch.Rows[e]
			}
		}
		got, err := b.store.Rows(t.Context(), b.school, of)
		b.must(err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("of %d asked for:\n got %+v\nwant %+v", asked, got, want)
		}
	}
}

func testSchools(t *testing.T, b *bed) {
	b.must(b.store.Apply(t.Context(), b.batch(0, 0, true, false)))
	b.must(b.store.PutAccount(t.Context(), ledger.Account{School: b.school, Staff: b.staff, Name: "Ковальчук"}))
	other := &bed{t: t, store: b.store, device: b.device, staff: b.staff}
	other.school = other.found()
	if heads, err := b.store.Heads(t.Context(), other.school); err != nil || len(heads) != 0 {
		t.Errorf("heads %v, %v", heads, err)
	}
	if judged, err := b.store.Judged(t.Context(), other.school, b.device, 1, 9); err != nil || len(judged) != 0 {
		t.Errorf("judged %v, %v", judged, err)
	}
	if rows, err := b.store.Rows(t.Context(), other.school, []ledger.Entity{entity(1)}); err != nil || len(rows) != 0 {
		t.Errorf("rows %v, %v", rows, err)
	}
	if entries, err := b.store.Entries(t.Context(), other.school, year, 0, 1000); err != nil || len(entries) != 0 {
		t.Errorf("entries %v, %v", entries, err)
	}
	if _, err := b.store.Account(t.Context(), other.school, "Ковальчук"); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("account: %v", err)
	}
	// The same PC and the same name live in both without touching each other.
	b.must(b.store.Apply(t.Context(), other.batch(0, 0, true)))
	b.must(b.store.PutAccount(t.Context(), ledger.Account{School: other.school, Staff: b.staff, Name: "Ковальчук"}))
	if standing, err := b.store.Standing(t.Context(), b.school, b.device); err != nil || standing.Last != 2 {
		t.Errorf("standing %+v, %v", standing, err)
	}
}

func testReopen(t *testing.T, b *bed) {
	b.must(b.store.Apply(t.Context(), b.batch(0, 0, true, false)))
	b.must(b.store.Close())
	b.store = b.again()
	if standing, err := b.store.Standing(t.Context(), b.school, b.device); err != nil || standing.Last != 2 || standing.Chains[b.staff] != [32]byte{1} {
		t.Errorf("standing %+v, %v", standing, err)
	}
	b.must(b.store.Apply(t.Context(), b.batch(2, 1, true)))
	if entries, err := b.store.Entries(t.Context(), b.school, year, 0, 1000); err != nil || len(entries) != 2 {
		t.Errorf("entries %v, %v", entries, err)
	}
}

func testUnknown(t *testing.T, b *bed) {
	nobody := journal.NewID[journal.Device]()
	if s, err := b.store.Standing(t.Context(), b.school, nobody); err != nil || s.Last != 0 || len(s.Chains) != 0 {
		t.Errorf("standing of an unknown PC: %+v, %v", s, err)
	}
	if j, err := b.store.Judged(t.Context(), b.school, nobody, 1, 5); err != nil || len(j) != 0 {
		t.Errorf("judged of an unknown PC: %+v, %v", j, err)
	}
	school := journal.NewID[journal.School]()
	if _, err := b.store.Heads(t.Context(), school); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("heads of an unknown school: %v", err)
	}
	if err := b.store.PutCode(t.Context(), ledger.Code{School: school}); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("code of an unknown school: %v", err)
	}
	if m, err := b.store.Accepted(t.Context(), b.school, []commit.ID{{Device: nobody, Number: 1}}); err != nil || len(m) != 0 {
		t.Errorf("accepted of an unknown PC: %v, %v", m, err)
	}
}
