package client_test

import (
	"slices"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// The past that a PC has, or was shown a signed head of, cannot be changed
// unseen: whatever the server then says, with true proofs of its new log, the
// exchange stops, what is here stays, and work goes on.
func TestARewrittenPastStopsTheExchange(t *testing.T) {
	for name, tt := range map[string]struct {
		pull    int // entries that the PC had taken, when not all
		rewrite func(l *liar)
	}{
		"an entry changed":                        {0, func(l *liar) { l.others(99, 99); l.log[1] = l.log[len(l.log)-1]; l.log = l.log[:len(l.log)-1] }},
		"an entry dropped":                        {0, func(l *liar) { l.log = slices.Delete(l.log, 2, 3); l.others(98, 98) }},
		"the last entry dropped":                  {0, func(l *liar) { l.log = l.log[:len(l.log)-1]; l.others(97, 97) }},
		"two entries in another order":            {0, func(l *liar) { l.log[1], l.log[2] = l.log[2], l.log[1] }},
		"an entry put in between":                 {0, func(l *liar) { l.others(96, 96); l.log = slices.Insert(l.log[:len(l.log)-1], 3, l.log[len(l.log)-1]) }},
		"another log from the middle on":          {0, func(l *liar) { l.log = l.log[:4]; l.others(60, 80) }},
		"what was not taken yet but shown":        {4, func(l *liar) { l.others(95, 95); l.log[6] = l.log[len(l.log)-1]; l.log = l.log[:len(l.log)-1] }},
		"shown, not taken, and the log shortened": {4, func(l *liar) { l.log = l.log[:5] }},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLiar(t)
			l.others(1, 7)
			if tt.pull > 0 { // interrupted after the first answer
				l.pull = tt.pull
				l.answer = func(m *wire.Sync) *wire.SyncAnswer {
					if len(m.Places) > 0 {
						return &wire.SyncAnswer{Epoch: l.epoch, News: []wire.News{{Entries: make([]wire.Entry, 1)}}} // does not read
					}
					return l.honest(m)
				}
				if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.Damaged {
					t.Fatalf("interrupted: %v", err)
				}
			} else {
				l.must(l.client.Sync(t.Context()))
			}
			before, err := l.book.Known(t.Context())
			l.must(err)

			tt.rewrite(l)
			if tt.pull == 0 {
				l.others(40, 42)
			}
			l.write(7)
			waiting := l.unsent()
			l.answer, l.asked = l.honest, nil
			if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.Alarm {
				t.Fatalf("Sync = %v", err)
			}
			asked := len(l.asked)
			l.write(8)
			if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.Alarm {
				t.Errorf("after the alarm: %v", err)
			}
			for _, m := range l.asked[asked:] {
				if len(m.Envelopes) > 0 || m.Epoch == l.epoch {
					t.Errorf("after the alarm it sent %+v", m)
				}
			}
			state, err := l.client.State(t.Context())
			if err != nil || fault.CodeOf(state.Trouble) != fault.Alarm || fault.TextOf(state.Trouble) == "" {
				t.Errorf("state %+v, %v", state, err)
			}
			if n := l.unsent(); n != waiting+1 {
				t.Errorf("%d wait, want %d: something was taken from a liar", n, waiting+1)
			}
			after, err := l.book.Known(t.Context())
			if err != nil || string(after[0].Head) != string(before[0].Head) || after[0].Edge.Root() != before[0].Edge.Root() {
				t.Errorf("the PC knows something else now: %v", err)
			}
			l.must(l.book.Verify(t.Context()))

			// A server put back from a copy has a new epoch. It is taken as it is, and said.
			l.renew()
			l.must(l.client.Sync(t.Context()))
			if state, err := l.client.State(t.Context()); err != nil || state.Trouble != nil || state.Restored.IsZero() || l.unsent() != 0 {
				t.Errorf("in the new epoch: %+v, %v, %d unsent", state, err, l.unsent())
			}
			l.must(l.book.Verify(t.Context()))
		})
	}
}

// However the log comes, in whatever pieces and growing meanwhile, an honest
// server raises no alarm and the journal verifies.
func TestAnHonestServerInPieces(t *testing.T) {
	l := newLiar(t)
	l.pull = 3
	next := uint64(1)
	l.answer = func(m *wire.Sync) *wire.SyncAnswer {
		if next < 60 {
			l.others(next, next+4)
			next += 5
		}
		return l.honest(m)
	}
	for range 3 {
		l.must(l.client.Sync(t.Context()))
		l.write(int(next))
	}
	known, err := l.book.Known(t.Context())
	if err != nil || known[0].Edge.Size() != uint64(len(l.log)) {
		t.Errorf("%d of %d places, %v", known[0].Edge.Size(), len(l.log), err)
	}
	l.must(l.book.Verify(t.Context()))
	if state, err := l.client.State(t.Context()); err != nil || state.Trouble != nil {
		t.Errorf("state %+v, %v", state, err)
	}
}

// A commit that was called accepted stands in the log where it was said to.
func TestAcceptedButAnotherStandsThere(t *testing.T) {
	l := newLiar(t)
	l.answer = func(m *wire.Sync) *wire.SyncAnswer {
		a := l.honest(m)
		a.Verdicts[0].Position, a.Verdicts[1].Position = a.Verdicts[1].Position, a.Verdicts[0].Position
		return a
	}
	if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.Alarm || l.unsent() != 3 {
		t.Errorf("Sync = %v, %d unsent", err, l.unsent())
	}
}
