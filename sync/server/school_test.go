package server_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

const year = journal.Volume(2026)

var (
	moscow    = time.FixedZone("MSK", 3*3600)
	today     = time.Date(2026, 9, 7, 12, 0, 0, 0, moscow)
	september = journal.MakeDate(2026, 9, 1)
)

// A bed is a school on a real store, with people, a class and a page.
type bed struct {
	*server.School
	t     testing.TB
	store *sqlite.Store
	dir   string
	now   time.Time

	admin, deputy, teacher, other journal.StaffID
	class                         journal.GroupID
	page                          journal.PageID
	pupil                         journal.PupilID
	office                        *desk // an enrolled PC
}

func newBed(t testing.TB) *bed { return newBedIn(t, t.TempDir()) }

func newBedIn(t testing.TB, dir string) *bed {
	t.Helper()
	b := &bed{t: t, dir: dir, now: today}
	b.open()
	f, err := server.NewFounding(b.now)
	b.must(err)
	b.must(b.store.Found(t.Context(), f))
	b.reopen()
	b.admin = journal.NewID[journal.Staff]()
	b.must(b.Found(t.Context(), journal.School{Name: "Школа № 1", Short: "Школа"}, journal.Staff{ID: b.admin, Last: "Ковальчук", First: "Анна"}, september))
	b.office = b.newDesk("Канцелярия")
	b.furnish()
	return b
}

func (b *bed) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bed) open() {
	b.t.Helper()
	store, err := sqlite.Open(b.t.Context(), b.dir)
	b.must(err)
	b.t.Cleanup(func() { _ = store.Close() })
	b.store = store
}

// reopen reads the school anew, as after a restart.
func (b *bed) reopen() {
	b.t.Helper()
	list, err := b.store.Foundings(b.t.Context())
	b.must(err)
	b.School, err = server.Open(b.t.Context(), b.store, list[0], func() time.Time { return b.now })
	b.must(err)
}

// furnish makes people, a class and a page of algebra.
func (b *bed) furnish() {
	b.deputy, b.teacher, b.other = journal.NewID[journal.Staff](), journal.NewID[journal.Staff](), journal.NewID[journal.Staff]()
	b.class, b.pupil = journal.ClassID(year, 7, "А"), journal.NewID[journal.Pupil]()
	subject := journal.SubjectKey("Алгебра")
	page := journal.PageKey(b.class, subject)
	b.page = journal.PageIDOf(page)
	name := func(id journal.StaffID, last string) commit.Change {
		return commit.Set(journal.KindStaff, journal.IDKey(id), journal.StaffLast, journal.TextValue(last))
	}
	term := journal.Key("").Int(int(journal.Quarters)).Int(1)
	b.office.accepted(b.office.does(b.admin, journal.Register,
		name(b.deputy, "Завучева"), name(b.teacher, "Учителева"), name(b.other, "Другова"),
		commit.Set(journal.KindRole, journal.IDKey(b.deputy).Int(int(journal.RoleDeputy)).Date(september), journal.RoleGivenBy, journal.IDValue(b.admin)),
		commit.Set(journal.KindSubject, subject, journal.SubjectName, journal.TextValue("Алгебра")),
		commit.Set(journal.KindPupil, journal.IDKey(b.pupil), journal.PupilLast, journal.TextValue("Ключевой"))))
	b.office.accepted(b.office.does(b.admin, year,
		commit.Set(journal.KindGroup, journal.IDKey(b.class), journal.GroupSort, journal.IntValue(int64(journal.SortClass))),
		commit.Set(journal.KindGroup, journal.IDKey(b.class), journal.GroupGrade, journal.IntValue(7)),
		commit.Set(journal.KindPage, page, journal.PageHours, journal.IntValue(300)),
		commit.Set(journal.KindPageTeacher, journal.IDKey(b.page).ID(b.teacher).Date(september), journal.PageTeacherTo, journal.DateValue(september+270)),
		commit.Set(journal.KindTerm, term, journal.TermFrom, journal.DateValue(september)),
		commit.Set(journal.KindTerm, term, journal.TermTo, journal.DateValue(september+59))))
}

// mark is the change that gives the pupil a mark on a day of September.
func (b *bed) mark(day, mark int) commit.Change {
	return commit.Set(journal.KindCell, journal.CellKey(b.page, journal.MakeDate(2026, 9, day), 2, b.pupil), journal.CellMark, journal.IntValue(int64(mark)))
}

// A desk is a PC that makes its envelopes by hand, so that it can lie.
type desk struct {
	*bed
	key    ed25519.PrivateKey
	device journal.DeviceID
	number uint64
	keys   map[journal.StaffID]ed25519.PrivateKey // shown here
	chains map[journal.StaffID][32]byte
	heads  map[commit.FieldRef][]commit.EditID
}

func (b *bed) newDesk(name string) *desk {
	b.t.Helper()
	code, err := b.NewCode(b.t.Context(), "127.0.0.1:1", [32]byte{})
	b.must(err)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	a, err := b.Enrol(b.t.Context(), key.Public().(ed25519.PublicKey), &wire.Enrol{Token: code.Token[:], Name: name})
	b.must(err)
	return &desk{bed: b, key: key, device: a.Device, keys: map[journal.StaffID]ed25519.PrivateKey{}, chains: map[journal.StaffID][32]byte{}, heads: map[commit.FieldRef][]commit.EditID{}}
}

// commit makes the next commit of the PC.
func (d *desk) commit(author journal.StaffID, v journal.Volume, changes ...commit.Change) *commit.Commit {
	d.number++
	c := &commit.Commit{
		ID: commit.ID{Device: d.device, Number: d.number}, School: d.ID(), Volume: v, Author: author, Stamp: commit.StampAt(d.now) + commit.Stamp(d.number), Entered: d.now,
	}
	for i, ch := range changes {
		ref := commit.FieldRef{Kind: ch.Kind, Key: ch.Key, Field: ch.Field}
		c.Edits = append(c.Edits, commit.Edit{Kind: ch.Kind, Key: ch.Key, Field: ch.Field, Value: ch.Value, Replaces: d.heads[ref]})
		d.heads[ref] = []commit.EditID{c.Edit(i)}
	}
	return c
}

func (d *desk) raw(c *commit.Commit) []byte {
	d.t.Helper()
	raw, err := commit.Encode(c)
	d.must(err)
	return raw
}

// seal puts commits of one author, who has signed in there, into an envelope,
// sealed by the PC.
func (d *desk) seal(commits ...*commit.Commit) *commit.Envelope {
	d.t.Helper()
	if author := commits[0].Author; !author.IsZero() {
		d.shown(author)
	}
	return d.sealWith(d.key, true, commits...)
}

func (d *desk) sealWith(key ed25519.PrivateKey, byPC bool, commits ...*commit.Commit) *commit.Envelope {
	d.t.Helper()
	c := commits[0]
	raws := make([][]byte, len(commits))
	for i := range commits {
		raws[i] = d.raw(commits[i])
	}
	e, err := commit.Seal(commit.Head{Device: c.Device, Author: c.Author, First: c.Number, Prev: d.chains[c.Author], ByPC: byPC}, raws, key)
	d.must(err)
	d.chains[c.Author], err = e.Hash()
	d.must(err)
	return e
}

// does makes, seals and sends one commit and returns its verdict. Who gives
// access does it under a key of their own.
func (d *desk) does(author journal.StaffID, v journal.Volume, changes ...commit.Change) commit.Verdict {
	d.t.Helper()
	seal := d.seal
	if slices.ContainsFunc(changes, func(c commit.Change) bool {
		return c.Kind == journal.KindRole || c.Kind == journal.KindSignKey || c.Kind == journal.KindDevice
	}) {
		seal = func(commits ...*commit.Commit) *commit.Envelope {
			return d.sealWith(d.shown(author), false, commits...)
		}
	}
	verdicts, durable, err := d.Push(d.t.Context(), d.device, []*commit.Envelope{seal(d.commit(author, v, changes...))})
	d.must(err)
	if len(verdicts) != 1 || durable != d.number || verdicts[0].Commit.Number != d.number {
		d.t.Fatalf("verdicts %+v, durable %d, want %d", verdicts, durable, d.number)
	}
	return verdicts[0]
}

func (d *desk) accepted(v commit.Verdict) {
	d.t.Helper()
	if v.Answer != commit.Accepted || v.Position == 0 {
		d.t.Fatalf("not accepted: %+v", v)
	}
}

// log reads a volume as any PC would.
func (b *bed) log(v journal.Volume) []commit.Entry {
	b.t.Helper()
	entries, err := b.store.Entries(b.t.Context(), b.ID(), v, 0, 1<<30)
	b.must(err)
	return entries
}

// shown is a key that the person has shown on the PC.
func (d *desk) shown(staff journal.StaffID) ed25519.PrivateKey {
	d.t.Helper()
	if d.keys[staff] == nil {
		public, key, err := ed25519.GenerateKey(rand.Reader)
		d.must(err)
		d.must(d.Show(d.t.Context(), staff, d.device, public))
		d.keys[staff] = key
	}
	return d.keys[staff]
}

// signKey lets the person sign in on the PC for the first time.
func (d *desk) signKey(staff journal.StaffID) ed25519.PrivateKey {
	d.t.Helper()
	accounts, err := d.Accounts(d.t.Context(), wire.AccountAdd, []journal.StaffID{staff})
	d.must(err)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	d.must(err)
	asked, err := d.Ask(d.t.Context(), &wire.Ask{Name: accounts[0].Name})
	d.must(err)
	old, err := identity.ParseLock(asked.Lock)
	d.must(err)
	proof := old.Derive(accounts[0].Password).Proof
	m := &wire.Prove{Name: accounts[0].Name, Proof: proof[:], SignKey: key.Public().(ed25519.PublicKey), NewLock: asked.Lock, NewProof: make([]byte, 32)}
	_, err = d.Prove(d.t.Context(), d.device, m)
	d.must(err)
	d.keys[staff] = key
	return key
}

// refusal is what a former server said of a commit.
func (b *bed) refusal(device journal.DeviceID, number uint64, raw []byte) []ledger.Judged {
	return []ledger.Judged{{
		Verdict: commit.Verdict{Commit: commit.ID{Device: device, Number: number}, Answer: commit.Refused, Volume: year, Code: fault.Forbidden, Text: "Так нельзя."},
		Raw:     raw, Arrived: b.now.UnixMilli(),
	}}
}
