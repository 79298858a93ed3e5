package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// own is what became of what a journal's PC had written and no log has.
type own struct {
	accepted, requested, refused int
	remembered                   int // not accepted by the former server: its answer stands
	unsigned                     int // taken from the file, under no signature that holds
	clashes                      int // another commit stands under the number
}

func (o *own) count(a commit.Answer) {
	switch a {
	case commit.Accepted:
		o.accepted++
	case commit.Requested:
		o.requested++
	case commit.Refused:
		o.refused++
	}
}

// written is an envelope of a journal, with when its first commit was made.
type written struct {
	*commit.Envelope
	source int
	stamp  commit.Stamp
	fresh  bool // some of its commits stand in no log
}

// sealed sends what the PCs had signed, as they would themselves: first what
// stands in the logs, which brings its signatures, then the rest in the order in
// which it was written.
func (m *remaking) sealed(ctx context.Context) error {
	var list []written
	for i, s := range m.sources {
		for _, e := range s.Own {
			commits, err := e.Read()
			if err != nil {
				return fmt.Errorf("%s: %w", s.name(), err)
			}
			w := written{Envelope: e, source: i, stamp: commits[0].Stamp}
			for _, c := range commits {
				w.fresh = w.fresh || !m.known.Holds(c.ID)
			}
			list = append(list, w)
		}
	}
	late := map[[16]byte]bool{} // PCs of which something fresh came: the order of numbers holds
	var first, then []written
	for _, w := range list {
		if late[w.Device] = late[w.Device] || w.fresh; late[w.Device] {
			then = append(then, w)
		} else {
			first = append(first, w)
		}
	}
	slices.SortStableFunc(then, func(a, b written) int { return cmp.Compare(a.stamp, b.stamp) })
	for _, run := range append(runs(first), runs(then)...) {
		if err := m.push(ctx, run); err != nil {
			return err
		}
	}
	return nil
}

// runs parts envelopes into what one push takes: of one journal, of bounded size.
func runs(list []written) (out [][]written) {
	size := 0
	for _, w := range list {
		if n := len(out); n == 0 || out[n-1][0].source != w.source || len(out[n-1]) >= 500 || size > 1<<20 {
			out, size = append(out, nil), 0
		}
		n := len(out) - 1
		out[n] = append(out[n], w)
		for _, raw := range w.Commits {
			size += len(raw)
		}
	}
	return out
}

// push sends a run. Where a number is missing before it, nobody has it any more.
// What the server does not take as a push is taken commit by commit, unsigned.
func (m *remaking) push(ctx context.Context, run []written) error {
	device, s := run[0].Device, run[0].source
	standing, err := m.store.Standing(ctx, m.known.ID, device)
	if err != nil {
		return err
	}
	if run[0].First > standing.Last+1 {
		if err := m.school.TakeBack(ctx, device, commit.Return{From: run[0].First}); err != nil {
			return err
		}
	}
	envelopes := make([]*commit.Envelope, len(run))
	for i := range run {
		envelopes[i] = run[i].Envelope
	}
	verdicts, _, err := m.school.Push(ctx, device, envelopes)
	code := fault.CodeOf(err)
	switch {
	case (code == fault.Damaged || code == fault.Alarm) && len(run) > 1:
		for i := range run {
			if err := m.push(ctx, run[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	case code == fault.Damaged || code == fault.Alarm:
		m.sources[s].Unsealed = append(m.sources[s].Unsealed, run[0].Commits...)
		return nil
	case err != nil:
		return err
	}
	remembered := map[uint64]bool{}
	for _, n := range m.sources[s].NotTaken {
		remembered[n.Commit.Number] = true
	}
	for _, v := range verdicts {
		if v.Commit.Number > standing.Last && !m.known.Holds(v.Commit) && !remembered[v.Commit.Number] {
			m.owns[s].count(v.Answer)
		}
	}
	return nil
}

// unsealed takes what the PCs had not signed when the journals were taken, in
// the order in which it was written.
func (m *remaking) unsealed(ctx context.Context) error {
	type loose struct {
		*commit.Commit
		raw    []byte
		source int
	}
	var list []loose
	for i, s := range m.sources {
		for _, raw := range s.Unsealed {
			c, err := commit.Decode(raw)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name(), err)
			}
			list = append(list, loose{c, raw, i})
		}
	}
	slices.SortStableFunc(list, func(a, b loose) int { return cmp.Compare(a.Stamp, b.Stamp) })
	for _, l := range list {
		judged, err := m.store.Judged(ctx, m.known.ID, l.Device, l.Number, l.Number)
		if err != nil {
			return err
		}
		if len(judged) > 0 {
			if !bytes.Equal(judged[0].Raw, l.raw) {
				m.owns[l.source].clashes++
			}
			continue
		}
		verdicts, err := m.school.Judge(ctx, []commit.Entry{{Raw: l.raw}})
		if err != nil {
			return err
		}
		m.owns[l.source].unsigned++
		m.owns[l.source].count(verdicts[0].Answer)
	}
	return nil
}

// has reports whether the new server has a commit already.
func (m *remaking) has(ctx context.Context, id commit.ID) (bool, error) {
	judged, err := m.store.Judged(ctx, m.known.ID, id.Device, id.Number, id.Number)
	return len(judged) > 0, err
}
