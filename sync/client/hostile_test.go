package client_test

import (
	"bytes"
	"fmt"
	"maps"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// places are how far the logs are on the PC, by their hashes.
func (l *liar) places() map[journal.Volume]tlog.Hash {
	l.t.Helper()
	known, err := l.book.Known(l.t.Context())
	l.must(err)
	out := map[journal.Volume]tlog.Hash{}
	for v, k := range known {
		out[v] = k.Edge.Root()
	}
	return out
}

// trueLog reports whether the PC has a beginning of the true log, and nothing else.
func (l *liar) trueLog() bool {
	l.t.Helper()
	known, err := l.book.Known(l.t.Context())
	l.must(err)
	k, some := known[journal.Register]
	if size := k.Edge.Size(); len(known) > 1 || some && size > uint64(len(l.log)) {
		return false
	}
	var edge tree.Edge
	for _, raw := range l.log[:k.Edge.Size()] {
		edge.Add(tree.Leaf(raw))
	}
	return edge.Root() == k.Edge.Root()
}

// take gives the PC an answer and reports what it says. An error has a code and a
// sentence; whatever it says, the log on the PC is the true one, and what was
// written here is here.
func (l *liar) take(how string, q *client.Question, raw []byte) (changed bool) {
	l.t.Helper()
	before := l.places()
	var a wire.SyncAnswer
	err := wire.Decode(raw, &a)
	if err == nil {
		_, err = l.client.Take(l.t.Context(), q, &a)
	}
	if code := fault.CodeOf(err); err != nil && (code == fault.Internal || fault.TextOf(err) == "") {
		l.t.Errorf("%s: %v", how, err)
	}
	after := l.places()
	if !l.trueLog() {
		l.t.Fatalf("%s: a log that is not the server's was kept: %v", how, after)
	}
	history, herr := l.book.History(l.t.Context(), journal.Register, commit.FieldRef{Kind: journal.KindSubject, Key: journal.SubjectKey("Алгебра"), Field: journal.SubjectOrder})
	if herr != nil || len(history) != 3 {
		l.t.Fatalf("%s: of three entries %d are left, %v", how, len(history), herr)
	}
	if err != nil && !maps.Equal(before, after) {
		l.t.Errorf("%s: refused (%v), and kept in part", how, err)
	}
	return err == nil || fault.CodeOf(err) == fault.Alarm
}

// good is a question of the PC and the server's true answer: verdicts, own
// entries and those of others.
func (l *liar) good() (*client.Question, []byte) {
	l.t.Helper()
	l.others(1, 3)
	q, err := l.client.Ask(l.t.Context(), client.Full)
	l.must(err)
	raw, err := wire.Encode(l.honest(q.Message))
	l.must(err)
	return q, raw
}

// Whatever happens to an answer under way, no log is kept that is not the
// server's, and nothing written here is lost.
func TestEveryByteOfAnAnswer(t *testing.T) {
	var l *liar
	var q *client.Question
	var good []byte
	n := 0
	try := func(how string, spoil func([]byte) []byte) {
		if l == nil {
			l = newLiar(t)
			q, good = l.good()
		}
		n++
		if l.take(how, q, spoil(good)) {
			l = nil // the journal has moved on, or the client stopped
		}
	}
	l = newLiar(t)
	q, good = l.good()
	size := len(good)
	for i := 0; i < size; i++ {
		x := []byte{0x01, 0x20, 0xFF}[i%3]
		try(fmt.Sprintf("byte %d ^ %#x", i, x), func(b []byte) []byte { c := bytes.Clone(b); c[i%len(c)] ^= x; return c })
		if i%3 > 0 && testing.Short() {
			continue
		}
		try(fmt.Sprintf("cut at %d", i), func(b []byte) []byte { return b[:i%len(b)] })
		try(fmt.Sprintf("8 bytes at %d twice", i), func(b []byte) []byte {
			at := i % len(b)
			return bytes.Join([][]byte{b[:min(at+8, len(b))], b[at:]}, nil)
		})
	}
	if l == nil {
		l = newLiar(t)
		q, good = l.good()
	}
	if !l.take("the good answer", q, good) || l.unsent() != 0 {
		t.Errorf("after the good answer %d are unsent", l.unsent())
	}
	t.Logf("%d answers spoilt", n)
}

// FuzzTake gives the client any answer.
func FuzzTake(f *testing.F) {
	l := newLiar(f)
	q, good := l.good()
	f.Add(good)
	f.Add(good[:len(good)/2])
	empty, err := wire.Encode(&wire.SyncAnswer{Epoch: l.epoch, Durable: 3})
	l.must(err)
	f.Add(empty)
	f.Fuzz(func(t *testing.T, raw []byte) {
		l.t = t
		if l.take("fuzzed", q, raw) { // ask anew, as a PC does
			l.client = client.New(l.book, time.Now, nil, client.Ordinary)
			var err error
			q, err = l.client.Ask(t.Context(), client.Full)
			l.must(err)
		}
	})
}
