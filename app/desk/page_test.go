package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
)

func (w *world) open(s *desk.Session, p journal.PageID, term int) *desk.Page {
	w.t.Helper()
	page, err := s.OpenPage(w.t.Context(), p, term)
	w.must(err)
	return page
}

func november(day int) journal.Date { return journal.MakeDate(2026, 11, day) }

// columns writes a page's columns down: days, «рез» for results, * for closed.
func columns(p *desk.Page) string {
	var out []string
	for _, c := range p.Columns {
		name := c.Lesson.Date.Short()
		if !c.IsLesson() {
			name = "рез" + fmt.Sprint(c.Period.Number)
		}
		if c.Closed {
			name += "*"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

func TestColumnsOfAPage(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) { s.Close(journal.Quarters, 1) })
	s := w.at(0, w.Teacher)
	lesson := func(d journal.Date, number int, change func(*journal.Lesson)) {
		l := journal.Lesson{Page: w.Algebra, Date: d, Number: number}
		want := l
		change(&want)
		if _, err := s.PutLesson(t.Context(), l, want); err != nil {
			t.Fatal(err)
		}
	}
	lesson(november(11), 6, func(l *journal.Lesson) { l.Topic = "Консультация" })         // a Wednesday: beside the timetable
	lesson(november(5), 2, func(l *journal.Lesson) { l.Topic = "Занятие в каникулы" })    // between two terms
	lesson(november(10), 3, func(l *journal.Lesson) { l.Removed = true })                 // struck out
	lesson(november(17), 3, func(l *journal.Lesson) { l.Work, l.Weight = 1, 200 })        // weighs twice
	lesson(november(12), 4, func(l *journal.Lesson) { l.Topic, l.Removed = "Нет", true }) // beside and struck out
	p := w.open(s, w.Algebra, 2)
	want := "19.10* 20.10* 26.10* 27.10* 30.10* 05.11 рез1* 09.11 11.11 13.11 16.11"
	if got := columns(p); !strings.HasPrefix(got, want) {
		t.Errorf("columns are\n%s\nwant\n%s …", got, want)
	}
	last := p.Columns[len(p.Columns)-1]
	if last.Lesson.Date != journal.MakeDate(2026, 12, 29) || last.Closed {
		t.Errorf("the last lesson is %+v", last)
	}
	if len(p.Rows) != 25 || len(p.Rows[0].Cells) != len(p.Columns) || p.Reading != "" || p.Teacher.ID != w.Teacher {
		t.Errorf("%d rows, reading %q, teacher %q", len(p.Rows), p.Reading, p.Teacher.Last)
	}
	first := w.open(s, w.Algebra, 1)
	if got := columns(first); !strings.HasPrefix(got, "01.09* 04.09*") || strings.Contains(got, "рез") {
		t.Errorf("the first term begins %s", got)
	}
	if want := "I четверть закрыта. Наберите отметку, чтобы подать заявку завучу."; first.Reading != want || !first.Asking {
		t.Errorf("reading: %q; want %q", first.Reading, want)
	}
	if p := w.open(s, w.Algebra, 0); p.Term.Number != 2 {
		t.Errorf("without a term the %d. is opened", p.Term.Number)
	}
	w.clock.set(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))
	if p := w.open(s, w.Algebra, 0); p.Term.Number != 1 {
		t.Errorf("between the terms the %d. is opened", p.Term.Number)
	}
	w.clock.set(time.Date(2026, 8, 20, 9, 0, 0, 0, time.UTC))
	if p := w.open(s, w.Algebra, 0); p.Term.Number != 1 {
		t.Errorf("before the year the %d. is opened", p.Term.Number)
	}
}

func TestPupilsOutsideTheirTime(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) {
		s.Join(s.Class, s.Pupils[0], journaltest.September, november(13))
		s.Join(s.Class, s.Pupils[0], november(23), 0) // came back
		s.Join(s.Class, s.Pupils[1], journaltest.September, journal.MakeDate(2026, 9, 30))
	})
	s := w.at(0, w.Teacher)
	p := w.open(s, w.Algebra, 2)
	if len(p.Rows) != 24 || p.Rows[0].Pupil.ID != w.Pupils[0] || len(p.Rows[0].Member) != 2 {
		t.Fatalf("%d rows, the first of %s with %d times", len(p.Rows), p.Rows[0].Pupil.Name(), len(p.Rows[0].Member))
	}
	for d, want := range map[int]bool{9: true, 13: true, 16: false, 20: false, 23: true} {
		if got := p.Rows[0].MemberOn(november(d)); got != want {
			t.Errorf("on the %d. he is there: %t", d, got)
		}
	}
	_, err := s.PutCells(t.Context(), edit(w.cell(0, 16), mark(5)))
	refused(t, err, fault.Invalid)
	if _, err := s.PutCells(t.Context(), edit(w.cell(0, 23), mark(5))); err != nil {
		t.Error(err)
	}
}

func TestAveragesAndProposals(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) {
		s.Set(journal.KindSubject, journal.SubjectKey("Английский язык"), journal.SubjectUnmarked, journal.BoolValue(true))
	})
	s := w.at(0, w.Teacher)
	w.clock.set(time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC))
	l := journal.Lesson{Page: w.Algebra, Date: november(9), Number: 2}
	heavy := l
	heavy.Weight = 200
	if _, err := s.PutLesson(t.Context(), l, heavy); err != nil {
		t.Fatal(err)
	}
	for i, d := range []int{9, 10, 13, 16, 17, 23, 24} {
		m := 4
		if d == 9 {
			m = 5 // counts twice: (2·5 + 6·4) / 8 = 4,25
		}
		w.put(s, 0, w.cell(0, d), m)
		if i < 6 {
			_, err := s.PutCells(t.Context(), edit(w.cell(1, d), func(c *journal.Cell) { c.Absence = journal.Absent }))
			w.must(err)
		}
	}
	if _, err := s.PutCells(t.Context(), edit(w.cell(2, 27), func(c *journal.Cell) { c.Absence = journal.Excused })); err != nil {
		t.Fatal(err)
	}
	w.put(s, 0, w.cell(3, 9), 5)
	p := w.open(s, w.Algebra, 2)
	for name, tt := range map[string]struct {
		row                    int
		average, marks, missed int
		propose                string
	}{
		"marks enough":                  {0, 425, 7, 0, "4"},
		"six of seven missed":           {1, 0, 0, 6, journal.NotAssessed},
		"excused for Friday":            {2, 0, 0, 0, ""},
		"too few marks to say anything": {3, 500, 1, 0, ""},
	} {
		r := p.Rows[tt.row]
		if r.Average != tt.average || r.Marks != tt.marks || r.Missed != tt.missed || r.Propose != tt.propose {
			t.Errorf("%s: average %d of %d marks, %d missed, %q proposed", name, r.Average, r.Marks, r.Missed, r.Propose)
		}
	}
	// Typing goes on: a row is counted anew without reading the page.
	col := slices.IndexFunc(p.Columns, func(c desk.Column) bool { return c.Lesson.Date == november(9) })
	p.Rows[0].Cells[col].Mark = 4
	s.Reckon(p, &p.Rows[0])
	if r := p.Rows[0]; r.Average != 400 || r.Marks != 7 || r.Propose != "4" {
		t.Errorf("after a 4 in place of the 5: %d, %q", r.Average, r.Propose)
	}
	for _, r := range w.open(w.at(0, w.Other), w.English, 2).Rows {
		if r.Propose != "" {
			t.Errorf("a result is proposed where there are no marks: %q", r.Propose)
		}
	}
	for i, v := range []string{"5", "4", "4", "5"} {
		m := journal.TermMark{Pupil: w.Pupils[0], Page: w.Algebra, Period: journal.Period(i + 1), Value: v}
		if _, err := s.PutTermMark(t.Context(), journal.TermMark{Pupil: m.Pupil, Page: m.Page, Period: m.Period}, m); err != nil {
			t.Fatal(err)
		}
	}
	p = w.open(s, w.Algebra, 2)
	if got := s.ProposeYear(p, &p.Rows[0]); got != "5" {
		t.Errorf("for the year %q is proposed", got)
	}
	if p.Rows[0].Results[3].Value != "4" || s.ProposeYear(p, &p.Rows[1]) != "" {
		t.Errorf("results %v", p.Rows[0].Results)
	}
}
