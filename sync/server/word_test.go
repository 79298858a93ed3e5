package server_test

import (
	"net/http"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// hears opens the event stream of a PC; first is its first word.
func (d *desk) hears(address string, pin []byte) (next func() *wire.Heads, first *wire.Heads) {
	d.t.Helper()
	r, err := httpClient(d.t, pin, d.key).Get("https://" + address + wire.PathEvents)
	d.must(err)
	if r.StatusCode != http.StatusOK {
		d.t.Fatalf("events: %s", r.Status)
	}
	d.t.Cleanup(func() { r.Body.Close() })
	next = func() *wire.Heads {
		m := &wire.Heads{}
		d.must(wire.ReadFrame(r.Body, m))
		return m
	}
	if first = next(); len(first.News) > 0 {
		d.t.Errorf("news before anything was told: %+v", first)
	}
	return next, first
}

// placesOf are where a PC is that has everything up to the heads of a word.
func placesOf(m *wire.Heads) (out []wire.Place) {
	for _, h := range m.Heads {
		out = append(out, wire.Place{Volume: h.Volume, Position: h.Position, Known: h.Position})
	}
	return out
}

// What a word brings is what the answer to a question would bring, whether the
// server remembers it or reads it; the writer gets it with the answer alone, and
// what is much is to be asked for.
func TestTheWordBringsTheNews(t *testing.T) {
	b := newBed(t)
	b.office.shown(b.teacher)
	reader := b.newDesk("Второй")
	address, pin := b.serve()
	hear, first := reader.hears(address, pin[:])
	echo, _ := b.office.hears(address, pin[:])
	at := placesOf(first)
	for n, change := range []commit.Change{b.mark(7, 5), b.mark(8, 4)} {
		b.office.accepted(b.office.does(b.teacher, year, change))
		word, own := hear(), echo()
		if len(own.News) > 0 {
			t.Errorf("the writer is told of its own: %+v", own)
		}
		asked, err := b.Sync(t.Context(), reader.device, &wire.Sync{Epoch: b.epoch(), Places: at})
		b.must(err)
		alike(t, &wire.SyncAnswer{News: word.News}, &wire.SyncAnswer{News: asked.News})
		if len(word.News) != 1 || len(word.News[0].Entries) != 1 || len(word.News[0].Entries[0].Raw) == 0 {
			t.Errorf("word %d brings %+v", n, word.News)
		}
		at = placesOf(word)
	}

	var many []commit.Change
	for i := range 400 {
		c := b.mark(9, 3)
		c.Key = journal.CellKey(b.page, journal.MakeDate(2026, 9, 7)+journal.Date(i%200), 1+i/200, b.pupil)
		many = append(many, c)
	}
	b.office.accepted(b.office.does(b.teacher, year, many...))
	if word := hear(); len(word.News) > 0 || word.Heads[1].Position != at[1].Position+1 {
		t.Errorf("much comes with a word: %d news, heads %+v", len(word.News), word.Heads)
	}
}

// alike holds two messages against each other as they pass the wire.
func alike(t *testing.T, got, want wire.Message) {
	t.Helper()
	a, err := wire.Encode(got)
	b, err2 := wire.Encode(want)
	if err != nil || err2 != nil || string(a) != string(b) {
		t.Errorf("got  %x %v\nwant %x %v", a, err, b, err2)
	}
}

// However many entries come at a time, the word about them fits into a frame: with
// them, or without.
func TestAWordFitsIntoItsFrame(t *testing.T) {
	b := newBed(t)
	b.office.shown(b.teacher)
	reader := b.newDesk("Второй")
	address, pin := b.serve()
	hear, _ := reader.hears(address, pin[:])
	brought, kept := 0, 0
	for n := 1; n <= 100; n += 9 {
		commits := make([]*commit.Commit, n)
		for i := range commits {
			commits[i] = b.office.commit(b.teacher, year, b.mark(1+i%28, 2+(i+n)%4))
		}
		if _, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{b.office.seal(commits...)}); err != nil {
			t.Fatal(err)
		}
		switch word := hear(); {
		case len(word.News) == 0:
			kept++
		case len(word.News[0].Entries) != n:
			t.Errorf("of %d entries come %d", n, len(word.News[0].Entries))
		default:
			brought++
		}
	}
	if brought == 0 || kept == 0 {
		t.Errorf("%d words with news, %d without: the test shows little", brought, kept)
	}
}
