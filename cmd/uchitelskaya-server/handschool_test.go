package main

import (
	"crypto/ed25519"
	"io"
	"path/filepath"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// A handSchool is a server whose PCs are carried to it by hand, without sockets.
type handSchool struct {
	*server.School
	store *sqlite.Store
}

func openHand(t *testing.T, dir string) *handSchool {
	t.Helper()
	store, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	list, err := store.Foundings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.Open(t.Context(), store, list[0], time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return &handSchool{s, store}
}

// foundHand founds a school with a class on the first of some PCs; all are at
// rest when it returns.
func foundHand(t *testing.T, dir string, pcs ...*pc) (*handSchool, *class) {
	t.Helper()
	sh := &shell{out: io.Discard, now: time.Now}
	m, err := sh.make(t.Context(), place{at: dir}, journal.School{Name: "Школа № 1"}, []string{"Ковальчук", "Анна"}, "127.0.0.1:1", september)
	if err != nil {
		t.Fatal(err)
	}
	s := openHand(t, dir)
	for _, p := range pcs {
		s.join(t, p)
	}
	admin, err := journal.ParseID[journal.Staff](m.Admin)
	if err != nil {
		t.Fatal(err)
	}
	key := s.shown(t, pcs[0], m)
	c := furnishOn(pcs[0], admin)
	if err := pcs[0].book.Seal(t.Context(), func(staff journal.StaffID) (ed25519.PrivateKey, bool) { return key, staff == admin }, false); err != nil {
		t.Fatal(err)
	}
	s.sync(t, pcs[0])
	if _, err := s.Accounts(t.Context(), wire.AccountAdd, []journal.StaffID{c.teacher, c.other}); err != nil {
		t.Fatal(err)
	}
	known(t, s.store, s.School)
	for range 2 {
		for _, p := range pcs {
			s.sync(t, p)
		}
	}
	return s, c
}

// remadeHand makes a new server of journals, as the command does.
func remadeHand(t *testing.T, paths ...string) (*handSchool, []source) {
	t.Helper()
	sh := &shell{out: io.Discard, now: time.Now}
	sources, err := sh.sources(t.Context(), paths)
	if err != nil {
		t.Fatal(err)
	}
	all, err := rebuild.Merge(given(sources))
	if err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "new")
	if _, err := sh.remake(t.Context(), place{at: fresh}, sources, all, "127.0.0.1:1"); err != nil {
		t.Fatal(err)
	}
	return openHand(t, fresh), sources
}

// copied keeps a copy of the server's folder; back puts it in place, with a new
// epoch.
func (s *handSchool) copied(t *testing.T) (back func() *handSchool) {
	t.Helper()
	dir := t.TempDir()
	if err := s.store.Backup(t.Context(), sqlite.Path(dir)); err != nil {
		t.Fatal(err)
	}
	return func() *handSchool {
		t.Helper()
		was := openHand(t, dir)
		list, err := was.store.Foundings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		epoch, key, err := server.NewKeys()
		if err == nil {
			_, err = server.Renew(t.Context(), was.store, list[0], epoch, key)
		}
		if err != nil {
			t.Fatal(err)
		}
		is := openHand(t, dir)
		if err := is.Introduce(t.Context()); err != nil {
			t.Fatal(err)
		}
		return is
	}
}

// saved is a copy of a PC's journal as it is now.
func (p *pc) saved() string {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "copy.db")
	if err := p.book.Backup(p.t.Context(), path); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// join enrols a PC, or takes it over.
func (s *handSchool) join(t *testing.T, p *pc) {
	t.Helper()
	id, enrolled, err := p.book.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	code, err := s.NewCode(t.Context(), "127.0.0.1:1", [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	m := &wire.Enrol{Token: code.Token[:], Name: "ПК"}
	if enrolled {
		r, err := p.book.Return(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		m.School, m.From = id.School[:], r.From
	} else if _, id.Key, err = ed25519.GenerateKey(nil); err != nil {
		t.Fatal(err)
	}
	a, err := s.Enrol(t.Context(), id.Key.Public().(ed25519.PublicKey), m)
	if err != nil {
		t.Fatal(err)
	}
	if !enrolled {
		id.School, id.Device, id.Name, id.Epoch = a.School, a.Device, "ПК", a.Epoch
	}
	if err := p.book.Enrol(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}

// sync carries questions and answers until nothing is left.
func (s *handSchool) sync(t *testing.T, p *pc) {
	t.Helper()
	for range 100 {
		if s.round(t, p, false) {
			return
		}
	}
	t.Fatal("the exchange does not end")
}

// round carries one question and its answer, of a PC that sends only or takes
// what is new, too; it tells whether that was all.
func (s *handSchool) round(t *testing.T, p *pc, sending bool) (idle bool) {
	t.Helper()
	id, _, err := p.book.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	q, err := p.Ask(t.Context(), client.Full)
	if err != nil {
		t.Fatal(err)
	}
	q.Message.Sending = sending
	a, err := s.Sync(t.Context(), id.Device, q.Message)
	if err != nil {
		t.Fatalf("%s: %v", fault.TextOf(err), err)
	}
	done, err := p.Take(t.Context(), q, a)
	if err != nil {
		t.Fatalf("%s: %v", fault.TextOf(err), err)
	}
	return done.Idle
}

// shown lets the administrator sign in on a PC for the first time.
func (s *handSchool) shown(t *testing.T, p *pc, m made) ed25519.PrivateKey {
	t.Helper()
	id, _, err := p.book.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	asked, err := s.Ask(t.Context(), &wire.Ask{Name: m.Name})
	if err != nil {
		t.Fatal(err)
	}
	lock, err := identity.ParseLock(asked.Lock)
	if err != nil {
		t.Fatal(err)
	}
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	proof := lock.Derive(m.Password).Proof
	_, err = s.Prove(t.Context(), id.Device, &wire.Prove{Name: m.Name, Proof: proof[:], SignKey: public, NewLock: asked.Lock, NewProof: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// holds makes sure that the server has a commit, accepted or not.
func (s *handSchool) holds(t *testing.T, id commit.ID, raw []byte) {
	t.Helper()
	judged, err := s.store.Judged(t.Context(), s.ID(), id.Device, id.Number, id.Number)
	if err != nil || len(judged) != 1 || string(judged[0].Raw) != string(raw) {
		t.Errorf("commit %s: %+v, %v", id, judged, err)
	}
}

// once makes sure that no commit stands twice, and that places have no gap.
func (s *handSchool) once(t *testing.T) {
	t.Helper()
	seen := map[commit.ID]bool{}
	for _, v := range []journal.Volume{journal.Register, year} {
		entries, err := s.store.Entries(t.Context(), s.ID(), v, 0, 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range entries {
			c, err := commit.Decode(e.Raw)
			if err != nil || seen[c.ID] || e.Position != uint64(i)+1 {
				t.Fatalf("entry %d of volume %d: %v", i+1, v, err)
			}
			seen[c.ID] = true
		}
	}
}
