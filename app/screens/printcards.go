package screens

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// contents lists what the document has; Enter goes there.
func (p *Printing) contents() {
	d := p.paper.doc
	if d == nil {
		return
	}
	var at []int // indices of the pages that begin something
	for n := range d.Pages {
		if d.Pages[n].Outline != "" {
			at = append(at, n)
		}
	}
	if len(at) == 0 {
		return
	}
	list := widgets.NewList(widgets.Dense, func(n int) fyne.CanvasObject {
		return pad(16, 0, 16, 0, across(10, 0, text(d.Pages[at[n]].Outline, widgets.Type{Size: theme.SizeList}),
			text(strconv.Itoa(at[n]+1), widgets.Type{Ink: theme.Ink2})))
	})
	list.Set(len(at))
	first, _ := p.paper.shown()
	for n, page := range at {
		if page < first+1 {
			list.Choose(n)
		}
	}
	jump := func(n int) {
		p.host.Lift()
		p.goTo(at[n] + 1)
	}
	list.OnTapped = func(n int, _ float32) { jump(n) }
	list.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
			return false
		}
		jump(list.Chosen())
		return true
	}
	list.OnOther = p.host.Unwanted
	no := p.button(assets.T("printing.done.close"), p.host.Lift)
	no.Hint, no.Tall = "Esc", 36
	tall := min(float32(len(at))*widgets.Dense+2, 10*widgets.Dense)
	p.host.Lay(Card{Content: sheetCard(assets.T("printing.contents.title"), "", sized(0, tall, widgets.NewTable(list)), no), Width: 560, First: list.Focusable()})
}

// The widths of a page shown large, in units of 100 %.
var zooms = [...]float32{620, 860, 1200, 1600}

// enlarge shows the pages large, one at a time. The arrows move the sheet, PgUp
// and PgDn turn the pages, + and − change the size.
func (p *Printing) enlarge() {
	if p.paper.doc == nil {
		return
	}
	large := newPaper(func() {})
	large.single = true
	first, _ := p.paper.shown()
	large.show(p.paper.doc, first-1)
	zoom := 1
	size := func() fyne.Size {
		w := theme.Px(zooms[zoom])
		return fyne.NewSize(w, w*297/210)
	}
	room := container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return size().AddWidthHeight(theme.Px(32), theme.Px(32)) },
		func(o []fyne.CanvasObject, s fyne.Size) {
			want := size()
			place(o[0], max((s.Width-want.Width)/2, theme.Px(16)), theme.Px(16), want.Width, want.Height)
		},
	}, large)
	scroll := container.NewScroll(room)
	number := text("", widgets.Type{Ink: theme.Ink2})
	caption := func() {
		at, _ := large.shown()
		number.Set(assets.T("printing.large", at, large.pages()))
	}
	grow := func(by int) {
		zoom = max(min(zoom+by, len(zooms)-1), 0)
		room.Refresh()
		scroll.Refresh()
	}
	turn := func(by int) {
		large.turn(by)
		scroll.ScrollToTop()
		caption()
	}
	less := p.button("−", func() { grow(-1) })
	more := p.button("+", func() { grow(1) })
	back, on := widgets.NewIcon("chevron-left", func() { turn(-1) }), widgets.NewIcon("chevron-right", func() { turn(1) })
	back.OnKey, on.OnKey = p.host.Unwanted, p.host.Unwanted
	away := p.button(assets.T("printing.done.close"), p.host.Lift)
	away.Hint = "Esc"
	caption()
	head := pad(16, 8, 16, 8, across(8, 5, back, on, less, more, number, gap(0, 0), away))
	body := container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(600), theme.Px(4000)) }, // as high as the window lets it be
		func(o []fyne.CanvasObject, s fyne.Size) {
			h := theme.Px(48)
			place(o[0], 0, 0, s.Width, h)
			place(o[1], 1, h, s.Width-2, s.Height-h-1)
			place(o[2], 1, h, s.Width-2, s.Height-h-1)
		},
	}, head, fill(theme.Rule), scroll)
	p.host.Lay(Card{Content: body, Width: 1000, First: away, Key: func(e *fyne.KeyEvent) bool {
		step := theme.Px(120)
		move := func(x, y float32) {
			scroll.ScrollToOffset(fyne.NewPos(max(scroll.Offset.X+x, 0), max(scroll.Offset.Y+y, 0)))
		}
		switch e.Name {
		case fyne.KeyPageDown:
			turn(1)
		case fyne.KeyPageUp:
			turn(-1)
		case fyne.KeyHome:
			large.goTo(1)
			caption()
		case fyne.KeyEnd:
			large.goTo(large.pages())
			caption()
		case fyne.KeyDown:
			move(0, step)
		case fyne.KeyUp:
			move(0, -step)
		case fyne.KeyRight:
			move(step, 0)
		case fyne.KeyLeft:
			move(-step, 0)
		case fyne.KeyPlus, fyne.KeyEqual:
			grow(1)
		case fyne.KeyMinus:
			grow(-1)
		default:
			return false
		}
		return true
	}, Lifted: func() {
		at, _ := large.shown()
		p.goTo(at)
	}})
}
