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
	d.forked = !d.key.Equal(d.ground.pcs[d.seat])
	if !slices.Contains(d.devices, d.device) {
		d.devices = append(d.devices, d.device)
	}
	return true
}

// became holds a PC that is another one now against what it was: each commit is
// under the former number, at the server or still here because one that it does not
// know to be lost had it, or here anew with the same content.
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
	slices.Sort(t.numbers[former])
	type one struct {
		n uint64
		*saved
	}
	var mine, others []one
	for _, n := range t.numbers[former] {
		for _, s := range t.told[commit.ID{Device: former, Number: n}] {
			if slices.Contains(s.on, d) {
				mine = append(mine, one{n, s})
			} else {
				others = append(others, one{n, s})
			}
		}
	}
	for i, s := range append(mine, others...) {
		at := slices.IndexFunc(anew, func(c *commit.Commit) bool { return sameWork(c, s.raw) })
		if i >= len(mine) && at < 0 { // at may be: it came back with the log of a server that is no more
			continue
		}
		t.leaves(d, commit.ID{Device: former, Number: s.n}, s.saved)
		if at >= 0 {
			c := anew[at]
			anew = slices.Delete(anew, at, at+1)
			t.say("%v: %d is %d now", d, s.n, c.Number)
			t.has(d, c.ID, bodies[c.Number])
			if slices.Contains(s.away, d) {
				t.mine(d, c).away = []*desk{d}
			}
		} else if !t.atServer(former, s.n, s.raw) && !t.holds(d, commit.ID{Device: former, Number: s.n}, s.raw) {
			t.breaks("%v became another PC, and its commit %d is nowhere", d, s.n)
		}
	}
	anew = slices.DeleteFunc(anew, func(c *commit.Commit) bool { return t.anew(c, bodies[c.Number]) })
	if len(anew) > 0 {
		t.breaks("%v became another PC and has %d commits that nobody wrote", d, len(anew))
	}
	d.next = uint64(len(bodies)) + 1
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
