package widgets

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens/theme"
)

// A PillState is what the status pill is about. Each has a shape of its own.
type PillState uint8

// The states.
const (
	Done    PillState = iota // everything is at school: tick
	Waiting                  // waits to be sent: dot
	Sending                  // is being sent: circular arrow, still
	Decide                   // a decision is needed: triangle
	Broken                   // this computer cannot save: square, filled pill
)

// A Pill says always and everywhere whether one's work is safe. It stands at
// the right of the bottom bar and never changes its place.
type Pill struct {
	press
	State PillState
	Text  string
	Short string // where there is no room for Text
}

// NewPill returns a pill; tapped opens what it is about.
func NewPill(tapped func()) *Pill {
	p := &Pill{}
	p.act = tapped
	p.ExtendBaseWidget(p)
	return p
}

// Set changes what the pill says. Short may be empty: Text then stays whole.
func (p *Pill) Set(state PillState, text, short string) {
	p.State, p.Text, p.Short = state, text, short
	p.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: p, min: p.min, draw: p.draw}
}

func (p *Pill) min() fyne.Size {
	text := p.Text
	if p.Short != "" {
		text = p.Short
	}
	return fyne.NewSize(p.width(text), theme.Px(28))
}

// Whole is the width that shows the whole text.
func (p *Pill) Whole() float32 { return p.width(p.Text) }

func (p *Pill) width(text string) float32 { return p.kind().measure(text).Width + theme.Px(44) }

func (p *Pill) kind() Type {
	t := Type{Size: theme.SizeCaption, Ink: theme.Ink2}
	switch p.State {
	case Broken:
		t.Ink, t.Bold = theme.Sheet, true
	case Decide:
		t.Ink = theme.Ink1
	}
	return t
}

func (p *Pill) draw(s fyne.Size) []fyne.CanvasObject {
	sign, ink, size := "done", theme.Ok, float32(16)
	fill, edge := p.ground(theme.Sheet), theme.Line
	switch p.State {
	case Waiting:
		sign, ink, size = "dot", theme.Ink3, 20
	case Sending:
		sign, ink = "sending", theme.Ink2
	case Decide:
		sign, ink, edge = "warning", theme.Warn, theme.Warn
	case Broken:
		sign, ink, fill, edge = "stop", theme.Sheet, theme.Bad, theme.Bad
	}
	text := p.Text
	if p.Short != "" && s.Width+0.5 < p.Whole() {
		text = p.Short
	}
	w, h := min(p.width(text), s.Width), theme.Px(28)
	x, y, k := s.Width-w, (s.Height-h)/2, theme.Px(size)
	return []fyne.CanvasObject{
		at(box(fill, edge, 14), x, y, w, h),
		icon(sign, ink, x+theme.Px(18)-k/2, y+(h-k)/2, k),
		line(p.kind(), text, x+theme.Px(30), y, w-theme.Px(40), h),
		offset(p.ring(fyne.NewSize(w, h), 14), x, y),
	}
}

func offset[T fyne.CanvasObject](o T, x, y float32) T {
	o.Move(o.Position().AddXY(x, y))
	return o
}
