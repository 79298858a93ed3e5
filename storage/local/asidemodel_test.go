package local_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// A byHand is a PC whose commits get all kinds of answers, whose person deals
// with them in all ways, and whose server comes back from old copies.
type byHand struct {
	t       *rapid.T
	dir     string
	j       *local.Journal
	raw     map[uint64][]byte // of every commit made
	answers map[uint64]commit.Answer
	log     []uint64        // numbers in the server's log
	durable uint64          // at the server
	away    map[uint64]bool // true: put away, false: retried
	told    map[uint64]bool
	epoch   byte
	said    int
}

func (m *byHand) must(err error) {
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *byHand) last() uint64 { return uint64(len(m.raw)) }

func (m *byHand) change() commit.Change {
	cell := rapid.IntRange(0, 2).Draw(m.t, "cell")
	m.said++ // never the same value again
	return commit.Set(journal.KindCell, journal.CellKey(page, day+journal.Date(cell), 1, pupil), journal.CellNote, journal.TextValue(strconv.Itoa(m.said)))
}

func (m *byHand) made(c *commit.Commit) {
	raw, err := commit.Encode(c)
	m.must(err)
	m.raw[c.Number] = raw
}

func (m *byHand) write(*rapid.T) {
	c, err := m.j.Append(m.t.Context(), draft(m.change()))
	m.must(err)
	m.made(c)
}

// answer lets the server judge what it has not yet judged, up to some number.
func (m *byHand) answer(*rapid.T) {
	if m.durable == m.last() {
		return
	}
	upto := rapid.Uint64Range(m.durable+1, m.last()).Draw(m.t, "upto")
	var verdicts []commit.Verdict
	for n := m.durable + 1; n <= upto; n++ {
		c, err := commit.Decode(m.raw[n])
		m.must(err)
		a := rapid.SampledFrom([]commit.Answer{commit.Accepted, commit.Requested, commit.Refused, commit.Refused}).Draw(m.t, "answer")
		m.answers[n] = a
		position := uint64(0)
		if a == commit.Accepted {
			m.log = append(m.log, n)
			position = uint64(len(m.log))
		}
		verdicts = append(verdicts, verdict(c, a, position))
	}
	m.durable = upto
	m.must(m.j.Settle(m.t.Context(), verdicts, upto))
}

// some draws numbers of a fate; none when there is none.
func (m *byHand) some(f commit.Fate) []uint64 {
	list, err := m.j.Waiting(m.t.Context(), commit.Query{Fate: f})
	m.must(err)
	var out []uint64
	for _, w := range list {
		if rapid.Bool().Draw(m.t, "this") {
			out = append(out, w.Commit.Number)
		}
	}
	return out
}

func (m *byHand) putAway(*rapid.T) {
	list := m.some(commit.NotTaken)
	m.must(m.j.PutAway(m.t.Context(), teacher, later, list...))
	for _, n := range list {
		m.away[n] = true
	}
}

func (m *byHand) bringBack(*rapid.T) {
	for _, n := range m.some(commit.PutAway) {
		err := m.j.BringBack(m.t.Context(), n)
		if may := m.away[n] && m.missed(n); may != (err == nil) {
			m.t.Fatalf("bring back %d: %v", n, err)
		}
		if err == nil {
			delete(m.away, n)
		} else if fault.CodeOf(err) != fault.NotFound {
			m.t.Fatal(err)
		}
	}
}

func (m *byHand) retry(*rapid.T) {
	var tries []commit.Retry
	for _, n := range m.some(commit.NotTaken) {
		tries = append(tries, commit.Retry{Number: n, Draft: draft(m.change())})
	}
	made, err := m.j.Retry(m.t.Context(), tries...)
	m.must(err)
	for i, c := range made {
		m.made(c)
		m.away[tries[i].Number] = false
	}
}

// restored puts the server back to some earlier number.
func (m *byHand) restored(*rapid.T) {
	m.epoch++
	m.durable = rapid.Uint64Range(0, m.durable).Draw(m.t, "durable")
	m.log = slices.DeleteFunc(m.log, func(n uint64) bool { return n > m.durable })
	m.must(m.j.SetEpoch(m.t.Context(), [16]byte{m.epoch}, m.durable))
	var entries []commit.Entry
	for i, n := range m.log {
		entries = append(entries, commit.Entry{Position: uint64(i) + 1, Raw: m.raw[n]})
	}
	m.must(m.j.Absorb(m.t.Context(), year, entries, nil))
	for n := range m.answers {
		if n > m.durable && !(m.missed(n) && m.isAway(n)) {
			delete(m.answers, n)
		}
	}
}

func (m *byHand) missed(n uint64) bool {
	return m.answers[n] == commit.Refused || m.answers[n] == commit.Requested
}

func (m *byHand) isAway(n uint64) bool { _, is := m.away[n]; return is }

func (m *byHand) tell(*rapid.T) {
	list := m.some(commit.Returned)
	m.must(m.j.Told(m.t.Context(), list...))
	for _, n := range list {
		m.told[n] = true
	}
}

func (m *byHand) reopen(*rapid.T) {
	m.must(m.j.Close())
	var err error
	m.j, err = local.Open(m.t.Context(), m.dir, clock)
	m.must(err)
}

// check holds what must be true at every moment.
func (m *byHand) check(*rapid.T) {
	ctx := m.t.Context()
	fates := map[commit.Fate][]uint64{}
	for _, f := range []commit.Fate{commit.Unsent, commit.AtDeputy, commit.NotTaken, commit.PutAway, commit.Returned} {
		list, err := m.j.Waiting(ctx, commit.Query{Fate: f, Author: teacher})
		m.must(err)
		for _, w := range list {
			raw, err := commit.Encode(w.Commit)
			m.must(err)
			if string(raw) != string(m.raw[w.Commit.Number]) {
				m.t.Fatalf("commit %d has changed", w.Commit.Number)
			}
			fates[f] = append(fates[f], w.Commit.Number)
		}
	}
	want := map[commit.Fate][]uint64{}
	put := func(f commit.Fate, n uint64) { want[f] = append(want[f], n) }
	for n := m.last(); n > 0; n-- {
		if n > m.durable {
			put(commit.Unsent, n)
		}
		switch away := m.isAway(n); {
		case away && m.away[n] && !m.told[n] && n <= m.durable && m.answers[n] == commit.Accepted:
			put(commit.Returned, n)
		case away:
			put(commit.PutAway, n)
		case m.answers[n] == commit.Requested:
			put(commit.AtDeputy, n)
		case m.answers[n] == commit.Refused:
			put(commit.NotTaken, n)
		}
	}
	for f := range commit.Returned + 1 {
		if !slices.Equal(fates[f], want[f]) {
			m.t.Fatalf("of fate %d are %v, want %v", f, fates[f], want[f])
		}
	}
	n, err := m.j.Count(ctx)
	m.must(err)
	counts := commit.Counts{
		Unsent: len(want[commit.Unsent]), Requested: len(want[commit.AtDeputy]), Refused: len(want[commit.NotTaken]), Returned: len(want[commit.Returned]), Disputes: n.Disputes,
	}
	all, err := m.j.Tally(ctx)
	m.must(err)
	if n != counts {
		m.t.Fatalf("counts are %+v, want %+v", n, counts)
	}
	if counts.Disputes = 0; all[teacher] != counts {
		m.t.Fatalf("tally is %+v, want %+v", all, counts)
	}
	for d := range journal.Date(3) {
		heads, err := m.j.Heads(ctx, year, commit.FieldRef{Kind: journal.KindCell, Key: journal.CellKey(page, day+d, 1, pupil), Field: journal.CellNote})
		m.must(err)
		for _, h := range heads {
			if m.missed(h.ID.Number) {
				m.t.Fatalf("commit %d stands, which the school did not take", h.ID.Number)
			}
		}
	}
}

// rebuilt holds that the projection is what the commits give.
func (m *byHand) rebuilt(*rapid.T) {
	before := dump(m.t, m.dir)
	m.must(m.j.Rebuild(m.t.Context()))
	if after := dump(m.t, m.dir); after != before {
		m.t.Fatalf("made anew the projection differs:\n%s\nwas\n%s", after, before)
	}
}

func TestByHandModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		m := &byHand{
			t: rt, dir: dir, raw: map[uint64][]byte{}, answers: map[uint64]commit.Answer{}, away: map[uint64]bool{}, told: map[uint64]bool{},
		}
		var err error
		m.j, err = local.Open(t.Context(), dir, clock)
		m.must(err)
		defer func() { m.j.Close() }()
		m.must(m.j.Enrol(t.Context(), identity(1)))
		rt.Repeat(map[string]func(*rapid.T){
			"write": m.write, "answer": m.answer, "put away": m.putAway, "bring back": m.bringBack, "retry": m.retry,
			"restored": m.restored, "told": m.tell, "reopen": m.reopen, "rebuilt": m.rebuilt, "": m.check,
		})
	})
}
