package main

import (
	"crypto/ed25519"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
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
	id, _, err := p.book.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		q, err := p.Ask(t.Context(), client.Full)
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Sync(t.Context(), id.Device, q.Message)
		if err != nil {
			t.Fatalf("%s: %v", fault.TextOf(err), err)
		}
		done, err := p.Take(t.Context(), q, a)
		if err != nil {
			t.Fatalf("%s: %v", fault.TextOf(err), err)
		}
		if done.Idle {
			return
		}
	}
	t.Fatal("the exchange does not end")
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

// Any history, any of its journals, some of them older copies: nothing that
// reached a journal given is missing on the new server, and when all PCs have
// come over, everything ever written stands once, and all are equal.
func TestAnyJournalsMakeTheSchoolAnew(t *testing.T) {
	for seed := range uint64(16) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { rebuildAny(t, rand.New(rand.NewPCG(seed, 7))) })
	}
}

func rebuildAny(t *testing.T, random *rand.Rand) {
	sh := &shell{out: io.Discard, now: time.Now}
	dir := t.TempDir()
	old := filepath.Join(dir, "old")
	m, err := sh.make(t.Context(), place{at: old}, journal.School{Name: "Школа № 1"}, []string{"Ковальчук", "Анна"}, "127.0.0.1:1", september)
	if err != nil {
		t.Fatal(err)
	}
	s := openHand(t, old)
	pcs := []*pc{newPC(t), newPC(t), newPC(t)}
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
	for range 2 {
		for _, p := range pcs {
			s.sync(t, p)
		}
	}
	copies := make([]string, len(pcs)) // of each PC, older than its journal
	for n := range 40 {
		i := random.IntN(len(pcs))
		p := pcs[i]
		switch author := c.teacher; random.IntN(6) {
		case 0:
			s.sync(t, p)
		case 1:
			copies[i] = filepath.Join(dir, fmt.Sprintf("copy-%d-%d.db", i, n))
			if err := p.book.Backup(t.Context(), copies[i]); err != nil {
				t.Fatal(err)
			}
		case 2:
			if err := p.book.Seal(t.Context(), func(journal.StaffID) (ed25519.PrivateKey, bool) { return nil, false }, true); err != nil {
				t.Fatal(err)
			}
		case 3:
			author = c.other // refused: not her page
			fallthrough
		default:
			p.write(author, year, c.mark(1+random.IntN(3), 1+random.IntN(5)))
		}
	}

	var paths []string
	for i, p := range pcs {
		switch random.IntN(3) {
		case 0:
			path := filepath.Join(dir, fmt.Sprintf("last-%d.db", i))
			if err := p.book.Backup(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
		case 1:
			if copies[i] != "" {
				paths = append(paths, copies[i])
			}
		}
	}
	if len(paths) == 0 {
		p := filepath.Join(dir, "one.db")
		if err := pcs[1].book.Backup(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		paths = []string{p}
	}
	sources, err := sh.sources(t.Context(), paths)
	if err != nil {
		t.Fatal(err)
	}
	known, err := rebuild.Merge(given(sources))
	if err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(dir, "new")
	if _, err := sh.remake(t.Context(), fresh, sources, known, "127.0.0.1:1"); err != nil {
		t.Fatal(err)
	}
	again := openHand(t, fresh)
	for _, src := range sources {
		for id, raw := range commitsOf(t, src.Copy) {
			again.holds(t, id, raw)
		}
	}
	for _, p := range pcs {
		again.join(t, p)
	}
	for range 3 {
		for _, p := range pcs {
			again.sync(t, p)
		}
	}
	for i, p := range pcs {
		if n, err := p.book.Count(t.Context()); err != nil || n.Unsent > 0 {
			t.Errorf("PC %d: counts %+v, %v", i, n, err)
		}
		for _, v := range []journal.Volume{journal.Register, year} {
			if p.root(v) != pcs[0].root(v) {
				t.Errorf("PC %d has another log of volume %d", i, v)
			}
		}
		if err := p.book.Verify(t.Context()); err != nil {
			t.Errorf("PC %d: %v", i, err)
		}
		if got, want := p.marks(c), pcs[0].marks(c); !reflect.DeepEqual(got, want) {
			t.Errorf("PC %d shows %v, the first %v", i, got, want)
		}
		path := filepath.Join(dir, fmt.Sprintf("end-%d.db", i))
		if err := p.book.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		all, err := local.ReadCopy(t.Context(), path, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for id, raw := range commitsOf(t, all) {
			again.holds(t, id, raw)
		}
	}
	again.once(t)
}

// commitsOf is every commit that a journal knows.
func commitsOf(t *testing.T, c *local.Copy) map[commit.ID][]byte {
	t.Helper()
	raws := append([][]byte{}, c.Unsealed...)
	for _, l := range c.Logs {
		for _, e := range l.Entries {
			raws = append(raws, e.Raw)
		}
	}
	for _, e := range c.Loose {
		raws = append(raws, e.Raw)
	}
	for _, e := range c.Own {
		raws = append(raws, e.Commits...)
	}
	for _, n := range c.NotTaken {
		raws = append(raws, n.Raw)
	}
	out := map[commit.ID][]byte{}
	for _, raw := range raws {
		k, err := commit.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		out[k.ID] = raw
	}
	return out
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

// marks are what a PC shows of the page: values and whether several stand.
func (p *pc) marks(c *class) map[int][2]int {
	p.t.Helper()
	cells, err := p.book.Cells(p.t.Context(), year, c.page, september+6, september+6)
	if err != nil {
		p.t.Fatal(err)
	}
	out := map[int][2]int{}
	for _, cell := range cells {
		out[cell.Number] = [2]int{int(cell.Mark), int(cell.State & journal.Rivals)}
	}
	return out
}
