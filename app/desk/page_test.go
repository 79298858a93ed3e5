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
	if want := "I четверть закрыта. Исправить может завуч: напишите ему."; first.Reading != want {
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

func TestWhyAPageIsOnlyRead(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) {
		s.Substitute(s.Algebra, november(17), 3, s.Other)
		tenth := s.AddClass(10, "А")
		s.Join(tenth, s.Pupils[0], journaltest.September, 0)
		s.AddPage(tenth, "Астрономия", 100, s.Teacher)
		s.Close(journal.HalfYears, 1)
	})
	astronomy := journal.PageIDOf(journal.PageKey(journal.ClassID(year, 10, "А"), journal.SubjectKey("Астрономия")))
	for name, tt := range map[string]struct {
		who  journal.StaffID
		page journal.PageID
		want string
	}{
		"her teacher writes":          {w.Teacher, w.Algebra, ""},
		"a substitute writes":         {w.Other, w.Algebra, ""},
		"the deputy":                  {w.Deputy, w.Algebra, "Вы смотрите журнал. Эту страницу ведёт А. С. Учителева."},
		"the director":                {w.Director, w.Algebra, "Вы смотрите журнал. Эту страницу ведёт А. С. Учителева."},
		"the administrator":           {w.Admin, w.English, "Вы смотрите журнал. Эту страницу ведёт А. С. Другова."},
		"the class teacher":           {w.Leader, w.Algebra, "Эту страницу ведёт А. С. Учителева. Её можно только смотреть."},
		"a closed half-year":          {w.Teacher, astronomy, "I полугодие закрыто. Исправить может завуч: напишите ему."},
		"a closed one, to the deputy": {w.Deputy, astronomy, "Вы смотрите журнал. Эту страницу ведёт А. С. Учителева."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := w.open(w.at(0, tt.who), tt.page, 0).Reading; got != tt.want {
				t.Errorf("reading: %q; want %q", got, tt.want)
			}
		})
	}
}

func TestWhichPagesAPersonOpens(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) {
		s.Substitute(s.English, november(25), 2, s.Teacher)
		s.Assign(s.English2, s.Gone, journaltest.September, november(1))
	})
	for name, tt := range map[string]struct {
		who  journal.StaffID
		want []journal.PageID
	}{
		"the deputy all":                          {w.Deputy, []journal.PageID{w.Algebra, w.English, w.English2}},
		"the administrator all":                   {w.Admin, []journal.PageID{w.Algebra, w.English, w.English2}},
		"a teacher her own":                       {w.Other, []journal.PageID{w.English, w.English2}},
		"the class teacher those of the class":    {w.Leader, []journal.PageID{w.Algebra, w.English, w.English2}},
		"a substitute what she holds beside hers": {w.Teacher, []journal.PageID{w.Algebra, w.English}},
		"who is nobody none":                      {journal.StaffID{77}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := w.at(0, tt.who)
			var got []journal.PageID
			for _, p := range s.Pages() {
				got = append(got, p.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%d pages; want %d", len(got), len(tt.want))
			}
			for _, p := range []journal.PageID{w.Algebra, w.English, w.English2} {
				_, err := s.OpenPage(t.Context(), p, 2)
				if slices.Contains(tt.want, p) {
					w.must(err)
					continue
				}
				refused(t, err, fault.Forbidden)
			}
			_, err := s.OpenPage(t.Context(), journal.PageID{9}, 2)
			refused(t, err, fault.NotFound)
		})
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

// TestTheClassTeachersReason stands beside the teacher's code, from two PCs at
// once, and disputes nothing.
func TestTheClassTeachersReason(t *testing.T) {
	w := newWorld(t, 2, nil)
	c := w.cell(0, 16)
	_, err := w.at(0, w.Teacher).PutCells(t.Context(), edit(c, func(c *journal.Cell) { c.Absence = journal.Absent }))
	w.must(err)
	leader := w.at(1, w.Leader)
	_, err = leader.PutCells(t.Context(), edit(c, func(c *journal.Cell) { c.Reason = journal.Ill }))
	w.must(err)
	w.exchange()
	for pc := range w.pcs {
		if got := w.stands(pc, c); got.Absence != journal.Absent || got.Reason != journal.Ill || got.Attendance() != journal.Ill || got.State&journal.Rivals != 0 {
			t.Errorf("PC %d has %+v", pc, got)
		}
	}
	_, err = leader.PutCells(t.Context(), edit(w.stands(1, c), func(c *journal.Cell) { c.Absence = journal.Ill }))
	refused(t, err, fault.Forbidden)
	_, err = w.at(0, w.Other).PutCells(t.Context(), edit(w.stands(0, c), func(c *journal.Cell) { c.Reason = journal.Excused }))
	refused(t, err, fault.Forbidden)
}

func TestASubstitutionGivesAndTakes(t *testing.T) {
	w := newWorld(t, 2, nil)
	deputy, other := w.at(0, w.Deputy), w.at(0, w.Other)
	given, notGiven := w.cell(0, 16), w.cell(0, 17)
	l := journal.Planned{Page: w.Algebra, Date: given.Date, Number: given.Number}
	_, err := other.PutCells(t.Context(), edit(given, mark(5)))
	refused(t, err, fault.Forbidden)
	if _, err := w.at(0, w.Teacher).Substitute(t.Context(), l, w.Other); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a teacher gives lessons away: %v", err)
	}
	if _, err := deputy.Substitute(t.Context(), l, w.Other); err != nil {
		t.Fatal(err)
	}
	w.put(other, 0, given, 5)
	_, err = other.PutCells(t.Context(), edit(notGiven, mark(5)))
	refused(t, err, fault.Forbidden)
	_, err = other.PutTermMark(t.Context(), journal.TermMark{}, journal.TermMark{Pupil: given.Pupil, Page: given.Page, Period: 2, Value: "5"})
	refused(t, err, fault.Forbidden)
	w.exchange()
	w.put(w.at(1, w.Other), 1, w.cell(1, 16), 4) // the other PC knows it too
	if _, err := deputy.Substitute(t.Context(), l, journal.StaffID{}); err != nil {
		t.Fatal(err)
	}
	_, err = other.PutCells(t.Context(), edit(w.stands(0, given), mark(4)))
	refused(t, err, fault.Forbidden)
	_, err = other.Undo(t.Context())
	refused(t, err, fault.Forbidden)
	if got := w.stands(0, given).Mark; got != 5 {
		t.Errorf("what she had entered is %d", got)
	}
}

func TestAClosedTermIsReadAndOpenedAgain(t *testing.T) {
	w := newWorld(t, 1, nil)
	s, deputy := w.at(0, w.Teacher), w.at(0, w.Deputy)
	c := journal.Cell{Page: w.Algebra, Date: journal.MakeDate(2026, 10, 26), Number: 2, Pupil: w.Pupils[0]}
	w.put(s, 0, c, 5)
	_, err := s.CloseTerm(t.Context(), journal.Quarters, 1, true)
	refused(t, err, fault.Forbidden)
	if _, err := deputy.CloseTerm(t.Context(), journal.Quarters, 1, true); err != nil {
		t.Fatal(err)
	}
	_, err = s.PutCells(t.Context(), edit(w.stands(0, c), mark(4)))
	refused(t, err, fault.TermClosed)
	l := journal.Lesson{Page: c.Page, Date: c.Date, Number: c.Number}
	want := l
	want.Topic = "Степень"
	_, err = s.PutLesson(t.Context(), l, want)
	refused(t, err, fault.TermClosed)
	_, err = s.PutTermMark(t.Context(), journal.TermMark{}, journal.TermMark{Pupil: c.Pupil, Page: c.Page, Period: 1, Value: "5"})
	refused(t, err, fault.TermClosed)
	if p := w.open(s, w.Algebra, 1); p.Rows[0].Average != 500 {
		t.Errorf("the closed term shows %d", p.Rows[0].Average)
	}
	if _, err := deputy.CloseTerm(t.Context(), journal.Quarters, 1, false); err != nil {
		t.Fatal(err)
	}
	w.put(s, 0, c, 4)
}
