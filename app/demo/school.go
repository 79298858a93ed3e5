package demo

import (
	"iter"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Today is the day up to which a demo school is filled unless another is asked
// for: a Monday in the middle of the second quarter.
var Today = journal.MakeDate(2026, time.November, 23)

// A School is one of the invented schools.
type School struct {
	shape
	seed  uint64
	today journal.Date
	staff []*member
}

// Village is a school of eleven classes, some 190 pupils and 24 staff in its
// school year 2026/27, filled up to the day before today.
func Village(seed uint64, today journal.Date) *School { return newSchool(village, seed, today) }

// City is a school of 44 classes, some 1,150 pupils and 80 staff, in its fifth
// school year with this program: 2022/23 to 2026/27.
func City(seed uint64, today journal.Date) *School { return newSchool(city, seed, today) }

func newSchool(sh shape, seed uint64, today journal.Date) *School {
	s := &School{shape: sh, seed: seed, today: today}
	s.requisites.ID = newID[journal.SchoolID](s.stream("school"))
	s.hire(sh.posts)
	return s
}

// ID names the school.
func (s *School) ID() journal.SchoolID { return s.requisites.ID }

// Join makes the invented people belong to a school that a server has set up:
// its id, and its first administrator in place of the invented one.
func (s *School) Join(school journal.SchoolID, admin journal.StaffID) {
	s.requisites.ID = school
	s.who(journal.RoleAdministrator).ID = admin
}

// Begins is the day on which the first of the drafts is written.
func (s *School) Begins() journal.Date { return journal.MakeDate(int(s.first), 8, 10) }

// Requisites are the invented school's.
func (s *School) Requisites() journal.School { return s.requisites }

// Year is the school year in which today lies.
func (s *School) Year() journal.Volume { return journal.Volume(s.today.SchoolYear()) }

// Password opens every account of a demo school. It is typed alike on a Russian
// and a Latin keyboard.
const Password = "2026-2027"

// An Account is how one of the staff signs in.
type Account struct {
	Name  string // for signing in
	Staff journal.Staff
	Role  journal.Role // in the whole school; 0: none
}

// Accounts returns the accounts of all staff, the administrator's first.
func (s *School) Accounts() []Account {
	var out []Account
	for _, m := range s.staff {
		a := Account{Name: m.signIn, Staff: m.Staff, Role: m.post.role}
		if a.Role == journal.RoleAdministrator {
			out = append([]Account{a}, out...)
			continue
		}
		out = append(out, a)
	}
	return out
}

// Drafts returns what the people of the school wrote, in the order of time. The
// first draft is the school server's own: it sets up the school and its
// administrator, as the first start of a server does.
func (s *School) Drafts() iter.Seq[commit.Draft] {
	return func(yield func(commit.Draft) bool) {
		r := &run{School: s, yield: yield}
		r.begin()
		for year := s.first; year <= s.Year() && !r.done; year++ {
			r.open(year)
			r.live()
		}
	}
}
