//go:build window

package windowtest

import (
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/storage/local"
)

// The server is put back from a copy while a window is open on a PC that has
// heard of more: the window's PC gives that back, though whoever wrote it is gone.
func TestTheServerIsPutBackFromACopy(t *testing.T) {
	s := newSchool(t)
	plan := s.plan()
	l := plan.largest()
	s.serverOn("-clock", clock) // nothing but the copy shall be told on the screen
	copied := s.folder("copy.db")
	s.command("uchitelskaya-server", "backup", "-data", s.folder("server"), "-to", copied)

	second := s.start("pc2", screenOf(t, 1))
	second.signInFirst(plan.who)
	first := s.start("pc1", screenOf(t, 0))
	first.signIn(plan.who)
	first.openLesson(l)
	before := first.made()
	first.press("5")
	first.wrote(before, 1)
	until(t, "the mark is on the second PC", patience, func() bool { return second.cell(l, 0).mark == 5 })
	first.kill()

	s.serverOff()
	if err := os.RemoveAll(s.folder("server")); err != nil {
		t.Fatal(err)
	}
	s.command("uchitelskaya-server", "restore", "-data", s.folder("server"), "-from", copied)
	seen := second.seen()
	s.serverOn("-clock", clock)
	second.rest(seen)
	// The first PC's disk was put back, too: it knows only what the server knows.
	for _, err := range []error{os.RemoveAll(s.folder("pc1")), os.CopyFS(s.folder("pc1"), os.DirFS(filepath.Join(schoolFolder, "pc1")))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	until(t, "the mark is at the school again", patience, func() (there bool) {
		s.command("uchitelskaya", "sync", "-data", s.folder("pc1"))
		s.on("pc1", func(book *local.Journal) {
			cells, err := book.Cells(t.Context(), year, l.page, l.date, l.date)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cells {
				there = there || c.Number == l.number && c.Pupil == l.pupils[0] && c.Mark == 5
			}
		})
		return there
	})
	second.shot("restored")
	second.turn("F9")
	second.turn("F9") // «Отправка»
	second.shot("restored-read")
	if c := second.complaint(); c != "" {
		t.Errorf("the program complained: %s", c)
	}
}
