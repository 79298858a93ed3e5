package demo

import (
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// results writes what the teachers give on the last day of a term, and with
// the last term the marks of the year.
func (r *run) results(t journal.Term) {
	terms := r.roster.Terms(t.Scheme)
	last := t.Number == terms[len(terms)-1].Number
	for i, p := range r.pages {
		if p.group.Grade < 2 || p.group.Sort > journal.SortSubgroup || r.roster.SchemeOf(p.group.ID) != t.Scheme {
			continue
		}
		var changes []commit.Change
		for _, q := range p.group.pupils {
			c := p.courses[q]
			if c == nil || !q.at(t.To) {
				continue
			}
			c.Hours = p.hours
			value := r.result(p, c)
			c.terms = append(c.terms, value)
			changes = append(changes, p.set(q, t.Period(), value))
			if last {
				changes = append(changes, p.set(q, journal.YearMark, journal.YearResult(c.terms)))
			}
			c.Course = journal.Course{}
		}
		r.write(r.year, p.teacher.ID, at(t.To, 15*60+i%60), changes...)
	}
}

// result is what the rules propose; where they leave it to the teacher, he goes
// by the marks there are.
func (r *run) result(p *page, c *course) string {
	if p.subject.unmarked {
		return journal.Passed
	}
	if proposed := r.rules.Proposed(c.Course); proposed != "" {
		return proposed
	}
	if mean, ok := journal.Average(c.Marks); ok {
		return fmt.Sprint(max((mean+50)/100, 2))
	}
	return journal.NotAssessed
}

func (p *page) set(q *pupil, period journal.Period, value string) commit.Change {
	return commit.Set(journal.KindTermMark, journal.TermMarkKey(q.ID, p.id, period), journal.TermMarkValue, text(value))
}

// close locks a term.
func (r *run) close(t journal.Term, d journal.Date) {
	key := journal.Key("").Int(int(t.Scheme)).Int(t.Number)
	r.write(r.year, r.who(journal.RoleDeputy).ID, at(d, 16*60), commit.Set(journal.KindTerm, key, journal.TermClosed, flag(true)))
}

// examined are the subjects of the state examination after the 9th grade.
var examined = []string{"Русский язык", "Алгебра", "Обществознание", "Биология"}

// finals writes the examination and final marks of the 9th and 11th grades.
func (r *run) finals(d journal.Date) {
	for i, p := range r.pages {
		if p.group.Grade != 9 && p.group.Grade != 11 || p.group.Sort > journal.SortSubgroup {
			continue
		}
		rnd := r.stream("exam", r.year, p.id)
		var changes []commit.Change
		for _, q := range p.group.pupils {
			c := p.courses[q]
			if c == nil || !q.at(d) {
				continue
			}
			f := journal.Finals{Grade: p.group.Grade, Year: journal.YearResult(c.terms), Earlier: c.terms}
			if p.group.Grade == 9 && slices.Contains(examined, p.subject.name) && journal.MarkOf(f.Year) != 0 {
				f.Exam = fmt.Sprint(min(max(journal.MarkOf(f.Year)+rnd.between(-1, 1), 3), 5))
				changes = append(changes, p.set(q, journal.ExamMark, f.Exam))
			}
			changes = append(changes, p.set(q, journal.FinalMark, r.rules.Final(f)))
		}
		r.write(r.year, p.teacher.ID, at(d, 10*60+i%60), changes...)
	}
}

// decisions writes what the teachers' council decided.
func (r *run) decisions(d journal.Date, graduates bool) {
	var changes []commit.Change
	for _, g := range r.groups {
		if g.Sort != journal.SortClass || graduates != (g.Grade == 9 || g.Grade == 11) {
			continue
		}
		decision, protocol := fmt.Sprintf("переведён в %d класс", g.Grade+1), "протокол № 8"
		if graduates {
			decision, protocol = "выдан аттестат об основном общем образовании", "протокол № 10"
			if g.Grade == 11 {
				decision = "выдан аттестат о среднем общем образовании"
			}
		}
		for _, q := range g.pupils {
			if q.at(d) {
				changes = append(changes, row(journal.KindDecision, journal.IDKey(g.ID).ID(q.ID), text(decision), day(d), text(protocol))...)
			}
		}
	}
	r.write(r.year, r.who(journal.RoleDeputy).ID, at(d, 14*60), changes...)
}
