package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// Steps show how far a thing with several steps is: done ones with a tick, the
// current one filled.
type Steps struct {
	widget.BaseWidget
	Names   []string
	Current int // from 0; len(Names): all are done
}

// NewSteps returns steps at the first one.
func NewSteps(names ...string) *Steps {
	s := &Steps{Names: names}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the current step.
func (s *Steps) Set(current int) {
	s.Current = current
	s.Refresh()
}

func (s *Steps) kind(i int) Type {
	if i == s.Current {
		return Type{Bold: true}
	}
	return Type{Ink: theme.Ink2}
}

// CreateRenderer implements [fyne.Widget].
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: s, min: func() fyne.Size {
		w := -theme.Px(16)
		for i, n := range s.Names {
			w += theme.Px(24+6+16) + s.kind(i).measure(n).Width
		}
		return fyne.NewSize(max(w, 0), theme.Px(28))
	}, draw: s.draw}
}

func (s *Steps) draw(size fyne.Size) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	x, k := float32(0), theme.Px(24)
	y := (size.Height - k) / 2
	for i, n := range s.Names {
		digit := Type{Size: theme.SizeCaption, Ink: theme.Ink2, Bold: true, Align: fyne.TextAlignCenter}
		round := box(theme.Sheet, theme.Strong, 12)
		if i == s.Current {
			round = box(theme.Accent, "", 12)
			digit.Ink = theme.OnAccent
		}
		all = append(all, at(round, x, y, k, k))
		if i < s.Current {
			all = append(all, icon("check", theme.Ink1, x+theme.Px(4), y+theme.Px(4), theme.Px(16)))
		} else {
			all = append(all, line(digit, strconv.Itoa(i+1), x, y, k, k))
		}
		x += k + theme.Px(6)
		w := s.kind(i).measure(n).Width
		all = append(all, line(s.kind(i), n, x, 0, w+1, size.Height))
		x += w + theme.Px(16)
	}
	return all
}
