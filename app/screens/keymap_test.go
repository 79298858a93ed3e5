package screens_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestKeysOfTheRail(t *testing.T) {
	for surname, tt := range map[string][]string{
		"Ков": {"decisions", "waiting", "refused", "decisions"},             // a teacher
		"Дья": {"decisions", "requests", "waiting", "refused", "decisions"}, // the deputy
	} {
		s := light(t)
		s.as(surname)
		for _, want := range tt {
			s.press(fyne.KeyF9)
			if got := s.shell.Showing(); got != want {
				t.Errorf("%s: F9 shows %q; want %q", surname, got, want)
			}
		}
		s.press(fyne.KeyF3, fyne.KeyF9)
		if got := s.shell.Showing(); got != "decisions" {
			t.Errorf("%s: from the journal F9 shows %q", surname, got)
		}
	}
}

func TestEveryKeyIsOnTheCard(t *testing.T) {
	s := light(t)
	s.as("Дья")
	s.press(fyne.KeyF1)
	if s.shell.Cards() != 1 {
		t.Fatal("F1 on «Сегодня» shows no card")
	}
	s.says("the card", "Клавиши", "F9", "ещё раз", "Заявки", "Отклонённые", "Страница журнала", "F10", "Ctrl+L")
	s.press(fyne.KeyEscape)
	if s.shell.Cards() != 0 || s.shell.Showing() != "today" {
		t.Error("Esc does not close it")
	}
	s.press(fyne.KeyF9, fyne.KeyF1)
	if s.shell.Cards() != 0 || s.shell.Showing() != "today" {
		t.Error("from another screen F1 does not lead to «Сегодня»")
	}
	if words := s.words(); strings.Contains(words, "Клавиши") {
		t.Errorf("the card is still there: %s", words)
	}
}
