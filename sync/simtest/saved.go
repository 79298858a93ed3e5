package simtest

import (
	"bytes"
	"slices"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// saved is a commit as its author left it. Where disks were copied or put back,
// several are under one number.
type saved struct {
	raw  []byte
	on   []*desk // PCs that have it under this number; on none: the server has it
	away []*desk // on which a person has put it away, or said it again
	lost bool    // with the last disk that had it, before it had left that
}

// version is a commit with the given bytes; nil: nobody was told of it.
func (t *truth) version(id commit.ID, raw []byte) *saved {
	for _, s := range t.told[id] {
		if bytes.Equal(s.raw, raw) {
			return s
		}
	}
	return nil
}

// has notes that a PC has a commit.
func (t *truth) has(d *desk, id commit.ID, raw []byte) {
	s := t.version(id, raw)
	if s == nil {
		if s = (&saved{raw: raw}); t.told[id] == nil {
			t.numbers[id.Device] = append(t.numbers[id.Device], id.Number)
		}
		t.told[id] = append(t.told[id], s)
	}
	if s.lost = false; !slices.Contains(s.on, d) {
		s.on = append(s.on, d)
	}
}

// leaves notes that a PC has a commit no more.
func (t *truth) leaves(d *desk, id commit.ID, s *saved) {
	s.on = slices.DeleteFunc(s.on, func(x *desk) bool { return x == d })
	s.lost = len(s.on) == 0 && !t.atServer(id.Device, id.Number, s.raw)
}

// save notes what was written on a PC.
func (t *truth) save(d *desk, c *commit.Commit, raw []byte) {
	if d.next != 0 && (c.Number < d.next || c.Number > d.next && !d.doubled()) { // others give numbers, too
		t.breaks("%v gave the number %d, expected %d", d, c.Number, d.next)
	}
	for _, s := range t.told[c.ID] {
		if slices.Contains(s.on, d) || !d.doubled() {
			t.breaks("%v gave the number %d twice", d, c.Number)
		}
	}
	t.has(d, c.ID, raw)
	d.next = c.Number + 1
}

// reopened takes note of what a program shows as waiting after its start: what
// was written when the former one died counts from now on.
func (t *truth) reopened(d *desk) {
	waiting, err := d.local.Waiting(t.ctx, commit.Query{Fate: commit.Unsent})
	if !t.must("read waiting", err) {
		return
	}
	if d.next == 0 && !d.doubled() && !d.forked {
		n, err := d.local.Durable(t.ctx)
		t.must("read durable", err)
		d.next = n + 1
	}
	for _, w := range slices.Backward(waiting) {
		if w.Commit.Number >= d.next {
			raw, err := commit.Encode(w.Commit)
			t.must("encode commit", err)
			if s := t.version(w.Commit.ID, raw); s != nil && slices.Contains(s.on, d) {
				continue // it is in the copy that was put back
			}
			t.say("%v finds %d: %s", d, w.Commit.Number, short(raw))
			t.save(d, w.Commit, raw)
		}
	}
}

// left takes note of a commit that a program had written when it died: nobody was
// told of it yet, and its journal is one of those given.
func (t *truth) left(c *commit.Commit, raw []byte) {
	for _, d := range t.desks {
		if d.device == c.Device && !d.up && t.holds(d, c.ID, raw) {
			t.say("%v has left %d: %s", d, c.Number, short(raw))
			t.has(d, c.ID, raw)
			if d.next != 0 {
				d.next = max(d.next, c.Number+1)
			}
		}
	}
}

// putBack takes note that a PC runs from a copy of a disk: of its own former one
// or of another PC's.
func (t *truth) putBack(d *desk) {
	bodies, err := d.local.Bodies(t.ctx, t.numbers[d.device])
	if !t.must("read own commits", err) {
		return
	}
	for _, device := range d.devices {
		for _, n := range t.numbers[device] {
			id := commit.ID{Device: device, Number: n}
			for _, s := range t.told[id] {
				s.away = slices.DeleteFunc(s.away, func(x *desk) bool { return x == d }) // perhaps later than the copy
				if device == d.device && bytes.Equal(bodies[n], s.raw) {
					t.has(d, id, s.raw)
				} else if slices.Contains(s.on, d) {
					t.leaves(d, id, s)
				}
			}
		}
	}
	d.next = 0 // the server says it
}

// unsay takes back what a server said that is no more.
func (t *truth) unsay(which func(commit.ID) bool) {
	for id, v := range t.verdicts {
		if which(id) {
			t.formerly[id] = append(t.formerly[id], v)
			delete(t.verdicts, id)
		}
	}
}

// saidOnce tells whether a former server gave the answer that a PC shows.
func (t *truth) saidOnce(id commit.ID, x commit.Waiting) bool {
	return slices.ContainsFunc(t.formerly[id], func(v wire.Verdict) bool { return v.Answer == x.Answer && v.Text == x.Text })
}
