package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
)

// Missing is what a journal lacks before it can be printed and signed.
type Missing int

// What may be missing, the most urgent first.
const (
	Decisions Missing = iota // different values stand in one place
	Topics                   // lessons held without a topic
	Results                  // pupils without the result of a term that has ended
	Remarks                  // the deputy's remarks that are not closed
)

// A Lack is one thing that a class journal lacks, how often, and the first
// place where it does.
type Lack struct {
	What    Missing
	Count   int
	Page    journal.PageID
	Subject journal.Subject
	Date    journal.Date // of a lesson; of a result the last day of its term
	Number  int          // of a lesson
	Pupil   journal.PupilID
	Period  journal.Period // of a result
}

// PrintedClasses returns the classes whose journals the person may print: her
// own as class teacher, all of them for those who oversee the school.
func (s *Session) PrintedClasses() []journal.Group {
	classes := s.roster.Groups(journal.SortClass)
	if s.Oversees() {
		return classes
	}
	return slices.DeleteFunc(classes, func(g journal.Group) bool {
		return !slices.ContainsFunc(s.roster.ClassTeachers(g.ID), func(a journal.Assignment) bool {
			return a.Staff == s.who && a.On(s.Today())
		})
	})
}

// Readiness returns what the journal of a class lacks up to the day before
// today, the most urgent first; nothing when it can be printed.
func (s *Session) Readiness(ctx context.Context, class journal.GroupID) ([]Lack, error) {
	var lacks [Remarks + 1]Lack
	note := func(what Missing, l Lack) {
		l.What, l.Count = what, lacks[what].Count+1
		if lacks[what].Count > 0 {
			first := lacks[what]
			first.Count = l.Count
			l = first
		}
		lacks[what] = l
	}
	disputes, err := s.Disputes(ctx)
	if err != nil {
		return nil, fmt.Errorf("judge readiness: %w", err)
	}
	for _, d := range disputes {
		if of, ok := s.roster.Class(d.Page.Group); ok && of.ID == class {
			note(Decisions, Lack{Page: d.Page.ID, Subject: d.Subject, Date: d.Date, Number: d.Number, Pupil: d.Pupil.ID})
		}
	}
	for _, p := range s.roster.Pages() {
		if of, ok := s.roster.Class(p.Group); !ok || of.ID != class {
			continue
		}
		if err := s.lacksOf(ctx, p, note); err != nil {
			return nil, fmt.Errorf("judge readiness: %w", err)
		}
	}
	for _, r := range s.roster.Remarks() {
		page, _ := s.roster.Page(r.Page)
		if of, ok := s.roster.Class(page.Group); ok && of.ID == class && r.Closed == 0 {
			subject, _ := s.roster.Subject(page.Subject)
			note(Remarks, Lack{Page: r.Page, Subject: subject, Date: r.Date, Number: r.Number, Pupil: r.Pupil})
		}
	}
	return slices.DeleteFunc(lacks[:], func(l Lack) bool { return l.Count == 0 }), nil
}

// lacksOf notes what one page lacks.
func (s *Session) lacksOf(ctx context.Context, p journal.Page, note func(Missing, Lack)) error {
	from, _ := journal.YearBounds(s.Year())
	yesterday := s.Today() - 1
	subject, _ := s.roster.Subject(p.Subject)
	written, err := s.book.Lessons(ctx, s.Year(), p.ID, from, yesterday)
	if err != nil {
		return err
	}
	for _, l := range journal.JoinLessons(s.roster.LessonsOf(p.ID, from, yesterday), written) {
		if l.Topic == "" {
			note(Topics, Lack{Page: p.ID, Subject: subject, Date: l.Date, Number: l.Number})
		}
	}
	if s.unmarked(p) {
		return nil
	}
	results, err := s.book.TermMarks(ctx, s.Year(), p.ID)
	if err != nil {
		return err
	}
	type result struct {
		pupil  journal.PupilID
		period journal.Period
	}
	given := map[result]bool{}
	for _, m := range results {
		given[result{m.Pupil, m.Period}] = m.Value != ""
	}
	terms := s.roster.TermsOf(p.Group)
	for i, t := range terms {
		if t.To > yesterday {
			break
		}
		periods := []journal.Period{t.Period()}
		if i == len(terms)-1 {
			periods = append(periods, journal.YearMark)
		}
		for _, m := range s.roster.Members(p.Group, t.To, t.To) {
			for _, period := range periods {
				if !given[result{m.Pupil, period}] {
					note(Results, Lack{Page: p.ID, Subject: subject, Date: t.To, Pupil: m.Pupil, Period: period})
				}
			}
		}
	}
	return nil
}
