package client_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// A liar is a server that answers whatever it is told to. It keeps a true log
// of the register, until a test changes that.
type liar struct {
	t      testing.TB
	book   *local.Journal
	client *client.Client
	school journal.SchoolID
	key    ed25519.PrivateKey
	epoch  [16]byte
	log    [][]byte
	pull   int // entries in one answer
	answer func(*wire.Sync) *wire.SyncAnswer
	asked  []*wire.Sync
	words  chan *wire.Heads               // of the event stream
	unread int                            // questions packed with what it does not have
	refuse func(*wire.Sync) *wire.Problem // instead of an answer; nil: none
}

// newLiar enrols a PC at a server that lies, and writes three commits on it.
func newLiar(t testing.TB) *liar {
	t.Helper()
	l := &liar{t: t, school: journal.NewID[journal.School](), pull: 100, words: make(chan *wire.Heads)}
	l.answer = l.honest
	l.renew()
	key, cert, err := identity.ServerCert()
	l.must(err)
	pair, err := identity.ReadServerCert(key, cert)
	l.must(err)
	h := httptest.NewUnstartedServer(http.HandlerFunc(l.serve))
	h.TLS, h.EnableHTTP2 = identity.ServerTLS(pair), true
	h.StartTLS()
	t.Cleanup(func() { h.CloseClientConnections(); h.Close() })

	l.book, err = local.Open(t.Context(), t.TempDir(), time.Now)
	l.must(err)
	t.Cleanup(func() { _ = l.book.Close() })
	_, pc, err := ed25519.GenerateKey(rand.Reader)
	l.must(err)
	l.must(l.book.Enrol(t.Context(), commit.Identity{
		School: l.school, Device: identity.DeviceID(pc.Public().(ed25519.PublicKey)), Name: "Учительская",
		Key: pc, Server: h.Listener.Addr().String(), Pin: identity.Pin(pair.Leaf), Epoch: l.epoch,
	}))
	for n := range 3 {
		l.write(n)
	}
	l.client = client.New(l.book, time.Now, nil, client.Ordinary)
	return l
}

func (l *liar) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// renew gives the server a new key and so a new epoch.
func (l *liar) renew() {
	public, key, err := ed25519.GenerateKey(rand.Reader)
	l.must(err)
	l.key, l.epoch = key, tree.EpochOf(public)
}

// write makes a commit on the PC.
func (l *liar) write(n int) {
	l.t.Helper()
	_, err := l.book.Append(context.Background(), commit.Draft{Volume: journal.Register, Author: journal.StaffID{1}, Entered: time.Now(), Changes: []commit.Change{
		commit.Set(journal.KindSubject, journal.SubjectKey("Алгебра"), journal.SubjectOrder, journal.IntValue(int64(n+1))),
	}})
	l.must(err)
}

// others puts commits of another PC into the log.
func (l *liar) others(from, to uint64) {
	l.t.Helper()
	for n := from; n <= to; n++ {
		raw, err := commit.Encode(&commit.Commit{
			ID: commit.ID{Device: journal.DeviceID{9}, Number: n}, School: l.school, Volume: journal.Register, Author: journal.StaffID{2},
			Stamp: commit.Stamp(n), Entered: time.Unix(1_790_000_000, 0),
			Edits: []commit.Edit{{Kind: journal.KindSubject, Key: journal.SubjectKey("Физика"), Field: journal.SubjectOrder, Value: journal.IntValue(int64(n))}},
		})
		l.must(err)
		l.log = append(l.log, raw)
	}
}

func (l *liar) serve(w http.ResponseWriter, r *http.Request) {
	var a wire.Message = &wire.Health{Epoch: l.epoch}
	if r.URL.Path == wire.PathEvents {
		l.speak(w, r)
		return
	}
	if r.URL.Path == wire.PathSync {
		m := &wire.Sync{}
		if err := wire.Unpack(r.Body, wire.MaxBody, m); err != nil { // it knows nothing of dictionaries
			l.unread++
			a = wire.ProblemOf(err)
		} else {
			l.asked = append(l.asked, m)
			a = l.reply(m)
		}
	}
	if p, is := a.(*wire.Problem); is {
		w.WriteHeader(p.Status())
	}
	body, err := wire.Pack(a)
	if err != nil {
		l.t.Error(err)
	}
	_, _ = w.Write(body)
}

// reply is an answer, or the refusal of one.
func (l *liar) reply(m *wire.Sync) wire.Message {
	if l.refuse != nil {
		if p := l.refuse(m); p != nil {
			return p
		}
	}
	return l.answer(m)
}

// speak is the event stream: the words that the test says.
func (l *liar) speak(w http.ResponseWriter, r *http.Request) {
	for {
		select {
		case <-r.Context().Done():
			return
		case word := <-l.words:
			if wire.WriteFrame(w, word) != nil || http.NewResponseController(w).Flush() != nil {
				return
			}
		}
	}
}

// honest is what an honest server says, on the log as it is.
func (l *liar) honest(m *wire.Sync) *wire.SyncAnswer {
	a := &wire.SyncAnswer{Epoch: l.epoch}
	if m.Epoch != l.epoch {
		return a
	}
	sent := map[uint64]uint64{} // position → number
	for _, e := range m.Envelopes {
		for i, raw := range e.Commits {
			at := l.find(raw)
			if at == 0 {
				l.log = append(l.log, raw)
				at = uint64(len(l.log))
			}
			number := e.First + uint64(i)
			sent[at] = number
			a.Verdicts = append(a.Verdicts, wire.Verdict{Number: number, Answer: commit.Accepted, Position: at})
		}
	}
	for _, raw := range l.log {
		if c, err := commit.Decode(raw); err == nil && c.Device != (journal.DeviceID{9}) {
			a.Durable = max(a.Durable, c.Number)
		}
	}
	var place wire.Place
	if len(m.Places) > 0 {
		place = m.Places[0]
	}
	if place.Position < uint64(len(l.log)) && !m.Sending {
		n := l.news(place)
		for i := range n.Entries {
			if number := sent[n.After+uint64(i)+1]; number > 0 && !m.Whole {
				n.Entries[i].Raw, n.Entries[i].Own = nil, number
			}
		}
		a.More = place.Position+uint64(len(n.Entries)) < uint64(len(l.log))
		a.News = append(a.News, n)
	}
	return a
}

func (l *liar) find(raw []byte) uint64 {
	for i := range l.log {
		if bytes.Equal(l.log[i], raw) {
			return uint64(i) + 1
		}
	}
	return 0
}

// news is what follows a place of the log as it is, with true proofs of that.
func (l *liar) news(p wire.Place) wire.News {
	var edge tree.Edge
	var stored []tlog.Hash
	for _, raw := range l.log {
		stored = append(stored, edge.Add(tree.Leaf(raw))...)
	}
	head, err := tree.Head{School: l.school, Volume: journal.Register, Size: edge.Size(), Root: edge.Root()}.Sign(l.key)
	l.must(err)
	prove := func(old uint64) []byte {
		proof, err := tlog.ProveTree(int64(edge.Size()), int64(old), tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(at))
			for i, n := range at {
				out[i] = stored[n]
			}
			return out, nil
		}))
		if err != nil {
			return nil // a liar that cannot even say it
		}
		return tree.Join(proof)
	}
	n := wire.News{Volume: journal.Register, After: p.Position, Head: head}
	upto := min(p.Position+uint64(l.pull), uint64(len(l.log)))
	for _, raw := range l.log[p.Position:upto] {
		n.Entries = append(n.Entries, wire.Entry{Raw: raw, Arrived: 1})
	}
	n.Part = prove(upto)
	if p.Known > p.Position {
		n.Proof = prove(p.Known)
	}
	return n
}

func (l *liar) unsent() int {
	l.t.Helper()
	counts, err := l.book.Count(l.t.Context())
	l.must(err)
	return counts.Unsent
}
