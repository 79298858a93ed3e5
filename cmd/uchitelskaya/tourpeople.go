package main

import (
	"errors"
	"path/filepath"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
)

// busiest returns who has signed in on this PC and now gives the lesson with the
// most pupils, and that lesson.
func (g *guide) busiest() (who journal.Staff, lesson journal.Planned, err error) {
	people, err := g.pc.client.People(g.ctx)
	if err != nil {
		return who, lesson, err
	}
	most := 0
	for _, p := range people {
		session, err := desk.Open(g.ctx, g.pc.book, p.Staff, g.pc.year(), g.pc.now)
		if err != nil {
			return who, lesson, err
		}
		day, err := session.Day(g.ctx, session.Today())
		if err != nil {
			return who, lesson, err
		}
		for _, l := range day {
			if l.Running && l.Pupils > most && !l.Subject.Unmarked && l.Group.Grade > 1 {
				most, who, lesson = l.Pupils, session.Person(), l.Planned
			}
		}
	}
	if most == 0 {
		return who, lesson, errors.New("nobody on this PC gives a lesson at the time of the tour")
	}
	return who, lesson, nil
}

// apart lets the same teacher write another mark into the same cell on the
// second PC, which does not see the first.
func (g *guide) apart() error {
	return headlessAt(g.ctx, filepath.Join(g.demo, "pc2"), g.pc.now, func(p *pc) error {
		r, err := p.book.Roster(g.ctx, p.year())
		if err != nil {
			return err
		}
		who, ok := r.TeacherOn(g.page, today(p))
		if !ok {
			return errors.New("the page of the tour has no teacher")
		}
		session, err := desk.Open(g.ctx, p.book, who.ID, p.year(), p.now)
		if err != nil {
			return err
		}
		page, err := session.OpenPage(g.ctx, g.page, 0)
		if err != nil {
			return err
		}
		for i, c := range page.Columns {
			if c.IsLesson() && c.Lesson.Date == today(p) {
				seen := page.Rows[0].Cells[i]
				want := seen
				want.Mark = 3
				if _, err := session.PutCells(g.ctx, desk.CellEdit{Seen: seen, Want: want}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
