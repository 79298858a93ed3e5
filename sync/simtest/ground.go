package simtest

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// The school of every world: its year, its first day and when the worlds begin.
const year = journal.Volume(2026)

var (
	zone      = time.FixedZone("MSK", 3*3600)
	furnished = time.Date(2026, 9, 1, 8, 0, 0, 0, zone)
	morning   = time.Date(2026, 10, 12, 8, 0, 0, 0, zone)
	september = journal.MakeDate(2026, 9, 1)
)

// A Ground is a school made once, as folders that every world copies: its
// server, people with keys, a class, two pages, terms, and enrolled PCs.
type Ground struct {
	dir      string
	founding ledger.Founding
	pcs      []ed25519.PrivateKey

	admin, deputy, leader journal.StaffID
	teachers              [3]journal.StaffID // the first and the last share a page
	pages                 [2]journal.PageID
	pupils                [3]journal.PupilID
	class                 journal.GroupID
	keys                  map[signer]ed25519.PrivateKey
}

// signer is a person who has signed in on a PC.
type signer struct {
	staff journal.StaffID
	pc    int
}

// mostPCs is how many PCs the ground has; a world uses some of them.
const mostPCs = 4

// named makes an id or a seed from a name, the same in every run.
func named(format string, args ...any) [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "simtest "+format, args...))
}

func id[T any](name string) journal.ID[T] {
	sum := named("%s", name)
	return journal.ID[T](sum[:16])
}

func key(format string, args ...any) ed25519.PrivateKey {
	seed := named(format, args...)
	return ed25519.NewKeyFromSeed(seed[:])
}

// foundingOf gives the keys of the school's n-th server.
func foundingOf(format string, args ...any) (epoch [16]byte, seed []byte) {
	k := key(format, args...)
	return tree.EpochOf(k.Public().(ed25519.PublicKey)), k.Seed()
}

// Prepare makes the ground in a folder, which must be empty.
func Prepare(ctx context.Context, dir string) (*Ground, error) {
	g := &Ground{dir: dir, keys: map[signer]ed25519.PrivateKey{}}
	g.founding = ledger.Founding{School: id[journal.School]("school"), TLSKey: []byte{1}, TLSCert: []byte{1}, Made: furnished.UnixMilli()}
	g.founding.Epoch, g.founding.Key = foundingOf("server")
	g.admin, g.deputy = id[journal.Staff]("admin"), id[journal.Staff]("deputy")
	for i := range g.teachers {
		g.teachers[i] = id[journal.Staff](fmt.Sprint("teacher", i))
	}
	g.leader = g.teachers[1]
	for i := range g.pupils {
		g.pupils[i] = id[journal.Pupil](fmt.Sprint("pupil", i))
	}
	g.class = journal.ClassID(year, 7, "А")
	for i := range g.pages {
		g.pages[i] = journal.PageIDOf(g.page(i))
	}
	if err := g.build(ctx); err != nil {
		return nil, fmt.Errorf("prepare school: %w", err)
	}
	return g, nil
}

func (g *Ground) serverDir() string  { return filepath.Join(g.dir, "server") }
func (g *Ground) pcDir(i int) string { return filepath.Join(g.dir, fmt.Sprint("pc", i)) }
func subject(i int) journal.Key {
	return journal.SubjectKey([]string{"Алгебра", "Физика"}[i])
}
func (g *Ground) page(i int) journal.Key { return journal.PageKey(g.class, subject(i)) }
func (g *Ground) teacherOf(page, n int) journal.StaffID {
	return [][]journal.StaffID{{g.teachers[0], g.teachers[2]}, {g.teachers[1]}}[page][n]
}

func (g *Ground) build(ctx context.Context) error {
	store, err := sqlite.Open(ctx, g.serverDir())
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Found(ctx, g.founding); err != nil {
		return err
	}
	school, err := server.Open(ctx, store, g.founding, func() time.Time { return furnished })
	if err != nil {
		return err
	}
	admin := journal.Staff{ID: g.admin, Last: "Ковальчук"}
	if err := school.Found(ctx, journal.School{Name: "Школа № 1"}, admin, september); err != nil {
		return err
	}
	books := make([]*local.Journal, mostPCs)
	for i := range books {
		if books[i], err = g.join(ctx, school, i); err != nil {
			return fmt.Errorf("PC %d: %w", i, err)
		}
		defer books[i].Close()
	}
	office := signer{g.admin, 0}
	if err := g.sign(ctx, store, school, office); err != nil {
		return err
	}
	if _, err := books[0].AppendAll(ctx, g.register(), g.year()); err != nil {
		return err
	}
	if err := books[0].Seal(ctx, func(journal.StaffID) (ed25519.PrivateKey, bool) { return g.keys[office], true }, false); err != nil {
		return err
	}
	if err := exchange(ctx, school, books[0]); err != nil {
		return err
	}
	people := []signer{{g.teachers[0], 0}, {g.teachers[0], 1}, {g.teachers[1], 1}, {g.teachers[2], 2}, {g.deputy, 2}}
	if err := g.sign(ctx, store, school, people...); err != nil {
		return err
	}
	if err := g.leave(ctx, store, school); err != nil {
		return err
	}
	for _, b := range books {
		if err := exchange(ctx, school, b); err != nil {
			return err
		}
		if waiting, err := b.Waiting(ctx, commit.Query{}); err != nil || len(waiting) > 0 {
			return fmt.Errorf("%d commits wait: %w", len(waiting), err)
		}
	}
	return nil
}

// join enrols a PC.
func (g *Ground) join(ctx context.Context, school *server.School, i int) (*local.Journal, error) {
	if err := os.MkdirAll(g.pcDir(i), 0o700); err != nil {
		return nil, err
	}
	book, err := local.Open(ctx, g.pcDir(i), func() time.Time { return furnished })
	if err != nil {
		return nil, err
	}
	code, err := school.NewCode(ctx, "127.0.0.1:1", [32]byte{})
	if err != nil {
		return nil, err
	}
	k := key("pc %d", i)
	g.pcs = append(g.pcs, k)
	a, err := school.Enrol(ctx, k.Public().(ed25519.PublicKey), &wire.Enrol{Token: code.Token[:], Name: fmt.Sprint("PC", i)})
	if err != nil {
		return nil, err
	}
	pin, err := pinOfServer()
	if err != nil {
		return nil, err
	}
	return book, book.Enrol(ctx, commit.Identity{School: a.School, Device: a.Device, Name: fmt.Sprint("PC", i), Key: k, Pin: pin, Epoch: a.Epoch})
}

// sign lets some people in on some PCs, where they stay at work.
func (g *Ground) sign(ctx context.Context, store *sqlite.Store, school *server.School, people ...signer) error {
	for _, s := range people {
		g.keys[s] = key("sign key %s %d", s.staff, s.pc)
		if err := g.show(ctx, store, school, s); err != nil {
			return err
		}
	}
	return nil
}

// leave lets everybody else in on every PC, who then leaves it: the PC seals for
// them.
func (g *Ground) leave(ctx context.Context, store *sqlite.Store, school *server.School) error {
	for pc := range g.pcs {
		for _, staff := range append([]journal.StaffID{g.admin, g.deputy}, g.teachers[:]...) {
			s := signer{staff, pc}
			if _, stays := g.keys[s]; stays {
				continue
			}
			if err := g.show(ctx, store, school, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// show is what a sign-in leaves at the server: the person's key on the PC.
func (g *Ground) show(ctx context.Context, store *sqlite.Store, school *server.School, s signer) error {
	proof, name := named("proof"), fmt.Sprintf("%s %d", s.staff, s.pc)
	account := ledger.Account{School: g.founding.School, Staff: s.staff, Name: name, Lock: identity.Lock{Cost: identity.Least}.String(), Proof: identity.HashProof(proof[:])}
	if err := store.PutAccount(ctx, account); err != nil {
		return err
	}
	device := identity.DeviceID(g.pcs[s.pc].Public().(ed25519.PublicKey))
	public := key("sign key %s %d", s.staff, s.pc).Public().(ed25519.PublicKey)
	_, err := school.Prove(ctx, device, &wire.Prove{Name: name, Proof: proof[:], SignKey: public})
	return err
}

// exchange brings a PC and the server together without a network.
func exchange(ctx context.Context, school *server.School, book *local.Journal) error {
	pc := client.New(book, func() time.Time { return furnished }, nil, client.Ordinary)
	who, _, err := book.Identity(ctx)
	if err != nil {
		return err
	}
	for range 20 {
		q, err := pc.Ask(ctx, client.Full)
		if err != nil {
			return err
		}
		a, err := school.Sync(ctx, who.Device, q.Message)
		if err != nil {
			return err
		}
		if p, err := pc.Take(ctx, q, a); p.Idle || err != nil {
			return err
		}
	}
	return fmt.Errorf("%s does not come to an end", who.Name)
}
