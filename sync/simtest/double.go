package simtest

import (
	"fmt"
	"slices"
)

// mostDoubles is how many PCs of a world may run from copies of others' disks.
const mostDoubles = 3

// double begins another PC from a copy of a PC's disk: as it is now, or as it was
// when its copy was kept, perhaps before it became another one. Neither knows of
// the other; both go on.
func (d *desk) double() {
	w := d.world
	if !d.up || !d.host.up || w.doubles == mostDoubles {
		return
	}
	im := d.copy
	if im == nil || d.chance(500) {
		var err error
		if im, err = takeImage(d.disk.dir(), d.disk.file); !d.must("copy disk", err) {
			return
		}
	}
	w.doubles++
	n := len(w.desks)
	x := &desk{world: w, no: n, seat: d.seat, devices: slices.Clone(d.devices), disk: disk{rng: w.rng, root: fmt.Sprint(w.dir, "/pc", n), file: d.disk.file}}
	if !d.must("lay copy", im.put(x.disk.dir(), x.disk.file)) {
		return
	}
	w.note("disk copied")
	if d.seat != d.no {
		w.note("copy of a copy")
	}
	if w.desks = append(w.desks, x); im == d.copy {
		w.note("disk of before copied")
	}
	d.say("%v runs from a copy of %v", x, d)
	x.older = d.older
	if x.start(); x.up {
		x.truth.putBack(x)
	}
}

// doubled tells whether this PC's number may be in use a second time: its disk
// was put back from a copy, or several run from one.
func (d *desk) doubled() bool {
	for _, x := range d.desks {
		if x.seat == d.seat && (x != d || d.backs > 0) {
			return true
		}
	}
	return false
}

// shares tells whether another PC has the same number now.
func (d *desk) shares() bool {
	for _, x := range d.desks {
		if x != d && x.device == d.device {
			return true
		}
	}
	return false
}
