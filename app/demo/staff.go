package demo

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// A member is one of the staff.
type member struct {
	journal.Staff
	name    fullName
	post    post
	room    string
	load    int // hours a week given so far, in hundredths
	leads   bool
	signIn  string
	primary int // number among the teachers of the 1st to 4th grades, from 1
}

// A post is a position of the school with the subjects that go with it.
type post struct {
	title    string
	count    int
	role     journal.Role
	subjects []string
	primary  bool
	most     int // hours a week that may be given, in hundredths; 0: 2700
	men      bool
}

func (s *School) hire(posts []post) {
	r, taken, room := s.stream("staff"), map[string]bool{}, 100
	for _, p := range posts {
		for i := range p.count {
			m := &member{post: p}
			for m.signIn == "" || taken[m.signIn] {
				m.name = newName(r, !p.men && r.chance(0.86))
				m.signIn = signInName(m.name)
			}
			taken[m.signIn] = true
			room++
			m.Staff = journal.Staff{
				ID: newID[journal.StaffID](r), Last: m.name.last, First: m.name.first, Middle: m.name.middle, Position: p.title,
			}
			m.room = fmt.Sprint(room)
			if p.primary {
				m.primary = i + 1
			}
			s.staff = append(s.staff, m)
		}
	}
}

// who returns the first of the staff with a role.
func (s *School) who(role journal.Role) *member {
	for _, m := range s.staff {
		if m.post.role == role {
			return m
		}
	}
	return s.staff[0]
}

// can reports whether the post goes with a subject.
func (m *member) can(subject string) bool {
	for _, t := range m.post.subjects {
		if t == subject {
			return true
		}
	}
	return false
}

func (m *member) most() int {
	if m.post.most > 0 {
		return m.post.most
	}
	return 2700
}
