package screens

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
)

// Options are what a [Shell] is made of.
type Options struct {
	Door Door
	Line Line
	Now  func() time.Time
	// After calls f on the thread of the window when d has passed.
	After func(d time.Duration, f func()) (stop func())
	// Items are the entries of the rail, in order.
	Items []Item
	// Stick carries the exchange without a network; nil: there is no such way.
	Stick Stick
}

// A Shell is the window: sign-in, and behind it the screens of the person at
// work with the rail at the left and the bottom bar below.
type Shell struct {
	Options
	win   fyne.Window
	entry *SignIn
	work  *workplace                     // of the person at work; nil at sign-in
	kept  map[journal.StaffID]*workplace // of those who only locked
	cards []Card                         // over the veil, the last on top
	last  time.Time                      // of the last key or move of the mouse
	idle  func()                         // stops the idle timer
}

// NewShell fills a window. Show it and call Start.
func NewShell(win fyne.Window, o Options) *Shell {
	s := &Shell{Options: o, win: win, kept: map[journal.StaffID]*workplace{}, idle: func() {}}
	s.entry = NewSignIn(o.Door, s, o.Now, s.enter)
	win.SetPadded(false)
	c := win.Canvas()
	c.SetOnTypedKey(s.key)
	c.SetOnTypedRune(s.rune)
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { s.Lock() })
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
		s.Unwanted(&fyne.KeyEvent{Name: findKey})
	})
	c.AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { s.Unwanted(&fyne.KeyEvent{Name: undoKey}) })
	c.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) { s.Unwanted(&fyne.KeyEvent{Name: copyKey}) })
	s.last = o.Now()
	o.Line.Watch(func() { // as long as the window is there
		launch(func() {
			fyne.Do(func() {
				if s.work == nil {
					s.entry.Renew()
				}
			})
		})
	})
	return s
}

// What stands for Ctrl+F, Ctrl+Z and Ctrl+C among the keys given to a screen
// when no object with the focus wants them.
const (
	findKey fyne.KeyName = "Find"
	undoKey fyne.KeyName = "Undo"
	copyKey fyne.KeyName = "Copy"
)

// Start shows sign-in.
func (s *Shell) Start() { s.show(s.entry.Content()); s.entry.Load(context.Background()) }

// Session is the session of the person at work; nil at sign-in.
func (s *Shell) Session() *desk.Session {
	if s.work == nil {
		return nil
	}
	return s.work.session
}

// show fills the window. Whatever stood there, nothing of it stays in sight.
func (s *Shell) show(o fyne.CanvasObject) {
	for len(s.cards) > 0 {
		s.Lift()
	}
	for _, o := range s.win.Canvas().Overlays().List() {
		s.win.Canvas().Overlays().Remove(o)
	}
	s.win.SetContent(container.NewStack(newActivity(s.Touch), o))
}

// enter opens the workplace of a person who has just signed in: the one left
// when she locked, or a new one.
func (s *Shell) enter(session *desk.Session) {
	w := s.kept[session.Who()]
	if w == nil {
		w = newWorkplace(s, session)
	}
	delete(s.kept, session.Who())
	s.work = w
	s.show(w.content)
	w.resume(session)
	s.Touch()
	s.watchIdle()
}

// Lock hides everything behind sign-in and keeps the person's screens, and
// what is half typed on them, until she is back.
func (s *Shell) Lock() {
	if s.work == nil {
		return
	}
	w := s.work
	s.leave()
	s.kept[w.session.Who()] = w
	s.Start()
}

// SignOut ends the person's work on this PC.
func (s *Shell) SignOut() {
	if s.work == nil {
		return
	}
	w := s.work
	s.leave()
	w.close()
	s.Start()
}

func (s *Shell) leave() {
	s.idle()
	for _, c := range s.cards {
		if c.Leave != nil {
			c.Leave()
		}
	}
	s.work.pause()
	s.Door.SignOut(s.work.session)
	s.work = nil
}

// Close ends everything that runs.
func (s *Shell) Close() {
	if s.work != nil {
		s.leave()
	}
	for _, w := range s.kept {
		w.close()
	}
}

// Touch notes that somebody is at the PC.
func (s *Shell) Touch() { s.last = s.Now() }

// Loading implements [Host].
func (s *Shell) Loading() bool { return s.Line.State().Load != (Load{}) }

// watchIdle locks when nobody has touched anything for as long as the school
// says.
func (s *Shell) watchIdle() {
	s.idle()
	limit := lockAfter(s.work.session.Roster())
	left := limit - s.Now().Sub(s.last)
	if left <= 0 {
		s.Lock()
		return
	}
	s.idle = s.After(left, func() {
		if s.work != nil {
			s.watchIdle()
		}
	})
}

// Go opens the journal at a place.
func (s *Shell) Go(p Place) {
	if s.work != nil {
		s.work.goTo(p)
	}
}

// Open opens a screen by the name of its item.
func (s *Shell) Open(name string) {
	if s.work != nil {
		s.work.open(name)
	}
}

// Focus gives the keys to an object; nil to none, then the window has them.
func (s *Shell) Focus(f fyne.Focusable) {
	if f == nil {
		s.win.Canvas().Unfocus()
		return
	}
	s.win.Canvas().Focus(f)
}

// Say puts a sentence in place of the bottom bar's usual content; the empty
// sentence brings that back.
func (s *Shell) Say(sentence string) {
	if s.work != nil {
		s.work.bottom.say(sentence)
	}
}

// Copy puts text on the clipboard.
func (s *Shell) Copy(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// Height is the height of the window in units of 100 %.
func (s *Shell) Height() float32 { return s.win.Canvas().Size().Height / theme.Px(1) }
