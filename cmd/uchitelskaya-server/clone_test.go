package main

import (
	"path/filepath"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// image makes a PC of a copy of another one's disk, as it is now.
func (p *pc) image() *pc {
	p.t.Helper()
	q := &pc{t: p.t, dir: p.t.TempDir()}
	if err := p.book.Backup(p.t.Context(), filepath.Join(q.dir, "journal.db")); err != nil {
		p.t.Fatal(err)
	}
	q.open()
	return q
}

// device is the number of the PC.
func (p *pc) device() journal.DeviceID {
	p.t.Helper()
	id, _, err := p.book.Identity(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return id.Device
}

func (p *pc) synced() {
	p.t.Helper()
	if err := p.Sync(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

// whole checks that each PC shows each mark exactly once, and that all journals
// verify with nothing left to do.
func whole(t *testing.T, c *class, numbers int, pcs ...*pc) {
	t.Helper()
	for i, p := range pcs {
		for n := 1; n <= numbers; n++ {
			past, err := p.book.History(t.Context(), year, commit.FieldRef{Kind: journal.KindCell, Key: c.mark(n, 5).Key, Field: journal.CellMark})
			if err != nil || len(past) != 1 || past[0].Position == 0 {
				t.Errorf("PC %d, mark %d: %+v, %v", i, n, past, err)
			}
		}
		if n := p.counts(); n != (commit.Counts{}) {
			t.Errorf("PC %d: %+v", i, n)
		}
		if err := p.book.Verify(t.Context()); err != nil {
			t.Errorf("PC %d: %v", i, err)
		}
	}
}

// A PC's disk is put back from an old image and people type on, under numbers
// that the school knows already with other content.
func TestAPCPutBackFromAnOldImage(t *testing.T) {
	s := newSchool(t)
	first, old := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	old.synced()
	old.write(c.teacher, year, c.mark(1, 5))
	old.synced()
	old.write(c.teacher, year, c.mark(2, 5)) // not sent when the image is made
	put := old.image()
	for n := 3; n <= 5; n++ {
		old.write(c.teacher, year, c.mark(n, 5))
		old.synced()
	}
	for n := 6; n <= 9; n++ {
		put.write(c.teacher, year, c.mark(n, 5))
	}
	before := put.device()
	put.synced()
	first.synced()
	if put.device() == before {
		t.Error("it goes on under the number of the other one")
	}
	old.synced()
	whole(t, c, 9, put, first, old)
	out := s.command("devices", "-data", s.dir)
	if !strings.Contains(out, "Второй (копия)\n") || strings.Count(out, "программа: 1 ") != 3 {
		t.Errorf("the administrator sees\n%s", out)
	}
	// It goes on as any PC, after a restart and with people who sign in anew.
	if err := put.book.Close(); err != nil {
		t.Fatal(err)
	}
	put.open()
	who := put.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	put.write(who.Staff, year, c.mark(10, 5))
	put.synced()
	old.write(c.teacher, year, c.mark(11, 5))
	old.synced()
	for _, p := range []*pc{put, first, old} {
		p.synced()
	}
	whole(t, c, 11, put, first, old)
}

// Two PCs made of one disk type at the same time and send in turns: whoever is
// second becomes another one, once.
func TestTwoPCsOfOneImage(t *testing.T) {
	s := newSchool(t)
	first := newPC(t)
	c := s.furnish(first)
	one := s.enrolled("Класс информатики")
	one.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	one.synced()
	pcs := []*pc{one, one.image(), one.image()}
	number := 0
	for range 4 {
		for _, p := range pcs {
			number++
			p.write(c.teacher, year, c.mark(number, 5))
			p.synced()
		}
	}
	for _, p := range append(pcs, first) {
		p.synced()
	}
	whole(t, c, number, append(pcs, first)...)
	devices := map[journal.DeviceID]bool{}
	for _, p := range pcs {
		devices[p.device()] = true
	}
	if len(devices) != 3 {
		t.Errorf("%d numbers for three PCs", len(devices))
	}
	if out := s.command("devices", "-data", s.dir); strings.Count(out, "(копия") != 2 {
		t.Errorf("the administrator sees\n%s", out)
	}
}

// A copy on which nothing was typed is no other PC, whoever is ahead.
func TestAnImageWithoutTyping(t *testing.T) {
	s := newSchool(t)
	first, old := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	old.synced()
	old.write(c.teacher, year, c.mark(1, 5))
	behind := old.image() // knows less than the school will
	old.write(c.teacher, year, c.mark(2, 5))
	ahead := old.image() // knows all
	old.synced()
	for _, p := range []*pc{behind, ahead, old} {
		p.synced()
		if p.device() != old.device() {
			t.Error("a copy without typing became another PC")
		}
	}
	first.synced()
	whole(t, c, 2, first, old, behind, ahead)
	if out := s.command("devices", "-data", s.dir); strings.Contains(out, "копия") {
		t.Errorf("the administrator sees\n%s", out)
	}
	// What was refused on a copy stays with its sentence when it becomes another.
	refused := behind.write(c.other, year, c.mark(3, 5))
	behind.synced()
	ahead.write(c.teacher, year, c.mark(3, 5))
	ahead.write(c.teacher, year, c.mark(4, 5))
	ahead.synced()
	if ahead.device() == old.device() {
		t.Error("two that typed have one number")
	}
	list, err := behind.book.Waiting(t.Context(), commit.Query{Fate: commit.NotTaken})
	if err != nil || len(list) != 1 || list[0].Commit.Number != refused.Number || list[0].Text == "" {
		t.Errorf("refused %+v, %v", list, err)
	}
	first.synced()
	if !first.sees(c, 3, 5) || !first.sees(c, 4, 5) {
		t.Error("what the copy wrote is not at the school")
	}
}

// Who is at work while the PC becomes another one goes on: the PC seals for her
// until the server knows her key there.
func TestAtWorkWhileThePCBecomesAnother(t *testing.T) {
	s := newSchool(t)
	c := s.furnish(newPC(t))
	p := s.enrolled("Второй")
	who := p.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	p.synced()
	other := p.image()
	other.write(c.teacher, year, c.mark(1, 5))
	other.synced()
	before := p.device()
	p.run()
	p.write(who.Staff, year, c.mark(2, 5))
	eventually(t, "another number", func() bool { return p.device() != before })
	eventually(t, "her key on the new PC", func() bool {
		return len(p.roster(journal.Register).Get(journal.KindSignKey, journal.IDKey(who.Staff).ID(p.device()), journal.SignKeyPublic).Bytes()) > 0
	})
	p.write(who.Staff, year, c.mark(3, 5))
	eventually(t, "everything sent", p.settled)
	other.synced()
	eventually(t, "the other's mark", func() bool { return p.sees(c, 1, 5) })
	whole(t, c, 3, p, other)
	state, err := p.State(t.Context())
	if err != nil || state.Trouble != nil {
		t.Errorf("trouble %v, %v", state.Trouble, err)
	}
	if err := p.SignOut(t.Context(), who.Staff); err != nil {
		t.Fatal(err)
	}
	s.kill()
	if _, err := p.SignIn(t.Context(), "Бондаренко", ownPassword); err != nil {
		t.Errorf("without the server afterwards: %v", err)
	}
}

// A stolen disk was copied: the PC and all that came of it are shut out with one
// command, over the sockets too, and an honest PC goes on.
func TestCopiesAreShutOut(t *testing.T) {
	s := newSchool(t)
	first, stolen := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	stolen.synced()
	number := 0
	types := func(p *pc) {
		t.Helper()
		number++
		p.write(c.teacher, year, c.mark(number, 5))
		p.synced()
	}
	image := stolen.image()
	types(stolen)
	types(image) // becomes another one
	deeper := image.image()
	types(image)
	types(deeper) // a copy of a copy
	if stolen.device() == image.device() || image.device() == deeper.device() {
		t.Fatal("a copy is no PC of its own")
	}
	said := s.command("revoke", "-data", s.dir, "Второй")
	if strings.Count(said, "ещё подключена") != 2 || !strings.Contains(said, "-copies "+stolen.device().String()) {
		t.Errorf("revoke said\n%s", said)
	}
	image.synced() // not by itself
	said = s.command("revoke", "-data", s.dir, "-copies", stolen.device().String())
	if strings.Count(said, "отключён от школы") != 3 || strings.Contains(said, "ещё подключена") {
		t.Errorf("revoke -copies said\n%s", said)
	}
	before := map[*pc]string{}
	for _, p := range []*pc{stolen, image, deeper} {
		before[p] = p.root(year)
	}
	types(first)
	for p, root := range before {
		if err := p.Sync(t.Context()); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("a PC that was shut out: %v", err)
		}
		if p.root(year) != root || p.sees(c, number, 5) {
			t.Error("a PC that was shut out has received something")
		}
	}
}

// A copied PC that has only a stick is told what it needs: the network, once.
// Nothing is lost meanwhile.
func TestACopiedPCOnAStick(t *testing.T) {
	s := newSchool(t)
	first, old := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	old.synced()
	put := old.image()
	old.write(c.teacher, year, c.mark(1, 5))
	old.synced()
	put.write(c.teacher, year, c.mark(2, 5))
	carried := stick{s, t.TempDir()}
	if _, err := put.WriteParcels(t.Context(), carried.dir, client.FullParcel); err != nil {
		t.Fatal(err)
	}
	const want = "Подключите этот компьютер к сети школы"
	if said := s.command("parcel", "-data", s.dir, carried.dir); !strings.Contains(said, want) {
		t.Errorf("the administrator reads:\n%s", said)
	}
	if _, err := put.ReadParcels(t.Context(), carried.dir); !strings.Contains(fault.TextOf(err), want) || put.counts().Unsent != 1 {
		t.Errorf("the person reads: %v; %+v", err, put.counts())
	}
	for range 2 {
		for _, p := range []*pc{put, old, first} {
			p.synced()
		}
	}
	whole(t, c, 2, put, old, first)
}
