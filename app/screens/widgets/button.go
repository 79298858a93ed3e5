package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens/theme"
)

// A Button is a verb or the exact result of pressing it. One button of a
// screen at most is Main.
type Button struct {
	press
	Text string
	Lead string // letters in bold before the text: the key of a mark
	Hint string // key that does the same, «F7»
	Icon string // name of a drawing, before the text
	Main bool   // filled
	Bold bool
	Tall float32 // height in units of 100 %; 32 when 0
	Wide float32 // least width in units of 100 %
}

// NewButton returns a plain button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{Text: text}
	b.act = tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewMain returns the one filled button of a screen.
func NewMain(text, hint string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.Main, b.Bold, b.Hint, b.Tall = true, true, hint, 36
	return b
}

// NewIcon returns a square button with a drawing.
func NewIcon(name string, tapped func()) *Button {
	b := NewButton("", tapped)
	b.Icon = name
	return b
}

// NewKey returns a button that shows the letters to type and their meaning:
// «н не был». The word may be empty.
func NewKey(letters, word string, tapped func()) *Button {
	b := NewButton(word, tapped)
	b.Lead = letters
	return b
}

// Set changes the text.
func (b *Button) Set(text string) {
	b.Text = text
	b.Refresh()
}

// OnTapped changes what pressing does.
func (b *Button) OnTapped(f func()) { b.act = f }

// CreateRenderer implements [fyne.Widget].
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: b, min: b.min, draw: b.draw}
}

type part struct {
	text string
	t    Type
}

// parts are the texts from left to right.
func (b *Button) parts() []part {
	ink, hint, word := theme.Ink1, theme.Ink3, theme.Ink1
	switch {
	case b.Disabled():
		ink, word = theme.Ink3, theme.Ink3
	case b.Main:
		ink, hint, word = theme.OnAccent, theme.OnAccent, theme.OnAccent
	case b.Lead != "":
		word = theme.Ink2
	}
	var all []part
	if b.Lead != "" {
		all = append(all, part{b.Lead, Type{Size: theme.SizeList, Ink: ink, Bold: true}})
	}
	if b.Text != "" {
		size := theme.SizeBody
		if b.Lead != "" {
			size = theme.SizeCaption
		}
		all = append(all, part{b.Text, Type{Size: size, Ink: word, Bold: b.Bold}})
	}
	if b.Hint != "" {
		all = append(all, part{b.Hint, Type{Size: theme.SizeHint, Ink: hint}})
	}
	return all
}

// inner is the width of icon and texts with the gaps between them.
func (b *Button) inner() float32 {
	w, gap := float32(0), theme.Px(8)
	if b.Lead != "" {
		gap = theme.Px(5)
	}
	parts := b.parts()
	for i, p := range parts {
		if i > 0 {
			w += gap
		}
		w += p.t.measure(p.text).Width
	}
	if b.Icon != "" {
		w += theme.Px(20)
		if len(parts) > 0 {
			w += theme.Px(6)
		}
	}
	return w
}

func (b *Button) min() fyne.Size {
	h := b.Tall
	if h == 0 {
		h = 32
	}
	pad := float32(12)
	if b.Text == "" {
		pad = 6
	}
	if b.Text == "" && b.Lead != "" {
		pad = 11
	}
	return fyne.NewSize(max(b.inner()+2*theme.Px(pad), theme.Px(b.Wide), theme.Px(32)), theme.Px(h))
}

func (b *Button) draw(s fyne.Size) []fyne.CanvasObject {
	body, main := box(b.ground(theme.Sheet), b.edge(theme.Line), 5), b.Main && !b.Disabled()
	if main {
		body.FillColor, body.StrokeWidth = b.filled(), 0
	}
	all := []fyne.CanvasObject{at(body, 0, 0, s.Width, s.Height), b.ring(s, 5)}
	x, gap := (s.Width-b.inner())/2, theme.Px(8)
	if b.Lead != "" {
		gap = theme.Px(5)
	}
	if b.Icon != "" {
		size := theme.Px(20)
		ink := b.ink(theme.Ink1)
		if main {
			ink = theme.OnAccent
		}
		all = append(all, icon(b.Icon, ink, x, (s.Height-size)/2, size))
		x += size + theme.Px(6)
	}
	for _, p := range b.parts() {
		w := p.t.measure(p.text).Width
		all = append(all, line(p.t, p.text, x, 0, w+1, s.Height))
		x += w + gap
	}
	return all
}

// filled is the accent, towards ink under the pointer and more so when pressed.
func (b *Button) filled() color.Color {
	a, ink, share := theme.Ink(theme.Accent), theme.Ink(theme.Ink1), 0
	switch {
	case b.pressed:
		share = 30
	case b.hovered:
		share = 15
	}
	mix := func(from, to uint8) uint8 { return uint8((int(from)*(100-share) + int(to)*share) / 100) }
	return color.NRGBA{R: mix(a.R, ink.R), G: mix(a.G, ink.G), B: mix(a.B, ink.B), A: 0xFF}
}
