package simtest

import "time"

// plan begins what happens to the school besides work: every few minutes
// one thing may go wrong.
func (w *world) plan() {
	var next func()
	next = func() {
		w.mishap()
		w.later(w.about(2*time.Minute), next)
	}
	w.later(w.about(2*time.Minute), next)
	w.stick.plan()
}

// mishap lets one kind of fault happen, if the weather has it.
func (w *world) mishap() {
	d := w.desks[w.rng.IntN(len(w.desks))]
	for _, m := range []struct {
		chance int
		do     func(*desk)
	}{
		{w.sky.pcDies, w.deadlyPC},
		{w.sky.hostDies, w.deadlyHost},
		{w.sky.full, w.fullDisk},
		{w.sky.clocks, w.clockJumps},
		{w.sky.pcBack, (*desk).keepOrRestore},
		{w.sky.copies, (*desk).double},
		{w.sky.hostLost, func(*desk) { w.host.remake() }},
		{w.sky.hostBack, func(*desk) { w.host.keepOrRestore() }},
	} {
		if w.chance(m.chance) {
			m.do(d)
		}
	}
}

// deadlyPC lets a PC's program die at one of its next operations, or now.
func (w *world) deadlyPC(d *desk) {
	if !d.up {
		return
	}
	d.disk.left, d.disk.way = 1+w.rng.IntN(12), death(w.rng.IntN(3))
}

func (w *world) deadlyHost(*desk) {
	if !w.host.up {
		return
	}
	w.host.disk.left, w.host.disk.way = 1+w.rng.IntN(20), death(w.rng.IntN(3))
}

// fullDisk leaves no room for some writes of a PC or of the server.
func (w *world) fullDisk(d *desk) {
	disk := &d.disk
	if w.rng.IntN(2) == 0 {
		disk = &w.host.disk
	}
	disk.full = 1 + w.rng.IntN(4)
	w.note("disk full")
}

// clockJumps sets a clock wrong, or right again.
func (w *world) clockJumps(d *desk) {
	clock := &d.offset
	if w.rng.IntN(4) == 0 {
		clock = &w.host.offset
	}
	if *clock != 0 {
		*clock = 0
		return
	}
	*clock = []time.Duration{time.Hour, 25 * time.Hour, 24 * 300 * time.Hour, 24 * 365 * 20 * time.Hour}[w.rng.IntN(4)]
	if w.rng.IntN(2) == 0 {
		*clock = -*clock
	}
	w.note("clock jumped")
}
