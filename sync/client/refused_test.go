package client_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/wire"
)

// threeEnvelopes puts what is written on the PC into envelopes of their own.
func threeEnvelopes(l *liar) {
	for n := range 3 {
		_, err := l.client.Ask(l.t.Context(), client.Full)
		l.must(err)
		if n < 2 {
			l.write(3 + n)
		}
	}
}

// sentNow are how many envelopes each question held since the last call.
func (l *liar) sentNow() (out []int) {
	for _, m := range l.asked {
		out = append(out, len(m.Envelopes))
	}
	l.asked = nil
	return out
}

// What a server does not take keeps no news away. It is tried again with one
// envelope, and all follows when that is taken.
func TestWhatIsRefusedKeepsNoNewsAway(t *testing.T) {
	l := newLiar(t)
	threeEnvelopes(l)
	l.others(1, 2)
	l.refuse = func(m *wire.Sync) *wire.Problem {
		if len(m.Envelopes) > 0 {
			return &wire.Problem{Code: fault.TooLarge, Text: "Завтра."}
		}
		return nil
	}
	for n, want := range [][]int{{3, 0}, {1, 0}} {
		if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.TooLarge || fault.TextOf(err) != "Завтра." {
			t.Fatalf("Sync = %v", err)
		}
		known, err := l.book.Known(t.Context())
		l.must(err)
		if got := l.sentNow(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] || known[journal.Register].Edge.Size() != uint64(2+2*n) || l.unsent() != 5 {
			t.Errorf("it sent %v, want %v; %d places are here, %d unsent", got, want, known[journal.Register].Edge.Size(), l.unsent())
		}
		l.others(3, 4)
	}
	l.refuse = nil
	l.must(l.client.Sync(t.Context()))
	if got := l.sentNow(); len(got) < 2 || got[0] != 1 || got[1] != 2 || l.unsent() != 0 {
		t.Errorf("taken again it sent %v, %d unsent", got, l.unsent())
	}
}

// One envelope that a server never takes holds up what follows it, not what was
// before.
func TestWhatIsBeforeARefusedEnvelopeIsTaken(t *testing.T) {
	l := newLiar(t)
	threeEnvelopes(l)
	l.refuse = func(m *wire.Sync) *wire.Problem {
		for _, e := range m.Envelopes {
			if e.First == 5 {
				return &wire.Problem{Code: fault.Damaged, Text: "Подпись не сходится."}
			}
		}
		return nil
	}
	for range 3 {
		if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.Damaged {
			t.Fatalf("Sync = %v", err)
		}
	}
	if n := l.unsent(); n != 1 {
		t.Errorf("%d unsent", n)
	}
}
