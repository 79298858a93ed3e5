package server_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// What a later program says that this one does not know is passed over or kept
// as it is; what it cannot read it does not take; and a program that is too old
// is told, with what it has to send still good afterwards.
func TestOtherVersions(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	address, pin := b.serve()
	client := httpClient(t, pin[:], d.key)
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	later := commit.Set(900, "of a later version", 7, journal.TextValue("х"))
	field := commit.Set(journal.KindCell, b.mark(7, 5).Key, 77, journal.IntValue(3))
	m := &wire.Sync{Epoch: list[0].Epoch, Envelopes: []wire.Envelope{wire.Seal(d.seal(d.commit(b.teacher, year, b.mark(7, 5), later, field)))}}

	post := func(m any, program string) fault.Code {
		t.Helper()
		raw, err := cbor.Marshal(m)
		b.must(err)
		packer, err := zstd.NewWriter(nil)
		b.must(err)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+address+wire.PathSync, bytes.NewReader(packer.EncodeAll(raw, nil)))
		b.must(err)
		if program != "" {
			r.Header.Set("Uchitelskaya-Program", program)
		}
		a, err := client.Do(r)
		b.must(err)
		return problem(t, a)
	}
	if got := post(m, "0"); got != fault.Outdated {
		t.Errorf("an old program is answered %q", got)
	}
	if s, err := b.store.Standing(t.Context(), b.ID(), d.device); err != nil || s.Last != 0 {
		t.Fatalf("something of it was kept: %+v, %v", s, err)
	}
	// The same message with fields that a later version has added.
	extra := map[int]any{1: m.Epoch, 2: m.Envelopes, 99: []any{"of a later version", map[string]int{"x": 1}}}
	if got := post(extra, "250"); got != "" {
		t.Fatalf("the same after the update is answered %q", got)
	}
	for _, ch := range []commit.Change{later, field} {
		at := ledger.Entity{Volume: year, Kind: ch.Kind, Key: ch.Key}
		rows, err := b.store.Rows(t.Context(), b.ID(), []ledger.Entity{at})
		b.must(err)
		if row := rows[at]; row.Value(ch.Field) != ch.Value {
			t.Errorf("of kind %d field %d stands %v, want %v", ch.Kind, ch.Field, row.Value(ch.Field), ch.Value)
		}
	}
	entries := b.log(year)
	if last := entries[len(entries)-1]; string(last.Raw) != string(m.Envelopes[0].Commits[0]) {
		t.Error("the log has other bytes")
	}
	// A commit of a form that this server cannot read.
	raw := d.raw(d.commit(b.teacher, year, b.mark(8, 5)))
	raw[1] = 2
	e, err := commit.Seal(commit.Head{Device: d.device, Author: b.teacher, First: d.number, Prev: d.chains[b.teacher], ByPC: true}, [][]byte{raw}, d.key)
	b.must(err)
	if got := post(&wire.Sync{Epoch: m.Epoch, Envelopes: []wire.Envelope{wire.Seal(e)}}, "2"); got != fault.Outdated {
		t.Errorf("a commit of version 2 is answered %q", got)
	}
	if s, err := b.store.Standing(t.Context(), b.ID(), d.device); err != nil || s.Last != 1 || len(b.log(year)) != len(entries) {
		t.Errorf("something of it was kept: %+v, %v", s, err)
	}
}
