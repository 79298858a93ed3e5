//go:build window

package windowtest

import (
	"context"
	"os"
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/storage/local"
)

// TestARequestIsGranted: a teacher types a mark where the term is closed and says
// why; the deputy grants it on the other PC, and the mark stands on both.
func TestARequestIsGranted(t *testing.T) {
	s := newSchool(t)
	plan := s.plan()
	today := plan.largest()
	closed, left := s.closedBefore(plan, today)
	mark := 5
	if closed.cells[0].Mark == mark {
		mark = 4
	}
	s.serverOn()

	teacher := s.start("pc1", screenOf(t, 0))
	teacher.signIn(plan.who)
	teacher.openLesson(today)
	teacher.press("ctrl+Up")
	for range left {
		teacher.press("Left")
	}
	before := teacher.made()
	teacher.turn(string(rune('0' + mark)))
	teacher.shot("request")
	teacher.press("Return") // without a reason nothing is asked
	teacher.write("пересдача")
	teacher.press("Return")
	teacher.wrote(before, 1)
	until(t, "the request is at the school", patience, func() bool { return teacher.untaken() == 1 && teacher.unsent() == 0 })
	if got := teacher.cell(closed, 0); got.mark != closed.cells[0].Mark {
		t.Errorf("before anybody has decided the cell has %+v", got)
	}

	deputy := s.start("pc2", screenOf(t, 1))
	deputy.signInFirst(plan.deputy)
	until(t, "the request is on the deputy's PC", patience, func() bool { return deputy.known() >= teacher.known()-1 })
	deputy.turn("F9")
	deputy.turn("F9")
	deputy.shot("requests")
	deputy.turn("Return")
	deputy.shot("request-card")
	deputy.press("Return")
	for _, p := range []*program{teacher, deputy} {
		until(t, "the mark stands", patience, func() bool { return p.cell(closed, 0).mark == mark && p.unsent() == 0 })
	}
	until(t, "nothing of the teacher's waits", patience, func() bool { return teacher.untaken() == 0 })
	time.Sleep(500 * time.Millisecond)
	teacher.shot("granted")
	for _, p := range []*program{teacher, deputy} {
		if c := p.complaint(); c != "" {
			t.Errorf("%s complained: %s", p.dir, c)
		}
	}
}

// closedBefore is the latest lesson of a closed term on the page of a lesson, and
// how many columns it lies to the left of that.
func (s *school) closedBefore(p plan, of lesson) (l lesson, left int) {
	s.t.Helper()
	dir := s.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(s.folder("pc1"))); err != nil {
		s.t.Fatal(err)
	}
	ctx := context.Background()
	book, err := local.Open(ctx, dir, now)
	if err != nil {
		s.t.Fatal(err)
	}
	defer book.Close()
	session, err := desk.Open(ctx, book, p.who.ID, year, now)
	if err != nil {
		s.t.Fatal(err)
	}
	page, err := session.OpenPage(ctx, of.page, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	from := -1
	for col := len(page.Columns) - 1; col >= 0; col-- {
		c := page.Columns[col]
		if from < 0 && c.IsLesson() && c.Lesson.Date == of.date && c.Lesson.Number == of.number {
			from = col
		}
		if from >= 0 && c.IsLesson() && c.Closed {
			l, _ = columnOf(page, col)
			return l, from - col
		}
	}
	s.t.Fatal("no lesson of a closed term is on the page")
	return l, 0
}
