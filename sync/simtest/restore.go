package simtest

import (
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/server"
)

// keepOrRestore keeps a copy of the PC's disk, or puts it back from the one kept:
// what was written since and had not left the PC is gone with the disk.
func (d *desk) keepOrRestore() {
	switch {
	case !d.up || !d.host.up:
	case d.copy == nil:
		im, err := takeImage(d.disk.dir(), d.disk.file)
		if d.must("keep copy", err) {
			d.copy = im
			d.say("the copy of %v is kept", d)
		}
	default:
		d.note("PC restored")
		d.say("%v is put back from its copy", d)
		d.close()
		if !d.must("put copy in place", d.disk.renew(d.copy)) {
			return
		}
		if d.chance(500) {
			d.copy = nil
		}
		d.backs++
		d.device = journal.DeviceID{} // it may have been another one then
		d.start()
		d.truth.putBack(d)
		d.stick.lose(d)
		if d.chance(500) { // the program is quicker than the people
			d.fresh = true
			d.after(time.Second, d.poll)
		}
	}
}

// keepOrRestore keeps a copy of the server's file, or puts it back from the one
// kept, as the administrator's commands do: with a new epoch.
func (h *host) keepOrRestore() {
	if !h.up {
		return
	}
	if h.copy == nil {
		im, err := takeImage(h.disk.dir(), h.disk.file)
		if h.must("keep copy", err) {
			h.copy = im
			h.say("the server's copy is kept")
		}
		return
	}
	h.note("server restored")
	h.close()
	if !h.must("put copy in place", h.disk.renew(h.copy)) {
		return
	}
	if h.chance(500) {
		h.copy = nil // the next one is a new one
	}
	h.start()
	if !h.up {
		return
	}
	h.epochs++
	epoch, key := foundingOf("server %d", h.epochs)
	var err error
	if h.bug.unsaid {
		unsaid := h.founding
		unsaid.Epoch, unsaid.Key = epoch, key
		err = h.store.Renew(h.ctx, unsaid, nil)
	} else {
		_, err = server.Renew(h.ctx, h.store, h.founding, epoch, key)
	}
	if !h.must("renew server", err) {
		return
	}
	h.store.Close()
	if h.start(); !h.up {
		return
	}
	h.say("the server is put back from its copy")
	h.must("introduce server", h.school.Introduce(h.ctx))
	h.truth.restored()
}
