package demo

import (
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
)

// A group is a group of one school year with its pupils and pages.
type group struct {
	journal.Group
	cohort *cohort // of a class and its subgroups
	leader *member // class teacher of a class
	pupils []*pupil
	pages  []*page
}

// A page is a journal page with what its teacher remembers of the term.
type page struct {
	id      journal.PageID
	key     journal.Key
	group   *group
	subject *subject
	hours   int // a week, in hundredths
	teacher *member
	given   int // lessons since September
	courses map[*pupil]*course
}

// A course is what a pupil did on a page so far.
type course struct {
	journal.Course
	terms []string // results of the terms past
}

func (r *run) class(c *cohort) *group {
	grade := c.grade(r.year)
	return &group{
		Group:  journal.Group{ID: journal.ClassID(r.year, grade, c.letter), Name: c.name(r.year), Sort: journal.SortClass, Grade: grade, Letter: c.letter},
		cohort: c, pupils: slices.Clone(c.pupils),
	}
}

// The subgroups of a class in technology.
const (
	girls = "девочки"
	boys  = "мальчики"
)

// parts returns the subgroups into which a class is divided for a subject; the
// class itself when it is not.
func (r *run) parts(class *group, sp split, made map[string]*group) []*group {
	var names [2]string
	var second func(i int, p *pupil) bool
	switch {
	case sp == halves && len(class.pupils) >= r.divide:
		names = [2]string{"1 группа", "2 группа"}
		second = func(i int, _ *pupil) bool { return 2*i >= len(class.pupils) }
	case sp == sexes && r.workshops && class.Grade >= 5:
		names = [2]string{girls, boys}
		second = func(_ int, p *pupil) bool { return p.Sex == "м" }
	default:
		return []*group{class}
	}
	ordered := slices.Clone(class.pupils)
	slices.SortStableFunc(ordered, func(a, b *pupil) int { return journal.CompareNames(a.Full(), b.Full()) })
	var out []*group
	for half, name := range names {
		full := fmt.Sprintf("%s, %s", class.Name, name)
		g := made[full]
		if g == nil {
			g = &group{
				Group: journal.Group{
					ID: journal.NamedGroupID(r.year, journal.SortSubgroup, full), Name: full, Sort: journal.SortSubgroup,
					Grade: class.Grade, Letter: class.Letter, Parent: class.ID,
				},
				cohort: class.cohort,
			}
			for i, p := range ordered {
				if second(i, p) == (half == 1) {
					g.pupils = append(g.pupils, p)
				}
			}
			made[full] = g
		}
		out = append(out, g)
	}
	return out
}

// addExtras makes the electives, clubs and extended-day groups of the year.
func (r *run) addExtras(classes []*group) {
	for _, e := range r.extras {
		g := &group{Group: journal.Group{ID: journal.NamedGroupID(r.year, e.sort, e.name), Name: e.name, Sort: e.sort}}
		if e.from == e.to {
			g.Grade = e.from
		}
		rnd := r.stream("extra", e.name, r.year)
		for _, c := range classes {
			if c.Grade < e.from || c.Grade > e.to {
				continue
			}
			for _, i := range rnd.Perm(len(c.pupils))[:min(e.size, len(c.pupils))] {
				g.pupils = append(g.pupils, c.pupils[i])
			}
		}
		r.groups = append(r.groups, g)
		r.addPage(g, &subject{name: e.name, short: clipped(e.name), unmarked: true, kind: leisure}, 100*e.hours, r.leader(e.teacher))
	}
}

// leader returns the one with the least load who can give an extra.
func (r *run) leader(subject string) *member {
	var best *member
	for _, m := range r.staff {
		if m.can(subject) && (best == nil || m.load < best.load) {
			best = m
		}
	}
	return best
}

func (r *run) addPage(g *group, sub *subject, hours int, teacher *member) *page {
	p := &page{group: g, subject: sub, hours: hours, teacher: teacher, courses: map[*pupil]*course{}}
	p.key = journal.PageKey(g.ID, journal.SubjectKey(sub.name))
	p.id = journal.PageIDOf(p.key)
	g.pages = append(g.pages, p)
	r.pages = append(r.pages, p)
	r.byID[p.id] = p
	return p
}

func clipped(s string) string {
	if letters := []rune(s); len(letters) > 14 {
		return string(letters[:13]) + "."
	}
	return s
}
