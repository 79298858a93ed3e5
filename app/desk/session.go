package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A Session is one person at work on one school year of a PC. It may be used
// from several goroutines, if now may; acts wait for each other.
type Session struct {
	book   Book
	who    journal.StaffID
	roster *journal.Roster
	now    func() time.Time
	acting sync.Mutex // from judging an act until it is on the stacks
	undone stacks
}

// Open begins a session. now gives the wall time of the PC in the school's zone.
func Open(ctx context.Context, book Book, who journal.StaffID, year journal.Volume, now func() time.Time) (*Session, error) {
	roster, err := book.Roster(ctx, year)
	if err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	s := &Session{book: book, who: who, roster: roster, now: now}
	if err := s.recall(ctx); err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	return s, nil
}

// Roster is the living roster of the session's year.
func (s *Session) Roster() *journal.Roster { return s.roster }

// Who is the person at work.
func (s *Session) Who() journal.StaffID { return s.who }

// Person is the person at work.
func (s *Session) Person() journal.Staff { p, _ := s.roster.Staff(s.who); return p }

// Year is the school year of the session.
func (s *Session) Year() journal.Volume { return s.roster.Year() }

// volumeOf is where a kind is written: the register or the session's year.
func (s *Session) volumeOf(k journal.Kind) journal.Volume {
	if spec := journal.SpecOf(k); spec != nil && spec.InRegister() {
		return journal.Register
	}
	return s.Year()
}

// Today is the calendar day of the PC.
func (s *Session) Today() journal.Date { return journal.DateOf(s.now()) }

// Now is the wall time of the PC.
func (s *Session) Now() time.Time { return s.now() }

// Oversees reports whether the person sees all journals: deputy, director or
// administrator.
func (s *Session) Oversees() bool {
	return s.roster.HasRole(s.who, s.Today(), journal.RoleDeputy, journal.RoleDirector, journal.RoleAdministrator)
}

// Is reports whether the person has one of the roles today.
func (s *Session) Is(roles ...journal.Role) bool {
	return s.roster.HasRole(s.who, s.Today(), roles...)
}

// Pages returns the pages that the person may open: those that she teaches or
// has taught this year, those where she holds a lesson in place of another,
// those of the class that she leads, and all of them for those who oversee the
// school.
func (s *Session) Pages() []journal.Page {
	if s.Oversees() {
		return s.roster.Pages()
	}
	return slices.DeleteFunc(s.roster.Pages(), func(p journal.Page) bool { return !s.takesPart(p) })
}

func (s *Session) opens(p journal.Page) bool { return s.Oversees() || s.takesPart(p) }

// takesPart reports whether a page is the person's own in one way or another.
func (s *Session) takesPart(p journal.Page) bool {
	if s.gives(p.ID) {
		return true
	}
	class, ok := s.roster.Class(p.Group)
	return ok && slices.ContainsFunc(s.roster.ClassTeachers(class.ID), func(a journal.Assignment) bool {
		return a.Staff == s.who && a.On(s.Today())
	})
}

// gives reports whether the person gives lessons of a page this year, as its
// teacher or in place of him.
func (s *Session) gives(p journal.PageID) bool {
	return slices.ContainsFunc(s.roster.Teachers(p), func(a journal.Assignment) bool { return a.Staff == s.who }) ||
		slices.ContainsFunc(s.roster.Substituting(s.who), func(sub journal.Substitution) bool { return sub.Page == p })
}

// MayWrite says whether the person may set a field, with the sentence to show
// if not.
func (s *Session) MayWrite(c commit.Change) error {
	return s.roster.MayWrite(journal.Write{Author: s.who, Kind: c.Kind, Key: c.Key, Field: c.Field, Value: c.Value, On: s.Today()})
}

// write makes one commit of changes: all of them or none.
func (s *Session) write(ctx context.Context, reason string, changes ...commit.Change) (*commit.Commit, error) {
	made, err := s.act(ctx, commit.Draft{Volume: s.Year(), Reason: reason, Changes: changes})
	if err != nil || len(made) == 0 {
		return nil, err
	}
	return made[0], nil
}

// act writes the drafts of one act: all of them or none.
func (s *Session) act(ctx context.Context, drafts ...commit.Draft) ([]*commit.Commit, error) {
	s.acting.Lock()
	defer s.acting.Unlock()
	return s.append(ctx, s.MayWrite, drafts...)
}

// append is act for who holds s.acting; may judges each change.
func (s *Session) append(ctx context.Context, may func(commit.Change) error, drafts ...commit.Draft) ([]*commit.Commit, error) {
	now := s.now()
	for i := range drafts {
		drafts[i].Author, drafts[i].Entered = s.who, now
		for _, c := range drafts[i].Changes {
			if err := may(c); err != nil {
				return nil, err
			}
		}
	}
	made, err := s.book.AppendAll(ctx, drafts...)
	if err != nil {
		return nil, err
	}
	s.undone.push(made...)
	return made, nil
}

// Watch calls f after every change of the journal; see [Book.Watch].
func (s *Session) Watch(f func(commit.News)) (stop func()) { return s.book.Watch(f) }
