package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A List is a long list of rows of one height, of which only those in sight
// are made. One row is the current one; the arrow keys, PgUp, PgDn, Home and
// End move it.
type List struct {
	widget.BaseWidget
	Length int
	Height float32 // of a row in units of 100 %
	// Row makes the content of a row; it takes the whole room of it.
	Row func(i int) fyne.CanvasObject
	// Warned gives a row the ground of one that waits for a person; may be nil.
	Warned func(i int) bool
	// OnChosen is called when another row has become the current one, OnTapped
	// when a row was pressed, x units from its left edge.
	OnChosen func(i int)
	OnTapped func(i int, x float32)
	// OnKey takes the keys first; true: taken. OnOther takes those that nobody
	// else wants.
	OnKey   func(*fyne.KeyEvent) bool
	OnOther func(*fyne.KeyEvent)

	chosen, over int
	focused      bool
	body         *listBody
	scroll       *container.Scroll
}

// NewList returns an empty list of rows of a height.
func NewList(height float32, row func(i int) fyne.CanvasObject) *List {
	l := &List{Height: height, Row: row, over: -1}
	l.body = &listBody{list: l}
	l.body.ExtendBaseWidget(l.body)
	l.scroll = container.NewVScroll(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.Refresh() }
	l.ExtendBaseWidget(l)
	return l
}

// Set changes the number of rows, makes them anew and keeps the current one
// where there is still one.
func (l *List) Set(length int) {
	l.Length = length
	l.chosen = max(min(l.chosen, length-1), 0)
	l.body.made = nil
	l.body.Refresh()
	l.scroll.Refresh()
}

// Chosen is the current row.
func (l *List) Chosen() int { return l.chosen }

// Choose makes a row the current one and brings it into sight, without calling
// back.
func (l *List) Choose(i int) {
	if i < 0 || i >= l.Length {
		return
	}
	l.chosen = i
	h, top := l.row(), l.scroll.Offset.Y
	if at := float32(i) * h; at < top {
		top = at
	} else if low := at + h - l.scroll.Size().Height; low > top && l.scroll.Size().Height > 0 {
		top = low
	}
	if top != l.scroll.Offset.Y {
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	}
	l.body.Refresh()
}

// Resize keeps the current row in sight.
func (l *List) Resize(s fyne.Size) {
	l.BaseWidget.Resize(s)
	l.scroll.Resize(s)
	l.Choose(l.chosen)
}

// Repaint makes one row anew.
func (l *List) Repaint(i int) {
	delete(l.body.made, i)
	l.body.Refresh()
}

func (l *List) choose(i int) {
	i = max(min(i, l.Length-1), 0)
	if i == l.chosen || l.Length == 0 {
		return
	}
	l.Choose(i)
	if l.OnChosen != nil {
		l.OnChosen(i)
	}
}

func (l *List) row() float32 { return theme.Px(l.Height) }

// Focusable is the object that takes the keys.
func (l *List) Focusable() fyne.Focusable { return l.body }

// CreateRenderer implements [fyne.Widget].
func (l *List) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.scroll) }

// listBody is what scrolls: as high as all rows, with objects for those in
// sight.
type listBody struct {
	widget.BaseWidget
	list *List
	made map[int]fyne.CanvasObject // contents of the rows in sight
}

var (
	_ fyne.Focusable    = (*listBody)(nil)
	_ desktop.Hoverable = (*listBody)(nil)
)

// Tapped implements [fyne.Tappable].
func (b *listBody) Tapped(e *fyne.PointEvent) {
	l := b.list
	i := int(e.Position.Y / l.row())
	if i < 0 || i >= l.Length {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b)
	}
	l.choose(i)
	if l.OnTapped != nil {
		l.OnTapped(i, e.Position.X)
	}
}

func (b *listBody) MouseIn(*desktop.MouseEvent) {}

func (b *listBody) MouseMoved(e *desktop.MouseEvent) { b.hover(int(e.Position.Y / b.list.row())) }

func (b *listBody) MouseOut() { b.hover(-1) }

func (b *listBody) hover(i int) {
	if i != b.list.over {
		b.list.over = i
		b.Refresh()
	}
}

func (b *listBody) FocusGained() {
	b.list.focused = true
	b.Refresh()
}

func (b *listBody) FocusLost() {
	b.list.focused = false
	b.Refresh()
}

func (b *listBody) TypedRune(rune) {}

func (b *listBody) TypedKey(e *fyne.KeyEvent) {
	l := b.list
	if l.OnKey != nil && l.OnKey(e) {
		return
	}
	page := max(int(l.scroll.Size().Height/l.row())-1, 1)
	switch e.Name {
	case fyne.KeyUp:
		l.choose(l.chosen - 1)
	case fyne.KeyDown:
		l.choose(l.chosen + 1)
	case fyne.KeyPageUp:
		l.choose(l.chosen - page)
	case fyne.KeyPageDown:
		l.choose(l.chosen + page)
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(l.Length - 1)
	default:
		if l.OnOther != nil {
			l.OnOther(e)
		}
	}
}

// CreateRenderer implements [fyne.Widget].
func (b *listBody) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: b, min: func() fyne.Size {
		return fyne.NewSize(theme.Px(100), float32(b.list.Length)*b.list.row())
	}, draw: b.draw}
}

// draw makes the rows in sight; those that were in sight before are kept.
func (b *listBody) draw(s fyne.Size) []fyne.CanvasObject {
	l := b.list
	h, top := l.row(), l.scroll.Offset.Y
	first := max(int(top/h), 0)
	last := min(int(math.Ceil(float64((top+l.scroll.Size().Height)/h))), l.Length)
	made := make(map[int]fyne.CanvasObject, last-first)
	var all []fyne.CanvasObject
	for i := first; i < last; i++ {
		o := b.made[i]
		if o == nil {
			o = l.Row(i)
		}
		made[i] = o
		y := float32(i) * h
		if t := b.ground(i); t != "" {
			all = append(all, at(canvas.NewRectangle(theme.Ink(t)), 0, y, s.Width, h))
		}
		all = append(all, at(canvas.NewRectangle(theme.Ink(theme.Rule)), 0, y+h-1, s.Width, 1), at(o, 0, y, s.Width, h-1))
	}
	b.made = made
	return append(all, b.current(s, h)...)
}

func (b *listBody) ground(i int) theme.Token {
	l := b.list
	switch {
	case l.Warned != nil && l.Warned(i):
		return theme.WarnSoft
	case i == l.chosen:
		return theme.Soft
	case i == l.over:
		return theme.Zebra
	}
	return ""
}

// current marks the current row: a bar, and a frame when the list has the keys.
func (b *listBody) current(s fyne.Size, h float32) []fyne.CanvasObject {
	l := b.list
	if l.Length == 0 {
		return nil
	}
	y := float32(l.chosen) * h
	bar := at(canvas.NewRectangle(theme.Ink(theme.Accent)), 0, y, theme.Px(4), h-1)
	if !l.focused {
		return []fyne.CanvasObject{bar}
	}
	all := []fyne.CanvasObject{bar}
	for _, r := range [4][4]float32{{0, y, s.Width, 2}, {0, y + h - 3, s.Width, 2}, {0, y, 2, h - 1}, {s.Width - 2, y, 2, h - 1}} {
		all = append(all, at(canvas.NewRectangle(theme.Ink(theme.Accent)), r[0], r[1], r[2], r[3]))
	}
	return all
}
