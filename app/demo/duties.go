package demo

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// allot makes the year's groups and pages and says who teaches what.
func (r *run) allot() {
	r.groups, r.pages, r.byID = nil, nil, map[journal.PageID]*page{}
	for _, m := range r.staff {
		m.load, m.leads = 0, false
	}
	var classes []*group
	made := map[string]*group{}
	for _, c := range r.cohorts {
		classes = append(classes, r.class(c))
	}
	r.groups = append(r.groups, classes...)
	for _, class := range classes {
		for _, sub := range curriculum {
			hours := sub.hours[class.Grade]
			if hours == 0 {
				continue
			}
			var taken *member
			for i, g := range r.parts(class, sub.split, made) {
				if g != class && len(g.pages) == 0 {
					r.groups = append(r.groups, g)
				}
				taken = r.teacherFor(class, sub, hours, i, taken)
				taken.load += hours
				r.addPage(g, sub, hours, taken)
			}
		}
	}
	r.addExtras(classes)
}

// teacherFor chooses who teaches a class, or its i-th part: who did so last
// year when he has the hours, else who has the fewest.
func (r *run) teacherFor(class *group, sub *subject, hours, i int, sibling *member) *member {
	if sub.own && class.Grade <= 4 {
		return r.primaryTeacher(class.cohort)
	}
	name := fmt.Sprint(class.cohort.entry, class.cohort.letter, sub.name, i)
	if m := r.taught[name]; m != nil && m != sibling && m.load+hours <= m.most()-300 {
		return m
	}
	var best *member
	for _, m := range r.staff {
		if m != sibling && m.can(sub.name) && (best == nil || m.load < best.load) {
			best = m
		}
	}
	r.taught[name] = best
	return best
}

// primaryTeacher leads a class through its four years and then takes the next.
func (r *run) primaryTeacher(c *cohort) *member {
	at := 1
	for i, letter := range r.letters {
		if letter == c.letter {
			at += i
		}
	}
	at += c.entry % 4 * len(r.letters)
	for _, m := range r.staff {
		if m.primary == at {
			return m
		}
	}
	panic("demo: too few teachers of the 1st to 4th grades")
}

// leaderOf chooses the class teacher: of those who teach the class most, one who
// leads no other class.
func (r *run) leaderOf(class *group) *member {
	if class.Grade <= 4 {
		return r.primaryTeacher(class.cohort)
	}
	name := fmt.Sprint(class.cohort.entry, class.cohort.letter, "leads")
	best := r.taught[name]
	if best == nil || best.leads {
		hours := 0
		best = nil
		for _, p := range class.pages {
			if !p.teacher.leads && p.hours > hours {
				best, hours = p.teacher, p.hours
			}
		}
	}
	for _, m := range r.staff {
		if best == nil && !m.leads && len(m.post.subjects) > 0 {
			best = m
		}
	}
	best.leads = true
	r.taught[name] = best
	return best
}
