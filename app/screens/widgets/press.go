package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A press is what everything that can be pressed has in common.
type press struct {
	widget.DisableableWidget
	// OnKey takes the keys that press nothing: Esc, F2 and such; without it
	// the window gets them.
	OnKey func(*fyne.KeyEvent)

	hovered, pressed, focused bool
	act                       func()
	self                      fyne.Widget // as the window knows it
}

// ExtendBaseWidget keeps the widget itself: the driver finds the window of
// that, not of what is embedded in it.
func (p *press) ExtendBaseWidget(w fyne.Widget) {
	p.self = w
	p.DisableableWidget.ExtendBaseWidget(w)
}

// Tapped implements [fyne.Tappable].
func (p *press) Tapped(*fyne.PointEvent) {
	if !p.Disabled() && p.act != nil {
		p.act()
	}
}

func (p *press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}

func (p *press) MouseMoved(*desktop.MouseEvent) {}

func (p *press) MouseOut() {
	p.hovered, p.pressed = false, false
	p.Refresh()
}

func (p *press) MouseDown(e *desktop.MouseEvent) {
	p.pressed = e.Button == desktop.MouseButtonPrimary
	p.Refresh()
}

func (p *press) MouseUp(*desktop.MouseEvent) {
	p.pressed = false
	p.Refresh()
}

func (p *press) FocusGained() {
	p.focused = true
	p.Refresh()
}

func (p *press) FocusLost() {
	p.focused = false
	p.Refresh()
}

func (p *press) TypedRune(rune) {}

func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	default:
		p.pass(e)
	}
}

// pass hands on a key that presses nothing: to OnKey, else to the window.
func (p *press) pass(e *fyne.KeyEvent) {
	if p.OnKey != nil {
		p.OnKey(e)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.self); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// ground is the fill of a face over its plain fill.
func (p *press) ground(plain theme.Token) theme.Token {
	switch {
	case p.Disabled():
		return plain
	case p.pressed:
		return theme.Mid
	case p.hovered:
		return theme.Head
	}
	return plain
}

// ink is the colour of a text that is plain when it can be pressed.
func (p *press) ink(plain theme.Token) theme.Token {
	if p.Disabled() {
		return theme.Ink3
	}
	return plain
}

// edge is the colour of an edge.
func (p *press) edge(plain theme.Token) theme.Token {
	if p.Disabled() {
		return theme.Rule
	}
	return plain
}

// box returns a rectangle with an edge of 1 and round corners.
func box(fill, edge theme.Token, radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	paintBox(r, fill, edge, radius)
	return r
}

func paintBox(r *canvas.Rectangle, fill, edge theme.Token, radius float32) {
	r.FillColor, r.StrokeColor = nil, nil
	if fill != "" {
		r.FillColor = theme.Ink(fill)
	}
	r.StrokeWidth = 0
	if edge != "" {
		r.StrokeColor, r.StrokeWidth = theme.Ink(edge), 1
	}
	r.CornerRadius = theme.Px(radius)
}

// ring draws the focus: 2 px of accent, outside the edge.
func (p *press) ring(size fyne.Size, radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	if p.focused && !p.Disabled() {
		r.StrokeColor, r.StrokeWidth = theme.Ink(theme.Accent), 2
	}
	r.CornerRadius = theme.Px(radius + 2)
	r.Move(fyne.NewPos(-2, -2))
	r.Resize(size.AddWidthHeight(4, 4))
	return r
}

// A drawing is a widget's renderer that builds its few objects anew whenever
// the widget changes: a widget is then one function from state to objects.
type drawing struct {
	w       fyne.Widget
	min     func() fyne.Size
	draw    func(size fyne.Size) []fyne.CanvasObject
	objects []fyne.CanvasObject
}

func (d *drawing) Layout(s fyne.Size)           { d.objects = d.draw(s) }
func (d *drawing) MinSize() fyne.Size           { return d.min() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }
func (d *drawing) Destroy()                     {}

func (d *drawing) Refresh() {
	d.Layout(d.w.Size())
	canvas.Refresh(d.w)
}

// at places an object.
func at[T fyne.CanvasObject](o T, x, y, w, h float32) T {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	return o
}

// line places one line of text so that it stands in the middle of a height.
func line(t Type, s string, x, y, w, h float32) *canvas.Text {
	c := t.text(t.cut(s, w))
	own := c.MinSize().Height
	return at(c, x, y+(h-own)/2, w, own)
}

// icon places an icon of 22 units, or of another size.
func icon(name string, ink theme.Token, x, y, size float32) *canvas.Image {
	i := canvas.NewImageFromResource(theme.Icon(name, ink))
	i.FillMode = canvas.ImageFillContain
	return at(i, x, y, size, size)
}
