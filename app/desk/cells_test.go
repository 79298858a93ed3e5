package desk_test

import (
	"strings"
	"testing"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
	"uchitelskaya/sync/commit"
)

// own is how many commits a person has made on a PC.
func (w *world) own(pc int, who journal.StaffID) int {
	w.t.Helper()
	all, err := w.pcs[pc].Own(w.t.Context(), who, 1000)
	w.must(err)
	return len(all)
}

func edit(c journal.Cell, change func(*journal.Cell)) desk.CellEdit {
	want := c
	change(&want)
	return desk.CellEdit{Seen: c, Want: want}
}

func mark(m int) func(*journal.Cell) { return func(c *journal.Cell) { c.Mark = m } }

func TestOneCellIsOneCommit(t *testing.T) {
	w := newWorld(t, 1, nil)
	s := w.at(0, w.Teacher)
	for i := range 25 {
		w.put(s, 0, w.cell(i, 16), i%4+2)
	}
	if n := w.own(0, w.Teacher); n != 25 {
		t.Errorf("25 marks made %d commits", n)
	}
	var paste []desk.CellEdit
	for i := range 200 {
		c := w.cell(i%25, []int{2, 3, 9, 10, 16, 17, 23, 6, 20}[i/25])
		seen := w.stands(0, c)
		paste = append(paste, edit(seen, mark(seen.Mark%5+1)))
	}
	made, err := s.PutCells(t.Context(), paste...)
	if err != nil || made == nil || len(made.Edits) != 200 || w.own(0, w.Teacher) != 26 {
		t.Fatalf("a paste of 200: %v, %v", made, err)
	}
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, e := range paste {
		if got := w.stands(0, e.Want).Mark; got != e.Seen.Mark {
			t.Fatalf("one undo of the paste left %d; want %d", got, e.Seen.Mark)
		}
	}
	if made, err := s.PutCells(t.Context(), edit(w.stands(0, paste[0].Want), func(*journal.Cell) {})); made != nil || err != nil {
		t.Errorf("what changes nothing made %v, %v", made, err)
	}
}

func TestOneRefusedCellRefusesAPaste(t *testing.T) {
	future, gone := journal.MakeDate(2026, 11, 24), 3
	for name, tt := range map[string]struct {
		bad  func(*world) desk.CellEdit
		code fault.Code
		says string
	}{
		"a lesson to come": {func(w *world) desk.CellEdit {
			c := w.cell(0, 24)
			c.Date = future
			return edit(c, mark(5))
		}, fault.Invalid, "24 ноября"},
		"a pupil who had left": {func(w *world) desk.CellEdit { return edit(w.cell(gone, 16), mark(5)) }, fault.Invalid, "не было в группе"},
		"another's page": {func(w *world) desk.CellEdit {
			c := w.cell(0, 16)
			c.Page = w.English
			return edit(c, mark(5))
		}, fault.Forbidden, "другой учитель"},
		"a page that is not there": {func(w *world) desk.CellEdit {
			c := w.cell(0, 16)
			c.Page = journal.PageID{9}
			return edit(c, mark(5))
		}, fault.NotFound, "нет"},
		"a closed term": {func(w *world) desk.CellEdit {
			c := w.cell(0, 16)
			c.Date = journal.MakeDate(2026, 10, 26)
			return edit(c, mark(5))
		}, fault.TermClosed, "I четверть закрыта"},
		"the reason, which is the class teacher's": {func(w *world) desk.CellEdit {
			return edit(w.cell(0, 16), func(c *journal.Cell) { c.Reason = journal.Ill })
		}, fault.Forbidden, "классный руководитель"},
		"a mark that there is not": {func(w *world) desk.CellEdit { return edit(w.cell(0, 16), mark(6)) }, fault.Invalid, ""},
		"a second without a first": {func(w *world) desk.CellEdit {
			return edit(w.cell(0, 16), func(c *journal.Cell) { c.Second = 4 })
		}, fault.Invalid, "после первой"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 1, func(s *journaltest.School) {
				s.Join(s.Class, s.Pupils[gone], journaltest.September, journal.MakeDate(2026, 11, 6))
				s.Close(journal.Quarters, 1)
			})
			s := w.at(0, w.Teacher)
			var paste []desk.CellEdit
			for i := range 199 {
				if i%25 != gone {
					paste = append(paste, edit(w.cell(i%25, []int{9, 10, 16, 17, 23, 20, 13, 13}[i/25]), mark(4)))
				}
			}
			_, err := s.PutCells(t.Context(), append(paste, tt.bad(w))...)
			refused(t, err, tt.code)
			if !strings.Contains(fault.TextOf(err), tt.says) {
				t.Errorf("says %q", fault.TextOf(err))
			}
			if n := w.own(0, w.Teacher); n != 0 {
				t.Errorf("%d commits were made", n)
			}
			for _, e := range paste {
				if got := w.stands(0, e.Want); got.Mark != 0 {
					t.Fatalf("half of it is written: %+v", got)
				}
			}
		})
	}
}

func TestWhatStandsWrongMayBeCleared(t *testing.T) {
	w := newWorld(t, 1, nil)
	s := w.at(0, w.Teacher)
	for i, set := range []func(*journal.Cell){mark(5), func(c *journal.Cell) { c.Mark, c.Second = 5, 4 }} {
		if _, err := s.PutCells(t.Context(), edit(w.cell(i, 16), set)); err != nil {
			t.Fatal(err)
		}
	}
	office := []commit.Change{
		commit.Set(journal.KindMember, journal.IDKey(w.Class).ID(w.Pupils[0]).Date(journaltest.September), journal.MemberTo, journal.DateValue(journal.MakeDate(2026, 11, 9))),
		commit.Set(journal.KindMember, journal.IDKey(w.Class).ID(w.Pupils[1]).Date(journaltest.September), journal.MemberNote, journal.TextValue("надомное обучение")),
	}
	_, err := w.pcs[0].Append(t.Context(), commit.Draft{Volume: year, Author: w.Admin, Entered: w.clock.now(), Changes: office})
	w.must(err)
	_, err = w.pcs[0].Append(t.Context(), commit.Draft{Volume: journal.Register, Author: w.Admin, Entered: w.clock.now(), Changes: []commit.Change{
		commit.Set(journal.KindSetting, journal.Key("").Text(journal.SettingTwoMarks), journal.SettingValue, journal.TextValue("нет")),
	}})
	w.must(err)
	left, two := w.stands(0, w.cell(0, 16)), w.stands(0, w.cell(1, 16))
	_, err = s.PutCells(t.Context(), edit(left, mark(4)))
	refused(t, err, fault.Invalid)
	if _, err := s.PutCells(t.Context(), edit(left, mark(0))); err != nil {
		t.Errorf("a mark of a pupil who had left cannot be cleared: %v", err)
	}
	if _, err := s.PutCells(t.Context(), edit(two, func(c *journal.Cell) { c.Note = "за диктант" })); err != nil {
		t.Errorf("a note beside two marks of former times: %v", err)
	}
	_, err = s.PutCells(t.Context(), edit(w.cell(2, 16), func(c *journal.Cell) { c.Mark, c.Second = 5, 4 }))
	refused(t, err, fault.Invalid)
}

func TestAheadOfTheLesson(t *testing.T) {
	w := newWorld(t, 1, nil)
	s, c := w.at(0, w.Teacher), w.cell(0, 24)
	if _, err := s.PutCells(t.Context(), edit(c, func(c *journal.Cell) { c.Absence = journal.Excused })); err != nil {
		t.Errorf("who is away tomorrow: %v", err)
	}
	l := journal.Lesson{Page: w.Algebra, Date: c.Date, Number: 3}
	want := l
	want.Topic = "Степень с натуральным показателем"
	if _, err := s.PutLesson(t.Context(), l, want); err != nil {
		t.Errorf("tomorrow's topic: %v", err)
	}
	_, err := s.PutCells(t.Context(), edit(w.stands(0, c), mark(5)))
	refused(t, err, fault.Invalid)
}

// TestWhatCameInMeanwhileStaysBeside writes over what was on the screen, not
// over what has come since.
func TestWhatCameInMeanwhileStaysBeside(t *testing.T) {
	for name, tt := range map[string]struct {
		before, came, mine int
		rivals             bool
		shown              int
	}{
		"into an empty cell came a 4":   {0, 4, 5, true, 5},
		"a 3 became a 4":                {3, 4, 5, true, 5},
		"the same came":                 {0, 5, 5, false, 5},
		"mine is cleared, a 4 came":     {3, 4, 0, true, 0},
		"it was cleared, mine stands":   {3, 0, 5, true, 5},
		"nothing came, the 3 is a 5":    {3, 3, 5, false, 5},
		"nothing came to an empty cell": {0, 0, 2, false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 2, nil)
			s, c := w.at(0, w.Teacher), w.cell(0, 16)
			if tt.before != 0 {
				w.put(s, 0, c, tt.before)
				w.exchange()
			}
			seen := w.stands(0, c)
			if tt.came != tt.before {
				w.put(w.at(1, w.Teacher), 1, c, tt.came)
				w.exchange()
			}
			if _, err := s.PutCells(t.Context(), edit(seen, mark(tt.mine))); err != nil {
				t.Fatal(err)
			}
			w.exchange()
			for pc := range w.pcs {
				got := w.stands(pc, c)
				if got.Mark != tt.shown || (got.State&journal.Rivals != 0) != tt.rivals {
					t.Errorf("PC %d shows %d, rivals %t", pc, got.Mark, got.State&journal.Rivals != 0)
				}
			}
		})
	}
}

func TestResultsOfATerm(t *testing.T) {
	w := newWorld(t, 2, func(s *journaltest.School) {
		s.Join(s.Class, s.Pupils[3], journaltest.September, journal.MakeDate(2026, 9, 30))
	})
	s := w.at(0, w.Teacher)
	r := journal.TermMark{Pupil: w.Pupils[0], Page: w.Algebra, Period: 1}
	put := func(s *desk.Session, seen, value string, change func(*journal.TermMark)) error {
		a := r
		if change != nil {
			change(&a)
		}
		b := a
		a.Value, b.Value = seen, value
		_, err := s.PutTermMark(t.Context(), a, b)
		return err
	}
	w.must(put(s, "", "4", nil))
	w.must(put(s, "4", "4", nil))
	if n := w.own(0, w.Teacher); n != 1 {
		t.Errorf("%d commits; want one", n)
	}
	w.exchange()
	w.must(put(w.at(1, w.Teacher), "4", "5", nil))
	w.exchange()
	w.must(put(s, "4", "4", nil)) // she changed nothing: nothing stands beside the 5
	if d, err := s.Disputes(t.Context()); len(d) != 0 || err != nil {
		t.Errorf("disputes %v, %v", d, err)
	}
	refused(t, put(s, "", "отл", nil), fault.Invalid)
	refused(t, put(s, "", "5", func(m *journal.TermMark) { m.Period = 7 }), fault.Invalid)
	refused(t, put(s, "", "5", func(m *journal.TermMark) { m.Page = w.English }), fault.Forbidden)
	refused(t, put(s, "", "5", func(m *journal.TermMark) { m.Pupil, m.Period = w.Pupils[3], 2 }), fault.Invalid)
	w.must(put(s, "", "5", func(m *journal.TermMark) { m.Pupil = w.Pupils[3] }))
}
