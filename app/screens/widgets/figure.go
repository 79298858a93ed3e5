package widgets

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens/theme"
)

// A Figure is a number that counts, with its word: «21 добавим». Pressing it
// shows what it counts.
type Figure struct {
	press
	Number string
	Word   string
	Warned bool // a person must decide: an edge of warn
	Chosen bool
}

// NewFigure returns a figure.
func NewFigure(number, word string, tapped func()) *Figure {
	f := &Figure{Number: number, Word: word}
	f.act = tapped
	f.ExtendBaseWidget(f)
	return f
}

// Set changes the number.
func (f *Figure) Set(number string, warned bool) {
	f.Number, f.Warned = number, warned
	f.Refresh()
}

var figureType = Type{Size: theme.SizeTitle, Bold: true}

// CreateRenderer implements [fyne.Widget].
func (f *Figure) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: f, min: func() fyne.Size {
		w := figureType.measure(f.Number).Width + Type{Size: theme.SizeList}.measure(f.Word).Width
		return fyne.NewSize(w+theme.Px(44), theme.Px(62))
	}, draw: f.draw}
}

func (f *Figure) draw(s fyne.Size) []fyne.CanvasObject {
	body := box(f.ground(theme.Sheet), f.edge(theme.Line), 6)
	switch {
	case f.Warned:
		body.StrokeColor, body.StrokeWidth = theme.Ink(theme.Warn), 2
	case f.Chosen:
		body.StrokeColor, body.StrokeWidth = theme.Ink(theme.Accent), 2
	}
	number, word := figureType, Type{Size: theme.SizeList, Ink: f.ink(theme.Ink1)}
	number.Ink = f.ink(theme.Ink1)
	w := number.measure(f.Number).Width
	x := theme.Px(16)
	return []fyne.CanvasObject{
		at(body, 0, 0, s.Width, s.Height),
		line(number, f.Number, x, 0, w+1, s.Height),
		line(word, f.Word, x+w+theme.Px(12), 0, s.Width-x-w-theme.Px(24), s.Height),
		f.ring(s, 6),
	}
}
