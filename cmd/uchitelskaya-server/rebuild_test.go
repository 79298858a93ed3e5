package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/postgres/pgtest"
)

// close ends the program of a PC: its journal lies there.
func (p *pc) close() {
	p.t.Helper()
	if err := p.book.Close(); err != nil {
		p.t.Fatal(err)
	}
}

// root names the log of a volume as a PC has it.
func (p *pc) root(v journal.Volume) string {
	p.t.Helper()
	known, err := p.book.Known(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	edge := known[v].Edge
	return edge.Root().String()
}

// The server's disk is gone, and no copy is left. Two of three journals make a
// new server; nothing that reached them is missing. The third PC brings the rest.
func TestADeadServerIsMadeAnewFromJournals(t *testing.T) {
	s := newSchool(t)
	madeAnew(t, s, s.dir)
}

// The same school goes on in a PostgreSQL database.
func TestADeadServerIsMadeAnewInADatabase(t *testing.T) {
	cluster := pgtest.Start(t)
	to := cluster.Address(pgtest.Server, database(t, cluster))
	madeAnew(t, newSchool(t), to)
}

func madeAnew(t *testing.T, s *school, to string) {
	first, second, third := newPC(t), s.enrolled("Второй"), s.enrolled("Третий")
	c := s.furnish(first)
	who := second.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	second.write(who.Staff, year, c.mark(1, 5))
	third.write(c.teacher, year, c.mark(2, 2))
	third.write(c.other, year, c.mark(9, 2)) // refused: not her page
	for _, p := range []*pc{second, third, second, first} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	third.write(c.teacher, year, c.mark(3, 3)) // the second PC never hears of it from the old server
	if err := third.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.kill()
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	second.write(who.Staff, year, c.mark(4, 4)) // sent to nobody
	if err := second.SignOut(t.Context(), who.Staff); err != nil {
		t.Fatal(err)
	}
	second.write(c.teacher, year, c.mark(5, 5)) // not even signed
	third.write(c.teacher, year, c.mark(6, 2))
	first.close()
	second.close()

	s.dir, s.address = to, freeAddress(t)
	out := s.command("rebuild", "-to", s.dir, "-address", s.address, "-json", first.dir, second.dir)
	var r rebuilt
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Volumes {
		if v.Proven != uint64(v.Places) || v.Lost != 0 {
			t.Errorf("volume %+v", v)
		}
	}
	if len(r.Volumes) != 2 || len(r.Journals) != 2 || r.Journals[1].Accepted != 2 || r.Journals[1].Unsigned != 1 || len(r.Codes) != 3 || len(r.Accounts) < 2 {
		t.Errorf("report %s", out)
	}

	if said := s.refused("rebuild", "-to", s.dir, first.dir); !strings.Contains(said, "школа уже есть") && !strings.Contains(said, "уже есть школа") {
		t.Errorf("rebuilt over a school: %s", said)
	}
	s.start()
	first.open()
	second.open()
	pcs := map[string]*pc{"Учительская": first, "Второй": second, "Третий": third}
	for _, p := range pcs {
		if err := p.Sync(t.Context()); fault.CodeOf(err) != fault.Approval && fault.CodeOf(err) != fault.Offline {
			t.Fatalf("before the code: %v", err)
		}
	}
	for _, code := range r.Codes {
		if _, err := pcs[code.Name].Enrol(t.Context(), code.Code, ""); err != nil {
			t.Fatalf("%s: %v", code.Name, err)
		}
	}
	for range 2 {
		for name, p := range pcs {
			if err := p.Sync(t.Context()); err != nil {
				t.Fatalf("%s: %s: %v", name, fault.TextOf(err), err)
			}
		}
	}
	for name, p := range pcs {
		for n, mark := range map[int]int{1: 5, 2: 2, 3: 3, 4: 4, 5: 5, 6: 2} {
			if !p.sees(c, n, mark) {
				t.Errorf("%s lacks mark %d", name, n)
			}
		}
		if counts, err := p.book.Count(t.Context()); err != nil || counts.Unsent != 0 || counts.Disputes != 0 || (counts.Refused == 1) != (p == third) {
			t.Errorf("%s: counts %+v, %v", name, counts, err)
		}
		for _, v := range []journal.Volume{journal.Register, year} {
			if p.root(v) != first.root(v) {
				t.Errorf("%s has another log of volume %d", name, v)
			}
		}
		if err := p.book.Verify(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The teacher has a new one-time password under her old name.
	for _, a := range r.Accounts {
		if a.Name == "Бондаренко" {
			if _, err := second.SignIn(t.Context(), a.Name, a.Password); fault.CodeOf(err) != fault.NewPassword {
				t.Errorf("sign in with the new password: %v", err)
			}
			if _, err := second.ChangePassword(t.Context(), a.Name, a.Password, ownPassword+", снова"); err != nil {
				t.Error(err)
			}
		}
	}
	last := map[*pc]uint64{}
	for _, p := range pcs {
		last[p] = p.write(c.teacher, year, c.mark(7, 5)).Number
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	delete(last, third) // of which one commit is refused
	s.kill()
	s.check(last)
}
