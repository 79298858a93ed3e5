package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Choice is one of a list of words, chosen from a menu. The arrow keys choose
// the neighbour without opening it.
type Choice struct {
	press
	Names     []string
	Chosen    int // -1: none yet, the placeholder stands there
	Empty     string
	OnChanged func(int)
}

// NewChoice returns a choice with nothing chosen.
func NewChoice(names []string, changed func(int)) *Choice {
	c := &Choice{Names: names, Chosen: -1, OnChanged: changed}
	c.act = c.open
	c.ExtendBaseWidget(c)
	return c
}

// Choose marks a word without calling back.
func (c *Choice) Choose(i int) {
	c.Chosen = i
	c.Refresh()
}

func (c *Choice) choose(i int) {
	if i < 0 || i >= len(c.Names) || i == c.Chosen || c.Disabled() {
		return
	}
	c.Choose(i)
	if c.OnChanged != nil {
		c.OnChanged(i)
	}
}

// TypedKey chooses a neighbour, or opens the menu.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		c.choose(c.Chosen - 1)
	case fyne.KeyDown:
		c.choose(c.Chosen + 1)
	default:
		c.press.TypedKey(e)
	}
}

func (c *Choice) open() {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(c)
	if canvas == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(c.Names))
	for i, n := range c.Names {
		items[i] = fyne.NewMenuItem(n, func() { c.choose(i) })
		items[i].Checked = i == c.Chosen
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	menu.ShowAtPosition(driver.AbsolutePositionForObject(c).AddXY(0, c.Size().Height))
	menu.Resize(fyne.NewSize(max(menu.MinSize().Width, c.Size().Width), menu.MinSize().Height))
}

// CreateRenderer implements [fyne.Widget].
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: c, min: func() fyne.Size {
		w := Type{}.measure(c.Empty).Width
		for _, n := range c.Names {
			w = max(w, Type{}.measure(n).Width)
		}
		return fyne.NewSize(min(w, theme.Px(200))+theme.Px(40), theme.Px(32))
	}, draw: func(s fyne.Size) []fyne.CanvasObject {
		t, text := Type{Ink: c.ink(theme.Ink1)}, c.Empty
		if c.Chosen >= 0 && c.Chosen < len(c.Names) {
			text = c.Names[c.Chosen]
		} else {
			t.Ink = theme.Ink3
		}
		k := theme.Px(16)
		return []fyne.CanvasObject{
			at(box(c.ground(theme.Sheet), c.edge(theme.Strong), 5), 0, 0, s.Width, s.Height),
			line(t, text, theme.Px(10), 0, s.Width-theme.Px(38), s.Height),
			icon("chevron-down", c.ink(theme.Ink2), s.Width-k-theme.Px(8), (s.Height-k)/2, k),
			c.ring(s, 5),
		}
	}}
}
