package server_test

import (
	"crypto/ed25519"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/server"
)

// Whoever hands in a journal for a dead server to be made anew gives nobody
// access by what only that file says: no server's head and no signature stands
// behind it.
func TestAJournalGivesNoAccess(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	whole := rebuild.Journal{Name: "канцелярия", School: b.ID(), Server: rebuild.Server{Epoch: b.epoch(), Logs: map[journal.Volume]rebuild.Log{}}}
	whole.PC.Key = b.office.key.Public().(ed25519.PublicKey)
	for _, v := range []journal.Volume{journal.Register, year} {
		head, err := b.store.Signed(t.Context(), b.ID(), v)
		b.must(err)
		whole.Logs[v] = rebuild.Log{Entries: b.log(v), Head: head}
	}
	role := func(r journal.Role) commit.Change {
		return commit.Set(journal.KindRole, journal.IDKey(b.teacher).Int(int(r)).Date(september), journal.RoleGivenBy, journal.IDValue(b.admin))
	}
	forged := rebuild.Journal{Name: "чужой", School: b.ID(), Server: rebuild.Server{Epoch: b.epoch(), Logs: map[journal.Volume]rebuild.Log{}}}
	b.office.number = 1000
	forged.Loose = []commit.Entry{
		{Raw: d.raw(b.office.commit(b.admin, journal.Register, role(journal.RoleAdministrator))), Arrived: 1},
		{Raw: d.raw(b.office.commit(b.admin, journal.Register, commit.Set(journal.KindSubject, journal.SubjectKey("Химия"), journal.SubjectName, journal.TextValue("Химия")))), Arrived: 1},
	}
	forged.PC.Key = d.key.Public().(ed25519.PublicKey)
	forged.PC.Name, whole.PC.Name = "Второй", "Канцелярия"
	forged.PC.Unsealed = [][]byte{d.raw(d.commit(b.admin, journal.Register, role(journal.RoleDirector)))}

	known, err := rebuild.Merge([]rebuild.Journal{whole, forged})
	b.must(err)
	store, err := sqlite.Open(t.Context(), t.TempDir())
	b.must(err)
	defer store.Close()
	f, err := server.NewFounding(b.now)
	b.must(err)
	f.School = b.ID()
	b.must(store.Found(t.Context(), f))
	s, err := server.Open(t.Context(), store, f, func() time.Time { return b.now })
	b.must(err)
	_, err = s.Remake(t.Context(), known, []rebuild.Journal{whole, forged})
	b.must(err)
	for _, r := range []journal.Role{journal.RoleAdministrator, journal.RoleDirector} {
		if s.Register().HasRole(b.teacher, september+1, r) {
			t.Errorf("the teacher has role %d", r)
		}
	}
	if !s.Register().Has(journal.KindSubject, journal.SubjectKey("Химия")) {
		t.Error("what gives no access is dropped")
	}
	for _, id := range []commit.ID{{Device: b.office.device, Number: 1001}, {Device: d.device, Number: 1}} {
		judged, err := store.Judged(t.Context(), b.ID(), id.Device, id.Number, id.Number)
		if err != nil || len(judged) != 1 || judged[0].Answer != commit.Refused {
			t.Errorf("commit %s: %+v, %v", id, judged, err)
		}
	}
}
