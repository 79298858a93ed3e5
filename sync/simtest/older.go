package simtest

import (
	"slices"

	"uchitelskaya/sync/wire"
)

// A PC or a server of an earlier version knows less of a message: it writes no
// field that was added later and passes over those that come. Which field came
// when is in the table of sync/wire. Own commits without their bytes came
// together with the question for them, so every PC knows both.

// elder lets some programs of the school be of an earlier version.
func (w *world) elder() {
	w.host.older = w.chance(w.sky.olderHost)
	for _, d := range w.desks {
		d.older = w.chance(w.sky.olderPC)
	}
}

// updated is whether a program is still an earlier one when it is started again.
func (w *world) updated(older bool) bool {
	if older && w.chance(200) {
		w.note("earlier program updated")
		return false
	}
	return older
}

// asEarlier is a question as it reaches the server when one of both is of an
// earlier version.
func (d *desk) asEarlier(m wire.Message) wire.Message {
	s, is := m.(*wire.Sync)
	if !is || !d.older && !d.host.older {
		return m
	}
	old := *s
	old.Most, old.Sending, old.Keys = 0, false, nil
	old.Whole = s.Whole && !d.host.older
	if d.older {
		d.note("question of an earlier version")
	}
	return &old
}

// asEarlier is an answer as a server of an earlier version gives it: all commits
// have their bytes, and it says nothing of its clock.
func (h *host) asEarlier(a *wire.SyncAnswer) *wire.SyncAnswer {
	if !h.older {
		return a
	}
	h.note("answer of an earlier version")
	old := *a
	old.Now, old.News = 0, slices.Clone(a.News)
	for i, n := range old.News {
		n.Entries = slices.Clone(n.Entries)
		for k, e := range n.Entries {
			if e.Own > 0 {
				n.Entries[k] = wire.Entry{Arrived: e.Arrived, Raw: h.truth.logs[n.Volume][n.After+uint64(k)].raw}
			}
		}
		old.News[i] = n
	}
	return &old
}
