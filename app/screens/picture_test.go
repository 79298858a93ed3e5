package screens_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/sync/commit"
)

// One picture of every screen, as it is looked at.
func TestPictures(t *testing.T) {
	lightLook, contrast := theme.New(theme.Light, 1), theme.New(theme.Contrast, 1)
	pictures(t, map[string]picture{
		"signin":                 {lightLook, 1366, 698, func(*stand) {}},
		"today":                  {lightLook, 1366, 698, func(s *stand) { conflictStands(s); s.press(fyne.KeyF1) }},
		"journal":                {lightLook, 1366, 698, journalPicture},
		"journal-contrast":       {contrast, 1366, 698, journalPicture},
		"journal-narrow":         {lightLook, 1093, 544, journalPicture},
		"journal-panel":          {lightLook, 1093, 544, func(s *stand) { journalPicture(s); s.press(fyne.KeyF8) }},
		"year":                   {lightLook, 1366, 698, yearPicture},
		"history":                {lightLook, 1366, 698, func(s *stand) { conflictStands(s); s.shell.Journal().History() }},
		"conflict":               {lightLook, 1366, 698, func(s *stand) { conflictStands(s); s.press(fyne.KeyF2) }},
		"conflict-narrow":        {lightLook, 1024, 540, func(s *stand) { conflictStands(s); s.press(fyne.KeyF2) }},
		"conflict-topic":         {lightLook, 1366, 698, topicPicture},
		"decisions":              {lightLook, 1366, 698, func(s *stand) { conflictStands(s); s.press(fyne.KeyF9) }},
		"paste":                  {lightLook, 1366, 698, pastePicture},
		"enrol":                  {lightLook, 1366, 698, func(s *stand) { s.door.strange = true; s.shell.Start() }},
		"signin-approval":        {lightLook, 1366, 698, rejoinPicture},
		"signin-approval-narrow": {contrast, 1024, 540, rejoinPicture},
		"today-narrow":           {lightLook, 1093, 544, func(s *stand) { s.as("Ков") }},
		"signin-narrow":          {lightLook, 1093, 544, func(*stand) {}},
		"waiting":                {lightLook, 1366, 698, waitingPicture},
		"waiting-narrow":         {lightLook, 1024, 540, waitingPicture},
		"refused":                {lightLook, 1366, 698, refusedPicture},
		"refused-contrast":       {contrast, 1366, 698, refusedPicture},
		"refused-narrow":         {lightLook, 1024, 540, refusedPicture},
		"refused-returned":       {lightLook, 1024, 540, returned},
		"refused-away":           {lightLook, 1366, 698, func(s *stand) { refusedPicture(s); s.press(fyne.KeyDelete, fyne.KeyF5) }},
		"keys":                   {lightLook, 1366, 698, func(s *stand) { s.as("Дья"); s.press(fyne.KeyF1) }},
		"keys-narrow":            {contrast, 1024, 540, func(s *stand) { s.as("Дья"); s.press(fyne.KeyF1) }},
		"ask":                    {lightLook, 1366, 698, askPicture},
		"signin-trouble": {lightLook, 1024, 540, func(s *stand) {
			s.line.set(screens.LineState{Trouble: "Часы этого компьютера отстают на 14 часов 1 минуту. Записи сохраняются, но время у них будет неверным. Попросите администратора поправить часы."})
		}},
		"signin-load": {lightLook, 1024, 540, func(s *stand) {
			s.line.set(screens.LineState{Load: screens.Load{Here: 12400, There: 99856}})
		}},
	})
}

// A picture is a window in a look and size after something was done.
type picture struct {
	look *theme.Theme
	w, h float32
	do   func(*stand)
}

// pictures holds pictures against the golden ones.
func pictures(t *testing.T, all map[string]picture) {
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, tt.look, tt.w, tt.h)
			tt.do(s)
			test.AssertRendersToImage(t, name+".png", s.win.Canvas())
		})
	}
}

// rejoinPicture is the entry of a PC whose server does not know it.
func rejoinPicture(s *stand) {
	s.door.approval = "Школьный сервер не знает этот компьютер. Записанное на нём цело. Попросите у администратора код и подключите компьютер заново."
	s.shell.Start()
	screens.Settle()
	s.tabTo("Подключить заново…")
	s.press(fyne.KeyReturn)
}

func journalPicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn)
	for range 10 {
		s.press(fyne.KeyDown)
	}
	s.write("454")
	s.press(fyne.KeyUp)
}

// conflictStands lets the teacher write a 4 on Thursday and the substitute's 5
// of that morning come in from another PC.
func conflictStands(s *stand) {
	day := journal.MakeDate(2026, 11, 19)
	s.now = time.Date(2026, 11, 19, 15, 20, 0, 0, zone)
	s.as("Ков")
	s.press(fyne.KeyF3)
	s.shell.Go(screens.Place{Page: maths7, Date: day, Pupil: pupilID(17)})
	s.settle()
	s.write("4")
	s.now = noon
	s.setup.rival(s.book, savchenko, 17, day, time.Date(2026, 11, 19, 10, 58, 0, 0, zone), 5)
	s.settle()
	s.press(fyne.KeyUp)
}

func yearPicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyF3)
	s.shell.Go(screens.Place{Page: maths7})
	s.settle()
	s.shell.Journal().Term(4)
	s.settle()
}

func pastePicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.paste("Жук Алёна\t5\nАбрамова\t4\nПетров Пётр\t3\nКлючевой Егор\t7\nРудь Елисей\t4\n")
}

// topicPicture is the card of two topics of one lesson.
func topicPicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn, fyne.KeyF5)
	s.write("Одночлен и его стандартный вид. Умножение одночленов")
	s.press(fyne.KeyReturn)
	s.setup.load(s.book, savchenko, year, noon.Add(-time.Minute), commit.Edit{
		Kind: journal.KindLesson, Key: journal.LessonKey(maths7, today, 3), Field: journal.LessonTopic, Value: txt("Стандартный вид одночлена"),
	})
	s.settle()
	s.press(fyne.KeyF9, fyne.KeyReturn)
}

// waitingPicture is what waits in two classes: a topic, marks, a paste unfolded,
// and one mark that waits for the deputy.
func waitingPicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.write("5")
	s.answer(commit.Requested, "I четверть закрыта.")
	s.write("554")
	s.press(fyne.KeyF5)
	s.write("Одночлен и его стандартный вид")
	s.press(fyne.KeyReturn, fyne.KeyEscape)
	s.paste("Жук Алёна\t5\nКлючевой Егор\t3\nРудь Елисей\t4\n")
	s.press(fyne.KeyReturn)
	s.shell.Go(screens.Place{Page: journal.PageIDOf(journal.PageKey(journal.ClassID(year, 5, "Б"), journal.SubjectKey("Математика"))), Date: today, Pupil: pupilID(0)})
	s.settle()
	s.write("4")
	s.shell.Open("waiting")
	s.settle()
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
}

// refusedPicture is three entries of one cause, one of many edits unfolded, and
// one of another.
func refusedPicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.write("5")
	s.answer(commit.Refused, "Этот компьютер был отключён от школы, когда вы это записали. Спросите администратора.")
	s.write("553")
	s.paste("Жук Алёна\t5\nКлючевой Егор\t3\nРудь Елисей\t4\n")
	s.press(fyne.KeyReturn)
	s.answerLast(4, commit.Refused, foreign)
	s.shell.Open("refused")
	s.settle()
	s.press(fyne.KeyRight, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
}
