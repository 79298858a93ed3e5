package screens_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// The school's server is another one: the entry says so, takes the code, and is
// as before; whoever works meanwhile reads it from the pill.
func TestAPCGoesOverToAnotherServer(t *testing.T) {
	s := light(t)
	s.says("without trouble", "Школьный сервер сейчас не отвечает")
	if strings.Contains(s.words(), "Подключить заново") {
		t.Error("a code is asked for without need")
	}
	rejoinPicture(s)
	s.says("what to do", "Школьный сервер сменился", "Попросите у администратора код", "Компьютер останется тем же")
	s.write("не тот")
	s.press(fyne.KeyReturn)
	s.says("a wrong code", "Такого кода нет")
	for range 10 {
		s.press(fyne.KeyBackspace)
	}
	s.write("7КМ2-99Ж4")
	s.press(fyne.KeyReturn)
	if strings.Contains(s.words(), "Подключить заново") || !strings.Contains(s.words(), "Кто вы?") {
		t.Errorf("after the code: %s", s.words())
	}
	s.as("Ков")
}
