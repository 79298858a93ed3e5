package simtest

import (
	"slices"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// deals lets somebody do something about a commit that the school did not take:
// put it away, bring it back, or say again what it said. It tells whether there
// was one.
func (d *desk) deals() bool {
	fate := []commit.Fate{commit.NotTaken, commit.NotTaken, commit.NotTaken, commit.PutAway}[d.rng.IntN(4)]
	list, err := d.local.Waiting(d.ctx, commit.Query{Fate: fate})
	if !d.must("read waiting", err) || len(list) == 0 {
		return false
	}
	x := list[d.rng.IntN(len(list))]
	if fate == commit.PutAway && x.Aside.Retry > 0 {
		return false // it is said again already
	}
	s := d.truth.mine(d, x.Commit)
	if s == nil {
		return false
	}
	var made []*commit.Commit
	drafts := []commit.Draft{{Volume: x.Commit.Volume, Author: x.Commit.Author, Entered: d.clock()}}
	what, again := "put away", fate == commit.NotTaken && d.chance(500)
	switch {
	case fate == commit.PutAway:
		what, s.away = "brought back", nil // even if it died over it
		err = d.book.BringBack(d.ctx, x.Commit.Number)
	case again:
		what = "retried"
		for _, e := range x.Commit.Edits {
			drafts[0].Changes = append(drafts[0].Changes, commit.Set(e.Kind, e.Key, e.Field, e.Value))
		}
		made, err = d.book.Retry(d.ctx, commit.Retry{Number: x.Commit.Number, Draft: drafts[0]})
	default:
		err = d.book.PutAway(d.ctx, x.Commit.Author, d.clock(), x.Commit.Number)
	}
	if err == nil {
		d.note("refused commit " + what)
		d.say("%v: %d is %s", d, x.Commit.Number, what)
		if again {
			d.truth.wasTold(d, drafts, made)
		}
		if fate == commit.NotTaken {
			s.away = append(s.away, d)
		}
	}
	if d.died() {
		return true
	}
	if c := fault.CodeOf(err); err != nil && c != fault.DiskFull && !(again && c == fault.Invalid) {
		d.breaks("%v: commit %d is not %s: %w", d, x.Commit.Number, what, err)
	}
	return true
}

// mine is a commit as this PC has it, if a person here was told of it.
func (t *truth) mine(d *desk, c *commit.Commit) *saved {
	raw, err := commit.Encode(c)
	if !t.must("encode commit", err) {
		return nil
	}
	if s := t.version(c.ID, raw); s != nil && slices.Contains(s.on, d) {
		return s
	}
	return nil
}

// away reads what stands on a PC as dealt with by hand.
func (t *truth) away(d *desk) map[uint64]commit.Waiting {
	out := map[uint64]commit.Waiting{}
	for _, fate := range []commit.Fate{commit.PutAway, commit.Returned} {
		list, err := d.local.Waiting(t.ctx, commit.Query{Fate: fate})
		t.must("read what was put away", err)
		for _, x := range list {
			out[x.Commit.Number] = x
		}
	}
	return out
}
