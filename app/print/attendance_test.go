package print_test

import (
	"slices"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

// One pupil's year, counted by hand: a day missed for two reasons is one day,
// single lessons are no day, what lies between the terms is not counted.
func TestAttendanceSheetCounts(t *testing.T) {
	j := printtest.Class(1, printtest.Size{Pupils: 1, Subjects: 1, Weeks: 34})
	september := func(d int) journal.Date { return journal.MakeDate(2025, 9, d) }
	j.Absences = []print.Absence{
		{Date: september(2), Lessons: 6, Day: true, Reason: print.Illness},
		{Date: september(3), Lessons: 2, Day: true, Reason: print.Illness},
		{Date: september(3), Lessons: 3, Day: true, Reason: print.Excused},
		{Date: september(4), Lessons: 1, Reason: print.Unexcused},
		{Date: journal.MakeDate(2025, 10, 30), Lessons: 7, Day: true}, // holidays
		{Date: journal.MakeDate(2026, 2, 3), Lessons: 9, Day: true, Reason: print.Excused},
	}
	d := layout(t, j, print.Options{Simplex: true})
	var rows []string
	for i := range d.Pages {
		p := &d.Pages[i]
		if !slices.Contains(textsOf(p), "Сводная ведомость учёта посещаемости") || p.Number == 2 {
			continue
		}
		for _, name := range []string{j.Pupils[0].Name, "Всего по классу"} {
			rows = append(rows, lineOf(p, name))
		}
	}
	want := []string{
		"2 12 2 8 3 1", "2 12 2 8 3 1", // I and II; II is empty
		"1 9 9 3 21 2 8 12 1", "1 9 9 3 21 2 8 12 1", // III, IV and the year
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %q; want %q", rows, want)
	}
}

// lineOf joins the texts that stand right of the one given.
func lineOf(p *print.Page, first string) string {
	var from *print.Text
	var line []print.Text
	for i := range p.Texts {
		if p.Texts[i].S == first {
			from = &p.Texts[i]
		}
	}
	for _, t := range p.Texts {
		if from != nil && !t.Up && t.X > from.X && t.Y > from.Y-0.5 && t.Y < from.Y+0.5 {
			line = append(line, t)
		}
	}
	slices.SortFunc(line, func(a, b print.Text) int { return int(100 * (a.X - b.X)) })
	var words []string
	for _, t := range line {
		words = append(words, t.S)
	}
	return strings.Join(words, " ")
}
