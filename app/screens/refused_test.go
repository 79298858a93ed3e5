package screens_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens"
	"uchitelskaya/sync/commit"
)

const foreign = "Эту страницу ведёт другой учитель."

// says asks that a screen says all of this.
func (s *stand) says(what string, all ...string) {
	s.t.Helper()
	words := s.words()
	for _, want := range all {
		if !strings.Contains(words, want) {
			s.t.Errorf("%s does not say %q:\n%s", what, want, words)
		}
	}
}

// refusedMarks writes two marks of today that the school does not take, and
// opens «Отклонённые» by the pill.
func refusedMarks(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.write("55")
	s.answer(commit.Refused, foreign)
	s.shell.OpenWaiting()
	s.settle()
}

func TestRefusedEntryIsSaidAgain(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	if got, want := s.shell.Pill(), "Не приняты школой: 2"; got != want || s.shell.Showing() != "refused" {
		t.Fatalf("the pill says %q and leads to %q", got, s.shell.Showing())
	}
	s.says("the list", "Отклонённые: 2", foreign, "7-А, математика, 23.11: Абрамова Дарья", "Записано: 5, сейчас пусто", "Записано: 5, сейчас стоит: 4", "Повторить все такие: 2")
	s.press(fyne.KeyReturn)
	if got, want := s.shell.Pill(), "Не приняты школой: 1"; got != want {
		t.Errorf("after one was said again the pill says %q", got)
	}
	if c := s.cells(today)[pupilID(1)]; c.Mark != 5 || c.State != journal.Unsent {
		t.Errorf("the second cell has %+v", c)
	}
	if c := s.cells(today)[pupilID(0)]; c.Mark != 0 || c.State != journal.Refused {
		t.Errorf("the first cell has %+v", c)
	}
	s.press(fyne.KeyReturn)
	s.says("the empty list", "Отклонённых записей нет.")
	if got, want := s.shell.Pill(), "Сохранено на этом компьютере · 2 ждут отправки"; got != want {
		t.Errorf("after both the pill says %q", got)
	}
}

func TestRefusedEntryIsPutAwayAndBroughtBack(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	s.press(fyne.KeyDelete)
	if got, want := s.shell.Pill(), "Не приняты школой: 1"; got != want {
		t.Errorf("the pill says %q", got)
	}
	if c := s.cells(today)[pupilID(1)]; c.State != 0 {
		t.Errorf("the cell keeps its sign: %+v", c)
	}
	s.press(screens.UndoKey)
	s.says("the list", "Отклонённые: 2")
	s.press(fyne.KeyDelete, fyne.KeyDelete, fyne.KeyF5)
	s.says("the list of those put away", "Убранные и повторённые", "Убрано 10:34, А. С. Ковальчук. "+foreign, "Вернуть в список")
	s.press(fyne.KeyReturn, fyne.KeyF5)
	s.says("the list", "Отклонённые: 1", "Повторить")
	if words := s.words(); strings.Contains(words, "Повторить все такие: 0") || s.shell.Cards() != 0 {
		t.Errorf("the window says %q", words)
	}
}

func TestRefusedEntryIsCopied(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	s.press(screens.CopyKey)
	want := "10:34\t7-А, математика, 23.11: " + pupils7()[1] + "\t5\t4\tА. С. Ковальчук\t" + foreign + "\n"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("the clipboard holds %q; want %q", got, want)
	}
}

func TestAllOfOneCauseAtOnce(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	s.tabTo("Повторить все такие: 2")
	s.press(fyne.KeyReturn)
	if got, want := s.shell.Pill(), "Сохранено на этом компьютере · 2 ждут отправки"; got != want {
		t.Errorf("the pill says %q", got)
	}
}

func TestRefusedCellLeadsToItsEntry(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	s.press(fyne.KeyF3)
	j := s.shell.Journal()
	j.Select(0, j.Today())
	s.settle()
	s.says("the panel", "школа не приняла")
	s.press(fyne.KeyF2)
	if s.shell.Showing() != "refused" {
		t.Fatalf("F2 leads to %q", s.shell.Showing())
	}
	s.press(fyne.KeyReturn)
	if c := s.cells(today)[pupilID(0)]; c.Mark != 5 {
		t.Errorf("not that cell's entry was chosen: %+v", c)
	}
}

func TestNobodyReadsWhatIsAnothers(t *testing.T) {
	s := light(t)
	refusedMarks(s)
	s.press(fyne.KeyF3)
	s.write("3")
	s.shell.Lock()
	s.as("Сав")
	if got, want := s.shell.Pill(), "Сохранено на этом компьютере · 1 ждёт отправки"; got != want {
		t.Errorf("the pill of a colleague says %q", got)
	}
	s.shell.OpenWaiting()
	s.settle()
	s.says("«Ждут отправки»", "Ещё ждут записи других: 1.", "Всё передано в школу.")
	s.shell.Open("refused")
	s.settle()
	if words := s.words(); strings.Contains(words, "Абрамова") {
		t.Error("a colleague reads what was refused")
	}
	s.shell.Lock()
	s.as("Дья")
	s.shell.Open("refused")
	s.settle()
	s.says("the deputy", "Абрамова", "Решает автор: А. С. Ковальчук.", "Ждут отправки: 1", "Отклонённые: 2")
	if words := s.words(); strings.Contains(words, "Повторить") {
		t.Error("the deputy is offered to retry a teacher's entry")
	}
}

func TestWaitingByClass(t *testing.T) {
	s, _ := atToday(t)
	s.write("55")
	s.paste("Жук Алёна\t5\nАбрамова\t4\nРудь Елисей\t4\n")
	s.press(fyne.KeyReturn)
	s.shell.OpenWaiting()
	s.settle()
	s.says("the list", "Ждут отправки: 3", "7-А", "математика, 23.11: Абрамова Дарья — 5", "ждёт сети", "сейчас не отвечает")
	s.press(fyne.KeyRight)
	s.says("the act unfolded", "Рудь Елисей")
	s.press(fyne.KeyLeft)
	if strings.Contains(s.words(), "Рудь Елисей") {
		t.Error("the act stays unfolded")
	}
	s.press(fyne.KeyF5)
	if s.line.asked != 1 {
		t.Errorf("asked to send %d times", s.line.asked)
	}
	s.door.answers = true
	s.line.set(screens.LineState{Sending: true})
	s.says("the list", "передаётся", "Школьный сервер на связи")
	s.answer(commit.Accepted, "")
	s.says("the empty list", "Всё передано в школу. Ничего не ждёт.")
}

// Thousands of entries are shown by and by.
func TestManyRefused(t *testing.T) {
	s := light(t)
	s.as("Ков")
	var verdicts []commit.Verdict
	for i := range 250 {
		made, err := s.book.Append(t.Context(), commit.Draft{Volume: year, Author: kovalchuk, Entered: noon, Changes: []commit.Change{
			commit.Set(journal.KindLesson, journal.LessonKey(maths7, today, 3), journal.LessonTopic, txt(fmt.Sprint("Тема ", i))),
		}})
		if err != nil {
			t.Fatal(err)
		}
		verdicts = append(verdicts, commit.Verdict{Commit: made.ID, Answer: commit.Refused, Volume: year, Text: foreign})
	}
	if err := s.book.Settle(t.Context(), verdicts, 250); err != nil {
		t.Fatal(err)
	}
	s.shell.Open("refused")
	s.settle()
	s.says("the list", "Отклонённые: 250", "Повторить все такие: 100")
	s.press(fyne.KeyEnd)
	s.says("the end of the list", "Показать ещё, осталось: 150")
	s.press(fyne.KeyReturn, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyEnd)
	s.says("the whole list", "Тема 0")
}

// returned puts both entries away; then the server comes back from an old copy
// and takes them.
func returned(s *stand) {
	refusedMarks(s)
	s.press(fyne.KeyDelete, fyne.KeyDelete)
	if err := s.book.SetEpoch(s.t.Context(), [16]byte{9}, 0); err != nil {
		s.t.Fatal(err)
	}
	s.answer(commit.Accepted, "")
}

func TestWhatWasPutAwayAndAcceptedIsTold(t *testing.T) {
	s := light(t)
	returned(s)
	if got, want := s.shell.Pill(), "Принято то, что вы убрали: 2"; got != want {
		t.Errorf("the pill says %q; want %q", got, want)
	}
	s.says("the list", "Вы убрали, но школа всё же приняла", "Школьный сервер восстановили, и он принял эту запись.", "Оставить в журнале", "Отменить запись")
	s.press(fyne.KeyReturn, fyne.KeyDelete)
	if c := s.cells(today)[pupilID(1)]; c.Mark != 5 || c.State != 0 {
		t.Errorf("the mark that was kept: %+v", c)
	}
	if c := s.cells(today)[pupilID(0)]; c.Mark != 0 {
		t.Errorf("the mark that was taken back: %+v", c)
	}
	if got, want := s.shell.Pill(), "Сохранено на этом компьютере · 1 ждёт отправки"; got != want {
		t.Errorf("the pill says %q; want %q", got, want)
	}
}
