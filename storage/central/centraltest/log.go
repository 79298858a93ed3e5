package centraltest

import (
	"errors"
	"reflect"
	"sync"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

func testApply(t *testing.T, b *bed) {
	batch := b.batch(0, 0, true, false, true)
	b.must(b.store.Apply(t.Context(), batch))
	judged, err := b.store.Judged(t.Context(), b.school, b.device, 1, 9)
	b.must(err)
	if !reflect.DeepEqual(judged, batch.Judged) {
		t.Errorf("judged\n got %+v\nwant %+v", judged, batch.Judged)
	}
	if part, err := b.store.Judged(t.Context(), b.school, b.device, 2, 2); err != nil || len(part) != 1 || part[0].Commit.Number != 2 {
		t.Errorf("Judged 2 to 2 = %+v, %v", part, err)
	}
	var among []ledger.Judged
	b.must(b.store.EachJudged(t.Context(), b.school, b.device, []uint64{2, 3, 1 << 40}, func(j ledger.Judged) error { among = append(among, j); return nil }))
	if !reflect.DeepEqual(among, batch.Judged[1:]) {
		t.Errorf("judged with numbers far apart\n got %+v\nwant %+v", among, batch.Judged[1:])
	}
	stop := errors.New("stop")
	if err := b.store.EachJudged(t.Context(), b.school, b.device, []uint64{1}, func(ledger.Judged) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("EachJudged = %v, want what f said", err)
	}
	standing, err := b.store.Standing(t.Context(), b.school, b.device)
	b.must(err)
	if want := (ledger.Standing{Last: 3, Chains: map[journal.StaffID][32]byte{b.staff: {1}}, Asked: map[journal.Volume]ledger.Asked{}}); !reflect.DeepEqual(standing, want) {
		t.Errorf("standing %+v, want %+v", standing, want)
	}
	next := b.batch(3, 2, true)
	next.Seals[0].Prev = [32]byte{1}
	b.must(b.store.Apply(t.Context(), next))
	for hash, want := range map[[32]byte]bool{{}: true, {1}: true, {4}: false, {9}: false} {
		if got, err := b.store.Followed(t.Context(), b.school, b.device, b.staff, hash); got != want || err != nil {
			t.Errorf("Followed(%x) = %t, %v", hash[:1], got, err)
		}
	}
	if got, err := b.store.Followed(t.Context(), b.school, b.device, journal.NewID[journal.Staff](), [32]byte{}); got || err != nil {
		t.Errorf("Followed for another author = %t, %v", got, err)
	}
	if standing, err = b.store.Standing(t.Context(), b.school, b.device); err != nil || standing.Last != 4 || standing.Chains[b.staff] != [32]byte{4} {
		t.Errorf("standing %+v, %v", standing, err)
	}
	heads, err := b.store.Heads(t.Context(), b.school)
	if err != nil || !reflect.DeepEqual(heads, map[journal.Volume]uint64{year: 3}) {
		t.Errorf("heads %v, %v", heads, err)
	}
	id := func(n uint64) commit.ID { return commit.ID{Device: b.device, Number: n} }
	accepted, err := b.store.Accepted(t.Context(), b.school, []commit.ID{id(1), id(2), id(3), id(99), {Device: journal.NewID[journal.Device](), Number: 1}})
	if err != nil || !reflect.DeepEqual(accepted, map[commit.ID]bool{id(1): true, id(3): true}) {
		t.Errorf("accepted %v, %v", accepted, err)
	}
}

func testStale(t *testing.T, b *bed) {
	b.must(b.store.Apply(t.Context(), b.batch(0, 0, true)))
	other := &bed{t: t, store: b.store, school: b.school, device: journal.NewID[journal.Device](), staff: b.staff}
	double := b.batch(1, 1, true)
	double.Judged[0].Position = 1 // taken
	for name, batch := range map[string]*ledger.Batch{
		"the same again":       b.batch(0, 0, true),
		"a number left out":    b.batch(2, 1, true),
		"an old head":          b.batch(1, 0, true),
		"a head that is not":   b.batch(1, 7, true),
		"another PC, old head": other.batch(0, 0, true),
	} {
		if err := b.store.Apply(t.Context(), batch); !errors.Is(err, ledger.ErrStale) {
			t.Errorf("%s: Apply = %v, want ErrStale", name, err)
		}
	}
	if err := b.store.Apply(t.Context(), double); err == nil {
		t.Error("a position was given twice")
	}
	heads, err := b.store.Heads(t.Context(), b.school)
	if err != nil || heads[year] != 1 {
		t.Errorf("heads %v, %v: something of a refused batch is there", heads, err)
	}
	if rows, err := b.store.Rows(t.Context(), b.school, []ledger.Entity{entity(2), entity(3)}); err != nil || len(rows) != 0 {
		t.Errorf("rows %v, %v: something of a refused batch is there", rows, err)
	}
	b.must(b.store.Apply(t.Context(), b.batch(1, 1, true)))
}

// Each process judges on what it has read; who comes too late reads again.
func testTwoProcesses(t *testing.T, b *bed) {
	const processes, batches = 2, 25
	var wg sync.WaitGroup
	for range processes {
		store := b.again()
		own := &bed{t: t, store: store, school: b.school, device: journal.NewID[journal.Device](), staff: b.staff}
		wg.Go(func() {
			for n := uint64(0); n < batches; {
				heads, err := store.Heads(t.Context(), b.school)
				if err != nil {
					t.Error(err)
					return
				}
				switch err := store.Apply(t.Context(), own.batch(n, heads[year], true)); {
				case err == nil:
					n++
				case !errors.Is(err, ledger.ErrStale):
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	entries, err := b.store.Entries(t.Context(), b.school, year, 0, 1<<20)
	b.must(err)
	for i, e := range entries {
		if e.Position != uint64(i)+1 {
			t.Fatalf("entry %d has position %d", i, e.Position)
		}
	}
	if len(entries) != processes*batches {
		t.Errorf("%d entries, want %d", len(entries), processes*batches)
	}
}

func testEntries(t *testing.T, b *bed) {
	batch := b.batch(0, 0, true, true, false, true, true)
	for i := range batch.Judged {
		batch.Judged[i].Raw = make([]byte, 1000)
		batch.Judged[i].Raw[0] = byte(i)
	}
	b.must(b.store.Apply(t.Context(), batch))
	for _, tt := range []struct {
		after    uint64
		maxBytes int
		want     []uint64
	}{
		{0, 1 << 20, []uint64{1, 2, 3, 4}},
		{2, 1 << 20, []uint64{3, 4}},
		{0, 2000, []uint64{1, 2}},
		{0, 1, []uint64{1}},
		{3, 0, []uint64{4}},
		{4, 1 << 20, nil},
		{99, 1 << 20, nil},
	} {
		entries, err := b.store.Entries(t.Context(), b.school, year, tt.after, tt.maxBytes)
		b.must(err)
		var got []uint64
		for _, e := range entries {
			got = append(got, e.Position)
			if len(e.Raw) != 1000 || e.Arrived == 0 {
				t.Errorf("entry %d: %d bytes, arrived %d", e.Position, len(e.Raw), e.Arrived)
			}
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("after %d, %d bytes: positions %v, want %v", tt.after, tt.maxBytes, got, tt.want)
		}
	}
}
