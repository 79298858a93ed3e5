package screens_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens"
	"uchitelskaya/app/screens/theme"
)

// words are all texts that can be seen now.
func (s *stand) words() string {
	var all []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *canvas.Text:
			all = append(all, o.Text)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range renderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(s.win.Canvas().Content())
	for _, o := range s.win.Canvas().Overlays().List() {
		walk(o)
	}
	return strings.Join(all, "\n")
}

func TestSignIn(t *testing.T) {
	t.Run("letters choose a person, Enter asks for the password", func(t *testing.T) {
		s := light(t)
		s.write("Сав")
		s.press(fyne.KeyReturn)
		s.write("пароль")
		s.press(fyne.KeyReturn)
		if got := s.shell.Session(); got == nil || got.Who() != savchenko {
			t.Error("Савченко is not in")
		}
	})
	t.Run("the layout of the keyboard does not matter", func(t *testing.T) {
		s := light(t)
		s.write("lm")
		s.press(fyne.KeyReturn)
		s.write("пароль")
		s.press(fyne.KeyReturn)
		if got := s.shell.Session(); got == nil || got.Who() != dyachenko {
			t.Error("Дьяченко is not in")
		}
	})
	t.Run("a wrong password is told in place", func(t *testing.T) {
		s := light(t)
		s.press(fyne.KeyReturn)
		s.write("нет")
		s.press(fyne.KeyReturn)
		if s.shell.Session() != nil || !strings.Contains(s.words(), "Имя или пароль не подходят") || s.shell.Cards() != 0 {
			t.Errorf("the window says %q", s.words())
		}
	})
	t.Run("a one-time password is changed first", func(t *testing.T) {
		s := light(t)
		s.press(fyne.KeyReturn)
		s.write("разовый")
		s.press(fyne.KeyReturn)
		s.write("семь слонов")
		s.press(fyne.KeyReturn)
		s.write("семь слона")
		s.press(fyne.KeyReturn)
		if !strings.Contains(s.words(), "Пароли не совпадают") {
			t.Error("different passwords were not told")
		}
		s.press(fyne.KeyBackspace)
		s.write("ов")
		s.press(fyne.KeyReturn)
		if s.shell.Session() == nil {
			t.Errorf("not in: %q", s.words())
		}
	})
	t.Run("a new PC asks for its code", func(t *testing.T) {
		s := light(t)
		s.door.strange = true
		s.shell.Start()
		s.write("1")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		if !strings.Contains(s.words(), "Такого кода нет") {
			t.Errorf("the window says %q", s.words())
		}
	})
}

func TestNothingOfPupilsStaysInSight(t *testing.T) {
	for name, leave := range map[string]func(*stand){
		"locking":  func(s *stand) { s.shell.Lock() },
		"Выйти":    func(s *stand) { s.shell.SignOut() },
		"idleness": func(s *stand) { s.now = s.now.Add(11 * time.Minute); s.after[len(s.after)-1]() },
	} {
		t.Run(name, func(t *testing.T) {
			s, j := atToday(t)
			s.shortcut(&fyne.ShortcutUndo{})
			j.History()
			leave(s)
			s.settle()
			words := s.words()
			for _, pupil := range pupils7() {
				if surname, _, _ := strings.Cut(pupil, " "); strings.Contains(words, surname) {
					t.Errorf("%s is still in sight", surname)
				}
			}
			if s.shell.Session() != nil || s.shell.Cards() != 0 {
				t.Error("the session is still there")
			}
			if s.door.out != 1 {
				t.Errorf("the door heard of %d leaving", s.door.out)
			}
		})
	}
}

func TestTouchPutsTheLockOff(t *testing.T) {
	s, _ := atToday(t)
	s.now = s.now.Add(9 * time.Minute)
	s.write("5")
	s.now = s.now.Add(9 * time.Minute)
	s.after[len(s.after)-1]()
	if s.shell.Session() == nil {
		t.Error("locked 9 minutes after a key")
	}
}

func TestLockKeepsThePersonsPlace(t *testing.T) {
	s, j := atToday(t)
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	row, col := j.Cursor()
	s.shell.Lock()
	s.as("Сав")
	if got := s.shell.Showing(); got != "today" {
		t.Errorf("the other person sees %q; want today", got)
	}
	s.shell.Lock()
	s.as("Ков")
	if r, c := s.shell.Journal().Cursor(); s.shell.Showing() != "journal" || r != row || c != col {
		t.Errorf("back at %s %d, %d; want journal %d, %d", s.shell.Showing(), r, c, row, col)
	}
}

func TestPillIsHonest(t *testing.T) {
	s, _ := atToday(t)
	s.write("55")
	if got, want := s.shell.Pill(), "Сохранено на этом компьютере · 2 ждут отправки"; got != want {
		t.Errorf("offline the pill says %q; want %q", got, want)
	}
	s.line.set(screens.LineState{Sending: true})
	if got, want := s.shell.Pill(), "Отправляется: 2…"; got != want {
		t.Errorf("sending the pill says %q; want %q", got, want)
	}
	s.line.set(screens.LineState{Broken: "На диске кончилось место."})
	if got, want := s.shell.Pill(), "Этот компьютер не может сохранять"; got != want {
		t.Errorf("with a full disk the pill says %q; want %q", got, want)
	}
	s.shortcut(&fyne.ShortcutUndo{})
	s.line.set(screens.LineState{})
	if got, want := s.shell.Pill(), "Сохранено на этом компьютере · 3 ждут отправки"; got != want {
		t.Errorf("after an undo the pill says %q; want %q", got, want)
	}
}

func TestFirstLoadIsTold(t *testing.T) {
	s := light(t)
	s.line.set(screens.LineState{Sending: true, Load: screens.Load{Here: 12400, There: 99856}})
	want := "Загружено 12\u00a0400 из 99\u00a0856 записей"
	s.says("sign-in", want+". Остальное загрузится, когда школьный сервер ответит.")
	s.door.answers = true
	s.line.set(s.line.state)
	if words := s.words(); !strings.Contains(words, want) || strings.Contains(words, "Остальное") {
		t.Errorf("sign-in says %q", words)
	}
	s.as("Ков")
	if got := s.shell.Pill(); got != want {
		t.Errorf("the pill says %q; want %q", got, want)
	}
	s.line.set(screens.LineState{Sent: noon})
	if got, want := s.shell.Pill(), "Всё передано в школу 10:34"; got != want {
		t.Errorf("afterwards the pill says %q; want %q", got, want)
	}
}

func TestDecideInTheCard(t *testing.T) {
	day := journal.MakeDate(2026, 11, 19)
	for name, tt := range map[string]struct {
		key  fyne.KeyName
		want string
	}{
		"mine":     {fyne.KeyF2, "4"},
		"theirs":   {fyne.KeyF3, "5"},
		"both":     {fyne.KeyF4, "4/5"},
		"by Enter": {fyne.KeyReturn, "4"},
	} {
		t.Run(name, func(t *testing.T) {
			s := light(t)
			conflictStands(s)
			if got, want := s.shell.Pill(), "Нужно ваше решение: 1"; got != want {
				t.Errorf("the pill says %q; want %q", got, want)
			}
			s.press(fyne.KeyF2)
			words := s.words()
			for _, want := range []string{"А. С. Ковальчук", "И. П. Савченко", "19 ноября, 15:20", "19 ноября, 10:58", "учительская, у окна", "кабинет 12"} {
				if !strings.Contains(words, want) {
					t.Errorf("the card does not say %q", want)
				}
			}
			s.press(tt.key)
			if s.shell.Cards() != 0 {
				t.Fatal("the card is still there")
			}
			c := s.cells(day)[pupilID(17)]
			if got := c.Entry().String(); got != tt.want || c.State&journal.Rivals != 0 {
				t.Errorf("the cell holds %q, state %d; want %q", got, c.State, tt.want)
			}
			s.shell.Journal().History()
			if words := s.words(); !strings.Contains(words, "И. П. Савченко") || !strings.Contains(words, "А. С. Ковальчук") {
				t.Errorf("a value is lost from the history: %q", words)
			}
		})
	}
	t.Run("later", func(t *testing.T) {
		s := light(t)
		conflictStands(s)
		s.press(fyne.KeyF2, fyne.KeyEscape)
		if c := s.cells(day)[pupilID(17)]; c.State&journal.Rivals == 0 || s.shell.Cards() != 0 {
			t.Error("Esc decided something")
		}
	})
}

func TestEveryScreenFits(t *testing.T) {
	for name, tt := range map[string]struct {
		text float32
		w, h float32
	}{
		"at 100 %":        {1, 1024, 540},
		"at the picture":  {1, 1366, 698},
		"with large text": {1.15, 1366, 698},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, theme.New(theme.Light, tt.text), tt.w, tt.h)
			fits := func(what string) {
				if m := s.win.Canvas().Content().MinSize(); m.Width > tt.w || m.Height > tt.h {
					t.Errorf("%s asks for %v; the window has %v×%v", what, m, tt.w, tt.h)
				}
			}
			fits("sign-in")
			s.as("Ром")
			for _, i := range screens.Items() {
				s.shell.Open(i.Name)
				s.settle()
				fits(i.Name)
			}
		})
	}
}

func TestSignInHearsThatTheServerIsBack(t *testing.T) {
	s := light(t)
	if !strings.Contains(s.words(), "сейчас не отвечает") {
		t.Error("the foot does not say that the server is silent")
	}
	s.press(fyne.KeyReturn)
	s.write("пар")
	s.door.answers = true
	s.line.set(screens.LineState{})
	s.write("оль")
	if !strings.Contains(s.words(), "Школьный сервер на связи.") {
		t.Errorf("the window says %q", s.words())
	}
	s.press(fyne.KeyReturn)
	if s.shell.Session() == nil {
		t.Error("the password half typed was lost")
	}
}

func TestLockWritesAnOpenNote(t *testing.T) {
	s, _ := atToday(t)
	s.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierAlt})
	s.write("Пересдать тему")
	s.shell.Lock()
	if got := s.cells(today)[pupilID(0)].Note; got != "Пересдать тему" || s.shell.Cards() != 0 {
		t.Errorf("the note is %q with %d cards", got, s.shell.Cards())
	}
}
