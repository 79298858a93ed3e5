package demo

import "uchitelskaya/app/journal"

// An absence is days on which a pupil is not at school, and why.
type absence struct {
	from, to journal.Date
	reason   string
}

// season is how much illness there is in the months of a school year.
var season = map[int]float64{9: 0.6, 10: 0.9, 11: 1.4, 12: 1.5, 1: 1.3, 2: 1.9, 3: 1.1, 4: 0.8, 5: 0.5}

// ail decides on which days of the year the pupils are away: illnesses of some
// days, more of them in winter and when it goes round in a class, and single
// days for family reasons.
func (r *run) ail() {
	r.absent, r.classOf = map[*pupil][]absence{}, map[*pupil]*group{}
	for _, g := range r.groups {
		if g.Sort != journal.SortClass {
			continue
		}
		rnd := r.stream("illness", r.year, g.Name)
		last := journal.MakeDate(int(r.year)+1, 5, 31)
		for monday := journal.MakeDate(int(r.year), 9, 1).Monday(); monday <= last; monday += 7 {
			risk := 0.034 * season[int(monday.Month())]
			if rnd.chance(0.05) {
				risk *= 4 // it goes round
			}
			for _, p := range g.pupils {
				r.classOf[p] = g
				first := monday + journal.Date(rnd.IntN(5))
				switch {
				case rnd.chance(risk * p.frail):
					r.absent[p] = append(r.absent[p], absence{first, first + journal.Date(rnd.between(2, 10)), journal.Ill})
				case rnd.chance(0.012):
					r.absent[p] = append(r.absent[p], absence{first, first, journal.Excused})
				}
			}
		}
	}
}

// away returns why a pupil is not at school on a day; empty when he is.
func (r *run) away(p *pupil, d journal.Date) string {
	for _, a := range r.absent[p] {
		if d >= a.from && d <= a.to {
			return a.reason
		}
	}
	return ""
}

// code is what the teacher writes for a pupil at a lesson, and the reason that
// the class teacher will find.
func (r *run) code(rnd stream, p *pupil, pg *page, l journal.Planned) (code, reason string) {
	away := r.away(p, l.Date)
	switch {
	case away == journal.Ill && rnd.chance(0.2):
		return journal.Ill, ""
	case away != "":
		return journal.Absent, away
	case pg.subject.kind == sport && p.frail > 2.1:
		return journal.Exempt, ""
	case rnd.chance(p.truancy):
		return journal.Absent, journal.Unexcused
	case l.Number == 1 && rnd.chance(0.006), rnd.chance(0.001):
		return journal.CameLate, ""
	}
	return "", ""
}

// An unexplained absence waits for the class teacher.
type unexplained struct {
	cell   journal.Key
	reason string
}
