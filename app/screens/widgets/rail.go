package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"uchitelskaya/app/screens/theme"
)

// A RailItem is one entry of the navigation at the left.
type RailItem struct {
	press
	Icon   string
	Text   string
	Count  int  // badge, only where the person must act
	Chosen bool // the screen shown
	Folded bool // drawing only
}

// NewRailItem returns an entry of the rail.
func NewRailItem(icon, text string, tapped func()) *RailItem {
	r := &RailItem{Icon: icon, Text: text}
	r.act = tapped
	r.ExtendBaseWidget(r)
	return r
}

// Set chooses the item or not, folds it or not and sets its badge.
func (r *RailItem) Set(chosen, folded bool, count int) {
	r.Chosen, r.Folded, r.Count = chosen, folded, count
	r.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: r, min: r.min, draw: r.draw}
}

func (r *RailItem) min() fyne.Size {
	if r.Folded {
		return fyne.NewSize(theme.Px(48), theme.Px(48))
	}
	return fyne.NewSize(theme.Px(76), theme.Px(56))
}

func (r *RailItem) draw(s fyne.Size) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	t := Type{Size: theme.SizeCaption, Ink: r.ink(theme.Ink2), Align: fyne.TextAlignCenter}
	tone := r.ink(theme.Ink2)
	switch {
	case r.Chosen:
		bar := canvas.NewRectangle(theme.Ink(theme.Accent))
		all = append(all, at(box(theme.Sheet, theme.Line, 6), 0, 0, s.Width, s.Height),
			at(bar, 0, theme.Px(12), theme.Px(4), s.Height-theme.Px(24)))
		t.Ink, t.Bold, tone = theme.Ink1, true, theme.Ink1
	case r.pressed && !r.Disabled():
		all = append(all, at(box(theme.Mid, "", 6), 0, 0, s.Width, s.Height))
	case r.hovered && !r.Disabled():
		all = append(all, at(box(theme.Head, "", 6), 0, 0, s.Width, s.Height))
	}
	k, y := theme.Px(22), theme.Px(7)
	if r.Folded {
		y = (s.Height - k) / 2
	}
	all = append(all, icon(r.Icon, tone, (s.Width-k)/2, y, k))
	if !r.Folded {
		if t.measure(r.Text).Width > s.Width-theme.Px(2) {
			t.Narrow = true
		}
		all = append(all, line(t, r.Text, 0, theme.Px(31), s.Width, theme.Px(18)))
	}
	all = append(all, badge(r.Count, (s.Width+theme.Px(20))/2, y-theme.Px(6))...)
	return append(all, r.ring(s, 6))
}
