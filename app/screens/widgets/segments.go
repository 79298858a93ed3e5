package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"uchitelskaya/app/screens/theme"
)

// Segments are a few names in a row, one of them chosen. The arrow keys choose
// the neighbour.
type Segments struct {
	press
	Names  []string
	Chosen int
	// Spines are the colours of 4 px under the chosen name, one for each name;
	// accent where there is none.
	Spines []theme.Token
	// Filled gives the chosen one a ground and an edge instead of the line.
	Filled    bool
	Pad       float32 // space beside a name, 14 when 0
	OnChanged func(int)

	over int // under the pointer, -1: none
}

// NewSegments returns segments with the first name chosen.
func NewSegments(names []string, changed func(int)) *Segments {
	s := &Segments{Names: names, OnChanged: changed, over: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Choose marks a name without calling back.
func (s *Segments) Choose(i int) {
	s.Chosen = i
	s.Refresh()
}

func (s *Segments) choose(i int) {
	if i < 0 || i >= len(s.Names) || i == s.Chosen || s.Disabled() {
		return
	}
	s.Choose(i)
	if s.OnChanged != nil {
		s.OnChanged(i)
	}
}

// Tapped chooses the name under the pointer.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.choose(s.under(e.Position.X)) }

// TypedKey chooses a neighbour.
func (s *Segments) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.choose(s.Chosen - 1)
	case fyne.KeyRight:
		s.choose(s.Chosen + 1)
	default:
		s.pass(e)
	}
}

// MouseMoved notes which name is under the pointer.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) {
	if i := s.under(e.Position.X); i != s.over {
		s.over = i
		s.Refresh()
	}
}

// MouseOut forgets it.
func (s *Segments) MouseOut() {
	s.over = -1
	s.press.MouseOut()
}

func (s *Segments) under(x float32) int {
	for i, w := range s.widths() {
		if x < w {
			return i
		}
		x -= w
	}
	return -1
}

// widths are those of the names, chosen or not: nothing moves when another is
// chosen.
func (s *Segments) widths() []float32 {
	pad := s.Pad
	if pad == 0 {
		pad = 14
	}
	all := make([]float32, len(s.Names))
	for i, n := range s.Names {
		all[i] = Type{Bold: true}.measure(n).Width + 2*theme.Px(pad)
	}
	return all
}

// CreateRenderer implements [fyne.Widget].
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: s, min: s.min, draw: s.draw}
}

func (s *Segments) min() fyne.Size {
	w := float32(0)
	for _, one := range s.widths() {
		w += one
	}
	return fyne.NewSize(w, theme.Px(30))
}

func (s *Segments) draw(size fyne.Size) []fyne.CanvasObject {
	w, h := s.min().Width, size.Height
	all := []fyne.CanvasObject{at(box(theme.Head, s.edge(theme.Line), 5), 0, 0, w, h)}
	x := float32(0)
	for i, one := range s.widths() {
		t := Type{Ink: s.ink(theme.Ink2), Align: fyne.TextAlignCenter}
		switch {
		case i == s.Chosen:
			t.Ink, t.Bold = s.ink(theme.Ink1), true
			all = append(all, s.drawChosen(i, x, one, h)...)
		case i == s.over && s.pressed && !s.Disabled():
			all = append(all, at(box(theme.Mid, s.edge(theme.Line), 0), x, 0, one, h))
		case i == s.over && !s.Disabled():
			all = append(all, at(box(theme.Sheet, s.edge(theme.Line), 0), x, 0, one, h))
		}
		if i > 0 && i != s.Chosen && i-1 != s.Chosen {
			all = append(all, at(canvas.NewRectangle(theme.Ink(s.edge(theme.Line))), x, 1, 1, h-2))
		}
		all = append(all, line(t, s.Names[i], x, 0, one, h))
		x += one
	}
	return append(all, s.ring(fyne.NewSize(w, h), 5))
}

func (s *Segments) drawChosen(i int, x, w, h float32) []fyne.CanvasObject {
	radius := float32(0)
	if i == 0 || i == len(s.Names)-1 {
		radius = 5
	}
	if s.Filled {
		return []fyne.CanvasObject{at(box(theme.Mid, s.edge(theme.Accent), radius), x, 0, w, h)}
	}
	spine := theme.Accent
	if i < len(s.Spines) {
		spine = s.Spines[i]
	}
	k := theme.Px(4)
	return []fyne.CanvasObject{
		at(box(theme.Sheet, s.edge(theme.Strong), radius), x, 0, w, h),
		at(canvas.NewRectangle(theme.Ink(s.edge(spine))), x+1, h-k-1, w-2, k),
	}
}
