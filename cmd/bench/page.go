package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// The page that is opened: as many pupils as the largest classes have, and a
// quarter of a subject taught every day. The year before the present one, so
// that the quarter is full.
const (
	pagePupils  = 35
	pageLessons = 60
	pageYear    = journal.Volume(2025)
	pageTerm    = 3 // the longest
	opens       = 100
)

// measurePage opens one page of the city school again and again, another page
// between, so that the database's cache does not hold that page alone.
func measurePage(ctx context.Context, say func(line)) error {
	c, err := city(ctx)
	if err != nil {
		return err
	}
	defer c.done()
	if c.made > 0 {
		say(line{Name: "page.city.made", Value: c.made.Seconds(), Unit: "s", N: 1, Note: "filling the city journal, then kept in the user's cache folder"})
	}
	say(line{Name: "page.city.size", Value: mib(c.bytes()), Unit: "MiB", N: 1})
	s, err := desk.Open(ctx, c.book, c.Accounts()[0].Staff.ID, pageYear, today)
	if err != nil {
		return err
	}
	wide, err := widePage(ctx, c, s)
	if err != nil {
		return err
	}
	var opened, read times
	others := s.Roster().Pages()
	for i := range opens {
		if _, err := s.OpenPage(ctx, others[i*7%len(others)].ID, 0); err != nil {
			return err
		}
		start := time.Now()
		if _, err := s.OpenPage(ctx, wide.ID, pageTerm); err != nil {
			return err
		}
		opened = append(opened, time.Since(start))
		start = time.Now()
		if err := rawRead(ctx, c, wide); err != nil {
			return err
		}
		read = append(read, time.Since(start))
	}
	note := fmt.Sprintf("%d pupils × %d columns, %d cells written", len(wide.Rows), len(wide.Columns), written(wide))
	say(line{Name: "page.open.p50", Value: ms(opened.at(0.5)), Unit: "ms", N: opens, Bar: "<= 5", Note: note})
	say(line{Name: "page.open.p99", Value: ms(opened.at(0.99)), Unit: "ms", N: opens})
	say(line{Name: "page.read.p50", Value: ms(read.at(0.5)), Unit: "ms", N: opens, Note: "lessons, cells and results of these days from the store, nothing laid out"})
	return nil
}

// rawRead reads what a page is made of.
func rawRead(ctx context.Context, c *school, p *desk.Page) error {
	from, to := p.Columns[0].Lesson.Date, p.Term.To
	_, err1 := c.book.Lessons(ctx, pageYear, p.ID, from, to)
	_, err2 := c.book.Cells(ctx, pageYear, p.ID, from, to)
	_, err3 := c.book.TermMarks(ctx, pageYear, p.ID)
	return errors.Join(err1, err2, err3)
}

// widePage returns the page with the most marks of those with lessons enough.
// The classes of the city school are smaller than the largest ones of real
// schools: pupils of other classes join this one, each with a copy of
// somebody's marks. They stay in the journal.
func widePage(ctx context.Context, c *school, s *desk.Session) (*desk.Page, error) {
	var best *desk.Page
	for _, page := range s.Roster().Pages() {
		p, err := s.OpenPage(ctx, page.ID, pageTerm)
		if err != nil {
			continue // a group that has half-years
		}
		if len(p.Columns) >= pageLessons && (best == nil || written(p) > written(best)) {
			best = p
		}
	}
	if best == nil {
		return nil, fmt.Errorf("no page has %d lessons in a term", pageLessons)
	}
	lack := pagePupils - len(best.Rows)
	for i, pupil := range s.Roster().AllPupils() {
		if lack <= 0 {
			break
		}
		if len(s.Roster().MemberOf(pupil.ID)) == 0 {
			continue
		}
		if i%50 == 0 { // from all over the school
			if err := join(ctx, c, best, best.Rows[lack%len(best.Rows)], pupil.ID); err != nil {
				return nil, err
			}
			lack--
		}
	}
	return s.OpenPage(ctx, best.ID, pageTerm)
}

// join puts a pupil into the group of a page, with the cells of another.
func join(ctx context.Context, c *school, p *desk.Page, like desk.Row, pupil journal.PupilID) error {
	since, _ := journal.YearBounds(pageYear)
	changes := []commit.Change{commit.Set(journal.KindMember, journal.IDKey(p.Group.ID).ID(pupil).Date(since), journal.MemberNote, journal.TextValue("bench"))}
	set := func(cell journal.Cell, f journal.FieldNo, v journal.Value, there bool) {
		if there {
			key := journal.CellKey(cell.Page, cell.Date, cell.Number, pupil)
			changes = append(changes, commit.Set(journal.KindCell, key, f, v))
		}
	}
	for _, cell := range like.Cells {
		set(cell, journal.CellMark, journal.IntValue(int64(cell.Mark)), cell.Mark != 0)
		set(cell, journal.CellAbsence, journal.TextValue(cell.Absence), cell.Absence != "")
		set(cell, journal.CellReason, journal.TextValue(cell.Reason), cell.Reason != "")
	}
	_, err := c.book.Append(ctx, commit.Draft{Volume: pageYear, Author: c.Accounts()[0].Staff.ID, Entered: today(), Changes: changes})
	return err
}

// written counts the cells of a page in which something stands.
func written(p *desk.Page) (n int) {
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Mark != 0 || c.Absence != "" {
				n++
			}
		}
	}
	return n
}
