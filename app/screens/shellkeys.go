package screens

import (
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/journal"
)

// Unwanted takes a key that the object with the focus had no use for.
func (s *Shell) Unwanted(e *fyne.KeyEvent) { s.key(e) }

// key is where every key ends that nobody wanted: the card on top, the screen,
// the rail.
func (s *Shell) key(e *fyne.KeyEvent) {
	s.Touch()
	if n := len(s.cards); n > 0 {
		c := s.cards[n-1]
		if c.Key != nil && c.Key(e) {
			return
		}
		if e.Name == fyne.KeyEscape {
			s.Lift()
		}
		return
	}
	if s.work == nil {
		s.entry.Key(e)
		return
	}
	if k, ok := s.work.current().(Keyed); ok && k.Key(e) {
		return
	}
	switch name, ok := s.work.next(e.Name); {
	case ok && e.Name == helpKey && name == s.work.name:
		s.work.help()
	case ok:
		s.work.open(name)
	}
}

// helpKey opens «Сегодня», and there the card of all keys.
const helpKey = fyne.KeyF1

// rune takes a character that nobody wanted.
func (s *Shell) rune(r rune) {
	s.Touch()
	if s.work == nil && len(s.cards) == 0 {
		s.entry.Rune(r)
	}
}

// lockAfter is how long a PC may be idle.
func lockAfter(r *journal.Roster) time.Duration {
	minutes, err := strconv.Atoi(r.Setting(journal.SettingLockMinutes))
	if err != nil || minutes < 1 {
		minutes = 10
	}
	return time.Duration(minutes) * time.Minute
}

// An activity lies behind everything and notes that the mouse moves.
type activity struct {
	widget.BaseWidget
	note func()
}

func newActivity(note func()) *activity {
	a := &activity{note: note}
	a.ExtendBaseWidget(a)
	return a
}

var _ desktop.Hoverable = (*activity)(nil)

// MouseIn implements [desktop.Hoverable].
func (a *activity) MouseIn(*desktop.MouseEvent) { a.note() }

// MouseMoved implements [desktop.Hoverable].
func (a *activity) MouseMoved(*desktop.MouseEvent) { a.note() }

// MouseOut implements [desktop.Hoverable].
func (a *activity) MouseOut() {}

// CreateRenderer implements [fyne.Widget].
func (a *activity) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
