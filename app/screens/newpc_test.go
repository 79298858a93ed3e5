package screens_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens"
)

// A new PC asks for a name and a password as soon as the school knows it, tells
// how far the school's records are here, and names the school once they say it.
func TestANewPCWhileItsRecordsCome(t *testing.T) {
	s := light(t)
	s.door.strange, s.door.bare, s.door.answers = true, true, true
	s.shell.Start()
	s.write("7КМ2-99Ж4")
	s.press(fyne.KeyReturn)
	s.write("учительская")
	s.press(fyne.KeyReturn)
	s.door.answers = false
	s.line.set(screens.LineState{})
	s.says("a new PC without the server", "Войти можно будет, когда он ответит.")
	s.door.answers = true
	s.line.set(screens.LineState{Load: screens.Load{Here: 12400, There: 99856}})
	s.says("a new PC", "Пароль", "Загружено 12\u00a0400 из 99\u00a0856 записей", "Учительская")
	s.door.bare = false
	s.line.set(screens.LineState{Load: screens.Load{Here: 13000, There: 99856}})
	s.says("a new PC with its first records", "Зареченская средняя школа", "Загружено 13\u00a0000")
}

// A day without lessons is said to be one when all records are here.
func TestADayWhileItsRecordsCome(t *testing.T) {
	s := light(t)
	s.line.set(screens.LineState{Load: screens.Load{Here: 12400, There: 99856}})
	s.as("Дья") // who teaches nothing
	s.says("«Сегодня»", "Записи школы ещё загружаются")
	s.line.set(screens.LineState{Sent: noon})
	s.settle()
	s.says("«Сегодня» afterwards", "В этот день у вас нет уроков.")
}
