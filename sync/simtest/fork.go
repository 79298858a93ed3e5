package simtest

import (
	"bytes"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// fork asks to become another PC: the disk was put back from a copy, and two
// different things stand under one number.
func (d *desk) fork() {
	f, err := d.client.AskFork(d.ctx)
	if d.died() || fault.CodeOf(err) == fault.DiskFull || !d.must("prepare fork", err) {
		return
	}
	d.say("%v asks for another number", d)
	d.send(d, f.Message, forks, func(body []byte, failed bool) {
		var a wire.ForkAnswer
		if err := unpack(body, failed, &a); err != nil {
			d.say("%v gets no other number: %s", d, fault.CodeOf(err))
			return
		}
		d.becomes(f, &a)
	})
}

func (d *desk) becomes(f *client.Forking, a *wire.ForkAnswer) {
	_, err := d.client.TakeFork(d.ctx, f, a)
	if d.died() || fault.CodeOf(err) == fault.DiskFull || !d.must("become another PC", err) {
		return
	}
	if former := d.device; d.identify() && d.device != former {
		d.truth.became(d, former)
	}
}

// identify reads who this PC is.
func (d *desk) identify() bool {
	who, _, err := d.local.Identity(d.ctx)
	if !d.must("read identity", err) {
		return false
	}
	d.device, d.key = who.Device, who.Key
	d.forked = !d.key.Equal(d.ground.pcs[d.no])
	if !slices.Contains(d.devices, d.device) {
		d.devices = append(d.devices, d.device)
	}
	return true
}

// became holds a PC that is another one now against what it was: each commit is
// at the server under the former number, or here anew with the same content.
func (t *truth) became(d *desk, former journal.DeviceID) {
	t.note("PC became another one")
	t.stick.lose(d)
	bodies, err := d.local.Bodies(t.ctx, upto(1000))
	if !t.must("read own commits", err) {
		return
	}
	var anew []*commit.Commit
	for _, n := range sorted(bodies) {
		c, err := commit.Decode(bodies[n])
		if !t.must("decode commit", err) {
			return
		}
		anew = append(anew, c)
	}
	t.next[d.device] = 0
	slices.Sort(t.numbers[former])
	for _, n := range t.numbers[former] {
		s := t.told[commit.ID{Device: former, Number: n}]
		raw := s.raw
		if s.here != nil {
			raw = s.here
		} else if s.lost || s.gone {
			continue
		}
		at := slices.IndexFunc(anew, func(c *commit.Commit) bool { return sameWork(c, raw) })
		if at < 0 {
			if !t.atServer(former, n, raw) {
				t.breaks("%v became another PC, and its commit %d is nowhere", d, n)
			}
			continue
		}
		c := anew[at]
		anew = slices.Delete(anew, at, at+1)
		t.say("%v: %d is %d now", d, n, c.Number)
		t.anew(c.ID, bodies[c.Number])
		if s.here != nil {
			s.here = nil
		} else if !t.atServer(former, n, raw) {
			s.lost = true // under that number
		}
	}
	if len(anew) > 0 {
		t.breaks("%v became another PC and has %d commits that nobody wrote", d, len(anew))
	}
	t.next[d.device] = uint64(len(bodies)) + 1
}

// anew notes a commit under its new number; the PC may have been that one before.
func (t *truth) anew(id commit.ID, raw []byte) {
	switch old := t.told[id]; {
	case old == nil:
		t.told[id] = &saved{raw: raw}
		t.numbers[id.Device] = append(t.numbers[id.Device], id.Number)
	case old.lost || bytes.Equal(old.raw, raw):
		*old = saved{raw: raw}
	default:
		old.here = raw
	}
}

func upto(n uint64) (out []uint64) {
	for i := range n {
		out = append(out, i+1)
	}
	return out
}

// sameWork tells whether a commit says what another one said, by the same person
// at the same moment.
func sameWork(c *commit.Commit, raw []byte) bool {
	old, err := commit.Decode(raw)
	if err != nil || old.Author != c.Author || !old.Entered.Equal(c.Entered) || old.Stamp != c.Stamp || len(old.Edits) != len(c.Edits) {
		return false
	}
	for i, e := range old.Edits {
		if x := c.Edits[i]; x.Kind != e.Kind || !bytes.Equal([]byte(x.Key), []byte(e.Key)) || x.Field != e.Field || x.Value != e.Value {
			return false
		}
	}
	return true
}
