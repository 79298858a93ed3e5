package screens_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// villageDir is where it lies, once it was asked for.
var villageDir string

// village is a demo school written into a journal once for all tests.
var village = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "village"); err != nil {
		return "", err
	}
	villageDir = dir
	s := demo.Village(1, demo.Today)
	j, err := local.Open(context.Background(), dir, time.Now)
	if err != nil {
		return "", err
	}
	id := commit.Identity{School: s.ID(), Device: here, Name: "учительская", Key: ed25519.NewKeyFromSeed(make([]byte, 32)), Server: "school:8443"}
	if err := j.Enrol(context.Background(), id); err != nil {
		return "", err
	}
	if err := demo.Load(context.Background(), j, s.Drafts()); err != nil {
		return "", err
	}
	return dir, j.Close()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if villageDir != "" {
		os.RemoveAll(villageDir)
	}
	os.Exit(code)
}

// inVillage opens the window over a copy of the demo school for the first of
// its staff who is asked for.
func inVillage(t *testing.T, w, h float32, who func(*journal.Roster, journal.Staff) bool) *stand {
	t.Helper()
	dir, err := village()
	if err != nil {
		t.Fatal(err)
	}
	s := &stand{t: t, dir: t.TempDir(), now: time.Date(2026, 11, 23, 12, 5, 0, 0, zone), line: &line{}}
	if err := os.CopyFS(s.dir, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	app := test.NewApp()
	t.Cleanup(func() { test.NewApp() })
	theme.Use(app, theme.New(theme.Light, 1))
	now := func() time.Time { return s.now }
	if s.book, err = local.Open(t.Context(), s.dir, now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.book.Close() })
	r, err := s.book.Roster(t.Context(), year)
	if err != nil {
		t.Fatal(err)
	}
	door := &villageDoor{door: door{stand: s}}
	for _, p := range r.AllStaff() {
		if who(r, p) {
			door.who = p
			break
		}
	}
	s.window(door, w, h)
	return s
}

// window opens the window and lets the door's one person in.
func (s *stand) window(door *villageDoor, w, h float32) {
	s.t.Helper()
	now := func() time.Time { return s.now }
	s.win = test.NewWindow(nil)
	s.win.SetPadded(false)
	s.win.Resize(fyne.NewSize(w, h))
	s.shell = screens.NewShell(s.win, screens.Options{
		Door: door, Line: s.line, Now: now, Items: screens.Items(), After: func(time.Duration, func()) func() { return func() {} },
	})
	s.shell.Start()
	s.press(fyne.KeyReturn)
	s.write("пароль")
	s.press(fyne.KeyReturn)
	if s.shell.Showing() == "" {
		s.t.Fatalf("%s is not in", door.who.Last)
	}
}

// A villageDoor lets one person in.
type villageDoor struct {
	door
	who journal.Staff
}

func (d *villageDoor) People() []screens.Tile {
	return []screens.Tile{{Name: "имя", Last: d.who.Last, First: d.who.First, Middle: d.who.Middle, What: d.who.Position}}
}

func (d *villageDoor) SignIn(ctx context.Context, _, _ string) (*desk.Session, error) {
	return desk.Open(ctx, d.stand.book, d.who.ID, year, func() time.Time { return d.stand.now })
}

// pdfs are the names of the files of a folder.
func pdfs(t *testing.T, dir string) (names []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		names = append(names, filepath.Base(f))
	}
	return names
}

func deputy(r *journal.Roster, p journal.Staff) bool {
	return r.HasRole(p.ID, journal.DateOf(noon), journal.RoleDeputy)
}

// tabTo goes to a button with Tab.
func (s *stand) tabTo(text string) {
	s.t.Helper()
	for range 60 {
		s.win.Canvas().FocusNext()
		if b, ok := s.win.Canvas().Focused().(*widgets.Button); ok && b.Text == text {
			return
		}
	}
	s.t.Fatalf("Tab leads to no button «%s»", text)
}
