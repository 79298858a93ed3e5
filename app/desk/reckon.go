package desk

import (
	"uchitelskaya/app/journal"
)

// Reckon counts a row of a page anew after one of its cells changed: the
// average of the term, the lessons missed and the proposed result.
func (s *Session) Reckon(p *Page, r *Row) {
	rules := s.roster.Rules()
	course, today := journal.Course{Hours: p.Hours}, s.Today()
	r.Marks, r.Missed, r.Average = 0, 0, 0
	for i, c := range p.Columns {
		if !c.IsLesson() || !p.Term.Has(c.Lesson.Date) || !r.MemberOn(c.Lesson.Date) {
			continue
		}
		cell := r.Cells[i]
		weighed := cell.Weighed(rules.WeightOf(c.Lesson))
		course.Marks = append(course.Marks, weighed...)
		r.Marks += len(weighed)
		if c.Lesson.Date > today {
			continue // who is excused ahead has missed nothing yet
		}
		course.Lessons++
		if cell.Missed() {
			r.Missed++
		}
	}
	course.Missed = r.Missed
	r.Average, _ = journal.Average(course.Marks)
	r.Propose = rules.Proposed(course)
	if s.unmarked(p.Page) {
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

// unmarked reports whether a page is taught without marks: by its subject, or
// because it is the first grade's.
func (s *Session) unmarked(p journal.Page) bool {
	subject, _ := s.roster.Subject(p.Subject)
	class, _ := s.roster.Class(p.Group)
	return subject.Unmarked || class.Grade == 1
}

// reading says why a page cannot be edited today, empty when it can. Single
// lessons that are closed or given away are told by their cells.
func (s *Session) reading(p *Page) string {
	switch {
	case p.Asking:
		return p.Term.Name() + " " + p.Term.ClosedWord() + ". Наберите отметку, чтобы подать заявку завучу."
	case s.gives(p.ID):
		return ""
	case s.Oversees():
		return "Вы смотрите журнал. " + keeper(p.Teacher)
	}
	return keeper(p.Teacher) + " Её можно только смотреть."
}

// keeper says who keeps a page.
func keeper(t journal.Staff) string {
	if t.Last == "" {
		return "Учителя у этой страницы сейчас нет."
	}
	return "Эту страницу ведёт " + t.Initials() + "."
}
