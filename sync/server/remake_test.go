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

// journal is that of a desk, which has no log.
func (d *desk) journal(name string) rebuild.Journal {
	j := rebuild.Journal{Name: name, School: d.ID(), Server: rebuild.Server{Epoch: d.epoch(), Logs: map[journal.Volume]rebuild.Log{}}}
	j.PC.Key, j.PC.Name = d.key.Public().(ed25519.PublicKey), name
	return j
}

// withLogs adds the logs of the server.
func (d *desk) withLogs(j rebuild.Journal) rebuild.Journal {
	for _, v := range []journal.Volume{journal.Register, year} {
		head, err := d.store.Signed(d.t.Context(), d.ID(), v)
		d.must(err)
		j.Logs[v] = rebuild.Log{Entries: d.log(v), Head: head}
	}
	return j
}

// remade is a new server of journals.
func (b *bed) remade(journals ...rebuild.Journal) (*server.School, *sqlite.Store) {
	b.t.Helper()
	known, err := rebuild.Merge(journals)
	b.must(err)
	store, err := sqlite.Open(b.t.Context(), b.t.TempDir())
	b.must(err)
	b.t.Cleanup(func() { _ = store.Close() })
	f, err := server.NewFounding(b.now)
	b.must(err)
	f.School = b.ID()
	b.must(store.Found(b.t.Context(), f))
	s, err := server.Open(b.t.Context(), store, f, func() time.Time { return b.now })
	b.must(err)
	_, err = s.Remake(b.t.Context(), known, journals)
	b.must(err)
	return s, store
}

// Whoever hands in a journal for a dead server to be made anew gives nobody
// access by what only that file says: no server's head and no signature stands
// behind it.
func TestAJournalGivesNoAccess(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	whole := b.office.withLogs(b.office.journal("канцелярия"))
	role := func(r journal.Role) commit.Change {
		return commit.Set(journal.KindRole, journal.IDKey(b.teacher).Int(int(r)).Date(september), journal.RoleGivenBy, journal.IDValue(b.admin))
	}
	forged := d.journal("чужой")
	b.office.number = 1000
	forged.Loose = []commit.Entry{
		{Raw: d.raw(b.office.commit(b.admin, journal.Register, role(journal.RoleAdministrator))), Arrived: 1},
		{Raw: d.raw(b.office.commit(b.admin, journal.Register, commit.Set(journal.KindSubject, journal.SubjectKey("Химия"), journal.SubjectName, journal.TextValue("Химия")))), Arrived: 1},
	}
	forged.PC.Unsealed = [][]byte{d.raw(d.commit(b.admin, journal.Register, role(journal.RoleDirector)))}

	s, store := b.remade(whole, forged)
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

// The clock of a PC was set back between two commits, and another journal of the
// PC, older, comes with it: its commits are taken in the order of their numbers.
func TestAClockThatWasSetBackIsMadeAnew(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	d.shown(b.teacher)
	newer, older := d.withLogs(d.journal("новый")), d.journal("старый")
	for n := range 3 {
		newer.PC.Sealed = append(newer.PC.Sealed, d.seal(d.commit(b.teacher, year, b.mark(3+n, 5))))
		b.now = b.now.Add(-time.Hour)
	}
	older.PC.Sealed = newer.PC.Sealed[:2]
	_, store := b.remade(newer, older)
	judged, err := store.Judged(t.Context(), b.ID(), d.device, 1, 3)
	b.must(err)
	for i, j := range judged {
		if j.Answer != commit.Accepted || string(j.Raw) != string(newer.PC.Sealed[i].Commits[0]) {
			t.Errorf("commit %d: %+v", i+1, j.Verdict)
		}
	}
	if s, err := store.Standing(t.Context(), b.ID(), d.device); len(judged) != 3 || s.Last != 3 || err != nil {
		t.Errorf("%d judged, up to %d, %v", len(judged), s.Last, err)
	}
}
