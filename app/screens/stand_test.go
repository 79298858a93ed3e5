package screens_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/storage/local"
)

// A stand is the whole window over a real journal of this PC.
type stand struct {
	t     testing.TB
	dir   string
	book  *local.Journal
	setup *setup
	now   time.Time
	line  *line
	door  *door
	win   fyne.Window
	shell *screens.Shell
	after []func() // idle timers set
}

// newStand opens the window in a look and size.
func newStand(t testing.TB, look *theme.Theme, w, h float32) *stand {
	t.Helper()
	s := &stand{t: t, dir: t.TempDir(), now: noon, line: &line{}}
	app := test.NewApp()
	t.Cleanup(func() { theme.Use(app, theme.New(theme.Light, 1)); test.NewApp() })
	theme.Use(app, look)
	s.open(w, h)
	return s
}

func (s *stand) open(w, h float32) {
	s.book, s.setup = openSchool(s.t, s.dir, func() time.Time { return s.now })
	s.door = &door{stand: s}
	s.win = test.NewWindow(nil)
	s.win.SetPadded(false)
	s.win.Resize(fyne.NewSize(w, h))
	s.shell = screens.NewShell(s.win, screens.Options{
		Door: s.door, Line: s.line, Now: func() time.Time { return s.now }, Items: screens.Items(),
		After: func(_ time.Duration, f func()) func() { s.after = append(s.after, f); return func() {} },
	})
	s.shell.Start()
	screens.Settle()
}

// light is the window at 1366×698 in the light look.
func light(t testing.TB) *stand { return newStand(t, theme.New(theme.Light, 1), 1366, 698) }

// type_ types characters wherever the keys go.
func (s *stand) write(text string) {
	for _, r := range text {
		if f := s.win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else if on := s.win.Canvas().OnTypedRune(); on != nil {
			on(r)
		}
	}
	screens.Settle()
}

// press presses keys that are no characters.
func (s *stand) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		e := &fyne.KeyEvent{Name: k}
		if f := s.win.Canvas().Focused(); f != nil {
			f.TypedKey(e)
		} else if on := s.win.Canvas().OnTypedKey(); on != nil {
			on(e)
		}
		screens.Settle()
	}
}

// shortcut presses a key with Ctrl.
func (s *stand) shortcut(k fyne.Shortcut) {
	if f, ok := s.win.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(k)
	}
	screens.Settle()
}

// as signs a person in by the keyboard.
func (s *stand) as(surname string) {
	s.press(fyne.KeyEscape)
	s.write(surname)
	s.press(fyne.KeyReturn)
	s.write("пароль")
	s.press(fyne.KeyReturn)
	if s.shell.Showing() == "" {
		s.t.Fatalf("%s is not in", surname)
	}
}

// cells reads a column of the page from the journal on disk.
func (s *stand) cells(d journal.Date) map[journal.PupilID]journal.Cell {
	s.t.Helper()
	all, err := s.book.Cells(s.t.Context(), year, maths7, d, d)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[journal.PupilID]journal.Cell{}
	for _, c := range all {
		out[c.Pupil] = c
	}
	return out
}

// a door whose passwords are all the same.
type door struct {
	stand   *stand
	strange bool // this PC is not enrolled
	bare    bool // nothing of the school is here yet
	out     int
	answers bool

	approval string // why a code is needed
}

func (d *door) Enrolled() bool { return !d.strange }

func (d *door) Enrol(_ context.Context, code, _ string) error {
	if code != "7КМ2-99Ж4" {
		return fault.New(fault.SignIn, "Такого кода нет. Проверьте его у администратора.")
	}
	d.strange, d.approval = false, ""
	return nil
}

func (d *door) About() (school, pc string) {
	if d.strange {
		return "", ""
	}
	if d.bare {
		return "", "компьютер в учительской у окна"
	}
	return "Зареченская средняя школа", "компьютер в учительской у окна"
}

func (d *door) People() []screens.Tile {
	if d.bare {
		return nil
	}
	return []screens.Tile{
		{Name: "ковальчук", Last: "Ковальчук", First: "Анна", Middle: "Сергеевна", What: "математика", Waiting: 3},
		{Name: "савченко", Last: "Савченко", First: "Игорь", Middle: "Петрович", What: "физика, информатика"},
		{Name: "мельник", Last: "Мельник", First: "Лариса", Middle: "Викторовна", What: "русский язык, литература", Waiting: 12},
		{Name: "аблаева", Last: "Аблаева", First: "Зера", Middle: "Усеиновна", What: "начальные классы"},
		{Name: "дьяченко", Last: "Дьяченко", First: "Оксана", Middle: "Юрьевна", What: "завуч, химия"},
		{Name: "гриценко", Last: "Гриценко", First: "Пётр", Middle: "Андреевич", What: "физкультура, ОБЗР", Waiting: 1},
		{Name: "романюк", Last: "Романюк", First: "Наталья", Middle: "Олеговна", What: "история"},
		{Name: "куртиева", Last: "Куртиева", First: "Эмине", Middle: "Рустемовна", What: "группа продлённого дня", Waiting: 5},
	}
}

func (d *door) SignIn(ctx context.Context, name, password string) (*desk.Session, error) {
	who := map[string]journal.StaffID{"ковальчук": kovalchuk, "савченко": savchenko, "дьяченко": dyachenko, "романюк": romanyuk}[name]
	switch {
	case who.IsZero() || password != "пароль" && password != "разовый":
		return nil, fault.New(fault.SignIn, "Имя или пароль не подходят. Попробуйте ещё раз.")
	case password == "разовый":
		return nil, screens.ErrOneTime
	}
	return desk.Open(ctx, d.stand.book, who, year, func() time.Time { return d.stand.now })
}

func (d *door) Renew(ctx context.Context, name, _, password string) (*desk.Session, error) {
	if len([]rune(password)) < 6 {
		return nil, fault.New(fault.Invalid, "Пароль короткий: нужно не меньше 6 знаков.")
	}
	return d.SignIn(ctx, name, "пароль")
}

func (d *door) SignOut(*desk.Session) { d.out++ }

func (d *door) Server() screens.ServerState {
	return screens.ServerState{Answers: d.answers, Last: noon.AddDate(0, 0, -3), Approval: d.approval, Trouble: d.stand.line.state.Trouble, Load: d.stand.line.state.Load}
}

// a line whose state a test sets.
type line struct {
	state screens.LineState
	f     func()
	asked int
}

func (l *line) State() screens.LineState { return l.state }
func (l *line) Watch(f func()) func()    { l.f = f; return func() {} }
func (l *line) SendNow()                 { l.asked++ }

func (l *line) set(s screens.LineState) {
	l.state = s
	l.f()
	screens.Settle()
}

// ctrl is a key with Ctrl that Fyne has no name for.
func ctrl(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl}
}

func (s *stand) settle() { screens.Settle() }

// paste pastes copied text with Ctrl+V.
func (s *stand) paste(copied string) {
	c := fyne.CurrentApp().Clipboard()
	c.SetContent(copied)
	s.shortcut(&fyne.ShortcutPaste{Clipboard: c})
}

// renderer is what draws a widget.
func renderer(w fyne.Widget) fyne.WidgetRenderer { return test.WidgetRenderer(w) }
