package parcel_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// A school is a server that no network reaches.
type school struct {
	*server.School
	t     *testing.T
	dir   string
	store *sqlite.Store
	made  ledger.Founding
	key   crypto.Signer // TLS
	pin   [32]byte
	admin journal.StaffID
}

func newSchool(t *testing.T) *school {
	t.Helper()
	s := &school{t: t, dir: t.TempDir(), admin: journal.NewID[journal.Staff]()}
	made, err := server.NewFounding(time.Now())
	s.must(err)
	s.open()
	s.must(s.store.Found(t.Context(), made))
	s.reopen()
	today := journal.DateOf(time.Now())
	s.must(s.Found(t.Context(), journal.School{Name: "Школа № 1"}, journal.Staff{ID: s.admin, Last: "Ковальчук", First: "Анна"}, today-30))
	return s
}

func (s *school) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *school) open() {
	s.t.Helper()
	store, err := sqlite.Open(s.t.Context(), s.dir)
	s.must(err)
	s.t.Cleanup(func() { _ = store.Close() })
	s.store = store
}

// reopen reads the school anew.
func (s *school) reopen() {
	s.t.Helper()
	list, err := s.store.Foundings(s.t.Context())
	s.must(err)
	s.made = list[0]
	cert, err := identity.ReadServerCert(s.made.TLSKey, s.made.TLSCert)
	s.must(err)
	s.key, s.pin = cert.PrivateKey.(crypto.Signer), identity.Pin(cert.Leaf)
	s.School, err = server.Open(s.t.Context(), s.store, s.made, time.Now)
	s.must(err)
}

// restore puts the server back from a copy.
func (s *school) restore(from string) {
	s.t.Helper()
	s.must(s.store.Close())
	s.dir = filepath.Join(s.t.TempDir(), "restored")
	s.must(sqlite.Restore(s.t.Context(), from, s.dir))
	s.open()
	epoch, key, err := server.NewKeys()
	s.must(err)
	_, err = server.Renew(s.t.Context(), s.store, s.made, epoch, key)
	s.must(err)
	s.reopen()
	s.must(s.Introduce(s.t.Context()))
}

// answer takes a parcel as the administrator's command does.
func (s *school) answer(file []byte) ([]byte, server.Carried) {
	s.t.Helper()
	out, c, err := s.try(file)
	s.must(err)
	return out, c
}

func (s *school) try(file []byte) ([]byte, server.Carried, error) {
	var out bytes.Buffer
	c, err := s.Answer(s.t.Context(), bytes.NewReader(file), &out, s.key)
	return out.Bytes(), c, err
}

// tell is the news for a PC that sent nothing.
func (s *school) tell(p *pc) []byte {
	s.t.Helper()
	var out bytes.Buffer
	_, err := s.Tell(s.t.Context(), p.id.Device, &out, s.key)
	s.must(err)
	return out.Bytes()
}

// A pc is an enrolled PC that has no network.
type pc struct {
	*client.Client
	t      *testing.T
	school *school
	dir    string
	book   *local.Journal
	id     commit.Identity
	serial uint64
}

// newPC enrols a PC; its first news come on a stick.
func (s *school) newPC(name string) *pc {
	s.t.Helper()
	code, err := s.NewCode(s.t.Context(), "127.0.0.1:1", s.pin)
	s.must(err)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	s.must(err)
	a, err := s.Enrol(s.t.Context(), key.Public().(ed25519.PublicKey), &wire.Enrol{Token: code.Token[:], Name: name})
	s.must(err)
	s.known(a.Device)
	p := &pc{t: s.t, school: s, dir: s.t.TempDir(), serial: 1_795_430_000_000}
	p.open()
	s.must(p.book.Enrol(s.t.Context(), commit.Identity{
		School: a.School, Device: a.Device, Name: name, Key: key, Server: "127.0.0.1:1", Pin: s.pin, Epoch: a.Epoch,
	}))
	p.open()
	_, err = p.Unpack(s.t.Context(), bytes.NewReader(s.tell(p)))
	s.must(err)
	return p
}

// known lets the administrator in on a PC, which she then leaves: it seals for her.
func (s *school) known(pc journal.DeviceID) {
	s.t.Helper()
	proof := s.admin[:]
	a := ledger.Account{School: s.ID(), Staff: s.admin, Name: pc.String(), Lock: identity.Lock{Cost: identity.Least}.String(), Proof: identity.HashProof(proof)}
	s.must(s.store.PutAccount(s.t.Context(), a))
	public, _, err := ed25519.GenerateKey(rand.Reader)
	s.must(err)
	_, err = s.Prove(s.t.Context(), pc, &wire.Prove{Name: a.Name, Proof: proof, SignKey: public})
	s.must(err)
}

var moscow = time.FixedZone("MSK", 3*3600)

// open starts the program, again if it ran.
func (p *pc) open() {
	p.t.Helper()
	if p.book != nil {
		p.school.must(p.book.Close())
	}
	book, err := local.Open(context.Background(), p.dir, time.Now)
	p.school.must(err)
	p.t.Cleanup(func() { _ = book.Close() })
	p.book, p.Client = book, client.New(book, time.Now, nil, client.Ordinary)
	p.id, _, err = book.Identity(context.Background())
	p.school.must(err)
}

// write makes a commit: the order of a subject, by the administrator or by
// somebody who may not.
func (p *pc) write(author journal.StaffID, subject string, order int) {
	p.t.Helper()
	_, err := p.book.Append(p.t.Context(), commit.Draft{Volume: journal.Register, Author: author, Entered: time.Now(), Changes: []commit.Change{
		commit.Set(journal.KindSubject, journal.SubjectKey(subject), journal.SubjectOrder, journal.IntValue(int64(order))),
	}})
	p.school.must(err)
}

// order is what the PC shows.
func (p *pc) order(subject string) int {
	p.t.Helper()
	r, err := p.book.Roster(p.t.Context(), journal.Register)
	p.school.must(err)
	return int(r.Get(journal.KindSubject, journal.SubjectKey(subject), journal.SubjectOrder).Int())
}

// pack writes a parcel of what follows a number, about most bytes.
func (p *pc) pack(after uint64, most int) ([]byte, client.Packed) {
	p.t.Helper()
	p.serial++
	var out bytes.Buffer
	packed, err := p.Pack(p.t.Context(), &out, after, p.serial, most)
	p.school.must(err)
	return out.Bytes(), packed
}

// all is a parcel of everything.
func (p *pc) all() []byte {
	p.t.Helper()
	file, _ := p.pack(0, parcel.Full)
	return file
}

// take takes an answer in.
func (p *pc) take(file []byte) client.Unpacked {
	p.t.Helper()
	u, err := p.Unpack(p.t.Context(), bytes.NewReader(file))
	p.school.must(err)
	return u
}

// network is one exchange over a socket.
func (p *pc) network() {
	p.t.Helper()
	p.networkBy(client.Full)
}

func (p *pc) networkBy(size client.Size) {
	p.t.Helper()
	for range 10 {
		q, err := p.Ask(p.t.Context(), size)
		p.school.must(err)
		a, err := p.school.Sync(p.t.Context(), p.id.Device, q.Message)
		p.school.must(err)
		progress, err := p.Take(p.t.Context(), q, a)
		p.school.must(err)
		if progress.Idle {
			return
		}
	}
	p.t.Fatal("the exchange does not end")
}

func (p *pc) counts() commit.Counts {
	p.t.Helper()
	n, err := p.book.Count(p.t.Context())
	p.school.must(err)
	return n
}

// size is up to where the register is here.
func (p *pc) size() uint64 {
	p.t.Helper()
	known, err := p.book.Known(p.t.Context())
	p.school.must(err)
	k := known[journal.Register]
	return k.Edge.Size()
}

// copyOf keeps the journal as it is now; back puts it there again.
func (p *pc) copyOf() (back func()) {
	p.t.Helper()
	kept := p.t.TempDir()
	p.school.must(p.book.Close())
	p.book = nil
	p.school.must(os.CopyFS(filepath.Join(kept, "data"), os.DirFS(p.dir)))
	p.open()
	return func() {
		p.school.must(p.book.Close())
		p.book, p.dir = nil, filepath.Join(kept, "data")
		p.open()
	}
}
