package main

import (
	"net"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
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

func TestAMarkTravelsFromOnePCToAnother(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	if title, err := first.Enrol(t.Context(), s.made.Code, "Учительская"); err != nil || title != "Школа № 1" {
		t.Fatalf("Enrol = %q, %v", title, err)
	}
	admin := first.signInFirst(s.made.Name, s.made.Password)
	if err := first.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := first.roster(journal.Register).School().Name; got != "Школа № 1" {
		t.Fatalf("school is %q", got)
	}

	// The administrator makes a class with a teacher.
	teacher, group := journal.NewID[journal.Staff](), journal.ClassID(year, 7, "А")
	subject := journal.SubjectKey("Алгебра")
	pageKey := journal.PageKey(group, subject)
	page := journal.PageIDOf(pageKey)
	pupil := journal.NewID[journal.Pupil]()
	day := journal.MakeDate(2026, 9, 7)
	first.write(admin.Staff, journal.Register,
		commit.Set(journal.KindStaff, journal.IDKey(teacher), journal.StaffLast, journal.TextValue("Бондаренко")),
		commit.Set(journal.KindStaff, journal.IDKey(teacher), journal.StaffFirst, journal.TextValue("Ольга")),
		commit.Set(journal.KindPupil, journal.IDKey(pupil), journal.PupilLast, journal.TextValue("Ключевой")),
		commit.Set(journal.KindSubject, subject, journal.SubjectName, journal.TextValue("Алгебра")))
	first.write(admin.Staff, year,
		commit.Set(journal.KindGroup, journal.IDKey(group), journal.GroupName, journal.TextValue("7-А")),
		commit.Set(journal.KindGroup, journal.IDKey(group), journal.GroupSort, journal.IntValue(int64(journal.SortClass))),
		commit.Set(journal.KindMember, journal.IDKey(group).ID(pupil).Date(journal.MakeDate(2026, 9, 1)), journal.MemberOrderIn, journal.TextValue("№ 1")),
		commit.Set(journal.KindPage, pageKey, journal.PageHours, journal.IntValue(300)),
		commit.Set(journal.KindPageTeacher, journal.IDKey(page).ID(teacher).Date(journal.MakeDate(2026, 9, 1)), journal.PageTeacherTo, journal.DateValue(journal.MakeDate(2027, 5, 31))))
	accounts, err := first.AddAccounts(t.Context(), admin.Staff)
	if err != nil || len(accounts) != 1 || accounts[0].Name != "Бондаренко" {
		t.Fatalf("AddAccounts = %v, %v", accounts, err)
	}

	// The teacher works on the second PC.
	second.run()
	who := second.signInFirst("бондаренко", accounts[0].Password)
	eventually(t, "the class on the second PC", func() bool { _, ok := second.roster(year).Page(page); return ok })
	first.run()
	cell := journal.CellKey(page, day, 2, pupil)
	second.write(who.Staff, year, commit.Set(journal.KindCell, cell, journal.CellMark, journal.IntValue(5)))
	eventually(t, "the mark on the first PC", func() bool {
		cells, err := first.book.Cells(t.Context(), year, page, day, day)
		return err == nil && len(cells) == 1 && cells[0].Mark == 5
	})
	eventually(t, "everything sent", func() bool {
		state, err := second.State(t.Context())
		return err == nil && state.Phase == client.AllSent && !state.Sent.IsZero() && state.Counts == (commit.Counts{})
	})
}
