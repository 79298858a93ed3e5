package server_test

import (
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// A field of which this version knows nothing makes an entity be there on every
// PC: a role, a lesson. So only those write it who may make the entity.
func TestAFieldOfALaterVersionMakesNothingOfItself(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	const later = 200
	five := journal.IntValue(5)
	director := journal.IDKey(b.other).Int(int(journal.RoleDirector)).Date(september)
	lesson := b.mark(7, 5).Key[:22]
	refused := func(v commit.Verdict) {
		t.Helper()
		if v.Answer != commit.Refused || v.Code != fault.Forbidden {
			t.Errorf("verdict %+v", v)
		}
	}
	refused(d.does(b.other, journal.Register, commit.Set(journal.KindRole, director, later, five)))
	refused(d.does(b.other, year, commit.Set(journal.KindLesson, lesson, later, five)))
	refused(d.does(b.other, journal.Register, commit.Set(journal.KindDevice, journal.IDKey(d.device), later, five)))
	d.accepted(d.does(b.teacher, year, commit.Set(journal.KindLesson, lesson, later, five)))
	d.accepted(d.does(b.other, year, commit.Set(1000, "x", 1, five))) // a kind of a later version

	book, err := local.Open(t.Context(), t.TempDir(), func() time.Time { return b.now })
	b.must(err)
	t.Cleanup(func() { _ = book.Close() })
	b.must(book.Enrol(t.Context(), commit.Identity{School: b.ID(), Device: d.device, Key: d.key}))
	for _, v := range []journal.Volume{journal.Register, year} {
		b.must(book.Absorb(t.Context(), v, b.log(v), nil))
	}
	roster, err := book.Roster(t.Context(), year)
	b.must(err)
	if roster.HasRole(b.other, september+1, journal.RoleDirector) {
		t.Error("a teacher has made himself director on this PC")
	}
}
