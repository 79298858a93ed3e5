package screens_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens"
	"uchitelskaya/app/screens/theme"
)

// a stick whose answers a test sets.
type stick struct {
	dir     string // asked for
	written screens.Written
	brought screens.Brought
	err     error
	during  func(context.Context)
}

func (s *stick) Write(ctx context.Context, dir string) (screens.Written, error) {
	s.work(ctx, dir)
	return s.written, s.err
}

func (s *stick) Read(ctx context.Context, dir string) (screens.Brought, error) {
	s.work(ctx, dir)
	return s.brought, s.err
}

func (s *stick) work(ctx context.Context, dir string) {
	s.dir = dir
	if s.during != nil {
		s.during(ctx)
	}
}

// toStick goes to «Ждут отправки» and chooses a folder by the keys alone.
func (s *stand) toStick(button, here string) (dir string) {
	s.t.Helper()
	s.as("Ков")
	s.press(fyne.KeyReturn)
	s.write("55")
	s.shell.OpenWaiting()
	s.settle()
	s.tabTo(button)
	s.press(fyne.KeyReturn)
	dir = s.t.TempDir()
	s.chooseIn(dir)
	s.tabTo(here)
	s.press(fyne.KeyReturn)
	return dir
}

func TestStick(t *testing.T) {
	const give, take = "Записать на флешку…", "Загрузить с флешки…"
	for name, tt := range map[string]struct {
		button string
		stick  stick
		want   []string
		not    string
	}{
		"what waits is written": {
			give,
			stick{written: screens.Written{Files: []string{filepath.Join("x", "Учительская в школу.parcel")}, Entries: 3}},
			[]string{"Файл для школы записан", "Записей для школы: 3.", "Файл: Учительская в школу.parcel", "Отнесите флешку администратору."},
			"не записан",
		},
		"the stick is full": {
			give,
			stick{err: fault.New(fault.ReadOnly, "На флешку записать не удалось.")},
			[]string{"Файл для школы не записан", "На флешку записать не удалось."},
			"Отнесите",
		},
		"the first of two files has room": {
			give,
			stick{written: screens.Written{Files: []string{"а"}, Entries: 900}, err: fault.New(fault.ReadOnly, "На флешку записать не удалось.")},
			[]string{"Записано не всё", "На флешку записать не удалось.", "Записей для школы: 900."},
			"записан\n",
		},
		"an answer is taken": {
			take,
			stick{brought: screens.Brought{Files: 1, Accepted: 3, News: 41}},
			[]string{"Ответ школы загружен", "Принято в школе: 3. Новых записей из школы: 41."},
			"завуча",
		},
		"an answer with everything in it": {
			take,
			stick{brought: screens.Brought{Files: 2, Requested: 1, Refused: 2, Restored: true}},
			[]string{"Ответ школы загружен", "Ждут завуча: 1.", "Не приняты школой: 2. Они хранятся в «Отклонённых».", "восстановили из копии"},
			"не всё",
		},
		"there is no answer": {
			take,
			stick{err: fault.New(fault.NotFound, "Здесь нет файлов из школы для этого компьютера.")},
			[]string{"Ничего не загружено", "Здесь нет файлов из школы"},
			"Принято",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := light(t)
			s.shell.Stick = &tt.stick
			dir := s.toStick(tt.button, map[string]string{give: "Записать сюда", take: "Загрузить отсюда"}[tt.button])
			got := s.shell.CardText()
			if tt.stick.dir != dir || s.shell.Cards() != 1 {
				t.Fatalf("asked for %q, want %q; %d cards", tt.stick.dir, dir, s.shell.Cards())
			}
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("the card does not say %q:\n%s", want, got)
				}
			}
			if strings.Contains(got, tt.not) {
				t.Errorf("the card says %q:\n%s", tt.not, got)
			}
			s.press(fyne.KeyEscape)
			if s.shell.Cards() != 0 || s.shell.Showing() != "waiting" {
				t.Errorf("after Esc %d cards over %q", s.shell.Cards(), s.shell.Showing())
			}
		})
	}
}

// Locking in the middle stops the work, and nobody else is told of it.
func TestLockStopsTheStick(t *testing.T) {
	s := light(t)
	var ended error
	s.shell.Stick = &stick{during: func(ctx context.Context) {
		if got := s.shell.CardText(); !strings.Contains(got, "Не вынимайте флешку.") {
			t.Errorf("meanwhile the card says:\n%s", got)
		}
		s.shell.Lock()
		ended = ctx.Err()
	}}
	s.toStick("Записать на флешку…", "Записать сюда")
	if ended == nil || s.shell.Cards() != 0 {
		t.Errorf("after locking: %v, %d cards", ended, s.shell.Cards())
	}
}

// Without a way to a stick nothing is offered.
func TestNoStick(t *testing.T) {
	s := light(t)
	s.as("Ков")
	s.shell.OpenWaiting()
	s.settle()
	if words := s.words(); strings.Contains(words, "флешк") {
		t.Errorf("the window says %q", words)
	}
}

// The pictures of the stick.
func TestStickPictures(t *testing.T) {
	lightLook, contrast := theme.New(theme.Light, 1), theme.New(theme.Contrast, 1)
	on := func(button, here string, k *stick) func(*stand) {
		return func(s *stand) {
			s.shell.Stick = k
			s.toStick(button, here)
		}
	}
	given := &stick{written: screens.Written{Files: []string{"Учительская, у окна 2026-11-23 10-34-05 в школу.parcel"}, Entries: 2}}
	brought := &stick{brought: screens.Brought{Files: 1, Accepted: 12, News: 418, Refused: 1}, err: fault.New(fault.Gap, "В этом файле не хватает более раннего. Загрузите предыдущий файл «из школы» или запишите для школы новый.")}
	pictures(t, map[string]picture{
		"stick": {lightLook, 1366, 698, func(s *stand) {
			s.shell.Stick = given
			waitingPicture(s)
		}},
		"stick-given":            {lightLook, 1366, 698, on("Записать на флешку…", "Записать сюда", given)},
		"stick-given-narrow":     {contrast, 1024, 540, on("Записать на флешку…", "Записать сюда", given)},
		"stick-brought":          {lightLook, 1366, 698, on("Загрузить с флешки…", "Загрузить отсюда", brought)},
		"stick-brought-contrast": {contrast, 1366, 698, on("Загрузить с флешки…", "Загрузить отсюда", brought)},
	})
}
