package server_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// forbidden is a commit of somebody who may not write there, of some size.
func (d *desk) forbidden(size int) *commit.Commit {
	c := d.commit(d.other, year, d.mark(7, 5))
	for n := 0; size > 0; n++ {
		c.Edits = append(c.Edits, commit.Edit{Kind: 900, Key: journal.Key("x").Int(n), Field: 1, Value: journal.BytesValue(make([]byte, min(size, 4000)))})
		size -= 4000
	}
	return c
}

// sync sends envelopes through the handler.
func (d *desk) sync(door *door, list ...*commit.Envelope) fault.Code {
	d.t.Helper()
	m := &wire.Sync{Epoch: d.epoch(), Sending: true}
	for _, e := range list {
		m.Envelopes = append(m.Envelopes, wire.Seal(e))
	}
	code, _ := door.post("envelopes", wire.PathSync, pack(d.t, m))
	return code
}

// What is refused is kept for ever, so one PC is refused only so much in a day;
// then nothing of it is kept, until the next.
func TestAPCDoesNotFillTheDiskWithWhatIsRefused(t *testing.T) {
	b := newBed(t)
	d, honest := b.newDesk("Второй"), b.newDesk("Третий")
	door := d.door()
	sent := 0
	var last *commit.Envelope
	for ; sent < 100; sent++ {
		last = d.seal(d.forbidden(1 << 20))
		if code := d.sync(door, last); code != "" {
			if code != fault.TooLarge {
				t.Fatalf("answered %q", code)
			}
			break
		}
	}
	if sent < 10 || sent > 20 {
		t.Fatalf("%d MB were refused and kept", sent)
	}
	before := d.state()
	for range 3 {
		if code := d.sync(door, last); code != fault.TooLarge {
			t.Errorf("again: %q", code)
		}
	}
	b.reopen() // a restart forgets nothing
	door = d.door()
	if code := d.sync(door, last); code != fault.TooLarge || d.state() != before {
		t.Errorf("after a restart: %q, %s", code, d.state())
	}
	if list, err := b.PCs(t.Context()); err != nil || fullOnes(list) != "Второй" {
		t.Errorf("full: %q, %v", fullOnes(list), err)
	}
	honest.accepted(honest.does(b.teacher, year, b.mark(9, 4)))
	var text bytes.Buffer
	b.WriteMetrics(&text)
	if !strings.Contains(text.String(), `uchitelskaya_rejected_total{limit="day"} 1`) {
		t.Error("the metrics do not tell")
	}

	b.now = b.now.Add(24 * time.Hour)
	if code := d.sync(door, last); code != "" {
		t.Errorf("the next day: %q", code)
	}
	if list, err := b.PCs(t.Context()); err != nil || fullOnes(list) != "" {
		t.Errorf("full: %q, %v", fullOnes(list), err)
	}
}

func fullOnes(list []server.PC) (out string) {
	for _, pc := range list {
		if pc.Full {
			out += pc.Name
		}
	}
	return out
}

// A teacher who typed for days into what she may not write is told of every
// single entry, and what comes after it is taken.
func TestManyRightfulRefusals(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	for n := range 20 {
		var list []*commit.Commit
		for range 250 {
			list = append(list, d.forbidden(0))
		}
		verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.seal(list...)})
		if err != nil || len(verdicts) != 250 || verdicts[0].Answer != commit.Refused {
			t.Fatalf("push %d: %d verdicts, %v", n, len(verdicts), err)
		}
	}
	d.accepted(d.does(b.teacher, year, b.mark(8, 5)))
}

// What is accepted has a bound, too; what the server itself writes has none.
func TestAPCDoesNotFillTheDiskWithWhatIsAccepted(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	d.accepted(d.does(b.teacher, year, b.mark(7, 5)))
	for _, device := range []journal.DeviceID{d.device, b.Device()} {
		standing, err := b.store.Standing(t.Context(), b.ID(), device)
		b.must(err)
		day := ledger.Day{Date: journal.DateOf(b.now), Taken: 1 << 30}
		b.must(b.store.Apply(t.Context(), &ledger.Batch{School: b.ID(), Device: device, After: standing.Last, Day: day}))
	}
	e := d.seal(d.commit(b.teacher, year, b.mark(8, 5)))
	if _, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{e}); fault.CodeOf(err) != fault.TooLarge {
		t.Errorf("push: %v", err)
	}
	b.newDesk("Четвёртый") // the server writes it down
}

// The administrator sees which program each PC runs; it is written when it
// changes, and not at each request.
func TestTheProgramOfAPC(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	program := func(want int) {
		t.Helper()
		list, err := b.PCs(t.Context())
		b.must(err)
		for _, pc := range list {
			if pc.ID == d.device && pc.Program != want {
				t.Errorf("program %d, want %d", pc.Program, want)
			}
		}
	}
	address, pin := b.serve()
	client := httpClient(t, pin[:], d.key)
	ask := func(number int) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+address+wire.PathSync, bytes.NewReader(pack(t, &wire.Sync{Epoch: d.epoch()})))
		b.must(err)
		r.Header.Set("Uchitelskaya-Program", fmt.Sprint(number))
		a, err := client.Do(r)
		b.must(err)
		b.must(a.Body.Close())
	}
	program(0)
	ask(7)
	program(7)
	b.must(b.store.Saw(t.Context(), b.ID(), d.device, 5)) // would be written over by a second note
	ask(7)
	ask(8) // one that says another thing each time is not believed so soon
	program(5)
	b.reopen()
	program(5)
}
