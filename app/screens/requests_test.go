package screens_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/sync/commit"
)

// asks lets the school server make known what teachers ask for: two marks and a
// topic of mathematics, three marks of physics in one act, and one mark on a
// page that is not the author's.
func asks(s *stand) {
	physics := journal.PageIDOf(journal.PageKey(class7, journal.SubjectKey("Физика")))
	day := journal.MakeDate(2026, 10, 12)
	mark := func(p journal.PageID, number, pupil, mark int) commit.Edit {
		return commit.Edit{Kind: journal.KindCell, Key: journal.CellKey(p, day, number, pupilID(pupil)), Field: journal.CellMark, Value: num(mark)}
	}
	type wish struct {
		who    journal.StaffID
		reason string
		edits  []commit.Edit
	}
	var edits []commit.Edit
	for i, w := range []wish{
		{kovalchuk, "Проверены тетради за 12 октября", []commit.Edit{mark(maths7, 3, 2, 5)}},
		{kovalchuk, "", []commit.Edit{mark(maths7, 3, 3, 4)}},
		{kovalchuk, "", []commit.Edit{{Kind: journal.KindLesson, Key: journal.LessonKey(maths7, day, 3), Field: journal.LessonTopic, Value: txt("Степень с натуральным показателем")}}},
		{savchenko, "Лабораторная работа № 2", []commit.Edit{mark(physics, 4, 4, 5), mark(physics, 4, 5, 3), mark(physics, 4, 6, 4), mark(physics, 4, 7, 4)}},
		{savchenko, "", []commit.Edit{mark(maths7, 3, 8, 2)}},
	} {
		at := time.Date(2026, 11, 2+i, 17, 5, 0, 0, zone)
		c := &commit.Commit{
			ID: commit.ID{Device: journal.DeviceID{0xD0, 7}, Number: uint64(i + 1)}, School: school, Volume: year, Author: w.who,
			Stamp: commit.StampAt(at), Entered: at, Reason: w.reason, Edits: w.edits,
		}
		raw, err := commit.Encode(c)
		if err != nil {
			s.t.Fatal(err)
		}
		key := journal.RequestKey(c.Device, c.Number)
		edits = append(edits,
			commit.Edit{Kind: journal.KindRequest, Key: key, Field: journal.RequestBody, Value: journal.BytesValue(raw)},
			commit.Edit{Kind: journal.KindRequest, Key: key, Field: journal.RequestArrived, Value: journal.IntValue(noon.Add(time.Duration(i-30) * time.Minute).UnixMilli())})
	}
	s.setup.load(s.book, journal.StaffID{}, year, noon, edits...)
}

// atRequests opens «Заявки» as the deputy.
func atRequests(s *stand) {
	asks(s)
	s.as("Дья")
	s.shell.Open("requests")
	s.settle()
}

// decided are the answers to the requests on disk, by the number of the commit.
func (s *stand) decided() map[uint64]commit.Request {
	s.t.Helper()
	all, err := s.book.Requests(s.t.Context(), year, true, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[uint64]commit.Request{}
	for _, r := range all {
		out[r.Commit.Number] = r
	}
	return out
}

func TestRequestIsGranted(t *testing.T) {
	s := light(t)
	atRequests(s)
	s.says("the list", "Ждут решения: 5", "7-А, математика, 12.10: Бондаренко Софья", "Сейчас пусто, станет: 5", "Причина: Проверены тетради за 12 октября", "А. С. Ковальчук", "Принять все такие: 3…")
	s.press(fyne.KeyReturn)
	if s.shell.Cards() != 1 || len(s.decided()) != 0 {
		t.Fatal("granted without a card")
	}
	s.write("Хорошо.")
	s.press(fyne.KeyReturn)
	if d := s.decided()[1]; s.shell.Cards() != 0 || d.Decision != journal.RequestGranted || d.Sentence != "Хорошо." || d.By != dyachenko {
		t.Errorf("decided %+v", d)
	}
	s.says("the list", "Ждут решения: 4")
	if got := s.shell.Sentence(); got != "Принято заявок: 1." {
		t.Errorf("the bottom bar says %q", got)
	}
	s.press(fyne.KeyF5)
	s.says("those decided", "Принята 10:34, О. Ю. Дьяченко. Хорошо.", "Просили: 5")
	if strings.Contains(s.words(), "Всё же принять…") {
		t.Error("what was granted can be granted again")
	}
	s.shell.Open("waiting")
	s.settle()
	s.says("what waits to be sent", "решение по заявке и ещё 1")
}

func TestRequestIsRejectedWithASentence(t *testing.T) {
	s := light(t)
	atRequests(s)
	s.press(fyne.KeyDown, fyne.KeyDelete, fyne.KeyReturn)
	if s.shell.Cards() != 1 || len(s.decided()) != 0 {
		t.Fatal("rejected without a sentence")
	}
	s.write("Работа не проводилась.")
	s.press(fyne.KeyReturn)
	if d := s.decided()[2]; d.Decision != journal.RequestRejected || d.Sentence != "Работа не проводилась." {
		t.Errorf("decided %+v", d)
	}
	s.press(fyne.KeyF5, fyne.KeyReturn, fyne.KeyReturn) // granted after all
	if d := s.decided()[2]; d.Decision != journal.RequestGranted {
		t.Errorf("decided %+v", d)
	}
}

func TestRequestsAlikeAtOnce(t *testing.T) {
	s := light(t)
	atRequests(s)
	s.tabTo("Принять все такие: 3…")
	s.press(fyne.KeyReturn, fyne.KeyEscape)
	if len(s.decided()) != 0 {
		t.Fatal("Esc has granted")
	}
	s.tabTo("Принять все такие: 3…")
	s.press(fyne.KeyReturn, fyne.KeyReturn)
	for n, want := range map[uint64]string{1: journal.RequestGranted, 2: journal.RequestGranted, 3: journal.RequestGranted, 4: "", 5: ""} {
		if got := s.decided()[n].Decision; got != want {
			t.Errorf("request %d: %q, want %q", n, got, want)
		}
	}
	own, err := s.book.Own(t.Context(), dyachenko, 10)
	if err != nil || len(own) != 1 {
		t.Errorf("%d commits, want one: %v", len(own), err)
	}
}

// What comes in while the screen is open is seen, with what stands by then.
func TestRequestsComeIn(t *testing.T) {
	s := light(t)
	s.as("Дья")
	s.shell.Open("requests")
	s.settle()
	s.says("the empty screen", "Заявок нет.")
	asks(s)
	s.settle()
	s.says("the list", "Ждут решения: 5", "Сейчас пусто, станет: 4")
	s.setup.load(s.book, savchenko, year, noon, commit.Edit{
		Kind: journal.KindCell, Key: journal.CellKey(maths7, journal.MakeDate(2026, 10, 12), 3, pupilID(3)), Field: journal.CellMark, Value: num(2),
	})
	s.settle()
	s.says("the list", "Сейчас стоит: 2, станет: 4")
}

func TestWhatCannotBeGranted(t *testing.T) {
	s := light(t)
	atRequests(s)
	s.press(fyne.KeyEnd, fyne.KeyReturn)
	s.says("the last request", "Принять нельзя. Эту страницу ведёт другой учитель.", "Отклонить…")
	if s.shell.Cards() != 0 || strings.Contains(s.words(), "Принять…") {
		t.Error("it may be granted")
	}
}

func TestOnlyTheDeputySeesRequests(t *testing.T) {
	s := light(t)
	asks(s)
	for _, name := range []string{"Ков", "Ром"} {
		s.as(name)
		s.shell.Open("requests")
		s.settle()
		if s.shell.Showing() == "requests" {
			t.Errorf("«%s» sees the requests", name)
		}
		s.shell.Lock()
	}
}

// The pictures of «Заявки».
func TestRequestsPictures(t *testing.T) {
	lightLook, contrast := theme.New(theme.Light, 1), theme.New(theme.Contrast, 1)
	pictures(t, map[string]picture{
		"requests":          {lightLook, 1366, 698, func(s *stand) { atRequests(s); s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown) }},
		"requests-contrast": {contrast, 1366, 698, func(s *stand) { atRequests(s); s.press(fyne.KeyEnd) }},
		"requests-narrow":   {lightLook, 1024, 540, func(s *stand) { atRequests(s); s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown) }},
		"requests-card":     {lightLook, 1366, 698, func(s *stand) { atRequests(s); s.press(fyne.KeyDelete, fyne.KeyReturn) }},
		"requests-none":     {lightLook, 1366, 698, func(s *stand) { s.as("Дья"); s.shell.Open("requests"); s.settle() }},
		"requests-decided": {lightLook, 1366, 698, func(s *stand) {
			atRequests(s)
			s.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyDelete)
			s.write("Работа не проводилась.")
			s.press(fyne.KeyReturn, fyne.KeyF5, fyne.KeyDown)
		}},
	})
}
