package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"runtime"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// freeAddress is below the ports that are given to whoever dials: while the
// server is not there, nobody gets this one by chance.
func freeAddress(t *testing.T) string {
	t.Helper()
	var err error
	for range 100 {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10_000+rand.IntN(20_000))); err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal(err)
	return ""
}

const (
	ownPassword = "сосна у школы"
	year        = journal.Volume(2026)
)

// signIn signs a person in with the one-time password and gives her a own one.
func (p *pc) signInFirst(name, oneTime string) client.Person {
	p.t.Helper()
	if _, err := p.SignIn(p.t.Context(), name, oneTime); fault.CodeOf(err) != fault.NewPassword {
		p.t.Fatalf("SignIn with a one-time password: %v", err)
	}
	who, err := p.ChangePassword(p.t.Context(), name, oneTime, ownPassword)
	if err != nil {
		p.t.Fatal(err)
	}
	return who
}

// A class is what the administrator has made: 7-А with algebra, its teacher and
// one more who teaches elsewhere.
type class struct {
	admin, teacher, other journal.StaffID
	page                  journal.PageID
	pupil                 journal.PupilID
	passwords             map[string]string // of sign-in names
}

var september = journal.MakeDate(2026, 9, 1)

// furnish enrols the first PC and makes a class on it.
func (s *school) furnish(first *pc) *class {
	s.t.Helper()
	if title, err := first.Enrol(s.t.Context(), s.made.Code, "Учительская"); err != nil || title != "Школа № 1" {
		s.t.Fatalf("Enrol = %q, %v", title, err)
	}
	c := furnishOn(first, first.signInFirst(s.made.Name, s.made.Password).Staff)
	accounts, err := first.AddAccounts(s.t.Context(), c.admin)
	if err != nil || len(accounts) != 2 {
		s.t.Fatalf("AddAccounts = %v, %v", accounts, err)
	}
	for _, a := range accounts {
		c.passwords[a.Name] = a.Password
	}
	s.known()
	return c
}

// furnishOn makes the class on a PC.
func furnishOn(first *pc, admin journal.StaffID) *class {
	first.t.Helper()
	group, subject := journal.ClassID(year, 7, "А"), journal.SubjectKey("Алгебра")
	page := journal.PageKey(group, subject)
	c := &class{
		admin: admin, teacher: journal.NewID[journal.Staff](), other: journal.NewID[journal.Staff](), page: journal.PageIDOf(page),
		pupil: journal.NewID[journal.Pupil](), passwords: map[string]string{},
	}
	term := journal.Key("").Int(int(journal.Quarters)).Int(1)
	first.write(c.admin, journal.Register,
		commit.Set(journal.KindStaff, journal.IDKey(c.teacher), journal.StaffLast, journal.TextValue("Бондаренко")),
		commit.Set(journal.KindStaff, journal.IDKey(c.other), journal.StaffLast, journal.TextValue("Ветрова")),
		commit.Set(journal.KindRole, journal.IDKey(c.other).Int(int(journal.RoleDeputy)).Date(september), journal.RoleGivenBy, journal.IDValue(c.admin)),
		commit.Set(journal.KindPupil, journal.IDKey(c.pupil), journal.PupilLast, journal.TextValue("Ключевой")),
		commit.Set(journal.KindSubject, subject, journal.SubjectName, journal.TextValue("Алгебра")))
	first.write(c.admin, year,
		commit.Set(journal.KindGroup, journal.IDKey(group), journal.GroupSort, journal.IntValue(int64(journal.SortClass))),
		commit.Set(journal.KindGroup, journal.IDKey(group), journal.GroupGrade, journal.IntValue(7)),
		commit.Set(journal.KindMember, journal.IDKey(group).ID(c.pupil).Date(september), journal.MemberOrderIn, journal.TextValue("№ 1")),
		commit.Set(journal.KindPage, page, journal.PageHours, journal.IntValue(300)),
		commit.Set(journal.KindPageTeacher, journal.IDKey(c.page).ID(c.teacher).Date(september), journal.PageTeacherTo, journal.DateValue(september+300)),
		commit.Set(journal.KindTerm, term, journal.TermFrom, journal.DateValue(september)),
		commit.Set(journal.KindTerm, term, journal.TermTo, journal.DateValue(september+59)))
	return c
}

// mark is the change that gives the pupil a mark.
func (c *class) mark(number, mark int) commit.Change {
	return commit.Set(journal.KindCell, journal.CellKey(c.page, september+6, number, c.pupil), journal.CellMark, journal.IntValue(int64(mark)))
}

// sees reports whether a PC shows exactly this mark.
func (p *pc) sees(c *class, number, mark int) bool {
	cells, err := p.book.Cells(p.t.Context(), year, c.page, september+6, september+6)
	for _, cell := range cells {
		if cell.Number == number && cell.Mark == mark {
			return err == nil
		}
	}
	return false
}

// settled reports whether everything of the PC is at the school.
func (p *pc) settled() bool {
	state, err := p.State(p.t.Context())
	return err == nil && state.Phase == client.AllSent && state.Counts.Unsent == 0
}

func TestAMarkTravelsFromOnePCToAnother(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	if got := first.roster(journal.Register).School().Name; got != "Школа № 1" {
		t.Fatalf("school is %q", got)
	}
	second.run()
	who := second.signInFirst("бондаренко", c.passwords["Бондаренко"])
	if who.Staff != c.teacher {
		t.Fatalf("signed in as %v", who)
	}
	eventually(t, "the class on the second PC", func() bool { _, ok := second.roster(year).Page(c.page); return ok })
	first.run()
	second.write(who.Staff, year, c.mark(2, 5))
	eventually(t, "the mark on the first PC", func() bool { return first.sees(c, 2, 5) })
	eventually(t, "everything sent", second.settled)
}

// Marks set while the server is away are on the other PC when it is back.
func TestTheServerIsAwayAndComesBack(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	second.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := second.SignOut(t.Context(), c.teacher); err != nil {
		t.Fatal(err)
	}
	s.kill()
	first.run()
	second.run()

	who, err := second.SignIn(t.Context(), "Бондаренко", ownPassword)
	if err != nil {
		t.Fatalf("sign-in without the server: %v", err)
	}
	if _, err := second.SignIn(t.Context(), "Бондаренко", "не тот пароль"); fault.CodeOf(err) != fault.SignIn {
		t.Errorf("a wrong password without the server: %v", err)
	}
	if _, err := second.SignIn(t.Context(), "Ветрова", "что угодно"); fault.CodeOf(err) != fault.Offline {
		t.Errorf("somebody new without the server: %v", err)
	}
	for n := 1; n <= 5; n++ {
		second.write(who.Staff, year, c.mark(n, n))
	}
	eventually(t, "the pill says that five wait", func() bool {
		state, err := second.State(t.Context())
		return err == nil && state.Phase == client.Offline && state.Counts.Unsent == 5
	})
	s.start()
	eventually(t, "all five marks on the first PC", func() bool {
		for n := 1; n <= 5; n++ {
			if !first.sees(c, n, n) {
				return false
			}
		}
		return true
	})
	eventually(t, "everything sent", second.settled)
	// Signed by the teacher's own key, not by the PC.
	history, err := first.book.History(t.Context(), year, commit.FieldRef{Kind: journal.KindCell, Key: c.mark(1, 1).Key, Field: journal.CellMark})
	if err != nil || len(history) != 1 || history[0].Author != c.teacher || history[0].Position == 0 {
		t.Errorf("history %+v, %v", history, err)
	}
}

func TestTwoPCsChangeOneCellWhileApart(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.write(c.teacher, year, c.mark(1, 5))
	for at := time.Now().UnixMilli(); time.Now().UnixMilli() == at; { // the second is later
		runtime.Gosched()
	}
	second.write(c.teacher, year, c.mark(1, 3))
	for range 2 {
		for _, p := range []*pc{first, second} {
			if err := p.Sync(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	ref := commit.FieldRef{Kind: journal.KindCell, Key: c.mark(1, 5).Key, Field: journal.CellMark}
	for name, p := range map[string]*pc{"first": first, "second": second} {
		heads, err := p.book.Heads(t.Context(), year, ref)
		if err != nil || len(heads) != 2 || heads[0].Value != journal.IntValue(3) || heads[1].Value != journal.IntValue(5) {
			t.Errorf("%s PC: heads %+v, %v", name, heads, err)
		}
		if counts, err := p.book.Count(t.Context()); err != nil || counts.Disputes != 1 {
			t.Errorf("%s PC: counts %+v, %v", name, counts, err)
		}
	}
	first.write(c.teacher, year, c.mark(1, 4))
	for _, p := range []*pc{first, second} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		if counts, err := p.book.Count(t.Context()); err != nil || counts != (commit.Counts{}) || !p.sees(c, 1, 4) {
			t.Errorf("after the decision: %+v, %v", counts, err)
		}
	}
}

// The term was closed on another PC meanwhile; a foreign teacher wrote without asking.
func TestWhatTheServerDoesNotAcceptStaysHere(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.write(c.other, year, commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermClosed, journal.BoolValue(true)))
	if err := first.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	late := second.write(c.teacher, year, c.mark(1, 5))
	foreign := second.write(c.other, year, c.mark(2, 5))
	free := second.write(c.teacher, year, commit.Set(journal.KindCell, journal.CellKey(c.page, september+70, 1, c.pupil), journal.CellMark, journal.IntValue(4)))
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	answers := map[uint64]commit.Waiting{}
	for _, f := range []commit.Fate{commit.AtDeputy, commit.NotTaken} {
		waiting, err := second.book.Waiting(t.Context(), commit.Query{Fate: f})
		if err != nil || len(waiting) != 1 {
			t.Fatalf("of fate %d wait %+v, %v", f, waiting, err)
		}
		answers[waiting[0].Commit.Number] = waiting[0]
	}
	if w := answers[late.Number]; w.Answer != commit.Requested || w.Text == "" {
		t.Errorf("in the closed term: %+v", w)
	}
	if w := answers[foreign.Number]; w.Answer != commit.Refused || w.Text == "" {
		t.Errorf("on another teacher's page: %+v", w)
	}
	if _, stopped := answers[free.Number]; stopped || second.sees(c, 1, 5) || second.sees(c, 2, 5) {
		t.Error("what followed did not get through, or what was refused is still shown")
	}
}
