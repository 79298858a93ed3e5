package desk_test

import (
	"slices"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
)

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
		"a closed half-year":          {w.Teacher, astronomy, "I полугодие закрыто. Наберите отметку, чтобы подать заявку завучу."},
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
