package main

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/sync/commit"
)

// request shows how a teacher asks to correct marks where the term is closed,
// still without the server, and what waits to be sent.
func (g *guide) request() error {
	left, err := g.closedBefore()
	if err != nil {
		return err
	}
	g.key(fyne.KeyEscape, fyne.KeyF4) // to today's lesson
	for range left {
		g.key(fyne.KeyLeft)
	}
	for _, reason := range []string{"Пересдача после болезни", "Проверены тетради"} {
		g.key(fyne.KeyUp)
		g.write("5")
		g.sleep(300 * time.Millisecond)
		g.write(reason)
		if err := g.shotOnce("request"); err != nil {
			return err
		}
		g.key(fyne.KeyReturn)
		g.sleep(300 * time.Millisecond)
	}
	g.key(fyne.KeyF9, fyne.KeyF9)
	if err := g.shot("waiting"); err != nil {
		return err
	}
	g.key(fyne.KeyF3)
	g.sleep(time.Second)
	return nil
}

// closedBefore is how many columns before today's lesson the latest of a closed
// term lies on the teacher's page.
func (g *guide) closedBefore() (int, error) {
	session, err := desk.Open(g.ctx, g.pc.book, g.who.ID, g.pc.year(), g.pc.now)
	if err != nil {
		return 0, err
	}
	page, err := session.OpenPage(g.ctx, g.page, 0)
	if err != nil {
		return 0, err
	}
	at := -1
	for i, c := range page.Columns {
		if c.IsLesson() && c.Lesson.Date == today(g.pc) {
			at = i
		}
	}
	for i := at - 1; i >= 0; i-- {
		if c := page.Columns[i]; c.IsLesson() && c.Closed {
			return at - i, nil
		}
	}
	return 0, errors.New("no lesson of a closed term is on the page of the tour")
}

// requests shows how the deputy grants the first request and rejects the next.
func (g *guide) requests() error {
	g.key(fyne.KeyF9, fyne.KeyF9)
	g.sleep(500 * time.Millisecond)
	if err := g.shot("requests"); err != nil {
		return err
	}
	g.key(fyne.KeyReturn)
	if err := g.shot("request-card"); err != nil {
		return err
	}
	g.key(fyne.KeyReturn)
	g.sleep(500 * time.Millisecond)
	g.key(fyne.KeyDelete)
	g.write("Покажите мне работу ученика.")
	g.key(fyne.KeyReturn)
	decided := func() bool {
		n, err := g.pc.book.Count(g.ctx)
		return err == nil && n == commit.Counts{Refused: 1}
	}
	return g.until("one request is granted and one rejected", decided)
}

// answered shows the teacher what became of her requests.
func (g *guide) answered() error {
	if err := g.signIn(g.who); err != nil {
		return err
	}
	g.key(fyne.KeyF1, fyne.KeyF9, fyne.KeyF9, fyne.KeyF9)
	return g.shot("refused")
}
