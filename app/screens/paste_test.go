package screens_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestPasteByName(t *testing.T) {
	s, _ := atToday(t)
	names := pupils7()
	var copied strings.Builder
	for i := len(names) - 1; i >= 0; i-- { // another order than the page's
		if !strings.HasPrefix(names[i], "Мороз") {
			copied.WriteString(names[i] + "\t2\n")
		}
	}
	copied.WriteString("Неизвестный Пётр\t5\nЖук А.\t7\n")
	s.paste(copied.String())
	if s.shell.Cards() != 1 || s.own() != 0 {
		t.Fatalf("%d cards, %d commits; want a preview and nothing written", s.shell.Cards(), s.own())
	}
	words := s.words()
	for _, want := range []string{"Найдено по фамилиям: 24", "Неизвестный Пётр", "Жук Алёна: 7", "Вставить 23 значения"} {
		if !strings.Contains(words, want) {
			t.Errorf("the preview does not say %q:\n%s", want, words)
		}
	}
	s.press(fyne.KeyReturn)
	for i, c := range s.cells(today) {
		if c.Mark != 2 {
			t.Errorf("%v has a %d; want 2", i, c.Mark)
		}
	}
	if s.own() != 1 {
		t.Errorf("%d commits; want one", s.own())
	}
	s.shortcut(&fyne.ShortcutUndo{})
	if got := s.cells(today)[pupilID(1)].Mark; got != 4 {
		t.Errorf("after one undo %s has a %d; want 4 again", names[1], got)
	}
}

func TestPasteOfMarks(t *testing.T) {
	for name, tt := range map[string]struct {
		copied string
		cards  int
		own    int
		says   string
	}{
		"into empty cells at once":       {"5\n", 0, 1, ""},
		"over a mark only after asking":  {"5\n3\n", 1, 0, ""},
		"a value that is none is listed": {"зач\n", 1, 0, ""},
		"nothing copied":                 {"", 0, 0, "Скопированной таблицы нет"},
		"no table at all":                {"\x00\x01", 0, 0, "не похоже на таблицу"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := atToday(t)
			s.paste(tt.copied)
			if s.shell.Cards() != tt.cards || s.own() != tt.own || !strings.Contains(s.shell.Sentence(), tt.says) {
				t.Errorf("%d cards, %d commits, says %q; want %d, %d, %q", s.shell.Cards(), s.own(), s.shell.Sentence(), tt.cards, tt.own, tt.says)
			}
		})
	}
}

func TestHalfTypedCellIsBackAfterTheLock(t *testing.T) {
	s, _ := atToday(t)
	s.press(fyne.KeyF2)
	s.write("оп")
	s.shell.Lock()
	if s.own() != 0 {
		t.Errorf("%d commits; want none", s.own())
	}
	s.as("Ков")
	s.write(" 4")
	s.press(fyne.KeyReturn)
	if got := s.cells(today)[pupilID(0)].Entry().String(); got != "оп 4" {
		t.Errorf("the cell holds %q; want «оп 4»", got)
	}
}
