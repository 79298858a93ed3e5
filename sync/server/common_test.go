package server_test

import (
	"bytes"
	"net/http"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// dictionary is what a PC makes of the logs up to some entries.
func (b *bed) dictionary(of ...wire.Cursor) *wire.Dictionary {
	logs := make([][][]byte, len(of))
	for i, c := range of {
		for _, e := range b.log(c.Volume) {
			if e.Position <= c.Position {
				logs[i] = append(logs[i], e.Raw)
			}
		}
	}
	return wire.NewDictionary(of, logs)
}

// A PC that has the beginnings of the logs asks and is answered with them in
// mind; a PC that names what is not there is answered as if it had named nothing.
func TestMessagesWithADictionary(t *testing.T) {
	b := newBed(t)
	b.office.shown(b.teacher)
	for n := range 60 { // a class
		b.office.accepted(b.office.does(b.admin, journal.Register, commit.Set(journal.KindPupil, journal.IDKey(journal.NewID[journal.Pupil]()), journal.PupilLast, journal.TextValue("Ученик"+string(rune('А'+n%32))))))
	}
	d := b.newDesk("Второй")
	address, pin := b.serve()
	client := httpClient(t, pin[:], d.key)
	ask := func(m *wire.Sync, packed, said *wire.Dictionary) (body []byte, code fault.Code) {
		t.Helper()
		question, err := packed.Pack(m)
		b.must(err)
		r, err := http.NewRequest(http.MethodPost, "https://"+address+wire.PathSync, bytes.NewReader(question))
		b.must(err)
		said.Say(r.Header)
		a, err := client.Do(r)
		b.must(err)
		defer a.Body.Close()
		var answer bytes.Buffer
		_, err = answer.ReadFrom(a.Body)
		b.must(err)
		if a.StatusCode != http.StatusOK {
			var p wire.Problem
			b.must(wire.Unpack(&answer, wire.MaxSmall, &p))
			return nil, p.Code
		}
		return answer.Bytes(), ""
	}
	everything := &wire.Sync{Epoch: b.epoch(), Keys: make([]wire.SignKey, 40)} // long enough to be packed with one
	for i := range everything.Keys {
		everything.Keys[i] = wire.SignKey{Staff: b.teacher, Public: bytes.Repeat([]byte{byte(i)}, 32)}
	}
	head := uint64(len(b.log(journal.Register)))
	known := b.dictionary(wire.Cursor{Volume: journal.Register, Position: 64}, wire.Cursor{Volume: year, Position: 1})
	plain, code := ask(everything, nil, nil)
	if code != "" {
		t.Fatalf("without a dictionary: %s", code)
	}
	packed, code := ask(everything, known, known)
	if code != "" || 3*len(packed) > 2*len(plain) {
		t.Errorf("with a dictionary: %d bytes, without one %d, %q", len(packed), len(plain), code)
	}
	var one, two wire.SyncAnswer
	b.must(wire.Unpack(bytes.NewReader(plain), wire.MaxBody, &one))
	b.must(known.Unpack(bytes.NewReader(packed), wire.MaxBody, &two))
	one.Now, two.Now = 0, 0
	alike(t, &two, &one)

	tooFar := b.dictionary(wire.Cursor{Volume: journal.Register, Position: head + 1})
	if _, code := ask(everything, tooFar, tooFar); code != fault.Damaged {
		t.Errorf("a question packed with what is not here: %q", code)
	}
	if body, code := ask(everything, nil, tooFar); code != "" || len(body) < len(plain)/2 {
		t.Errorf("a plain question that names what is not here: %d bytes, %q", len(body), code)
	}
	if _, code := ask(everything, known, nil); code != fault.Damaged {
		t.Errorf("a question packed with what was not named: %q", code)
	}
	for n := uint64(1); n <= 20; n++ { // more than are remembered
		other := b.dictionary(wire.Cursor{Volume: journal.Register, Position: n + 20})
		if _, code := ask(everything, other, other); code != "" {
			t.Errorf("up to %d: %s", n, code)
		}
	}
}
