package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"uchitelskaya/app/screens/theme"
)

// The heights of rows in units of 100 %.
const (
	Dense      = 36
	Normal     = 42
	LessonTall = 76
)

// A Row is a line of a list that leads to a place: any content over a ground,
// with a hairline below.
type Row struct {
	press
	Content fyne.CanvasObject
	Height  float32
	Pad     float32 // at the left and right
	Chosen  bool    // soft ground and a bar of accent at the left
	Warned  bool    // a person must decide
	Chevron bool    // leads somewhere
	Last    bool    // without the hairline
}

// NewRow returns a row. Without tapped it cannot be pressed.
func NewRow(content fyne.CanvasObject, height float32, tapped func()) *Row {
	r := &Row{Content: content, Height: height}
	r.act = tapped
	r.ExtendBaseWidget(r)
	return r
}

// Choose marks the row as the current one or not.
func (r *Row) Choose(on bool) {
	r.Chosen = on
	r.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: r, min: func() fyne.Size {
		m := r.Content.MinSize()
		return fyne.NewSize(m.Width+2*theme.Px(r.Pad)+r.end(), max(theme.Px(r.Height), m.Height))
	}, draw: r.draw}
}

// end is the room of the chevron.
func (r *Row) end() float32 {
	if r.Chevron {
		return theme.Px(22)
	}
	return 0
}

func (r *Row) draw(s fyne.Size) []fyne.CanvasObject {
	ground := theme.Token("")
	switch {
	case r.pressed && r.act != nil:
		ground = theme.Mid
	case r.Warned:
		ground = theme.WarnSoft
	case r.Chosen:
		ground = theme.Soft
	case r.hovered && r.act != nil:
		ground = theme.Zebra
	}
	var all []fyne.CanvasObject
	if ground != "" {
		all = append(all, at(canvas.NewRectangle(theme.Ink(ground)), 0, 0, s.Width, s.Height))
	}
	if r.Chosen {
		all = append(all, at(canvas.NewRectangle(theme.Ink(theme.Accent)), 0, 0, theme.Px(4), s.Height))
	}
	if !r.Last {
		all = append(all, at(canvas.NewRectangle(theme.Ink(theme.Rule)), 0, s.Height-1, s.Width, 1))
	}
	pad, h := theme.Px(r.Pad), max(r.Content.MinSize().Height, 1)
	all = append(all, at(r.Content, pad, (s.Height-h)/2, s.Width-2*pad-r.end(), h))
	if r.Chevron {
		k := theme.Px(18)
		all = append(all, icon("chevron-right", theme.Ink3, s.Width-pad-k, (s.Height-k)/2, k))
	}
	inside := r.ring(s.SubtractWidthHeight(6, 6), 3)
	return append(all, offset(inside, 3, 3))
}
