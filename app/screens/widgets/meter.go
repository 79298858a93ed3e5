package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Meter is how much of a whole is done. It does not move by itself, and its
// number stands beside it in words.
type Meter struct {
	widget.BaseWidget
	Share float32 // 0 to 1
}

// NewMeter returns a meter.
func NewMeter(share float32) *Meter {
	m := &Meter{Share: share}
	m.ExtendBaseWidget(m)
	return m
}

// Set changes the share.
func (m *Meter) Set(share float32) {
	m.Share = share
	m.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: m, min: func() fyne.Size {
		return fyne.NewSize(theme.Px(80), theme.Px(8))
	}, draw: func(s fyne.Size) []fyne.CanvasObject {
		h := theme.Px(8)
		y := (s.Height - h) / 2
		track := at(box(theme.Sheet, theme.Line, 4), 0, y, s.Width, h)
		if m.Share <= 0 {
			return []fyne.CanvasObject{track}
		}
		done := at(box(theme.Accent, "", 4), 0, y, max(s.Width*min(m.Share, 1), h), h)
		return []fyne.CanvasObject{track, done}
	}}
}
