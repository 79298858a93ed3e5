//go:build linux && cgo && !ci

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver"

	"uchitelskaya/app/screens/theme"
)

// The screen of the schools' PCs, and the page of a whole year.
const (
	screenWidth, screenHeight = 1366, 768
	gridPupils, gridLessons   = 35, 170
)

// turns is how many times the grid and the table take turns, and strokes how
// many keys each gets a turn.
const (
	turns   = 4
	strokes = 90
)

// measureGrid types into the grid and into widget.Table in a real window, by
// key presses that come from the X server, and waits for each to be painted.
func measureGrid(ctx context.Context, say func(line)) error {
	out, err := openDisplay()
	if err != nil {
		return err
	}
	defer out.close()
	app := fyneapp.New()
	theme.Use(app, theme.New(theme.Light, 1))
	win := app.NewWindow("bench")
	win.SetPadded(false)
	win.SetFullScreen(true)
	typist := &typist{display: out, win: win, grid: newGrid(), table: newTable(), chance: rand.New(rand.NewPCG(1, 2))}
	win.SetContent(typist.grid.object())
	var failed error
	app.Lifecycle().SetOnStarted(func() {
		go func() {
			failed = typist.measure(ctx, say)
			fyne.Do(app.Quit)
		}()
	})
	win.ShowAndRun()
	return failed
}

// A typist is the person at the keyboard, who sees when the screen changes.
type typist struct {
	*display
	win         fyne.Window
	grid, table rival
	chance      *rand.Rand
}

// lags are the times of strokes: from the key pressed, and from the key as it
// reached the widget, both until the X server has painted the window; and of handling them.
type lags struct{ pressed, reached, handled times }

func (t *typist) measure(ctx context.Context, say func(line)) error {
	var handle uint32
	fyne.DoAndWait(func() {
		t.win.(driver.NativeWindow).RunNative(func(c any) {
			if x, ok := c.(driver.X11WindowContext); ok {
				handle = uint32(x.WindowHandle)
			}
		})
	})
	stop, err := t.watch(handle)
	if err != nil {
		return err
	}
	defer stop()
	load := loadNow()
	var grid, table, wheel lags
	for range turns {
		for _, r := range []struct {
			rival
			into *lags
		}{{t.grid, &grid}, {t.table, &table}} {
			if err := t.show(ctx, r.rival); err != nil {
				return err
			}
			if err := t.strokes(ctx, r.rival, r.into); err != nil {
				return err
			}
		}
		if err := t.show(ctx, t.grid); err != nil {
			return err
		}
		if err := t.wheel(ctx, t.grid, &wheel); err != nil {
			return err
		}
	}
	n := len(grid.reached)
	note := "from the key at the widget to the window painted by the X server; load " + load
	say(line{Name: "grid.key.handler.p99", Value: us(grid.handled.at(0.99)), Unit: "µs", N: n, Bar: "<= 1000", Note: "load " + load})
	allocs := t.allocs()
	say(line{Name: "grid.key.allocs", Value: float64(allocs[len(allocs)/2]), Unit: "allocs", N: len(allocs), Bar: "<= 100", Note: "median of one digit"})
	say(line{Name: "grid.key.frame.p50", Value: ms(grid.reached.at(0.5)), Unit: "ms", N: n, Note: note})
	say(line{Name: "grid.key.frame.p99", Value: ms(grid.reached.at(0.99)), Unit: "ms", N: n, Bar: "<= 16", Note: note})
	say(line{
		Name: "grid.key.frame.vs_table", Value: ratio(grid.reached.at(0.5), table.reached.at(0.5)), Unit: "ratio", N: n, Bar: "<= 1",
		Note: fmt.Sprintf("of medians; of p99 %.2f", ratio(grid.reached.at(0.99), table.reached.at(0.99))),
	})
	say(line{Name: "grid.key.table.p50", Value: ms(table.reached.at(0.5)), Unit: "ms", N: n, Note: "widget.Table"})
	say(line{Name: "grid.key.table.p99", Value: ms(table.reached.at(0.99)), Unit: "ms", N: n, Note: "widget.Table"})
	outside := "from the key pressed outside; Fyne looks for keys 60 times a second, up to 16.7 ms of this"
	say(line{Name: "grid.key.press.p50", Value: ms(grid.pressed.at(0.5)), Unit: "ms", N: n, Note: outside})
	say(line{Name: "grid.key.press.p99", Value: ms(grid.pressed.at(0.99)), Unit: "ms", N: n, Note: outside})
	say(line{Name: "grid.scroll.frame.p99", Value: ms(wheel.reached.at(0.99)), Unit: "ms", N: len(wheel.reached), Bar: "<= 16", Note: "a step of the wheel over the lessons; " + note})
	return t.screens(ctx, say)
}

// show puts a rival into the window and waits until the screen rests.
func (t *typist) show(ctx context.Context, r rival) error {
	fyne.DoAndWait(func() {
		t.win.SetContent(r.object())
		t.win.Canvas().Focus(r.focus())
		r.start()
	})
	return t.rest(ctx)
}

// rest waits until nothing was painted for a while.
func (t *typist) rest(ctx context.Context) error {
	for {
		select {
		case <-t.painted:
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(300 * time.Millisecond):
			return nil
		}
	}
}

// The symbols of keys.
const (
	symLeft, symUp, symRight, symDown = 0xff51, 0xff52, 0xff53, 0xff54
	symTwo, symShift                  = '2', 0xffe1
)

// strokes types a column of marks, walks, and types on.
func (t *typist) strokes(ctx context.Context, r rival, into *lags) error {
	for i := range strokes {
		symbol := uint32(symTwo + i%4)
		switch k := i % 45; {
		case k == 0:
			fyne.DoAndWait(r.start)
			if err := t.rest(ctx); err != nil {
				return err
			}
		case k >= 40:
			symbol = symUp
		case k >= 34:
			symbol = symRight
		case k >= 30:
			symbol = symDown
			if k%2 == 0 {
				symbol = symLeft
			}
		}
		code, err := t.code(symbol)
		if err != nil {
			return err
		}
		err = t.stroke(ctx, r, into,
			func() error { return t.input(keyDown, code, 0, 0) },
			func() error { return t.input(keyUp, code, 0, 0) })
		if err != nil {
			return fmt.Errorf("key %d: %w", i, err)
		}
	}
	return nil
}

// wheel turns the wheel over the grid with Shift held: over the lessons, forth
// and back.
func (t *typist) wheel(ctx context.Context, r rival, into *lags) error {
	if err := t.input(pointerTo, 0, screenWidth/2, screenHeight/2); err != nil {
		return err
	}
	if err := t.rest(ctx); err != nil {
		return err
	}
	shift, err := t.code(symShift) // sideways
	if err != nil {
		return err
	}
	if err := t.input(keyDown, shift, 0, 0); err != nil {
		return err
	}
	defer func() { _ = t.input(keyUp, shift, 0, 0) }()
	const up, down = 4, 5
	for i := range strokes {
		button := byte(down)
		if i/8%2 == 1 {
			button = up
		}
		err := t.stroke(ctx, r, into,
			func() error { return t.input(buttonDown, button, 0, 0) },
			func() error { return t.input(buttonUp, button, 0, 0) })
		if err != nil {
			return fmt.Errorf("wheel %d: %w", i, err)
		}
	}
	return nil
}

// stroke presses something, waits for the painting and lets go. The pause is of
// any length, so that presses fall anywhere between two looks of Fyne.
func (t *typist) stroke(ctx context.Context, r rival, into *lags, press, release func() error) error {
	p := r.probe()
	for len(t.painted) > 0 {
		<-t.painted
	}
	for len(p.reached) > 0 {
		<-p.reached
	}
	p.spent.Store(0)
	pressed := time.Now()
	if err := press(); err != nil {
		return err
	}
	var reached, painted time.Time
	wait := time.After(5 * time.Second)
	for painted.IsZero() || reached.IsZero() || painted.Before(reached) {
		select {
		case reached = <-p.reached:
		case painted = <-t.painted:
		case <-wait:
			return fmt.Errorf("nothing was painted (reached the widget: %v)", !reached.IsZero())
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	into.pressed = append(into.pressed, painted.Sub(pressed))
	into.reached = append(into.reached, painted.Sub(reached))
	into.handled = append(into.handled, time.Duration(p.spent.Load()))
	if err := release(); err != nil {
		return err
	}
	time.Sleep(time.Duration(20+t.chance.IntN(25)) * time.Millisecond)
	return nil
}

// allocs counts what the handler of a digit allocates.
func (t *typist) allocs() []uint64 {
	var counts []uint64
	for i := range 200 {
		fyne.DoAndWait(func() {
			if i%30 == 0 {
				t.grid.start()
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			t.grid.focus().TypedRune(rune('2' + i%4))
			runtime.ReadMemStats(&after)
			counts = append(counts, after.Mallocs-before.Mallocs)
		})
	}
	slices.Sort(counts)
	return counts
}

func us(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
