package simtest

import (
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// The two terms: lessons lie in both, and the worlds begin in the first one.
var terms = [2][2]journal.Date{
	{september, journal.MakeDate(2026, 10, 25)},
	{journal.MakeDate(2026, 11, 2), journal.MakeDate(2026, 12, 28)},
}

// days are those of the lessons that people write into.
var days = [3]journal.Date{journal.MakeDate(2026, 10, 7), journal.MakeDate(2026, 10, 8), journal.MakeDate(2026, 11, 9)}

func termKey(n int) journal.Key { return journal.Key("").Int(int(journal.Quarters)).Int(n + 1) }

// register is the administrator's first work: people, subjects, pupils.
func (g *Ground) register() commit.Draft {
	d := commit.Draft{Volume: journal.Register, Author: g.admin, Entered: furnished}
	set := func(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) {
		d.Changes = append(d.Changes, commit.Set(k, key, f, v))
	}
	set(journal.KindStaff, journal.IDKey(g.deputy), journal.StaffLast, journal.TextValue("Завучева"))
	set(journal.KindRole, journal.IDKey(g.deputy).Int(int(journal.RoleDeputy)).Date(september), journal.RoleGivenBy, journal.IDValue(g.admin))
	for i, t := range g.teachers {
		set(journal.KindStaff, journal.IDKey(t), journal.StaffLast, journal.TextValue([]string{"Алгебрина", "Физиков", "Второва"}[i]))
	}
	for i := range g.pages {
		set(journal.KindSubject, subject(i), journal.SubjectName, journal.TextValue(string(subject(i))))
	}
	for i, p := range g.pupils {
		set(journal.KindPupil, journal.IDKey(p), journal.PupilLast, journal.TextValue([]string{"Азов", "Буков", "Ведин"}[i]))
	}
	return d
}

// year is what the office writes before the year begins.
func (g *Ground) year() commit.Draft {
	d := commit.Draft{Volume: year, Author: g.admin, Entered: furnished}
	set := func(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) {
		d.Changes = append(d.Changes, commit.Set(k, key, f, v))
	}
	set(journal.KindGroup, journal.IDKey(g.class), journal.GroupSort, journal.IntValue(int64(journal.SortClass)))
	set(journal.KindGroup, journal.IDKey(g.class), journal.GroupGrade, journal.IntValue(7))
	set(journal.KindClassTeacher, journal.IDKey(g.class).ID(g.leader).Date(september), journal.ClassTeacherTo, journal.DateValue(september+300))
	for _, p := range g.pupils {
		set(journal.KindMember, journal.IDKey(g.class).ID(p).Date(september), journal.MemberTo, journal.DateValue(september+300))
	}
	for i := range g.pages {
		set(journal.KindPage, g.page(i), journal.PageHours, journal.IntValue(300))
	}
	for _, at := range []struct{ page, n int }{{0, 0}, {0, 1}, {1, 0}} {
		k := journal.IDKey(g.pages[at.page]).ID(g.teacherOf(at.page, at.n)).Date(september)
		set(journal.KindPageTeacher, k, journal.PageTeacherTo, journal.DateValue(september+300))
	}
	for n, t := range terms {
		set(journal.KindTerm, termKey(n), journal.TermFrom, journal.DateValue(t[0]))
		set(journal.KindTerm, termKey(n), journal.TermTo, journal.DateValue(t[1]))
	}
	return d
}
