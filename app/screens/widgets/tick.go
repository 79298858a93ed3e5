package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Tick is a box to tick with its words.
type Tick struct {
	press
	Text      string
	On        bool
	OnChanged func(bool)
}

// NewTick returns a box that is not ticked.
func NewTick(text string, changed func(bool)) *Tick {
	t := &Tick{Text: text, OnChanged: changed}
	t.act = t.toggle
	t.ExtendBaseWidget(t)
	return t
}

// Set ticks the box or not, without calling back.
func (t *Tick) Set(on bool) {
	t.On = on
	t.Refresh()
}

func (t *Tick) toggle() {
	t.Set(!t.On)
	if t.OnChanged != nil {
		t.OnChanged(t.On)
	}
}

// CreateRenderer implements [fyne.Widget].
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: t, min: func() fyne.Size {
		w := theme.Px(18)
		if t.Text != "" {
			w += theme.Px(8) + Type{}.measure(t.Text).Width + 1
		}
		return fyne.NewSize(w, theme.Px(22))
	}, draw: t.draw}
}

func (t *Tick) draw(s fyne.Size) []fyne.CanvasObject {
	k := theme.Px(16)
	y := (s.Height - k) / 2
	fill, edge, tone := t.ground(theme.Sheet), t.edge(theme.Strong), theme.OnAccent
	switch {
	case t.On && t.Disabled():
		fill, tone = theme.Head, theme.Ink3
	case t.On:
		fill, edge = theme.Accent, theme.Accent
	}
	all := []fyne.CanvasObject{at(box(fill, edge, 3), 1, y, k, k), offset(t.ring(fyne.NewSize(k, k), 3), 1, y)}
	if t.On {
		all = append(all, icon("done", tone, 1, y, k))
	}
	if t.Text != "" {
		all = append(all, line(Type{Ink: t.ink(theme.Ink1)}, t.Text, k+theme.Px(8), 0, s.Width-k-theme.Px(8), s.Height))
	}
	return all
}

// A Progress is how far one thing of a lesson is.
type Progress uint8

// The states.
const (
	NotYet Progress = iota // «—»
	Due                    // empty square
	Ready                  // tick
)

// A State shows a [Progress] by its shape.
type State struct {
	widget.BaseWidget
	Progress Progress
}

// NewState returns the sign of a state.
func NewState(p Progress) *State {
	s := &State{Progress: p}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements [fyne.Widget].
func (w *State) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: w, min: func() fyne.Size { return fyne.NewSquareSize(theme.Px(20)) }, draw: func(s fyne.Size) []fyne.CanvasObject {
		k := theme.Px(18)
		x, y := (s.Width-k)/2, (s.Height-k)/2
		switch w.Progress {
		case Due:
			k = theme.Px(16)
			return []fyne.CanvasObject{at(box(theme.WarnSoft, theme.Warn, 3), (s.Width-k)/2, (s.Height-k)/2, k, k)}
		case Ready:
			return []fyne.CanvasObject{icon("done", theme.Ok, x, y, k)}
		}
		return []fyne.CanvasObject{line(Type{Size: theme.SizeList, Ink: theme.Ink3, Align: fyne.TextAlignCenter}, "—", 0, 0, s.Width, s.Height)}
	}}
}
