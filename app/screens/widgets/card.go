package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Card is a sheet on the desk: white, an edge of 1, radius 6.
type Card struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Tone    theme.Token // theme.Warn: a decision waits; then a bar at the left too
	Pad     float32     // inside, in units of 100 %
}

// NewCard returns a card with the usual padding of 20.
func NewCard(content fyne.CanvasObject) *Card {
	c := &Card{Content: content, Pad: 20}
	c.ExtendBaseWidget(c)
	return c
}

// NewTable returns a card without padding, for rows that reach its edges.
func NewTable(content fyne.CanvasObject) *Card {
	c := NewCard(content)
	c.Pad = 1
	return c
}

// NewUrgent returns a card that asks for a decision.
func NewUrgent(content fyne.CanvasObject) *Card {
	c := NewCard(content)
	c.Tone = theme.Warn
	return c
}

// CreateRenderer implements [fyne.Widget].
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: c, min: func() fyne.Size {
		pad := 2 * theme.Px(c.Pad)
		return c.Content.MinSize().AddWidthHeight(pad, pad)
	}, draw: func(s fyne.Size) []fyne.CanvasObject {
		edge := theme.Line
		if c.Tone != "" {
			edge = c.Tone
		}
		all := []fyne.CanvasObject{at(box(theme.Sheet, edge, 6), 0, 0, s.Width, s.Height)}
		if c.Tone != "" {
			bar := canvas.NewRectangle(theme.Ink(c.Tone))
			bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = theme.Px(6), theme.Px(6)
			all = append(all, at(bar, 0, 0, theme.Px(4), s.Height))
		}
		pad := theme.Px(c.Pad)
		return append(all, at(c.Content, pad, pad, s.Width-2*pad, s.Height-2*pad))
	}}
}
