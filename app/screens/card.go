package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/screens/theme"
)

// A Card is a sheet over the veil that needs an answer. It keeps the keys until
// it is lifted; then they go back to where they were.
type Card struct {
	Content fyne.CanvasObject
	Width   float32 // in units of 100 %
	First   fyne.Focusable
	Key     func(*fyne.KeyEvent) bool // before Esc, which lifts the card
	Lifted  func()
	Leave   func() // the person locks the PC or goes: write what is half typed

	layer fyne.CanvasObject
}

// Lay puts a card over everything.
func (s *Shell) Lay(c Card) {
	sheet := container.NewStack(edge(theme.Sheet, theme.Line, 1, 6), c.Content)
	c.layer = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} },
		func(o []fyne.CanvasObject, size fyne.Size) {
			o[0].Resize(size)
			w := min(theme.Px(c.Width), size.Width-theme.Px(32))
			o[1].Resize(fyne.NewSize(w, 1)) // what wraps finds its height
			h := min(o[1].MinSize().Height, size.Height-theme.Px(32))
			o[1].Resize(fyne.NewSize(w, h))
			o[1].Move(fyne.NewPos((size.Width-w)/2, (size.Height-h)/2))
		},
	}, newShield(fill(theme.Veil)), sheet)
	s.cards = append(s.cards, c)
	s.win.Canvas().Overlays().Add(c.layer)
	if c.First != nil {
		s.win.Canvas().Focus(c.First)
	}
}

// Lift takes the card on top away.
func (s *Shell) Lift() {
	n := len(s.cards)
	if n == 0 {
		return
	}
	c := s.cards[n-1]
	s.cards = s.cards[:n-1]
	s.win.Canvas().Overlays().Remove(c.layer)
	if c.Lifted != nil {
		c.Lifted()
	}
}
