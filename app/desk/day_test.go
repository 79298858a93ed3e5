package desk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/journaltest"
)

// told writes lessons of days down: «23.11 2 7-А» and what is special.
func told(all []desk.DayLesson) (out []string) {
	for _, l := range all {
		line := fmt.Sprintf("%s %d %s", l.Date.Short(), l.Number, l.Group.Name)
		if l.Running {
			line += " идёт"
		}
		if l.Due {
			line += " пора"
		}
		if l.Complete() {
			line += " готов"
		}
		if !l.InPlaceOf.ID.IsZero() {
			line += " вместо " + l.InPlaceOf.Last
		}
		out = append(out, line)
	}
	return out
}

func TestDay(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) {
		s.AddSlot(s.English, 1, 4, journal.EveryWeek, journaltest.September, 0)
		s.AddSlot(s.English, 1, 5, journal.EveryWeek, journaltest.September, 0)
		s.Substitute(s.English, november(23), 5, s.Teacher)
		s.Substitute(s.Algebra, november(24), 3, s.Other)
		s.Set(journal.KindHoliday, journal.Key("").Date(november(16)), journal.HolidayTitle, journal.TextValue("Карантин"))
	})
	lesson := func(who journal.StaffID, page journal.PageID, d journal.Date, number int, change func(*journal.Lesson)) {
		l := w.lesson(0, journal.Lesson{Page: page, Date: d, Number: number})
		want := l
		change(&want)
		_, err := w.at(0, who).PutLesson(t.Context(), l, want)
		w.must(err)
	}
	lesson(w.Teacher, w.Algebra, november(23), 7, func(l *journal.Lesson) { l.Topic = "Консультация" })
	lesson(w.Teacher, w.Algebra, november(9), 2, func(l *journal.Lesson) { l.Removed = true })
	for name, tt := range map[string]struct {
		who  journal.StaffID
		day  int
		hour int
		want []string
	}{
		"before the lessons nothing is due":        {w.Teacher, 23, 7, []string{"23.11 2 7-А", "23.11 5 7-А, 1 группа вместо Другова", "23.11 7 7-А"}},
		"in the second lesson":                     {w.Teacher, 23, 9, []string{"23.11 2 7-А идёт пора", "23.11 5 7-А, 1 группа вместо Другова", "23.11 7 7-А"}},
		"in the evening all are":                   {w.Teacher, 23, 20, []string{"23.11 2 7-А пора", "23.11 5 7-А, 1 группа пора вместо Другова", "23.11 7 7-А пора"}},
		"what is given away is another's":          {w.Other, 23, 7, []string{"23.11 4 7-А, 1 группа"}},
		"and she has it in her day":                {w.Other, 24, 7, []string{"24.11 3 7-А вместо Учителева"}},
		"the teacher has it no more":               {w.Teacher, 24, 7, nil},
		"on a holiday there is nothing":            {w.Teacher, 16, 7, nil},
		"what was struck out is not there":         {w.Teacher, 9, 7, nil},
		"who gives no lessons has an empty day":    {w.Deputy, 23, 7, nil},
		"between terms there is nothing":           {w.Teacher, 2, 7, nil},
		"a day of the future has nothing due":      {w.Teacher, 30, 7, []string{"30.11 2 7-А"}},
		"a day of the past is due from its lesson": {w.Teacher, 10, 7, []string{"10.11 3 7-А пора"}},
	} {
		t.Run(name, func(t *testing.T) {
			w.clock.set(time.Date(2026, 11, 23, tt.hour, 10, 0, 0, time.UTC))
			got, err := w.at(0, tt.who).Day(t.Context(), november(tt.day))
			w.must(err)
			if !slices.Equal(told(got), tt.want) {
				t.Errorf("%q; want %q", told(got), tt.want)
			}
		})
	}
}

func TestWhatALessonStillLacks(t *testing.T) {
	full := func(l *journal.Lesson) { l.Topic, l.Homework, l.Present = "Степень", "№ 5", true }
	for name, tt := range map[string]struct {
		lesson func(*journal.Lesson)
		cell   func(*journal.Cell)
		want   bool
	}{
		"all is there":                          {full, nil, true},
		"no homework was set, and it is said":   {func(l *journal.Lesson) { full(l); l.Homework, l.NoHomework = "", true }, nil, true},
		"no word of homework":                   {func(l *journal.Lesson) { full(l); l.Homework = "" }, nil, false},
		"no topic":                              {func(l *journal.Lesson) { full(l); l.Topic = "" }, nil, false},
		"no attendance":                         {func(l *journal.Lesson) { full(l); l.Present = false }, nil, false},
		"an absence is attendance":              {func(l *journal.Lesson) { full(l); l.Present = false }, func(c *journal.Cell) { c.Absence = journal.Absent }, true},
		"a mark alone is none":                  {func(l *journal.Lesson) { full(l); l.Present = false }, mark(5), false},
		"who came late says that it was looked": {func(l *journal.Lesson) { full(l); l.Present = false }, func(c *journal.Cell) { c.Absence = journal.CameLate }, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 1, nil)
			s := w.at(0, w.Teacher)
			l := journal.Lesson{Page: w.Algebra, Date: november(17), Number: 3}
			want := l
			tt.lesson(&want)
			if _, err := s.PutLesson(t.Context(), l, want); err != nil {
				t.Fatal(err)
			}
			if tt.cell != nil {
				if _, err := s.PutCells(t.Context(), edit(w.cell(0, 17), tt.cell)); err != nil {
					t.Fatal(err)
				}
			}
			day, err := s.Day(t.Context(), november(17))
			w.must(err)
			if len(day) != 1 || day[0].Complete() != tt.want || day[0].Pupils != 25 {
				t.Errorf("%+v", day)
			}
			gaps, err := s.Gaps(t.Context(), november(16), november(23))
			w.must(err)
			list := []string{"16.11 2 7-А пора", "23.11 2 7-А идёт пора"}
			if !tt.want {
				list = slices.Insert(list, 1, "17.11 3 7-А пора")
			}
			if got := told(gaps); !slices.Equal(got, list) {
				t.Errorf("gaps %q; want %q", got, list)
			}
		})
	}
}
