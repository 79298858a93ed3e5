package screens_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/journal"
)

func TestPrintingByKeys(t *testing.T) {
	s := inVillage(t, 1366, 698, deputy)
	s.press(fyne.KeyF11)
	p := s.shell.Printing()
	if got := p.Said(); !strings.Contains(got, "3-А: Готов к печати") || !strings.Contains(got, "7-А: Нет тем: 3") {
		t.Errorf("states:\n%s", got)
	}
	if got := p.Main(); got != "Напечатать отмеченные: 2" {
		t.Errorf("main button is %q: what is ready is ticked, what is not is not", got)
	}
	s.press(fyne.KeyEnd)
	if first, last := p.Pages(); first != 44 || last != 45 {
		t.Errorf("the last spread of 45 pages is %d–%d", first, last)
	}
	s.press(fyne.KeyHome)
	if first, last := p.Pages(); first != 1 || last != 1 {
		t.Errorf("the first page stands with another: %d–%d", first, last)
	}
	s.press(fyne.KeyPageDown)
	if first, last := p.Pages(); first != 2 || last != 3 {
		t.Errorf("the first spread is %d–%d", first, last)
	}
	s.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace) // 2-А, 5-А
	if got := p.Main(); got != "Напечатать отмеченные: 4" {
		t.Errorf("main button is %q", got)
	}

	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "Журнал 5-А 2026-2027.pdf"), 0o700); err != nil { // 5-А cannot be written
		t.Fatal(err)
	}
	p.Print()
	if got := s.shell.CardText(); !strings.Contains(got, "5-А: Нет тем: 5") {
		t.Errorf("what is not ready is not shown before printing:\n%s", got)
	}
	s.press(fyne.KeyReturn)
	s.chooseIn(dir)
	s.tabTo("Записать сюда")
	s.press(fyne.KeyReturn)
	if got := s.shell.CardText(); !strings.Contains(got, "Записано файлов: 6") || !strings.Contains(got, "5-А: Файл не удалось сохранить") {
		t.Errorf("the end says:\n%s", got)
	}
	want := []string{
		"Журнал 1-А 2026-2027.pdf", "Журнал 2-А 2026-2027.pdf", "Журнал 3-А 2026-2027.pdf", "Журнал 5-А 2026-2027.pdf",
		"Сводная ведомость 1-А 2026-2027.pdf", "Сводная ведомость 2-А 2026-2027.pdf", "Сводная ведомость 3-А 2026-2027.pdf",
	}
	if got := pdfs(t, dir); !slices.Equal(got, want) {
		t.Errorf("files: %q", got)
	}
	for _, name := range want {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil && !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Errorf("%s is no PDF", name)
		}
	}
}

func TestPrintingLeadsToWhatIsMissing(t *testing.T) {
	s := inVillage(t, 1366, 698, deputy)
	s.press(fyne.KeyF11, fyne.KeyDown, fyne.KeyF2, fyne.KeyReturn)
	if got := s.shell.Showing(); got != "journal" {
		t.Fatalf("%q is shown, not the place without a topic", got)
	}
}

func TestPrintingOptions(t *testing.T) {
	s := inVillage(t, 1366, 698, deputy)
	s.press(fyne.KeyF11)
	p := s.shell.Printing()
	sheets := p.Sheets(0)
	p.Simplex()
	if got := p.Sheets(0); 2*got < 3*sheets {
		t.Errorf("printed on one side the journal takes %d sheets, on both %d", got, sheets)
	}
	s.press(fyne.KeyHome)
	if first, last := p.Pages(); first != 1 || last != 2 {
		t.Errorf("one-sided pages are shown as %d–%d", first, last)
	}
}

func TestPrintingIsForThoseWhoLeadAClass(t *testing.T) {
	t.Run("a class teacher prints her class", func(t *testing.T) {
		s := inVillage(t, 1366, 698, func(r *journal.Roster, p journal.Staff) bool {
			class := journal.ClassID(year, 7, "А")
			return slices.ContainsFunc(r.ClassTeachers(class), func(a journal.Assignment) bool { return a.Staff == p.ID })
		})
		s.press(fyne.KeyF11)
		if got := s.shell.Printing().Said(); !strings.HasPrefix(got, "7-А: ") || strings.Count(got, "\n") > 0 {
			t.Errorf("she sees:\n%s", got)
		}
	})
	t.Run("a teacher without a class prints nothing", func(t *testing.T) {
		s := inVillage(t, 1366, 698, func(r *journal.Roster, p journal.Staff) bool {
			leads := slices.ContainsFunc(r.Groups(journal.SortClass), func(g journal.Group) bool {
				return slices.ContainsFunc(r.ClassTeachers(g.ID), func(a journal.Assignment) bool { return a.Staff == p.ID })
			})
			return !leads && len(r.Taught(p.ID)) > 0 && !r.HasRole(p.ID, journal.DateOf(noon), journal.RoleDeputy, journal.RoleDirector, journal.RoleAdministrator)
		})
		s.press(fyne.KeyF11)
		if got := s.shell.Showing(); got == "print" {
			t.Error("the screen opens")
		}
	})
}

func TestPrintingPictures(t *testing.T) {
	for name, size := range map[string]fyne.Size{"printing": {Width: 1366, Height: 698}, "printing-narrow": {Width: 1093, Height: 544}} {
		t.Run(name, func(t *testing.T) {
			s := inVillage(t, size.Width, size.Height, deputy)
			s.press(fyne.KeyF11, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
			test.AssertRendersToImage(t, name+".png", s.win.Canvas())
			s.press(fyne.KeyReturn)
			test.AssertRendersToImage(t, name+"-large.png", s.win.Canvas())
			s.press(fyne.KeyEscape, fyne.KeyF4)
			test.AssertRendersToImage(t, name+"-contents.png", s.win.Canvas())
			s.press(fyne.KeyEscape, fyne.KeyF2)
			test.AssertRendersToImage(t, name+"-missing.png", s.win.Canvas())
		})
	}
}
