package screens_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens"
)

// The day of the tests and the column of its lesson.
var today = journal.DateOf(noon)

// atToday signs the teacher in and opens today's lesson from «Сегодня».
func atToday(t *testing.T) (*stand, *screens.Journal) {
	s := light(t)
	s.as("Ков")
	s.press(fyne.KeyReturn)
	if s.shell.Showing() != "journal" {
		t.Fatalf("Enter on a lesson shows %q; want the journal", s.shell.Showing())
	}
	return s, s.shell.Journal()
}

func (s *stand) own() int {
	s.t.Helper()
	n, err := s.book.Count(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return n.Unsent
}

func TestTwentyThreeMarksInTwentyThreeKeys(t *testing.T) {
	s, j := atToday(t)
	// One pupil has left: 23 take marks. Start at the top of the column.
	keys := strings.Repeat("54321", 5)[:23]
	s.write(keys)
	cells := s.cells(today)
	k := 0
	for i, name := range pupils7() {
		if strings.HasPrefix(name, "Мороз") {
			if c, ok := cells[pupilID(i)]; ok && c.Mark != 0 {
				t.Errorf("%s has left and has a %d", name, c.Mark)
			}
			continue
		}
		if want, got := int(keys[k]-'0'), cells[pupilID(i)].Mark; got != want {
			t.Errorf("%s has a %d; want %d", name, got, want)
		}
		k++
	}
	if row, col := j.Cursor(); row != 23 || col != j.Today() {
		t.Errorf("the cursor ends at %d, %d; want the last pupil of today's column", row, col)
	}
	// Two of the values typed stand there already: an
	// equal value is no commit.
	if own := s.own(); own != 21 {
		t.Errorf("%d commits; want one for each of the 21 values that are new", own)
	}
	if s.shell.Cards() != 0 {
		t.Error("a card came up while typing")
	}
}

// Type what the key map asks for and look at what stands in the database.
func TestAlphabet(t *testing.T) {
	for name, tt := range map[string]struct {
		do   func(*stand)
		want []string // from the first pupil down
	}{
		"the whole alphabet": {func(s *stand) {
			s.write("5н4нпопосубн")
			s.press(fyne.KeyReturn)
		}, []string{"5", "н", "4", "нп", "оп 5", "осв", "уп", "б", "н"}},
		"the latin layout": {func(s *stand) { s.write("yjg") }, []string{"н", "оп 4"}},
		"a mark beside a late arrival": {func(s *stand) {
			s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
			s.write("4")
		}, []string{"", "4", "н", "", "5", "оп 4"}},
		"two marks": {func(s *stand) { s.write("5/4") }, []string{"5/4", "4"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, j := atToday(t)
			tt.do(s)
			cells := s.cells(today)
			for i, want := range tt.want {
				if got := cells[pupilID(i)].Entry().String(); got != want {
					t.Errorf("%s has %q on disk; want %q", pupils7()[i], got, want)
				}
				if got := j.Shown(i, j.Today()); got != want {
					t.Errorf("%s shows %q; want %q", pupils7()[i], got, want)
				}
			}
		})
	}
}

func TestRefusedKeyKeepsTheValueAndSaysWhy(t *testing.T) {
	s, j := atToday(t)
	s.press(fyne.KeyDown)
	for _, key := range []string{"6", "0", "ж"} {
		s.write(key)
		if got := s.cells(today)[pupilID(1)].Mark; got != 4 {
			t.Errorf("after %q the mark is %d; want 4", key, got)
		}
		if got := s.shell.Sentence(); !strings.Contains(got, "1–5") {
			t.Errorf("after %q the bar says %q; want what can be entered", key, got)
		}
		if row, _ := j.Cursor(); row != 1 || s.shell.Cards() != 0 {
			t.Errorf("after %q the cursor is in row %d with %d cards", key, row, s.shell.Cards())
		}
	}
	s.press(fyne.KeyUp)
	if got := s.shell.Sentence(); got != "" {
		t.Errorf("the bar still says %q after moving on", got)
	}
	if own := s.own(); own != 0 {
		t.Errorf("%d commits; want none", own)
	}
}

func TestF2AndEscChangeNothing(t *testing.T) {
	s, _ := atToday(t)
	s.press(fyne.KeyDown, fyne.KeyF2)
	s.write("2")
	s.press(fyne.KeyEscape)
	if got := s.cells(today)[pupilID(1)].Mark; got != 4 || s.own() != 0 {
		t.Errorf("mark %d, %d commits; want 4 and none", got, s.own())
	}
	s.press(fyne.KeyF2, fyne.KeyBackspace)
	s.write("5")
	s.press(fyne.KeyReturn)
	if got := s.cells(today)[pupilID(1)].Mark; got != 5 {
		t.Errorf("mark %d; want 5", got)
	}
}

func TestFillDownFillsEmptyCellsOnly(t *testing.T) {
	s, _ := atToday(t)
	s.write("3")
	s.press(fyne.KeyUp)
	s.shortcut(ctrl(fyne.KeyD))
	cells := s.cells(today)
	for i, want := range []string{"3", "4", "н", "3", "5", "оп", "3", "3"} {
		if got := cells[pupilID(i)].Entry().String(); got != want {
			t.Errorf("%s has %q; want %q", pupils7()[i], got, want)
		}
	}
	if own := s.own(); own != 2 {
		t.Errorf("%d commits; want one typed and one filled", own)
	}
	s.shortcut(&fyne.ShortcutUndo{})
	if got := s.cells(today)[pupilID(3)].Mark; got != 0 {
		t.Errorf("after one undo %s still has a %d", pupils7()[3], got)
	}
}

func TestUndoSurvivesARestart(t *testing.T) {
	s, _ := atToday(t)
	s.write("55")
	if err := s.book.Close(); err != nil {
		t.Fatal(err)
	}
	s.open(1366, 698)
	s.as("Ков")
	s.press(fyne.KeyReturn)
	j := s.shell.Journal()
	s.shortcut(&fyne.ShortcutUndo{})
	if row, _ := j.Cursor(); row != 1 {
		t.Errorf("undo leads to row %d; want 1", row)
	}
	s.shortcut(&fyne.ShortcutUndo{})
	cells := s.cells(today)
	if a, b := cells[pupilID(0)].Mark, cells[pupilID(1)].Mark; a != 0 || b != 4 {
		t.Errorf("after two undos the marks are %d and %d; want none and 4", a, b)
	}
	s.shortcut(&fyne.ShortcutRedo{})
	if got := s.cells(today)[pupilID(0)].Mark; got != 5 {
		t.Errorf("after redo the mark is %d; want 5", got)
	}
}

func TestLessonOnOneScreen(t *testing.T) {
	s, _ := atToday(t)
	s.press(fyne.KeyF5)
	s.write("Одночлен и его стандартный вид")
	s.press(fyne.KeyReturn)
	s.write("п. 19, № 458")
	s.press(fyne.KeyF7) // everybody else is there
	s.write("5")        // the keys are back in the grid
	lessons, err := s.book.Lessons(t.Context(), year, maths7, today, today)
	if err != nil || len(lessons) != 1 {
		t.Fatalf("%d lessons, %v", len(lessons), err)
	}
	if l := lessons[0]; l.Topic != "Одночлен и его стандартный вид" || l.Homework != "п. 19, № 458" || !l.Present {
		t.Errorf("the lesson is %+v", l)
	}
	if got := s.cells(today)[pupilID(0)].Mark; got != 5 {
		t.Errorf("mark %d; want 5", got)
	}
}

func TestDeputyLooksAndCannotWrite(t *testing.T) {
	s := light(t)
	s.as("Дья")
	s.shell.Go(screens.Place{Page: maths7})
	s.settle()
	s.write("5")
	if got := s.shell.Sentence(); !strings.Contains(got, "Вы смотрите журнал") {
		t.Errorf("the bar says %q", got)
	}
	if s.own() != 0 || s.shell.Cards() != 0 {
		t.Errorf("%d commits, %d cards; want none", s.own(), s.shell.Cards())
	}
}

func TestClosedTermSaysWhy(t *testing.T) {
	s, _ := atToday(t)
	s.shell.Go(screens.Place{Page: maths7, Date: journal.MakeDate(2026, 10, 30)})
	s.settle()
	s.write("5")
	if got := s.shell.Sentence(); !strings.Contains(got, "закрыта") {
		t.Errorf("the bar says %q; want that the term is closed", got)
	}
	if s.own() != 0 {
		t.Errorf("%d commits; want none", s.own())
	}
}

func TestFillOverMarksAsksFirst(t *testing.T) {
	over := &desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}
	s, _ := atToday(t)
	s.write("3")
	s.press(fyne.KeyUp)
	s.shortcut(over)
	if s.shell.Cards() != 1 || s.own() != 1 {
		t.Fatalf("%d cards, %d commits; want a question first", s.shell.Cards(), s.own())
	}
	s.press(fyne.KeyEscape)
	if got := s.cells(today)[pupilID(1)].Mark; got != 4 {
		t.Errorf("after Esc the mark is %d; want 4", got)
	}
	s.shortcut(over)
	s.press(fyne.KeyReturn)
	if got := s.cells(today)[pupilID(1)].Mark; got != 3 {
		t.Errorf("after Enter the mark is %d; want 3", got)
	}
}

func TestFindPupilInEitherLayout(t *testing.T) {
	s, j := atToday(t)
	s.shortcut(ctrl(fyne.KeyF))
	s.write("rk.x") // Ключ, typed under the Latin layout
	if row, _ := j.Cursor(); pupils7()[row] != "Ключевой Егор" {
		t.Errorf("the cursor is at %s; want Ключевой Егор", pupils7()[row])
	}
	s.press(fyne.KeyEscape)
	s.write("5")
	if got := s.cells(today)[pupilID(12)].Mark; got != 5 {
		t.Errorf("the mark is %d; want 5: the keys go back to the grid", got)
	}
}

func TestAnotherPageByTyping(t *testing.T) {
	s, _ := atToday(t)
	s.press(fyne.KeyF10)
	s.write("9 мат")
	s.press(fyne.KeyReturn)
	if words := s.words(); s.shell.Cards() != 0 || !strings.Contains(words, "А. С. Ковальчук · 21 ученик") {
		t.Errorf("the page of class 9 is not shown:\n%s", words)
	}
}
