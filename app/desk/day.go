package desk

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal"
)

// A Lesson of the day: what the timetable has and what of it is still missing.
type DayLesson struct {
	journal.Planned
	Group      journal.Group
	Subject    journal.Subject
	Bell       journal.Bell
	Lesson     journal.Lesson
	InPlaceOf  journal.Staff // the teacher whose lesson is held; zero: one's own
	Attendance bool          // somebody was marked absent, or «все остальные есть»
	Marks      int
	Pupils     int
	Running    bool // now
	Due        bool // has begun: what is missing is a gap
}

// HasHomework reports whether homework was set, or that there is none.
func (l DayLesson) HasHomework() bool { return l.Lesson.Homework != "" || l.Lesson.NoHomework }

// Complete reports whether nothing that is due is missing.
func (l DayLesson) Complete() bool { return l.Attendance && l.Lesson.Topic != "" && l.HasHomework() }

// Day returns the lessons that the person gives on a day.
func (s *Session) Day(ctx context.Context, on journal.Date) ([]DayLesson, error) {
	var out []DayLesson
	for _, p := range s.roster.DayOf(s.who, on) {
		l, err := s.dayLesson(ctx, p)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// Gaps returns the person's lessons of the days from–to that are not complete,
// oldest first.
func (s *Session) Gaps(ctx context.Context, from, to journal.Date) ([]DayLesson, error) {
	var out []DayLesson
	for d := from; d <= to; d++ {
		day, err := s.Day(ctx, d)
		if err != nil {
			return nil, err
		}
		for _, l := range day {
			if l.Due && !l.Complete() {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

func (s *Session) dayLesson(ctx context.Context, p journal.Planned) (DayLesson, error) {
	l := DayLesson{Planned: p, Lesson: journal.Lesson{Page: p.Page, Date: p.Date, Number: p.Number}}
	page, _ := s.roster.Page(p.Page)
	l.Group, _ = s.roster.Group(page.Group)
	l.Subject, _ = s.roster.Subject(page.Subject)
	l.Bell, _ = s.roster.Bell(p.Number)
	if sub, given := s.roster.SubstitutionAt(p.Page, p.Date, p.Number); given && sub.Staff == s.who {
		l.InPlaceOf, _ = s.roster.TeacherOn(p.Page, p.Date)
	}
	written, err := s.book.Lessons(ctx, s.Year(), p.Page, p.Date, p.Date)
	if err != nil {
		return l, fmt.Errorf("read lesson of the day: %w", err)
	}
	for _, w := range written {
		if w.Number == p.Number {
			l.Lesson = w
		}
	}
	cells, err := s.book.Cells(ctx, s.Year(), p.Page, p.Date, p.Date)
	if err != nil {
		return l, fmt.Errorf("read lesson of the day: %w", err)
	}
	l.Attendance = l.Lesson.Present
	for _, c := range cells {
		if c.Number != p.Number {
			continue
		}
		l.Attendance = l.Attendance || c.Absence != ""
		if c.Mark != 0 {
			l.Marks++
		}
	}
	l.Pupils = len(s.roster.Members(page.Group, p.Date, p.Date))
	minute := s.now().Hour()*60 + s.now().Minute()
	today := s.Today()
	l.Running = p.Date == today && l.Bell.End > 0 && minute >= l.Bell.Start && minute < l.Bell.End
	l.Due = p.Date < today || p.Date == today && minute >= l.Bell.Start
	return l, nil
}
