package main

import (
	"context"
	"slices"
	"strings"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens"
	"uchitelskaya/sync/client"
)

// A door lets people in: over the exchange with the server the first time, and
// from what this PC keeps of them later.
type door struct{ *pc }

var _ screens.Door = door{}

// Enrolled implements [screens.Door].
func (d door) Enrolled() bool {
	_, ok, err := d.book.Identity(context.Background())
	note("read identity", err)
	return ok
}

// Enrol implements [screens.Door]. The school's records come by themselves: the
// code is used up, however often the line breaks meanwhile.
func (d door) Enrol(ctx context.Context, code, name string) error {
	if strings.TrimSpace(name) == "" && !d.Enrolled() {
		return fault.New(fault.Invalid, "Назовите компьютер так, чтобы администратор его узнал: «Учительская, у окна».")
	}
	_, err := d.client.Enrol(ctx, code, strings.TrimSpace(name))
	return err
}

// About implements [screens.Door].
func (d door) About() (school, name string) {
	ctx := context.Background()
	id, ok, err := d.book.Identity(ctx)
	if err != nil || !ok {
		return "", ""
	}
	if r, err := d.book.Roster(ctx, d.year()); err == nil {
		school = r.School().Short
	}
	return school, id.Name
}

// People implements [screens.Door].
func (d door) People() []screens.Tile {
	ctx := context.Background()
	people, err := d.client.People(ctx)
	note("read people", err)
	r, err := d.book.Roster(ctx, d.year())
	if err != nil {
		note("read roster", err)
		return nil
	}
	waiting, err := d.book.Tally(ctx)
	note("count what waits", err)
	var out []screens.Tile
	for _, p := range people {
		s, _ := r.Staff(p.Staff)
		out = append(out, screens.Tile{Name: p.Name, Last: s.Last, First: s.First, Middle: s.Middle, What: occupation(r, s), Waiting: waiting[p.Staff].Unsent})
	}
	return out
}

// occupation is what a tile says of a person: two subjects, or the position.
func occupation(r *journal.Roster, s journal.Staff) string {
	var names []string
	for _, p := range r.Taught(s.ID) {
		subject, _ := r.Subject(p.Subject)
		if len(names) < 2 && !slices.Contains(names, subject.Name) {
			names = append(names, subject.Name)
		}
	}
	if len(names) == 0 {
		return s.Position
	}
	return strings.Join(names, ", ")
}

// SignIn implements [screens.Door].
func (d door) SignIn(ctx context.Context, name, password string) (*desk.Session, error) {
	who, err := d.client.SignIn(ctx, name, password)
	if fault.CodeOf(err) == fault.NewPassword {
		return nil, screens.ErrOneTime
	}
	return d.enter(ctx, who, err)
}

// Renew implements [screens.Door].
func (d door) Renew(ctx context.Context, name, oneTime, password string) (*desk.Session, error) {
	who, err := d.client.ChangePassword(ctx, name, oneTime, password)
	return d.enter(ctx, who, err)
}

// enter opens the session of a person who was let in. The first on a PC waits
// for the school's lists.
func (d door) enter(ctx context.Context, who client.Person, err error) (*desk.Session, error) {
	if err != nil {
		return nil, err
	}
	r, err := d.book.Roster(ctx, d.year())
	if err != nil {
		return nil, err
	}
	if _, known := r.Staff(who.Staff); !known {
		if err := d.client.Sync(ctx); err != nil {
			return nil, err
		}
	}
	return desk.Open(ctx, d.book, who.Staff, d.year(), d.now)
}

// SignOut implements [screens.Door].
func (d door) SignOut(s *desk.Session) {
	note("sign out", d.client.SignOut(context.Background(), s.Who()))
}

// Server implements [screens.Door].
func (d door) Server() screens.ServerState { return d.line.server() }
