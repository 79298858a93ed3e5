package simtest

import (
	"crypto/ed25519"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// comeBack is what the administrator does about a PC that the server does not
// know: it became a PC after the copy was made that the server was put back from.
// A code is typed in there, and it is one of the school's again.
func (d *desk) comeBack() bool {
	if !d.up || !d.host.up {
		return false
	}
	err := d.book.Seal(d.ctx, d.keys, true)
	if d.died() || fault.CodeOf(err) == fault.DiskFull || !d.must("seal", err) {
		return false
	}
	r, err := d.local.Return(d.ctx)
	if d.died() || !d.must("read what was sent", err) {
		return false
	}
	who, _, err := d.local.Identity(d.ctx)
	if !d.must("read identity", err) {
		return false
	}
	code, err := d.host.school.NewCode(d.ctx, "school:8443", who.Pin)
	if err == nil {
		_, err = d.host.school.Enrol(d.ctx, d.key.Public().(ed25519.PublicKey), &wire.Enrol{Token: code.Token[:], Name: who.Name, School: who.School[:], From: r.From})
	}
	if d.host.disk.dead {
		d.host.crash(d.host.disk.remains)
		return false
	}
	d.truth.follow()
	if fault.CodeOf(err) == fault.DiskFull || !d.must("enrol again", err) {
		return false
	}
	d.note("PC enrolled again")
	d.say("%v is enrolled again, its commits from %d", d, r.From)
	return true
}
