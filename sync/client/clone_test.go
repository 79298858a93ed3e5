package client_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// A yard is a real school server and PCs whose disks are copied.
type yard struct {
	t       *rapid.T
	school  *server.School
	store   *sqlite.Store
	address string
	pin     [32]byte
	admin   journal.StaffID
	drop    int // answers that are lost from now on, of forks first of all
	pcs     []*yardPC
	written int
}

type yardPC struct {
	dir    string
	book   *local.Journal
	client *client.Client
}

func (y *yard) must(err error) {
	y.t.Helper()
	if err != nil {
		y.t.Fatal(err)
	}
}

func (y *yard) dir() string {
	dir, err := os.MkdirTemp("", "yard")
	y.must(err)
	y.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func newYard(t *rapid.T) *yard {
	ctx := context.Background()
	y := &yard{t: t, admin: journal.NewID[journal.Staff]()}
	store, err := sqlite.Open(ctx, y.dir())
	y.must(err)
	t.Cleanup(func() { _ = store.Close() })
	f, err := server.NewFounding(time.Now())
	y.must(err)
	y.store = store
	y.must(store.Found(ctx, f))
	y.school, err = server.Open(ctx, store, f, time.Now)
	y.must(err)
	y.must(y.school.Found(ctx, journal.School{Name: "Школа № 1"}, journal.Staff{ID: y.admin, Last: "Ковальчук"}, journal.MakeDate(2020, 9, 1)))
	pair, err := identity.ReadServerCert(f.TLSKey, f.TLSCert)
	y.must(err)
	inner := y.school.Handler(slog.New(slog.DiscardHandler))
	h := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if y.drop > 0 && (r.URL.Path == wire.PathFork || r.URL.Path == wire.PathSync) {
			y.drop--
			inner.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	}))
	h.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	h.TLS, h.EnableHTTP2 = identity.ServerTLS(pair), true
	h.StartTLS()
	t.Cleanup(func() { h.CloseClientConnections(); h.Close() })
	y.address, y.pin = h.Listener.Addr().String(), identity.Pin(pair.Leaf)
	return y
}

func (y *yard) open(dir string) *yardPC {
	p := &yardPC{dir: dir}
	var err error
	p.book, err = local.Open(context.Background(), dir, time.Now)
	y.must(err)
	y.t.Cleanup(func() { _ = p.book.Close() })
	p.client = client.New(p.book, time.Now, nil, client.Ordinary)
	return p
}

func (y *yard) enrol() {
	p := y.open(y.dir())
	code, err := y.school.NewCode(context.Background(), y.address, y.pin)
	y.must(err)
	_, err = p.client.Enrol(context.Background(), code.String(), "Учительская")
	y.must(err)
	y.known(p)
	y.pcs = append(y.pcs, p)
}

// known lets the administrator in on a PC, which she then leaves: it seals for her.
func (y *yard) known(p *yardPC) {
	who, _, err := p.book.Identity(context.Background())
	y.must(err)
	proof := who.School[:]
	a := ledger.Account{School: who.School, Staff: y.admin, Name: who.Device.String(), Lock: identity.Lock{Cost: identity.Least}.String(), Proof: identity.HashProof(proof)}
	y.must(y.store.PutAccount(context.Background(), a))
	public, _, err := ed25519.GenerateKey(nil)
	y.must(err)
	_, err = y.school.Prove(context.Background(), who.Device, &wire.Prove{Name: a.Name, Proof: proof, SignKey: public})
	y.must(err)
}

// copy makes a PC of the disk of another one, or puts that one's own disk back
// later: both are a file that was once the other's.
func (y *yard) copy(p *yardPC) {
	dir := y.dir()
	y.must(p.book.Backup(context.Background(), filepath.Join(dir, "journal.db")))
	y.pcs = append(y.pcs, y.open(dir))
}

func (y *yard) subject(n int) string { return fmt.Sprintf("Предмет %d", n) }

func (y *yard) write(p *yardPC) {
	y.written++
	d := commit.Draft{Volume: journal.Register, Author: y.admin, Entered: time.Now(), Changes: []commit.Change{
		commit.Set(journal.KindSubject, journal.SubjectKey(y.subject(y.written)), journal.SubjectOrder, journal.IntValue(int64(y.written))),
		commit.Set(journal.KindSubject, journal.SubjectKey("Общий"), journal.SubjectOrder, journal.IntValue(int64(y.written))),
	}}
	_, err := p.book.Append(context.Background(), d)
	y.must(err)
}

// TestCopiedDisks: whatever is copied and typed when, and whatever answers are
// lost on the way with the program killed after that, each entry is in the
// school's log once, all PCs show the same, and no two of those that went on
// writing have one number for long.
func TestCopiedDisks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		y := newYard(t)
		y.enrol()
		for range rapid.IntRange(3, 14).Draw(t, "steps") {
			i := rapid.IntRange(0, len(y.pcs)-1).Draw(t, "pc")
			p := y.pcs[i]
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0:
				if len(y.pcs) < 4 {
					y.copy(p)
				}
			case 1:
				y.drop = rapid.IntRange(1, 2).Draw(t, "lost")
				if err := p.client.Sync(ctx); err != nil && fault.CodeOf(err) != fault.Offline {
					t.Fatal(err)
				}
				y.drop = 0
				y.must(p.book.Close())
				y.pcs[i] = y.open(p.dir)
			case 2, 3:
				y.must(p.client.Sync(ctx))
			default:
				y.write(p)
			}
		}
		for range 3 {
			for _, p := range y.pcs {
				y.must(p.client.Sync(ctx))
			}
		}
		for i, p := range y.pcs {
			for n := 1; n <= y.written; n++ {
				ref := commit.FieldRef{Kind: journal.KindSubject, Key: journal.SubjectKey(y.subject(n)), Field: journal.SubjectOrder}
				past, err := p.book.History(ctx, journal.Register, ref)
				if err != nil || len(past) != 1 || past[0].Position == 0 || past[0].Author != y.admin {
					t.Errorf("PC %d, entry %d: %+v, %v", i, n, past, err)
				}
			}
			if c, err := p.book.Count(ctx); err != nil || c.Unsent+c.Refused+c.Requested > 0 {
				t.Errorf("PC %d: %+v, %v", i, c, err)
			}
			y.must(p.book.Verify(ctx))
			if got, want := y.common(p), y.common(y.pcs[0]); got != want {
				t.Errorf("PC %d shows %s, PC 0 %s", i, got, want)
			}
		}
	})
}

// common is what a PC has of the field in which all write.
func (y *yard) common(p *yardPC) string {
	heads, err := p.book.Heads(context.Background(), journal.Register, commit.FieldRef{Kind: journal.KindSubject, Key: journal.SubjectKey("Общий"), Field: journal.SubjectOrder})
	y.must(err)
	return fmt.Sprint(heads)
}
