package client_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

var epoch = [16]byte{1}

// A liar is a server that answers whatever it is told to.
type liar struct {
	book   *local.Journal
	client *client.Client
	answer func(*wire.Sync) *wire.SyncAnswer
	asked  []*wire.Sync
}

// newLiar enrols a PC at a server that lies, and writes three commits on it.
func newLiar(t *testing.T) *liar {
	t.Helper()
	l := &liar{}
	key, cert, err := identity.ServerCert(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	pair, err := identity.ReadServerCert(key, cert)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := &wire.Sync{}
		if err := wire.Unpack(r.Body, wire.MaxBody, m); err != nil {
			t.Error(err)
		}
		l.asked = append(l.asked, m)
		body, err := wire.Pack(l.answer(m))
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(body)
	}))
	h.TLS, h.EnableHTTP2 = identity.ServerTLS(pair), true
	h.StartTLS()
	t.Cleanup(func() { h.CloseClientConnections(); h.Close() })

	if l.book, err = local.Open(t.Context(), t.TempDir(), time.Now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.book.Close() })
	_, pc, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.book.Enrol(t.Context(), commit.Identity{
		School: journal.NewID[journal.School](), Device: identity.DeviceID(pc.Public().(ed25519.PublicKey)), Name: "Учительская",
		Key: pc, Server: h.Listener.Addr().String(), Pin: identity.Pin(pair.Leaf), Epoch: epoch,
	}); err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if _, err := l.book.Append(context.Background(), commit.Draft{Volume: journal.Register, Author: journal.StaffID{1}, Entered: time.Now(), Changes: []commit.Change{
			commit.Set(journal.KindSubject, journal.SubjectKey("Алгебра"), journal.SubjectOrder, journal.IntValue(int64(n+1))),
		}}); err != nil {
			t.Fatal(err)
		}
	}
	l.client = client.New(l.book, time.Now, nil, client.Ordinary)
	return l
}

// accepted is what an honest server says of everything that was sent.
func accepted(m *wire.Sync) *wire.SyncAnswer {
	a := &wire.SyncAnswer{Epoch: m.Epoch}
	n := wire.News{Volume: journal.Register, Head: 3}
	for _, e := range m.Envelopes {
		for i := range e.Commits {
			a.Durable = e.First + uint64(i)
			a.Verdicts = append(a.Verdicts, wire.Verdict{Number: a.Durable, Answer: commit.Accepted, Position: a.Durable})
			n.Entries = append(n.Entries, wire.Entry{Arrived: 1, Own: a.Durable})
		}
	}
	if len(n.Entries) > 0 {
		a.News = append(a.News, n)
	} else {
		a.Durable = 3
	}
	return a
}

// Whatever a server says, what was written here stays, and stays unsent until
// it is believably there.
func TestAServerThatTalksNonsense(t *testing.T) {
	for name, answer := range map[string]func(*wire.Sync) *wire.SyncAnswer{
		"a verdict for what was never sent": func(m *wire.Sync) *wire.SyncAnswer {
			return &wire.SyncAnswer{Epoch: epoch, Durable: 3, Verdicts: []wire.Verdict{{Number: 9, Answer: commit.Accepted, Position: 1}}}
		},
		"a verdict beyond what it calls durable": func(m *wire.Sync) *wire.SyncAnswer {
			a := accepted(m)
			a.Durable = 1
			return a
		},
		"news that leave something out": func(m *wire.Sync) *wire.SyncAnswer {
			a := accepted(m)
			a.Verdicts, a.Durable = nil, 0
			a.News[0].After = 5
			return a
		},
		"our own commits which we did not send": func(m *wire.Sync) *wire.SyncAnswer {
			a := accepted(m)
			a.Verdicts, a.Durable = nil, 0
			a.News[0].Entries[0].Own = 77
			return a
		},
		"an entry that is no commit": func(m *wire.Sync) *wire.SyncAnswer {
			return &wire.SyncAnswer{Epoch: epoch, News: []wire.News{{Head: 1, Entries: []wire.Entry{{Raw: []byte("junk"), Arrived: 1}}}}}
		},
		"always more, and never anything":  func(*wire.Sync) *wire.SyncAnswer { return &wire.SyncAnswer{Epoch: epoch, More: true} },
		"never an answer to what was sent": func(*wire.Sync) *wire.SyncAnswer { return &wire.SyncAnswer{Epoch: epoch} },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLiar(t)
			l.answer = answer
			err := l.client.Sync(t.Context())
			if code := fault.CodeOf(err); code != fault.Damaged && code != fault.Internal {
				t.Errorf("Sync = %v", err)
			}
			if len(l.asked) > 5 {
				t.Errorf("it asked %d times", len(l.asked))
			}
			if counts, err := l.book.Count(t.Context()); err != nil || counts.Unsent != 3 {
				t.Errorf("counts %+v, %v", counts, err)
			}
			// An honest server gets everything afterwards.
			l.answer = accepted
			if err := l.client.Sync(t.Context()); err != nil {
				t.Fatal(err)
			}
			if counts, err := l.book.Count(t.Context()); err != nil || counts.Unsent != 0 {
				t.Errorf("counts %+v, %v", counts, err)
			}
		})
	}
}

// A quiet round is one message each way.
func TestNothingNewIsOneRoundTrip(t *testing.T) {
	l := newLiar(t)
	l.answer = accepted
	if err := l.client.Sync(t.Context()); err != nil || len(l.asked) != 1 {
		t.Fatalf("%d messages, %v", len(l.asked), err)
	}
	if err := l.client.Sync(t.Context()); err != nil || len(l.asked) != 2 {
		t.Fatalf("%d messages, %v", len(l.asked), err)
	}
	if m := l.asked[1]; len(m.Envelopes) != 0 || len(m.Cursors) != 1 || m.Cursors[0].Position != 3 {
		t.Errorf("the quiet message is %+v", m)
	}
}

// A server that lacks what it once had, without saying that it was restored,
// gets it again.
func TestAServerThatForgot(t *testing.T) {
	l := newLiar(t)
	l.answer = accepted
	if err := l.client.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.answer = func(m *wire.Sync) *wire.SyncAnswer {
		if len(m.Envelopes) == 0 {
			return &wire.SyncAnswer{Epoch: epoch}
		}
		a := accepted(m)
		a.News = nil
		return a
	}
	if err := l.client.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m := l.asked[len(l.asked)-1]; len(m.Envelopes) != 1 || m.Envelopes[0].First != 1 {
		t.Errorf("the last message is %+v", m)
	}
}
