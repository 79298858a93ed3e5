package screens_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens"
	"uchitelskaya/sync/commit"
)

// Of a server that was put back from a copy a person reads once; afterwards the
// pill tells again what it always tells. The sentence stays where it was read.
func TestARestoredServerIsReadOnce(t *testing.T) {
	s, _ := atToday(t)
	pill := func(when, want string) {
		t.Helper()
		if got := s.shell.Pill(); got != want {
			t.Errorf("%s the pill says %q; want %q", when, got, want)
		}
	}
	s.write("5")
	s.line.set(screens.LineState{Sending: true, Restored: noon})
	pill("while it is sent", "Отправляется: 1…")
	s.answerLast(1, commit.Accepted, "")
	s.line.set(screens.LineState{Sent: noon, Restored: noon, Mended: true})
	pill("afterwards", "Сервер восстановлен: прочитайте")
	s.shell.OpenWaiting()
	s.settle()
	s.says("sending", "Школьный сервер восстановлен из копии (замечено: 10:34). Чего в ней не было, этот компьютер ему передал.", "сообщите администратору и директору")
	s.line.set(screens.LineState{Sent: noon, Restored: noon, Mended: true, Trouble: "Часы этого компьютера отстают."})
	s.says("sending with trouble", "Часы этого компьютера отстают. Школьный сервер восстановлен из копии")
	s.line.set(screens.LineState{Sent: noon, Restored: noon, Mended: true})
	pill("read", "Всё передано в школу 10:34")
	s.press(fyne.KeyF3)
	pill("elsewhere", "Всё передано в школу 10:34")
	s.line.set(screens.LineState{Sent: noon, Restored: noon.Add(1)})
	pill("restored again", "Сервер восстановлен: прочитайте")
}
