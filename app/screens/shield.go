package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// A shield lies under a card and keeps the mouse from what is behind.
type shield struct {
	widget.BaseWidget
	face fyne.CanvasObject
}

func newShield(face fyne.CanvasObject) *shield {
	s := &shield{face: face}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements [fyne.Tappable].
func (s *shield) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements [fyne.Widget].
func (s *shield) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.face) }
