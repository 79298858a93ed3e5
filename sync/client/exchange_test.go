package client_test

import (
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// Whatever a server says, what was written here stays, and stays unsent until
// it is believably there.
func TestAServerThatTalksNonsense(t *testing.T) {
	for name, answer := range map[string]func(*liar, *wire.Sync) *wire.SyncAnswer{
		"a verdict for what was never sent": func(l *liar, _ *wire.Sync) *wire.SyncAnswer {
			return &wire.SyncAnswer{Epoch: l.epoch, Durable: 3, Verdicts: []wire.Verdict{{Number: 9, Answer: commit.Accepted, Position: 1}}}
		},
		"a verdict beyond what it calls durable": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			a.Durable = 1
			return a
		},
		"news that leave something out": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			a.Verdicts, a.Durable = nil, 0
			a.News[0].After = 5
			return a
		},
		"our own commits which we did not send": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			a.Verdicts, a.Durable = nil, 0
			a.News[0].Entries[0].Own = 77
			return a
		},
		"an entry that is no commit": func(l *liar, _ *wire.Sync) *wire.SyncAnswer {
			l.log = [][]byte{[]byte("junk")}
			defer func() { l.log = nil }()
			return &wire.SyncAnswer{Epoch: l.epoch, News: []wire.News{l.news(wire.Place{})}}
		},
		"news without a head": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			a.News[0].Head = nil
			return a
		},
		"a head that somebody else signed": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			other := *l
			other.renew()
			a.News[0].Head = other.news(wire.Place{}).Head
			return a
		},
		"a proof of half a hash": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			a.News[0].Part = []byte{1, 2, 3}
			return a
		},
		"the same news twice": func(l *liar, m *wire.Sync) *wire.SyncAnswer {
			a := l.honest(m)
			a.News = append(a.News, a.News[0])
			return a
		},
		"always more, and never anything":  func(l *liar, _ *wire.Sync) *wire.SyncAnswer { return &wire.SyncAnswer{Epoch: l.epoch, More: true} },
		"never an answer to what was sent": func(l *liar, _ *wire.Sync) *wire.SyncAnswer { return &wire.SyncAnswer{Epoch: l.epoch} },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLiar(t)
			l.answer = func(m *wire.Sync) *wire.SyncAnswer { return answer(l, m) }
			err := l.client.Sync(t.Context())
			if code := fault.CodeOf(err); code != fault.Damaged && code != fault.Internal {
				t.Errorf("Sync = %v", err)
			}
			if len(l.asked) > 5 {
				t.Errorf("it asked %d times", len(l.asked))
			}
			if n := l.unsent(); n != 3 {
				t.Errorf("%d unsent", n)
			}
			// An honest server gets everything afterwards.
			l.answer = l.honest
			if err := l.client.Sync(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := l.unsent(); n != 0 {
				t.Errorf("%d unsent", n)
			}
		})
	}
}

// A quiet round is one message each way.
func TestNothingNewIsOneRoundTrip(t *testing.T) {
	l := newLiar(t)
	l.answer = l.honest
	if err := l.client.Sync(t.Context()); err != nil || len(l.asked) != 1 {
		t.Fatalf("%d messages, %v", len(l.asked), err)
	}
	if err := l.client.Sync(t.Context()); err != nil || len(l.asked) != 2 {
		t.Fatalf("%d messages, %v", len(l.asked), err)
	}
	if m := l.asked[1]; len(m.Envelopes) != 0 || len(m.Places) != 1 || m.Places[0].Position != 3 || m.Places[0].Known != 3 {
		t.Errorf("the quiet message is %+v", m)
	}
}

// A server that lacks what it once had, without saying that it was restored,
// gets it again.
func TestAServerThatForgot(t *testing.T) {
	l := newLiar(t)
	l.answer = l.honest
	if err := l.client.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.answer = func(m *wire.Sync) *wire.SyncAnswer {
		if len(m.Envelopes) == 0 {
			return &wire.SyncAnswer{Epoch: l.epoch}
		}
		a := l.honest(m)
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

// Whoever leaves has everything sent first; the news can wait.
func TestSendTakesNoNews(t *testing.T) {
	l := newLiar(t)
	l.answer = l.honest
	l.others(1, 5)
	if err := l.client.Send(t.Context()); err != nil || l.unsent() != 0 {
		t.Fatalf("%d unsent, %v", l.unsent(), err)
	}
	if known, err := l.book.Known(t.Context()); err != nil || len(known) != 0 {
		t.Errorf("it knows %+v, %v", known, err)
	}
	// What was accepted comes later in its place, without its bytes.
	if err := l.client.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	known, err := l.book.Known(t.Context())
	if edge := known[0].Edge; err != nil || edge.Size() != 8 {
		t.Errorf("%d places, %v", edge.Size(), err)
	}
	if err := l.book.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// An answer that comes late tells of a server that has meanwhile heard more than
// its question held. What became of the rest, only an answer to that says.
func TestALateAnswerSettlesNoMoreThanItsQuestion(t *testing.T) {
	l := newLiar(t)
	q, err := l.client.Ask(t.Context(), client.Full)
	l.must(err)
	l.write(8) // and sent, with an answer that was lost
	a := &wire.SyncAnswer{Epoch: l.epoch, Durable: 4}
	for n := range uint64(3) {
		a.Verdicts = append(a.Verdicts, wire.Verdict{Number: n + 1, Answer: commit.Refused, Code: fault.Forbidden, Text: "Нельзя."})
	}
	_, err = l.client.Take(t.Context(), q, a)
	l.must(err)
	if durable, err := l.book.Durable(t.Context()); err != nil || durable != 3 {
		t.Errorf("durable is %d, %v; want 3: the verdict on the fourth was not heard", durable, err)
	}
}

// An answer of before a restore comes when the PC has heard of that: the numbers
// in it are those of a server that is no more.
func TestALateAnswerOfAFormerServer(t *testing.T) {
	l := newLiar(t)
	q, err := l.client.Ask(t.Context(), client.Full)
	l.must(err)
	late := l.honest(q.Message)
	l.log = nil // what was put back has nothing of it
	l.renew()
	if err := l.book.SetEpoch(t.Context(), l.epoch, 0); err != nil {
		t.Fatal(err)
	}
	if p, err := l.client.Take(t.Context(), q, late); err != nil || p.Idle {
		t.Errorf("Take = %+v, %v", p, err)
	}
	if n := l.unsent(); n != 3 {
		t.Errorf("%d commits wait, want 3", n)
	}
}
