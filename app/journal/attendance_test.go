package journal_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/journaltest"
)

func TestAttendance(t *testing.T) {
	for name, tt := range map[string]struct {
		code, reason, want string
		missed             bool
	}{
		"was there":                                      {"", "", "", false},
		"a reason alone says nothing":                    {"", "б", "", false},
		"away, nobody knows why":                         {"н", "", "н", true},
		"away, ill as the class teacher knows":           {"н", "б", "б", true},
		"the paper stands before what the teacher wrote": {"нп", "уп", "уп", true},
		"the teacher knew himself":                       {"б", "", "б", true},
		"late is not away":                               {"оп", "", "оп", false},
		"late stays late whatever the reason":            {"оп", "б", "оп", false},
		"released has missed nothing":                    {"осв", "уп", "осв", false},
	} {
		t.Run(name, func(t *testing.T) {
			c := journal.Cell{Absence: tt.code, Reason: tt.reason}
			if got := c.Attendance(); got != tt.want || c.Missed() != tt.missed {
				t.Errorf("Attendance = %q, Missed = %t; want %q, %t", got, c.Missed(), tt.want, tt.missed)
			}
		})
	}
}

func TestCountAbsences(t *testing.T) {
	day := journaltest.September
	cell := func(d journal.Date, number int, code, reason string) journal.Cell {
		return journal.Cell{Date: d, Number: number, Absence: code, Reason: reason}
	}
	cells := []journal.Cell{
		// a whole day ill
		cell(day, 1, "н", "б"), cell(day, 2, "б", ""), cell(day, 3, "н", "б"),
		// went home after two of three lessons
		cell(day+1, 2, "", ""), cell(day+1, 3, "н", "уп"),
		// away all day but released from the third lesson
		cell(day+2, 1, "н", ""), cell(day+2, 2, "н", ""), cell(day+2, 3, "осв", ""),
		// late, and a mark
		{Date: day + 3, Number: 1, Absence: "оп", Mark: 5},
		// a day for two reasons: it counts for the reason of most lessons
		cell(day+6, 1, "нп", ""), cell(day+6, 2, "нп", ""), cell(day+6, 3, "н", "уп"),
		// released from all lessons has missed nothing
		cell(day+7, 1, "осв", ""), cell(day+7, 2, "осв", ""), cell(day+7, 3, "осв", ""),
	}
	got := journal.CountAbsences(cells, func(journal.Date) int { return 3 })
	want := journal.Absences{
		All:         journal.Tally{Days: 3, Lessons: 9},
		Ill:         journal.Tally{Days: 1, Lessons: 3},
		Excused:     journal.Tally{Days: 0, Lessons: 2},
		Unexcused:   journal.Tally{Days: 1, Lessons: 2},
		Unexplained: journal.Tally{Days: 1, Lessons: 2},
		Late:        1,
	}
	if got != want {
		t.Errorf("CountAbsences =\n%+v; want\n%+v", got, want)
	}
	if sum := got.Plus(got); sum.All.Lessons != 18 || sum.Late != 2 || sum.Unexplained.Days != 2 {
		t.Errorf("Plus = %+v", sum)
	}
	if zero := journal.CountAbsences(nil, func(journal.Date) int { return 0 }); zero != (journal.Absences{}) {
		t.Errorf("of no cells: %+v", zero)
	}
}
