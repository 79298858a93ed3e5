package simtest

import (
	"bytes"
	"errors"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// check holds the whole world against the truth: what must be at every moment,
// whatever goes wrong.
func (w *world) check() {
	if w.broken != nil {
		return
	}
	for _, d := range w.desks {
		w.checkSaved(d)
		w.checkDurable(d)
	}
	w.checkRows()
}

// checkSaved: every commit that a person was told is saved is on its PC or at
// the server, as it was written.
func (w *world) checkSaved(d *desk) {
	numbers := w.truth.numbers[d.device]
	if !d.up || len(numbers) == 0 {
		return
	}
	bodies, err := d.local.Bodies(w.ctx, numbers)
	if !w.must("read own commits", err) {
		return
	}
	for _, n := range numbers {
		for _, s := range w.truth.told[commit.ID{Device: d.device, Number: n}] {
			if bytes.Equal(bodies[n], s.raw) {
				w.truth.has(d, commit.ID{Device: d.device, Number: n}, s.raw) // it may have come back with the log
			}
			here := slices.Contains(s.on, d)
			if here && !bytes.Equal(bodies[n], s.raw) && w.truth.in[commit.StrayID(s.raw)] { // its number is that of another one now
				w.truth.leaves(d, commit.ID{Device: d.device, Number: n}, s)
				continue
			}
			switch {
			case s.lost, here && bytes.Equal(bodies[n], s.raw), !here && len(s.on) > 0:
			case here && bodies[n] != nil:
				w.breaks("commit %d on %v has other bytes", n, d)
			case w.host.up && !w.atServer(d.device, n, s.raw):
				w.breaks("commit %d of %v was said to be saved and is nowhere", n, d)
			}
		}
	}
}

// atServer tells whether the server has a commit, running or not.
func (w *world) atServer(device journal.DeviceID, n uint64, raw []byte) bool {
	store := w.host.store
	if !w.host.up {
		var err error
		if store, err = sqlite.Open(w.ctx, w.host.disk.dir()); !w.must("look into the server's store", err) {
			return false
		}
		defer store.Close()
	}
	judged, err := store.Judged(w.ctx, w.host.id(), device, n, n)
	return w.must("read judged", err) && len(judged) == 1 && bytes.Equal(judged[0].Raw, raw)
}

// checkDurable: what a PC believes to be at the server is there.
func (w *world) checkDurable(d *desk) {
	if !d.up || !w.host.up {
		return
	}
	who, _, err := d.local.Identity(w.ctx)
	if !w.must("read identity", err) || who.Epoch != w.host.founding.Epoch {
		return
	}
	durable, err := d.local.Durable(w.ctx)
	if !w.must("read durable", err) {
		return
	}
	s, err := w.host.store.Standing(w.ctx, w.host.id(), d.device)
	if w.must("read standing", err) && s.Last < durable {
		w.breaks("%v believes its commits at the server up to %d, there they go to %d", d, durable, s.Last)
	}
}

// checkRows: the server's projection has every head of its log and no other.
func (w *world) checkRows() {
	if !w.host.up {
		return
	}
	seen := 0
	for _, v := range sorted(w.truth.logs) {
		err := w.host.store.EachRow(w.ctx, w.host.id(), v, 1<<15, func(e ledger.Entity, row merge.Row) error {
			for i := range row {
				f := field{e.Volume, e.Kind, e.Key, row[i].No}
				want, got := w.truth.fields.heads(f), make([]standing, 0, 2)
				for _, h := range row[i].Heads {
					got = append(got, standing{h.ID, h.Value})
				}
				slices.SortFunc(got, byEdit)
				if !slices.Equal(want, got) {
					w.breaks("the server has heads %v in %v, want %v", got, f, want)
				}
				seen++
			}
			return nil
		})
		w.must("read rows", err)
	}
	if w.broken == nil && seen != len(w.truth.fields) {
		w.breaks("the server has %d fields, want %d", seen, len(w.truth.fields))
	}
}

// headsGrow: what the server has once signed of a log, a PC does not forget for
// an older signature, whatever answers come late.
func (t *truth) headsGrow(d *desk) {
	who, _, err := d.local.Identity(t.ctx)
	known, err2 := d.local.Known(t.ctx)
	if !t.must("read heads", errors.Join(err, err2)) {
		return
	}
	if d.shownOf != who.Epoch {
		d.shown, d.shownOf = map[journal.Volume]uint64{}, who.Epoch
	}
	for _, v := range sorted(known) {
		size, err := tree.Size(known[v].Head)
		if len(known[v].Head) == 0 {
			size, err = 0, nil
		}
		if t.must("read head", err) && size < d.shown[v] {
			t.breaks("%v was shown %d places of volume %d and keeps a head of %d", d, d.shown[v], v, size)
		}
		d.shown[v] = size
	}
}
