package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"uchitelskaya/app/screens/theme"
)

// A Code takes a short code of digits, shown as dots in boxes. OnFull is called
// with the code as soon as the last digit is typed.
type Code struct {
	press
	Digits  int
	Refused bool // the boxes have a red edge
	OnFull  func(string)
	OnRune  func(rune) // characters that are no digits

	typed string
}

// NewCode returns boxes for so many digits.
func NewCode(digits int, full func(string)) *Code {
	c := &Code{Digits: digits, OnFull: full}
	c.ExtendBaseWidget(c)
	return c
}

// Clear forgets what was typed.
func (c *Code) Clear() {
	c.typed = ""
	c.Refresh()
}

// Refuse forgets what was typed and shows that it was wrong, until the next
// digit.
func (c *Code) Refuse() {
	c.Refused = true
	c.Clear()
}

// Typed is what was typed so far.
func (c *Code) Typed() string { return c.typed }

// Tapped takes the keys.
func (c *Code) Tapped(*fyne.PointEvent) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		cv.Focus(c)
	}
}

// TypedRune takes a digit.
func (c *Code) TypedRune(r rune) {
	switch {
	case c.Disabled():
	case r < '0' || r > '9':
		if c.OnRune != nil {
			c.OnRune(r)
		}
	case len(c.typed) < c.Digits:
		c.Refused = false
		c.typed += string(r)
		c.Refresh()
		if len(c.typed) == c.Digits && c.OnFull != nil {
			c.OnFull(c.typed)
		}
	}
}

// TypedKey takes Backspace.
func (c *Code) TypedKey(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyBackspace || c.typed == "" {
		c.pass(e)
		return
	}
	c.typed = c.typed[:len(c.typed)-1]
	c.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (c *Code) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: c, min: func() fyne.Size {
		return fyne.NewSize(float32(c.Digits)*theme.Px(52)-theme.Px(12), theme.Px(64))
	}, draw: c.draw}
}

func (c *Code) draw(s fyne.Size) []fyne.CanvasObject {
	gap := theme.Px(18)
	if s.Width < theme.Px(300) {
		gap = theme.Px(12)
	}
	w, h := (s.Width-gap*float32(c.Digits-1))/float32(c.Digits), theme.Px(64)
	var all []fyne.CanvasObject
	for i := range c.Digits {
		x := float32(i) * (w + gap)
		b := box(theme.Sheet, c.edge(theme.Strong), 5)
		here := c.focused && i == len(c.typed)
		switch {
		case c.Refused:
			b.StrokeColor, b.StrokeWidth = theme.Ink(theme.Bad), 2
		case here:
			b.StrokeColor, b.StrokeWidth = theme.Ink(theme.Accent), 2
		}
		all = append(all, at(b, x, 0, w, h))
		switch {
		case i < len(c.typed):
			k := theme.Px(12)
			all = append(all, at(canvas.NewCircle(theme.Ink(theme.Ink1)), x+(w-k)/2, (h-k)/2, k, k))
		case here:
			all = append(all, at(canvas.NewRectangle(theme.Ink(theme.Ink1)), x+w/2-1, h/4, 2, h/2))
		}
	}
	return all
}
