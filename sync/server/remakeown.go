package server

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

func (o *Remade) count(a commit.Answer) {
	switch a {
	case commit.Accepted:
		o.Accepted++
	case commit.Requested:
		o.Requested++
	case commit.Refused:
		o.Refused++
	}
}

// written is an envelope of a journal, with when its first commit was made; not
// before what has a smaller number on that PC, whose clock may have been set back.
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
	for i := range m.journals {
		for _, e := range m.journals[i].PC.Sealed {
			commits, err := e.Read()
			if err != nil {
				return fmt.Errorf("%s: %w", m.journals[i].Name, err)
			}
			w := written{Envelope: e, source: i, stamp: commits[0].Stamp}
			for _, c := range commits {
				w.fresh = w.fresh || !m.known.Holds(c.ID)
			}
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b written) int { // several journals may be of one PC
		return cmp.Or(bytes.Compare(a.Device[:], b.Device[:]), cmp.Compare(a.First, b.First))
	})
	late := map[[16]byte]bool{} // PCs of which something fresh came: the order of numbers holds
	var first, then []written
	for i, w := range list {
		if i > 0 && list[i-1].Device == w.Device {
			w.stamp = max(w.stamp, list[i-1].stamp)
			list[i].stamp = w.stamp
		}
		if late[w.Device] = late[w.Device] || w.fresh; late[w.Device] {
			then = append(then, w)
		} else {
			first = append(first, w)
		}
	}
	slices.SortStableFunc(then, func(a, b written) int { return cmp.Compare(a.stamp, b.stamp) })
	for _, run := range append(runs(first), runs(then)...) {
		if err := m.pushRun(ctx, run); err != nil {
			return err
		}
	}
	return nil
}

// runs parts envelopes into what one push takes: of one journal, of bounded
// size, without a gap between the numbers.
func runs(list []written) (out [][]written) {
	size, next := 0, uint64(0)
	for _, w := range list {
		if n := len(out); n == 0 || out[n-1][0].source != w.source || len(out[n-1]) >= 500 || size > 1<<20 || w.First != next {
			out, size = append(out, nil), 0
		}
		next = w.First + uint64(len(w.Commits))
		n := len(out) - 1
		out[n] = append(out[n], w)
		for _, raw := range w.Commits {
			size += len(raw)
		}
	}
	return out
}

// pushRun sends a run. Where a number is missing before it, nobody has it any more.
// What the server does not take as a push is taken commit by commit, unsigned.
func (m *remaking) pushRun(ctx context.Context, run []written) error {
	device, s := run[0].Device, run[0].source
	standing, err := m.store.Standing(ctx, m.id, device)
	if err != nil {
		return err
	}
	if run[0].First > standing.Last+1 {
		if err := m.giveUp(ctx, device, run[0].First); err != nil {
			return err
		}
	}
	envelopes := make([]*commit.Envelope, len(run))
	for i := range run {
		envelopes[i] = run[i].Envelope
	}
	verdicts, _, err := m.Push(ctx, device, envelopes)
	code := fault.CodeOf(err)
	switch {
	case (code == fault.Damaged || code == fault.Cloned) && len(run) > 1:
		for i := range run {
			if err := m.pushRun(ctx, run[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	case code == fault.Damaged || code == fault.Cloned:
		m.loose[s] = append(slices.Clip(m.loose[s]), run[0].Commits...)
		return nil
	case err != nil:
		return err
	}
	remembered := map[uint64]bool{}
	for _, n := range m.journals[s].PC.NotTaken {
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
	for i := range m.journals {
		for _, raw := range m.loose[i] {
			c, err := commit.Decode(raw)
			if err != nil {
				return fmt.Errorf("%s: %w", m.journals[i].Name, err)
			}
			list = append(list, loose{c, raw, i})
		}
	}
	slices.SortStableFunc(list, func(a, b loose) int { return cmp.Compare(a.Stamp, b.Stamp) })
	for _, l := range list {
		judged, err := m.store.Judged(ctx, m.id, l.Device, l.Number, l.Number)
		if err != nil {
			return err
		}
		if len(judged) > 0 {
			if !bytes.Equal(judged[0].Raw, l.raw) {
				m.owns[l.source].Clashes++
			}
			continue
		}
		verdicts, err := m.judge(ctx, []commit.Entry{{Raw: l.raw}})
		if err != nil {
			return err
		}
		m.owns[l.source].Unsigned++
		m.owns[l.source].count(verdicts[0].Answer)
	}
	return nil
}
