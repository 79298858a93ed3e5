package desk

import (
	"slices"

	"uchitelskaya/app/journal"
)

// Reckon counts a row of a page anew after one of its cells changed: the
// average of the term, the lessons missed and the proposed result.
func (s *Session) Reckon(p *Page, r *Row) {
	rules := s.roster.Rules()
	course := journal.Course{Hours: p.Hours}
	r.Marks, r.Missed, r.Average = 0, 0, 0
	for i, c := range p.Columns {
		if !c.IsLesson() || !p.Term.Has(c.Lesson.Date) || !r.MemberOn(c.Lesson.Date) {
			continue
		}
		cell := r.Cells[i]
		weighed := cell.Weighed(rules.WeightOf(c.Lesson))
		course.Marks = append(course.Marks, weighed...)
		r.Marks += len(weighed)
		if c.Lesson.Date <= s.Today() {
			course.Lessons++
		}
		if cell.Missed() {
			r.Missed++
		}
	}
	course.Missed = r.Missed
	r.Average, _ = journal.Average(course.Marks)
	r.Propose = rules.Proposed(course)
	if p.Subject.Unmarked {
		r.Propose = ""
	}
}

// ProposeYear returns the result that the rules propose for the whole year.
func (s *Session) ProposeYear(p *Page, r *Row) string {
	var terms []string
	for _, t := range p.Terms {
		terms = append(terms, r.Results[t.Period()].Value)
	}
	return journal.YearResult(terms)
}

// reading says why a page cannot be edited today, empty when it can. Single
// lessons that are closed or given away are told by their cells.
func (s *Session) reading(p *Page) string {
	teaches := slices.ContainsFunc(s.roster.Teachers(p.ID), func(a journal.Assignment) bool { return a.Staff == s.who })
	switch {
	case p.Term.Closed:
		return p.Term.Name() + " закрыта. Исправить может завуч: напишите ему."
	case teaches:
		return ""
	}
	for _, c := range p.Columns {
		if sub, given := s.roster.SubstitutionAt(p.ID, c.Lesson.Date, c.Lesson.Number); given && sub.Staff == s.who {
			return ""
		}
	}
	if s.Is(journal.RoleDeputy, journal.RoleDirector, journal.RoleAdministrator) {
		return "Вы смотрите журнал. Отметки ставит учитель" + named(p.Teacher) + "."
	}
	return "Эту страницу ведёт" + named(p.Teacher) + ". Её можно только смотреть."
}

func named(s journal.Staff) string {
	if s.Last == "" {
		return " другой учитель"
	}
	return " " + s.Initials()
}
