package demo

import (
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// move decides who leaves and who comes during the year: about one in eighty
// each. It happens on the day; see [run.movements].
func (r *run) move() {
	for _, g := range r.groups {
		if g.Sort != journal.SortClass {
			continue
		}
		rnd := r.stream("movement", g.cohort.entry, g.cohort.letter, r.year)
		for _, p := range g.pupils {
			if rnd.chance(0.012) {
				p.to = r.anyDay(rnd)
			}
		}
		if rnd.chance(0.25) {
			p := r.newPupil(rnd, g.cohort.entry)
			p.from = r.anyDay(rnd)
			g.cohort.pupils = append(g.cohort.pupils, p)
			r.join(g, p)
		}
	}
}

// anyDay is a school day between the second week and the end of April.
func (r *run) anyDay(rnd stream) journal.Date {
	d := journal.MakeDate(int(r.year), 9, 8) + journal.Date(rnd.IntN(230))
	return d.Monday() + journal.Date(rnd.IntN(5))
}

// join puts a newcomer into the class and the smaller of its subgroups.
func (r *run) join(class *group, p *pupil) {
	class.pupils = append(class.pupils, p)
	var smallest *group
	for _, g := range r.groups {
		if g.Parent != class.ID {
			continue
		}
		switch part := g.part(); {
		case part == girls && p.Sex == "ж", part == boys && p.Sex == "м":
			g.pupils = append(g.pupils, p)
		case part != girls && part != boys && (smallest == nil || len(g.pupils) < len(smallest.pupils)):
			smallest = g
		}
	}
	if smallest != nil {
		smallest.pupils = append(smallest.pupils, p)
	}
}

// movements writes who comes and who leaves on a day.
func (r *run) movements(d journal.Date, author journal.StaffID) {
	september := journal.MakeDate(int(r.year), 9, 1)
	for _, c := range r.groups {
		if c.Sort != journal.SortClass {
			continue
		}
		for _, p := range c.pupils {
			if p.from == d {
				r.write(journal.Register, author, at(d, 8*60), p.rows()...)
				order := text(fmt.Sprintf("приказ № %d от %s, прибыл из другой школы", 60+int(d)%40, d-1))
				r.write(r.year, author, at(d, 8*60+5), r.memberships(p, d, journal.MemberOrderIn, order)...)
			}
			if p.to == d {
				since := max(september, p.from)
				changes := r.memberships(p, since, journal.MemberTo, day(d))
				order := text(fmt.Sprintf("приказ № %d от %s, выбыл в другую школу", 60+int(d)%40, d))
				r.write(r.year, author, at(d, 15*60), append(changes, r.memberships(p, since, journal.MemberOrderOut, order)...)...)
			}
		}
	}
}

// memberships sets one field of all memberships of a pupil that began on a day.
func (r *run) memberships(p *pupil, since journal.Date, f journal.FieldNo, v journal.Value) (out []commit.Change) {
	for _, g := range r.groups {
		if slices.Contains(g.pupils, p) {
			out = append(out, commit.Set(journal.KindMember, journal.IDKey(g.ID).ID(p.ID).Date(since), f, v))
		}
	}
	return out
}
