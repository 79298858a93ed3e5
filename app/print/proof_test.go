package print_test

import (
	"slices"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

func TestWhatCannotBePrintedIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*print.ClassJournal)
		want  fault.Code
	}{
		"a mark of nobody":     {func(j *print.ClassJournal) { j.Subjects[0].Rows[0].Pupil = 99 }, fault.Invalid},
		"an absence of nobody": {func(j *print.ClassJournal) { j.Absences = []print.Absence{{Pupil: -1}} }, fault.Invalid},
		"absences out of order": {func(j *print.ClassJournal) {
			j.Absences = []print.Absence{{Date: 9, Lessons: 1}, {Date: 8, Lessons: 1}}
		}, fault.Invalid},
		"lessons out of order":      {func(j *print.ClassJournal) { j.Subjects[0].Lessons[1].Date = journal.MakeDate(2020, 1, 1) }, fault.Invalid},
		"periods out of order":      {func(j *print.ClassJournal) { j.Periods[1].To = 1 }, fault.Invalid},
		"the same school day twice": {func(j *print.ClassJournal) { j.SchoolDays[1] = j.SchoolDays[0] }, fault.Invalid},
		"a topic longer than its page": {func(j *print.ClassJournal) {
			j.Subjects[0].Lessons[0].Topic = strings.Repeat("очень длинно ", 900)
		}, fault.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			j := printtest.Class(1, printtest.Size{Pupils: 5, Subjects: 1, Weeks: 5})
			tt.spoil(j)
			if _, err := j.Layout(t.Context(), print.Options{}); fault.CodeOf(err) != tt.want {
				t.Errorf("got %v; want code %s", err, tt.want)
			}
		})
	}
}

func TestCharactersWithoutGlyphs(t *testing.T) {
	for name, tt := range map[string]struct {
		topic, want string
		notes       int
	}{
		"a rouble is in the fonts":       {"Цена 100 ₽", "Цена 100 ₽", 0},
		"a narrow space becomes a space": {"10\u202f000", "10\u00a0000", 0},
		"a tick becomes a word":          {"Сдано ✓", "Сдано да", 0},
		"a minus is in the fonts":        {"5 \u2212 3", "5 \u2212 3", 0},
		"a loose accent is joined":       {"Чаи\u0306ка", "Чайка", 0},
		"a soft hyphen goes":             {"длин\u00adно", "длинно", 0},
		"an emoji is named":              {"Молодцы 😀", "Молодцы ?", 1},
		"a Chinese word is named":        {"Слово 字", "Слово ?", 1},
	} {
		t.Run(name, func(t *testing.T) {
			j := printtest.Class(1, printtest.Size{Pupils: 2, Subjects: 1, Weeks: 1})
			j.Subjects[0].Lessons[0].Topic = tt.topic
			d := layout(t, j, print.Options{})
			found := false
			for i := range d.Pages {
				found = found || slices.Contains(textsOf(&d.Pages[i]), tt.want)
			}
			if !found {
				t.Errorf("%q is not printed", tt.want)
			}
			if len(d.Notes) != tt.notes {
				t.Errorf("notes %q; want %d", d.Notes, tt.notes)
			}
			for _, n := range d.Notes {
				if !strings.Contains(n, j.Subjects[0].Name) || !strings.Contains(n, j.Subjects[0].Lessons[0].Date.String()) {
					t.Errorf("the note does not say where: %q", n)
				}
			}
			if j.Subjects[0].Lessons[0].Topic != tt.topic {
				t.Errorf("the caller's value was changed")
			}
		})
	}
}
