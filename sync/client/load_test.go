package client_test

import (
	"testing"
	"time"

	"uchitelskaya/sync/client"
	"uchitelskaya/sync/wire"
)

// A new PC tells how much of the log is here, goes on telling after a cut, and
// says nothing of what is ordinary news.
func TestLoadIsTold(t *testing.T) {
	l := newLiar(t)
	l.client = client.New(l.book, time.Now, nil, client.Pace{}) // tells at once
	l.others(1, 2500)
	var told []client.Load
	cut := false
	l.answer = func(m *wire.Sync) *wire.SyncAnswer {
		s, err := l.client.State(t.Context())
		l.must(err)
		told = append(told, s.Load)
		if cut = cut || len(told) == 8; cut {
			return &wire.SyncAnswer{Epoch: l.epoch, More: true} // nothing any more
		}
		return l.honest(m)
	}
	if err := l.client.Sync(t.Context()); err == nil {
		t.Fatal("the line was not cut")
	}
	const all = 2503 // with the PC's own
	if told[0] != (client.Load{}) || told[1] != (client.Load{Here: 100, There: all}) || told[7] != (client.Load{Here: 700, There: all}) {
		t.Errorf("told %v", told)
	}

	// The program is started again: what is known is told before the server answers.
	l.client = client.New(l.book, time.Now, nil, client.Pace{})
	told, cut, l.answer = nil, false, func(m *wire.Sync) *wire.SyncAnswer {
		s, err := l.client.State(t.Context())
		l.must(err)
		told = append(told, s.Load)
		return l.honest(m)
	}
	l.must(l.client.Sync(t.Context()))
	if told[0] != (client.Load{Here: 700, There: all}) {
		t.Errorf("after the cut told %v", told)
	}
	if s, err := l.client.State(t.Context()); err != nil || s.Load != (client.Load{}) {
		t.Errorf("with everything here: %+v, %v", s.Load, err)
	}
	l.others(2501, 2800)
	told = nil
	l.must(l.client.Sync(t.Context()))
	for _, n := range told {
		if n != (client.Load{}) {
			t.Errorf("of 300 news told %v", told)
		}
	}
}
