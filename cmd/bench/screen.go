//go:build linux && cgo && !ci

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens"
)

// visits is how often each screen is opened.
const visits = 5

// A teacher's door: she is let in without asking, because what signing in costs
// is meant to be slow.
type openDoor struct {
	*school
	who journal.Staff
}

func (d openDoor) Enrolled() bool                              { return true }
func (d openDoor) Enrol(context.Context, string, string) error { return nil }
func (d openDoor) About() (string, string)                     { return d.Requisites().Short, "bench" }
func (d openDoor) SignOut(*desk.Session)                       {}
func (d openDoor) Server() screens.ServerState                 { return screens.ServerState{} }

func (d openDoor) State() screens.LineState   { return screens.LineState{} }
func (d openDoor) Watch(func()) (stop func()) { return func() {} }
func (d openDoor) SendNow()                   {}
func (d openDoor) People() []screens.Tile {
	return []screens.Tile{{Name: d.who.Last, Last: d.who.Last}}
}

func (d openDoor) Renew(ctx context.Context, _, _, _ string) (*desk.Session, error) {
	return d.SignIn(ctx, "", "")
}

func (d openDoor) SignIn(ctx context.Context, _, _ string) (*desk.Session, error) {
	return desk.Open(ctx, d.book, d.who.ID, d.Year(), today)
}

// screens opens every screen of the program over the city journal, as a teacher
// at the busiest page, and types marks into it.
func (t *typist) screens(ctx context.Context, say func(line)) error {
	c, err := city(ctx)
	if err != nil {
		return err
	}
	defer c.close()
	roster, err := c.book.Roster(ctx, c.Year())
	if err != nil {
		return err
	}
	who, page := busiest(roster)
	door := openDoor{c, who}
	var shell *screens.Shell
	fyne.DoAndWait(func() {
		shell = screens.NewShell(t.win, screens.Options{
			Door: door, Line: door, Now: today, Items: screens.Items(),
			After: func(d time.Duration, f func()) func() {
				timer := time.AfterFunc(d, func() { fyne.Do(f) })
				return func() { timer.Stop() }
			},
		})
		shell.Start()
	})
	defer fyne.DoAndWait(shell.Close)
	if err := t.enter(ctx, shell); err != nil {
		return err
	}
	at := screens.Place{Page: page.ID, Date: journal.DateOf(today())}
	ways := []way{{name: "page", open: func() { shell.Go(at) }}}
	for _, item := range screens.Items() {
		if item.For == nil || item.For(shell.Session()) {
			ways = append(ways, way{name: item.Name, open: func() { shell.Open(item.Name) }})
		}
	}
	for range visits {
		for i := range ways {
			other := ways[1] // «Сегодня» stands before, and «Решения» before that
			if i == 1 {
				other = ways[3]
			}
			fyne.DoAndWait(other.open)
			if err := t.open(ctx, &ways[i]); err != nil {
				return fmt.Errorf("open %s after %s: %w", ways[i].name, other.name, err)
			}
		}
	}
	slowest := slices.MaxFunc(ways, func(a, b way) int { return cmp.Compare(a.took.at(0.5), b.took.at(0.5)) })
	for _, w := range ways {
		say(line{Name: "screen.open." + w.name, Value: ms(w.took.at(0.5)), Unit: "ms", N: visits})
	}
	say(line{
		Name: "screen.open.max", Value: ms(slowest.took.at(0.5)), Unit: "ms", N: visits * len(ways), Bar: "<= 50",
		Note: "the slowest by its median is " + slowest.name + "; until the last painting that changed the screen; load " + loadNow(),
	})
	return t.typeInto(ctx, ways[0].open, say)
}

// enter signs the only person in.
func (t *typist) enter(ctx context.Context, shell *screens.Shell) error {
	for _, do := range []func(){t.enterKey, func() { t.focused().TypedRune('x') }, t.enterKey} {
		if err := t.rest(ctx); err != nil {
			return err
		}
		fyne.DoAndWait(do)
	}
	if err := t.rest(ctx); err != nil {
		return err
	}
	var in bool
	fyne.DoAndWait(func() { in = shell.Session() != nil })
	if !in {
		return errors.New("the teacher was not let in")
	}
	return nil
}

func (t *typist) focused() fyne.Focusable { return t.win.Canvas().Focused() }

// enterKey gives Enter to what has the focus, or to the window.
func (t *typist) enterKey() {
	e := &fyne.KeyEvent{Name: fyne.KeyReturn}
	if f := t.focused(); f != nil {
		f.TypedKey(e)
	} else if on := t.win.Canvas().OnTypedKey(); on != nil {
		on(e)
	}
}

// A way leads to a screen; took is how long it took to be shown.
type way struct {
	name string
	open func()
	took times
}

// open opens a screen once the one before rests.
func (t *typist) open(ctx context.Context, w *way) error {
	time.Sleep(time.Second)
	for len(t.painted) > 0 {
		<-t.painted
	}
	before, err := t.pixels()
	if err != nil {
		return err
	}
	var start time.Time
	fyne.DoAndWait(func() { start = time.Now(); w.open() })
	shown, err := t.settle(ctx, before, 600*time.Millisecond, nil)
	w.took = append(w.took, shown.Sub(start))
	return err
}

// typeInto types columns of marks on the journal screen, each a durable commit.
func (t *typist) typeInto(ctx context.Context, page func(), say func(line)) error {
	var painted times
	for range visits {
		fyne.DoAndWait(page)
		time.Sleep(time.Second)
		for i := range 15 {
			code, err := t.code(uint32(symTwo + i%4))
			if err != nil {
				return err
			}
			for len(t.painted) > 0 {
				<-t.painted
			}
			start := time.Now()
			if err := t.input(keyDown, code, 0, 0); err != nil {
				return err
			}
			select {
			case at := <-t.painted:
				painted = append(painted, at.Sub(start))
			case <-time.After(5 * time.Second):
				return fmt.Errorf("mark %d: nothing was painted", i)
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := t.input(keyUp, code, 0, 0); err != nil {
				return err
			}
			time.Sleep(time.Duration(120+t.chance.IntN(25)) * time.Millisecond)
		}
	}
	note := "the whole journal screen with a durable commit, from the key pressed outside; up to 16.7 ms of it is Fyne's tick; load " + loadNow()
	say(line{Name: "screen.key.press.p50", Value: ms(painted.at(0.5)), Unit: "ms", N: len(painted), Note: note})
	say(line{Name: "screen.key.press.p99", Value: ms(painted.at(0.99)), Unit: "ms", N: len(painted)})
	return nil
}

// busiest is the teacher whose page has the most pupils, with that page.
func busiest(r *journal.Roster) (who journal.Staff, page journal.Page) {
	most := 0
	for _, p := range r.Pages() {
		n := len(r.Members(p.Group, journal.DateOf(today()), journal.DateOf(today())))
		if teacher, ok := r.TeacherOn(p.ID, journal.DateOf(today())); ok && n*10+p.Hours > most {
			who, page, most = teacher, p, n*10+p.Hours
		}
	}
	return who, page
}
