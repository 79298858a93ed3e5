package screens

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/print"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// printView is what a person sees of printing: at the left the deadline, the
// classes and what to do, at the right the pages.
type printView struct {
	printing        *Printing
	title, subtitle *widgets.Text
	days            *widgets.Text
	until, done     *widgets.Text
	meter           *widgets.Meter
	list            *widgets.List
	sides           *widgets.Segments
	tight, details  *widgets.Tick
	print, save     *widgets.Button
	lacks           *widgets.Button
	left            fyne.CanvasObject

	class          *widgets.Text
	kind           *widgets.Segments
	page           *field
	of             *widgets.Text
	contents       *widgets.Button
	state          *widgets.Text
	about, remarks *widgets.Text
	head           fyne.CanvasObject
	foot           fyne.CanvasObject
	bar            *widgets.Text
	narrow         bool
	content        *fyne.Container
}

func newPrintView(p *Printing) *printView {
	v := &printView{
		printing: p,
		title:    text(assets.T("printing.title"), widgets.Type{Size: theme.SizeTitle, Bold: true}),
		subtitle: text("", widgets.Type{Ink: theme.Ink2}),
		bar:      text(assets.T("printing.bar"), widgets.Type{Ink: theme.Ink2}),
		state:    text("", widgets.Type{Size: theme.SizeList, Ink: theme.Ink2, Align: fyne.TextAlignCenter}),
	}
	v.list = widgets.NewList(widgets.Dense, v.row)
	v.list.OnChosen = func(int) { p.open() }
	v.list.OnTapped = v.tapped
	v.list.OnKey = v.listKey
	v.list.OnOther = p.host.Unwanted
	table := widgets.NewTable(down(0, 1, v.heads(), v.list))
	v.left = down(12, 2, down(2, -1, v.title, v.subtitle), v.deadline(), table, v.choices(), v.buttons())
	v.head, v.foot = v.pageHead(), v.pageFoot()
	ground := fill(theme.Rule)
	v.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(720), theme.Px(360)) },
		v.lay,
	}, v.left, ground, v.head, p.paper, v.foot, v.state)
	return v
}

func (v *printView) lay(o []fyne.CanvasObject, s fyne.Size) {
	margin, w := theme.Px(24), theme.Px(520)
	narrow := s.Width < theme.Px(1100)
	if narrow {
		margin, w = theme.Px(16), theme.Px(470)
	}
	place(o[0], margin, theme.Px(14), w, s.Height-theme.Px(28))
	x := 2*margin + w
	right, head, foot := s.Width-x, theme.Px(50), theme.Px(62)
	place(o[1], x, 0, right, s.Height)
	place(o[2], x, 0, right, head)
	v.fold(narrow)
	v.contents.Show()
	if o[2].MinSize().Width > right { // F4 does the same
		v.contents.Hide()
	}
	room := fyne.NewSize(right-theme.Px(32), s.Height-head-foot-theme.Px(20))
	size := v.printing.paper.fit(room)
	place(o[3], x+(right-size.Width)/2, head+theme.Px(14)+max((room.Height-size.Height)/2, 0), size.Width, size.Height)
	place(o[4], x+theme.Px(16), s.Height-foot, right-theme.Px(32), foot)
	place(o[5], x, head+(s.Height-head)/2-theme.Px(30), right, theme.Px(24))
}

// fold makes do with less room: shorter words, one page at a time.
func (v *printView) fold(narrow bool) {
	if v.narrow == narrow {
		return
	}
	v.narrow = narrow
	v.printing.paper.fold(narrow)
	show(v.class, !narrow)
	v.kind.Names[1], v.contents.Hint, v.lacks.Hint = assets.T("printing.summary"), "F4", "F2"
	if narrow {
		v.kind.Names[1], v.contents.Hint, v.lacks.Hint = assets.T("printing.summary.short"), "", ""
	}
	v.turned()
}

// deadline is how many days are left to the day by which all is on paper.
func (v *printView) deadline() fyne.CanvasObject {
	v.days = text("", widgets.Type{Size: theme.SizeCount, Bold: true})
	v.until = text("", widgets.Type{Size: theme.SizeSection, Bold: true})
	v.done = text("", widgets.Type{Ink: theme.Ink2})
	v.meter = widgets.NewMeter(0)
	card := widgets.NewCard(across(16, 1, sized(84, 0, v.days), middle(down(2, -1, v.until, v.done)), middle(sized(130, 8, v.meter))))
	card.Pad = 10
	return sized(0, 70, card)
}

// choices are the school's choices about its paper.
func (v *printView) choices() fyne.CanvasObject {
	p := v.printing
	v.sides = widgets.NewSegments([]string{assets.T("printing.duplex"), assets.T("printing.simplex")}, func(n int) {
		p.set(func(o *print.Options) { o.Simplex = n == 1 })
	})
	v.sides.Filled, v.sides.Pad = true, 10
	v.tight = widgets.NewTick(assets.T("printing.tight"), func(on bool) { p.set(func(o *print.Options) { o.Tight = on }) })
	v.details = widgets.NewTick(assets.T("printing.details"), func(on bool) { p.set(func(o *print.Options) { o.NoDetails = !on }) })
	v.details.Set(true)
	v.sides.OnKey, v.tight.OnKey, v.details.OnKey = p.host.Unwanted, p.host.Unwanted, p.host.Unwanted
	return across(14, 3, v.sides, middle(v.tight), middle(v.details), gap(0, 0))
}

func (v *printView) buttons() fyne.CanvasObject {
	p := v.printing
	v.print = widgets.NewMain("", "", p.printTicked)
	v.print.OnKey = p.host.Unwanted
	v.save = p.button(assets.T("printing.save"), p.save)
	v.lacks = p.button(assets.T("printing.lacks"), p.missing)
	v.lacks.Hint = "F2"
	v.save.Tall, v.lacks.Tall = 36, 36
	return across(10, 0, v.print, v.save, v.lacks)
}

// pageHead is the line over the pages.
func (v *printView) pageHead() fyne.CanvasObject {
	p := v.printing
	v.class = text("", widgets.Type{Size: theme.SizeSection, Bold: true})
	v.kind = widgets.NewSegments([]string{assets.T("printing.journal"), assets.T("printing.summary")}, func(n int) {
		p.summary = n == 1
		p.open()
	})
	v.kind.Filled, v.kind.OnKey, v.kind.Pad = true, p.host.Unwanted, 10
	v.contents = p.button(assets.T("printing.contents"), p.contents)
	v.contents.Hint = "F4"
	v.page = newField("", 1)
	v.page.OnSubmitted = func(s string) {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
			p.goTo(n)
		}
		v.turned()
		p.host.Focus(v.list.Focusable())
	}
	v.of = text("", widgets.Type{})
	back := widgets.NewIcon("chevron-left", func() { p.turn(-1) })
	on := widgets.NewIcon("chevron-right", func() { p.turn(1) })
	back.OnKey, on.OnKey = p.host.Unwanted, p.host.Unwanted
	line := across(8, 3, middle(v.class), middle(v.kind), middle(v.contents), gap(0, 0), middle(back), middle(sized(54, 32, v.page)), middle(v.of), middle(on))
	return stack(fill(theme.Sheet), down(0, 0, pad(16, 0, 16, 0, line), rule(theme.Line)))
}

// pageFoot says what the paper is and what could not be printed as written.
func (v *printView) pageFoot() fyne.CanvasObject {
	v.about = text("", widgets.Type{})
	v.remarks = text("", widgets.Type{Ink: theme.Ink2})
	return down(0, -1, v.about, v.remarks)
}
