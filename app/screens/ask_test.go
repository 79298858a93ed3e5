package screens_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// closeTerm closes the first or second quarter.
func closeTerm(s *stand, number int) {
	key := journal.Key("").Int(int(journal.Quarters)).Int(number)
	s.setup.load(s.book, dyachenko, year, noon, commit.Edit{Kind: journal.KindTerm, Key: key, Field: journal.TermClosed, Value: journal.BoolValue(true)})
}

// asked are the teacher's commits that wait, the latest first.
func (s *stand) asked() []commit.Waiting {
	s.t.Helper()
	all, err := s.book.Waiting(s.t.Context(), commit.Query{Fate: commit.Unsent})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// A mark typed where the term is closed becomes a request with a reason, by
// keys alone; without a reason nothing is written.
func TestMarkInAClosedTermBecomesARequest(t *testing.T) {
	s := light(t)
	closeTerm(s, 2)
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.says("the page", "II четверть закрыта. Наберите отметку, чтобы подать заявку завучу.")
	before := len(s.asked())
	s.write("5")
	if s.shell.Cards() != 1 {
		t.Fatal("the mark brings no card")
	}
	s.says("the card", "Заявка завучу", pupils7()[0]+", 23.11 — сейчас пусто, станет 5")
	s.press(fyne.KeyReturn)
	s.says("the card without a reason", "Напишите словами, почему")
	if len(s.asked()) != before {
		t.Fatal("written without a reason")
	}
	s.press(fyne.KeyEscape)
	if s.shell.Cards() != 0 || len(s.asked()) != before {
		t.Fatal("Esc does not leave all as it was")
	}
	s.write("5")
	s.write("Отвечал у доски")
	s.press(fyne.KeyReturn)
	all := s.asked()
	if s.shell.Cards() != 0 || len(all) != before+1 || all[0].Commit.Reason != "Отвечал у доски" {
		t.Fatalf("asked by %+v", all)
	}
	if got := s.shell.Sentence(); got != "Заявка подана. Решение придёт сюда же, в журнал." {
		t.Errorf("the bar says %q", got)
	}
}

// What the school refused is asked for where the term has been closed since.
func TestRefusedEntryBecomesARequest(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	closeTerm(s, 2)
	s.settle()
	s.says("the list", "Подать заявку…", "Подать заявку на все такие: 2…")
	s.press(fyne.KeyReturn)
	s.write("Поставлено на уроке, сети не было")
	s.press(fyne.KeyReturn)
	all := s.asked()
	if s.shell.Cards() != 0 || len(all) != 1 || all[0].Commit.Reason != "Поставлено на уроке, сети не было" {
		t.Fatalf("asked by %+v", all)
	}
	s.says("the list", "Отклонённые: 1")
	if got := s.shell.Sentence(); got != "Подано заявок: 1. Решение завуча придёт сюда же." {
		t.Errorf("the bar says %q", got)
	}
}

// askPicture is the page of a closed term with the card of a request.
func askPicture(s *stand) {
	closeTerm(s, 2)
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.write("5Отвечал у доски")
}
