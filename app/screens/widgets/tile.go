package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"uchitelskaya/app/screens/theme"
)

// A Tile is a person at the entry: initials in a square, surname, name,
// subject and what waits to be sent.
type Tile struct {
	press
	Initials, Surname, Name, Note string
	Waiting                       string // «ждут отправки: 3» or nothing
	Chosen                        bool
}

// NewTile returns a tile of 356×88.
func NewTile(initials, surname, name, note, waiting string, tapped func()) *Tile {
	t := &Tile{Initials: initials, Surname: surname, Name: name, Note: note, Waiting: waiting}
	t.act = tapped
	t.ExtendBaseWidget(t)
	return t
}

// Choose marks the tile or not.
func (t *Tile) Choose(on bool) {
	t.Chosen = on
	t.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: t, min: func() fyne.Size { return fyne.NewSize(theme.Px(280), theme.Px(88)) }, draw: t.draw}
}

func (t *Tile) draw(s fyne.Size) []fyne.CanvasObject {
	edge := box(t.ground(theme.Sheet), t.edge(theme.Line), 6)
	if t.Chosen {
		edge.StrokeColor, edge.StrokeWidth = theme.Ink(theme.Accent), 2
	}
	all := []fyne.CanvasObject{at(edge, 0, 0, s.Width, s.Height)}
	all = append(all, initials(t.Initials, t.Chosen, theme.Px(16), theme.Px(18), theme.Px(52))...)
	x, w := theme.Px(84), s.Width-theme.Px(84)-theme.Px(14)
	room := w
	if t.Waiting != "" {
		wait := Type{Size: theme.SizeCaption, Ink: theme.Ink2, Align: fyne.TextAlignTrailing}
		ww := wait.measure(t.Waiting).Width
		room -= ww + theme.Px(22)
		dot := canvas.NewCircle(theme.Ink(theme.Ink3))
		all = append(all, line(wait, t.Waiting, x, theme.Px(12), w, theme.Px(20)),
			at(dot, x+w-ww-theme.Px(14), theme.Px(18), theme.Px(8), theme.Px(8)))
	}
	all = append(all,
		line(Type{Size: theme.SizeSection, Ink: t.ink(theme.Ink1), Bold: true}, t.Surname, x, theme.Px(10), room, theme.Px(24)),
		line(Type{Size: theme.SizeList, Ink: t.ink(theme.Ink1)}, t.Name, x, theme.Px(32), w, theme.Px(20)),
		line(Type{Size: theme.SizeCaption, Ink: t.ink(theme.Ink2)}, t.Note, x, theme.Px(55), w, theme.Px(18)))
	return append(all, t.ring(s, 6))
}

// initials draws the square with a person's letters.
func initials(text string, chosen bool, x, y, k float32) []fyne.CanvasObject {
	fill, ink := theme.Rail, theme.Ink2
	if chosen {
		fill, ink = theme.Accent, theme.OnAccent
	}
	t := Type{Size: theme.SizeCard, Ink: ink, Bold: true, Align: fyne.TextAlignCenter}
	if k < theme.Px(60) {
		t.Size = theme.SizeSection
	}
	return []fyne.CanvasObject{at(box(fill, "", 4), x, y, k, k), line(t, text, x, y, k, k)}
}
