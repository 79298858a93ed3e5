package screens_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens"
	"uchitelskaya/sync/commit"
)

func TestResultsAreTypedInPlace(t *testing.T) {
	s, j := atToday(t)
	s.press(fyne.KeyEnd) // this term's result
	s.write("5")
	s.write("нез")
	all, err := s.book.TermMarks(t.Context(), year, maths7)
	if err != nil {
		t.Fatal(err)
	}
	got := map[journal.PupilID]string{}
	for _, m := range all {
		if m.Period == 2 {
			got[m.Pupil] = m.Value
		}
	}
	if got[pupilID(0)] != "5" || got[pupilID(1)] != "незач" {
		t.Errorf("results are %v", got)
	}
	j.Term(4)
	s.settle()
	s.write("4")
	all, _ = s.book.TermMarks(t.Context(), year, maths7)
	found := false
	for _, m := range all {
		found = found || m.Pupil == pupilID(0) && m.Period == journal.YearMark && m.Value == "4"
	}
	if !found {
		t.Errorf("no result of the year in %v", all)
	}
}

func TestNewsFromElsewhereIsShownButNotWhileTyping(t *testing.T) {
	s, j := atToday(t)
	s.setup.rival(s.book, savchenko, 8, today, noon, 2)
	s.settle()
	if got := j.Shown(8, j.Today()); got != "2" {
		t.Errorf("%s shows %q; want 2", pupils7()[8], got)
	}
	s.press(fyne.KeyF2)
	s.write("3")
	s.setup.rival(s.book, savchenko, 10, today, noon, 3)
	s.settle()
	if got := j.Shown(10, j.Today()); got != "" {
		t.Errorf("%s shows %q while a cell is open", pupils7()[10], got)
	}
	s.press(fyne.KeyReturn)
	if got := j.Shown(10, j.Today()); got != "3" {
		t.Errorf("%s shows %q after the cell was left; want 3", pupils7()[10], got)
	}
	if got := s.cells(today)[pupilID(0)].Mark; got != 3 {
		t.Errorf("the mark typed meanwhile is %d; want 3", got)
	}
}

func TestTopicIsWrittenHoweverItIsLeft(t *testing.T) {
	for name, leave := range map[string]func(*stand){
		"another screen": func(s *stand) { s.press(fyne.KeyF1) },
		"the lock":       func(s *stand) { s.shell.Lock() },
		"signing out":    func(s *stand) { s.shell.SignOut() },
		"the window":     func(s *stand) { s.shell.Close() },
		"the grid":       func(s *stand) { s.win.Canvas().Unfocus() },
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := atToday(t)
			s.press(fyne.KeyF5)
			s.write("Одночлен")
			leave(s)
			lessons, err := s.book.Lessons(t.Context(), year, maths7, today, today)
			if err != nil || len(lessons) != 1 || lessons[0].Topic != "Одночлен" {
				t.Errorf("the lesson is %+v, %v", lessons, err)
			}
		})
	}
}

func TestNewsDoesNotDisturbATopicBeingTyped(t *testing.T) {
	s, j := atToday(t)
	s.press(fyne.KeyF5)
	s.write("Одно")
	s.setup.rival(s.book, savchenko, 8, today, noon, 2)
	s.settle()
	if own := s.own(); own != 0 {
		t.Errorf("%d commits while the topic is being typed; want none", own)
	}
	s.write("член")
	s.press(fyne.KeyReturn)
	lessons, err := s.book.Lessons(t.Context(), year, maths7, today, today)
	if err != nil || len(lessons) != 1 || lessons[0].Topic != "Одночлен" || s.own() != 1 {
		t.Errorf("the lesson is %+v, %v", lessons, err)
	}
	if got := j.Shown(8, j.Today()); got != "2" {
		t.Errorf("%s shows %q after the topic; want 2", pupils7()[8], got)
	}
}

// answer lets the school server answer the person's commits, the latest first.
func (s *stand) answer(a commit.Answer, text string) {
	s.t.Helper()
	s.answerLast(100, a, text)
}

// answerLast answers so many of the last commits.
func (s *stand) answerLast(n int, a commit.Answer, text string) {
	s.t.Helper()
	own, err := s.book.Own(s.t.Context(), kovalchuk, n)
	if err != nil {
		s.t.Fatal(err)
	}
	var verdicts []commit.Verdict
	for _, c := range own {
		v := commit.Verdict{Commit: c.ID, Answer: a, Volume: year, Text: text}
		if a == commit.Accepted {
			v.Position = 1000 + c.Number
		} else {
			v.Code = fault.Forbidden
		}
		verdicts = append(verdicts, v)
	}
	if err := s.book.Settle(s.t.Context(), verdicts, own[0].Number); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

func TestWhenTheServerIsBack(t *testing.T) {
	s, _ := atToday(t)
	s.write("55")
	if c := s.cells(today)[pupilID(0)]; c.State&journal.Unsent == 0 {
		t.Error("the mark has no dot while it waits")
	}
	s.answer(commit.Accepted, "")
	s.line.set(screens.LineState{Sent: noon})
	if got, want := s.shell.Pill(), "Всё передано в школу 10:34"; got != want {
		t.Errorf("the pill says %q; want %q", got, want)
	}
	if s.shell.Journal().Dotted(0) {
		t.Error("the mark still has its dot")
	}
	for _, word := range []string{"очеред", "синхрон", "сервер вернул", "ошибк"} {
		if strings.Contains(strings.ToLower(s.words()), word) {
			t.Errorf("the screen says %q", word)
		}
	}
}
