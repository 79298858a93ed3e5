package screens_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestTodayShowsTheDay(t *testing.T) {
	s := light(t)
	s.as("Ков")
	words := s.words()
	for _, want := range []string{"Понедельник, 23 ноября", "II четверть, 3-я неделя · 5 уроков, 1 замена", "идёт сейчас", "замена", "вместо: И. П. Савченко", "Не закончено раньше"} {
		if !strings.Contains(words, want) {
			t.Errorf("«Сегодня» does not say %q", want)
		}
	}
}

func TestTodayLeadsToTheLesson(t *testing.T) {
	s := light(t)
	s.as("Ков")
	s.press(fyne.KeyDown, fyne.KeyReturn) // the substitution after the lesson running
	if got := s.words(); s.shell.Showing() != "journal" || !strings.Contains(got, "Физика") {
		t.Errorf("Enter shows %q", s.shell.Showing())
	}
	s.press(fyne.KeyF1)
	if s.shell.Showing() != "today" {
		t.Errorf("F1 shows %q; want today", s.shell.Showing())
	}
}

func TestSubstituteHasTheLessonAndItsTeacherHasNot(t *testing.T) {
	s := light(t)
	s.as("Сав")
	if got := s.words(); strings.Contains(got, "11:15") {
		t.Error("the lesson given away is still in the teacher's day")
	}
}
