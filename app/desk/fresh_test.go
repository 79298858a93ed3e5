package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/desk"
	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

// sampleFiles are files as a school office exports them.
func sampleFiles(t *testing.T, names ...string) []*exchange.File {
	t.Helper()
	dir := t.TempDir()
	if err := demo.Village(1, demo.Today).Files(dir); err != nil {
		t.Fatal(err)
	}
	var out []*exchange.File
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		file, err := exchange.Read(name, f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	return out
}

// yearDays counts what the roster knows of the year's days.
func yearDays(r *journal.Roster) (terms, holidays, bells int) {
	for _, s := range []journal.Scheme{journal.Quarters, journal.Trimesters, journal.HalfYears} {
		terms += len(r.Terms(s))
	}
	for n := range 20 {
		if _, ok := r.Bell(n); ok {
			bells++
		}
	}
	return terms, len(r.Holidays()), bells
}

func TestNewSchoolTeachesAfterItsFirstIntake(t *testing.T) {
	for name, tt := range map[string]struct {
		files                  []string
		terms, holidays, bells int
	}{
		"lists alone":          {[]string{demo.PupilsFile, demo.StaffFile, demo.LoadFile}, 9, 3, 8},
		"lists and timetable":  {[]string{demo.PupilsFile, demo.StaffFile, demo.LoadFile, demo.TimetableFile}, 9, 3, 9},
		"everything with days": {[]string{demo.PupilsFile, demo.StaffFile, demo.LoadFile, demo.TimetableFile, demo.DaysFile}, 6, 8, 9},
	} {
		t.Run(name, func(t *testing.T) {
			j := school(t)
			s := session(t, j)
			files := sampleFiles(t, tt.files...)
			p := dryRun(s, files)
			if n, err := s.TakeIn(t.Context(), p.Reason(), p.Changes()); err != nil || n != 2 {
				t.Fatalf("TakeIn made %d commits, %v", n, err)
			}
			if terms, holidays, bells := yearDays(s.Roster()); terms != tt.terms || holidays != tt.holidays || bells != tt.bells {
				t.Errorf("%d terms, %d holidays, %d bells; want %d, %d, %d", terms, holidays, bells, tt.terms, tt.holidays, tt.bells)
			}
			if again := dryRun(s, files); len(again.Changes()) > 0 {
				t.Errorf("the same files plan %d changes once more", len(again.Changes()))
			}
			writesAMark(t, s, func(who journal.StaffID) *desk.Session {
				own, err := desk.Open(t.Context(), j, who, year, at(time.Date(2026, 9, 8, 9, 0, 0, 0, time.UTC)))
				if err != nil {
					t.Fatal(err)
				}
				return own
			})
		})
	}
}

// writesAMark opens a page of every teacher and puts a mark on one of them.
func writesAMark(t *testing.T, s *desk.Session, as func(journal.StaffID) *desk.Session) {
	t.Helper()
	monday := journal.MakeDate(2026, 9, 7)
	marked := false
	for _, page := range s.Roster().Pages() {
		teacher, ok := s.Roster().TeacherOn(page.ID, monday)
		if _, err := s.OpenPage(t.Context(), page.ID, 0); err != nil {
			t.Fatalf("%s: %v", page.Subject, err)
		}
		if !ok || marked {
			continue
		}
		own := as(teacher.ID)
		p, err := own.OpenPage(t.Context(), page.ID, 0)
		if err != nil || p.Reading != "" || len(p.Rows) == 0 {
			continue
		}
		cell := journal.Cell{Page: page.ID, Date: monday, Number: 1, Pupil: p.Rows[0].Pupil.ID}
		for _, c := range p.Columns {
			if c.Lesson.Date <= monday && c.IsLesson() {
				cell.Date, cell.Number = c.Lesson.Date, c.Lesson.Number
			}
		}
		want := cell
		want.Mark = 5
		if _, err := own.PutCells(t.Context(), desk.CellEdit{Seen: cell, Want: want}); err != nil {
			t.Fatalf("%s, %s: %v", p.Group.Name, p.Subject.Name, err)
		}
		marked = true
	}
	if !marked {
		t.Error("no page takes a mark")
	}
}

func TestOneUndoTakesTheYearBackToo(t *testing.T) {
	j := school(t)
	s := session(t, j)
	files := sampleFiles(t, demo.PupilsFile, demo.StaffFile, demo.LoadFile, demo.TimetableFile)
	for range 2 { // what was taken back comes in again
		if _, err := s.TakeIn(t.Context(), "Загрузка", dryRun(s, files).Changes()); err != nil {
			t.Fatal(err)
		}
		if terms, holidays, bells := yearDays(s.Roster()); terms != 9 || holidays != 3 || bells != 9 {
			t.Fatalf("taken in: %d terms, %d holidays, %d bells", terms, holidays, bells)
		}
		if _, err := s.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if terms, holidays, bells := yearDays(s.Roster()); terms+holidays+bells != 0 || population(s.Roster()) != nobody {
			t.Fatalf("after the undo %d terms, %d holidays, %d bells stand; %s", terms, holidays, bells, population(s.Roster()))
		}
	}
}
