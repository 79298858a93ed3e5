package client_test

import (
	"context"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// A spoken liar is one whose PC listens to it, and has all that there is.
func newSpoken(t *testing.T) (l *liar, here func() uint64) {
	l = newLiar(t)
	l.others(1, 5)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); l.client.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	here = func() uint64 {
		known, err := l.book.Known(context.Background())
		l.must(err)
		k := known[journal.Register]
		return k.Edge.Size()
	}
	l.words <- l.word(wire.News{})
	l.until("the PC has what there was", func() bool { return here() == 8 }) // with its own
	l.until("the exchange is over", func() bool {
		s, err := l.client.State(context.Background())
		return err == nil && s.Phase == client.AllSent
	})
	return l, here
}

// word says how far the log goes, with news or without.
func (l *liar) word(n wire.News) *wire.Heads {
	m := &wire.Heads{Heads: []wire.Cursor{{Volume: journal.Register, Position: uint64(len(l.log))}}}
	if len(n.Entries) > 0 {
		m.News, m.Epoch = []wire.News{n}, l.epoch[:]
	}
	return m
}

func (l *liar) until(what string, is func() bool) {
	l.t.Helper()
	for range 3000 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	l.t.Fatal("it did not come to this: ", what)
}

// News that come with a word of the event stream are taken without a question.
func TestNewsComeWithTheWord(t *testing.T) {
	l, here := newSpoken(t)
	asked := len(l.asked)
	heard := make(chan commit.News, 10)
	defer l.book.Watch(func(n commit.News) { heard <- n })()
	for n := uint64(6); n <= 9; n++ {
		at := wire.Place{Position: here(), Known: here()}
		l.others(n, n)
		l.words <- l.word(l.news(at))
		l.until("the news are here", func() bool { return here() == uint64(len(l.log)) })
		if n := <-heard; !n.Remote {
			t.Errorf("told %+v", n)
		}
	}
	if len(l.asked) != asked {
		t.Errorf("asked %d times for what was said", len(l.asked)-asked)
	}
	l.must(l.book.Verify(t.Context()))
}

// What comes with a word is believed no more than an answer is: what does not
// follow is asked for.
func TestALieWithTheWord(t *testing.T) {
	for name, lie := range map[string]func(*liar, *wire.Heads){
		"no news at all":        func(_ *liar, m *wire.Heads) { m.News = nil },
		"news of a later place": func(_ *liar, m *wire.Heads) { m.News[0].After++ },
		"news of another server": func(l *liar, m *wire.Heads) {
			other := *l
			other.renew()
			m.Epoch = other.epoch[:]
		},
		"a head of nobody": func(_ *liar, m *wire.Heads) { m.News[0].Head = []byte("head") },
		"a head that another signed": func(l *liar, m *wire.Heads) {
			other := *l
			other.renew()
			m.News[0].Head = other.news(wire.Place{Position: m.News[0].After}).Head
		},
		"our own commit that is none": func(_ *liar, m *wire.Heads) { m.News[0].Entries[0] = wire.Entry{Own: 77, Arrived: 1} },
	} {
		t.Run(name, func(t *testing.T) {
			l, here := newSpoken(t)
			at := wire.Place{Position: here(), Known: here()}
			l.others(6, 6)
			word := l.word(l.news(at))
			lie(l, word)
			l.words <- word
			l.until("the truth is here", func() bool { return here() == 9 })
			l.must(l.book.Verify(t.Context()))
		})
	}
}

// A word that rewrites the past stops the exchange, as an answer would.
func TestAWordThatRewritesThePast(t *testing.T) {
	l, here := newSpoken(t)
	at := wire.Place{Position: here(), Known: here()}
	l.others(6, 6)
	n := l.news(at)
	n.Entries[0].Raw = append([]byte(nil), n.Entries[0].Raw...)
	n.Entries[0].Raw[len(n.Entries[0].Raw)-1] ^= 1 // what is signed and what is sent do not agree
	l.words <- l.word(n)
	l.until("the exchange is stopped", func() bool {
		s, err := l.client.State(context.Background())
		return err == nil && fault.CodeOf(s.Trouble) == fault.Alarm
	})
	if here() != 8 {
		t.Errorf("%d places are here", here())
	}
}
