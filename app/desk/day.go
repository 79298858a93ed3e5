package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

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

// Day returns the lessons that the person gives on a day: by the timetable, in
// place of others, and those held beside the timetable; without those struck out.
func (s *Session) Day(ctx context.Context, on journal.Date) ([]DayLesson, error) {
	return s.days(ctx, on, on)
}

// Gaps returns the person's lessons of the days from–to that are not complete,
// oldest first.
func (s *Session) Gaps(ctx context.Context, from, to journal.Date) ([]DayLesson, error) {
	all, err := s.days(ctx, from, to)
	return slices.DeleteFunc(all, func(l DayLesson) bool { return !l.Due || l.Complete() }), err
}

// kept is what a page holds of some days.
type kept struct {
	lessons []journal.Lesson
	cells   []journal.Cell
}

// days reads each of the person's pages once, however many days there are.
func (s *Session) days(ctx context.Context, from, to journal.Date) ([]DayLesson, error) {
	pages := map[journal.PageID]kept{}
	read := func(p journal.PageID) (err error) {
		var k kept
		if k.lessons, err = s.book.Lessons(ctx, s.Year(), p, from, to); err == nil {
			k.cells, err = s.book.Cells(ctx, s.Year(), p, from, to)
		}
		pages[p] = k
		return err
	}
	var out []DayLesson
	for d := from; d <= to; d++ {
		day := s.roster.DayOf(s.who, d)
		for _, p := range s.roster.Taught(s.who) {
			if !slices.ContainsFunc(s.roster.Teachers(p.ID), func(a journal.Assignment) bool { return a.Staff == s.who && a.On(d) }) {
				continue
			}
			if _, done := pages[p.ID]; !done {
				if err := read(p.ID); err != nil {
					return nil, fmt.Errorf("read lessons of the day: %w", err)
				}
			}
			day = s.beside(day, p, pages[p.ID].lessons, d)
		}
		slices.SortFunc(day, func(a, b journal.Planned) int {
			return cmp.Or(cmp.Compare(a.Number, b.Number), slices.Compare(a.Page[:], b.Page[:]))
		})
		for _, p := range day {
			if _, done := pages[p.Page]; !done { // in place of another
				if err := read(p.Page); err != nil {
					return nil, fmt.Errorf("read lessons of the day: %w", err)
				}
			}
			if l := s.dayLesson(p, pages[p.Page]); !l.Lesson.Removed {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// beside adds the lessons of a day that stand on a page and not in the timetable.
func (s *Session) beside(day []journal.Planned, p journal.Page, written []journal.Lesson, on journal.Date) []journal.Planned {
	for _, l := range written {
		_, given := s.roster.SubstitutionAt(p.ID, on, l.Number)
		planned := slices.ContainsFunc(day, func(d journal.Planned) bool { return d.Page == p.ID && d.Number == l.Number })
		if l.Date == on && !planned && !given {
			day = append(day, journal.Planned{Page: p.ID, Date: on, Number: l.Number, Room: p.Room})
		}
	}
	return day
}

// dayLesson puts together what is known of one lesson.
func (s *Session) dayLesson(p journal.Planned, k kept) DayLesson {
	l := DayLesson{Planned: p, Lesson: journal.Lesson{Page: p.Page, Date: p.Date, Number: p.Number}}
	page, _ := s.roster.Page(p.Page)
	l.Group, _ = s.roster.Group(page.Group)
	l.Subject, _ = s.roster.Subject(page.Subject)
	l.Bell, _ = s.roster.Bell(p.Number)
	if sub, given := s.roster.SubstitutionAt(p.Page, p.Date, p.Number); given && sub.Staff == s.who {
		if teacher, known := s.roster.TeacherOn(p.Page, p.Date); known && teacher.ID != s.who {
			l.InPlaceOf = teacher
		}
	}
	for _, w := range k.lessons {
		if w.Date == p.Date && w.Number == p.Number {
			l.Lesson = w
		}
	}
	l.Pupils = len(s.roster.Members(page.Group, p.Date, p.Date))
	l.Attendance = l.Lesson.Present || l.Pupils == 0
	for _, c := range k.cells {
		if c.Date != p.Date || c.Number != p.Number {
			continue
		}
		l.Attendance = l.Attendance || c.Absence != ""
		if c.Mark != 0 {
			l.Marks++
		}
	}
	now := s.now()
	minute, today := now.Hour()*60+now.Minute(), journal.DateOf(now)
	l.Running = p.Date == today && l.Bell.End > 0 && minute >= l.Bell.Start && minute < l.Bell.End
	l.Due = p.Date < today || p.Date == today && minute >= l.Bell.Start
	return l
}
