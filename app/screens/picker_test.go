package screens_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestPickerByKeys(t *testing.T) {
	root := writeFiles(t, map[string]string{"б.CSV": "Класс\n", "а.xlsx": "x", "картинка.png": "x", ".скрытый.csv": "x"})
	for name, text := range map[string]string{"в.csv": "Класс\n", "г.xml": "<x/>"} {
		if err := os.MkdirAll(filepath.Join(root, "папка"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, "папка", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		keys []fyne.KeyName
		want string // files taken, «» when the card still stands
	}{
		"Enter on a file takes it":                      {[]fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "а.xlsx"},
		"Enter goes into a folder, Enter takes there":   {[]fyne.KeyName{fyne.KeyReturn, fyne.KeyReturn}, "в.csv"},
		"Space ticks several":                           {[]fyne.KeyName{fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn}, "а.xlsx б.CSV"},
		"Space twice ticks nothing":                     {[]fyne.KeyName{fyne.KeyDown, fyne.KeySpace, fyne.KeySpace, fyne.KeyEnd, fyne.KeyReturn}, "б.CSV"},
		"Backspace goes up and stands on the folder":    {[]fyne.KeyName{fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyReturn}, "г.xml"},
		"what is ticked in a folder is left with it":    {[]fyne.KeyName{fyne.KeyReturn, fyne.KeySpace, fyne.KeyBackspace, fyne.KeyEnd, fyne.KeyReturn}, "б.CSV"},
		"Esc takes nothing":                             {[]fyne.KeyName{fyne.KeyDown, fyne.KeySpace, fyne.KeyEscape}, ""},
		"pictures and hidden files are not in the list": {[]fyne.KeyName{fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, "а.xlsx б.CSV"},
	} {
		t.Run(name, func(t *testing.T) {
			s := office(t, 1366, 698)
			s.press(fyne.KeyF12, fyne.KeyF2)
			s.chooseIn(root)
			s.press(tt.keys...)
			if got := strings.Join(s.shell.Intake().Files(), " "); got != tt.want || s.shell.Cards() != 0 {
				t.Errorf("taken %q, want %q; %d cards", got, tt.want, s.shell.Cards())
			}
		})
	}
}

func TestPickerSaysWhenAFolderCannotBeOpened(t *testing.T) {
	s := office(t, 1366, 698)
	s.press(fyne.KeyF12, fyne.KeyF2)
	s.chooseIn(filepath.Join(t.TempDir(), "нет такой"))
	if got := s.shell.CardText(); !strings.Contains(got, "Эту папку открыть нельзя") {
		t.Errorf("the card says:\n%s", got)
	}
}
