package screens

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// intakeView is what a person sees of taking in: title, figures and the table
// of rows, with the side column at the right.
type intakeView struct {
	intake          *Intake
	title, subtitle *widgets.Text
	steps           *widgets.Steps
	figures         [4]*widgets.Figure
	list            *widgets.List
	head            *fyne.Container
	table           *widgets.Card
	card            fyne.CanvasObject
	start           *widgets.Button
	bar             *widgets.Text
	narrow          bool
	content         *fyne.Container
}

// fates are those that have a figure, in order.
var fates = [4]exchange.Fate{exchange.Add, exchange.Alter, exchange.Same, exchange.Wait}

func newIntakeView(i *Intake) *intakeView {
	v := &intakeView{
		intake:   i,
		title:    text("", widgets.Type{Size: theme.SizeTitle, Bold: true}),
		subtitle: text("", widgets.Type{Ink: theme.Ink2}),
		steps:    widgets.NewSteps(assets.T("intake.step.files"), assets.T("intake.step.check"), assets.T("intake.step.done")),
		bar:      text("", widgets.Type{Ink: theme.Ink2}),
		head:     container.NewStack(),
	}
	for n, f := range fates {
		v.figures[n] = widgets.NewFigure("0", f.String(), func() { i.filter(f) })
		v.figures[n].OnKey = i.host.Unwanted
	}
	v.list = widgets.NewList(widgets.Dense, v.row)
	v.list.Warned = func(n int) bool { return i.item(n).Fate == exchange.Wait }
	v.list.OnChosen = func(int) { i.side.follow() }
	v.list.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace {
			i.side.enter()
			return true
		}
		return false
	}
	v.list.OnOther = i.host.Unwanted
	v.table = widgets.NewTable(down(0, 1, v.head, v.list))
	v.card, v.start = i.startCard()
	v.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(720), theme.Px(360)) },
		v.lay,
	}, v.title, v.subtitle, v.steps, v.figures[0], v.figures[1], v.figures[2], v.figures[3], v.table, i.side.content, v.card)
	return v
}

// fateWord is what happens to a row, or what has happened once all is written.
func (i *Intake) fateWord(f exchange.Fate) string {
	if i.done == nil || f == exchange.Same {
		return f.String()
	}
	key := "intake.was." + map[exchange.Fate]string{
		exchange.Add: "added", exchange.Alter: "altered", exchange.Wait: "left", exchange.Skip: "skipped",
	}[f]
	return assets.T(key)
}

// filter shows the rows of one fate, or all again.
func (i *Intake) filter(f exchange.Fate) {
	if i.only == int(f) {
		i.only = everyFate
	} else {
		i.only = int(f)
	}
	i.show()
}

// item is the item of a row of the table.
func (i *Intake) item(row int) *exchange.Item { return &i.plan.Items[i.shown[row]] }

// show brings the view up to date.
func (v *intakeView) show() {
	i := v.intake
	chosen := len(i.sources) > 0
	show(v.card, !chosen)
	show(v.table, chosen)
	show(i.side.content, chosen)
	v.title.Set(assets.T("intake.title"))
	switch {
	case !chosen:
		v.subtitle.Set(assets.T("intake.nothing"))
		v.steps.Set(0)
	case i.done != nil:
		v.title.Set(assets.T("intake.title.done"))
		v.subtitle.Set(assets.T("intake.written", rows(i.done.rows)))
		v.steps.Set(3)
	case i.plan == nil || i.planning:
		v.title.Set(assets.T("intake.title.check"))
		v.subtitle.Set(assets.T("intake.comparing"))
		v.steps.Set(1)
	default:
		v.title.Set(assets.T("intake.title.check"))
		v.subtitle.Set(assets.T("intake.checked", i.names(), rows(len(i.plan.Items))))
		v.steps.Set(1)
	}
	v.bar.Set(assets.T("intake.bar.before"))
	if i.done != nil {
		v.bar.Set(assets.T("intake.bar.after"))
	}
	for n, f := range fates {
		show(v.figures[n], i.plan != nil && chosen)
		if i.plan != nil {
			count := i.plan.Count(f)
			v.figures[n].Chosen, v.figures[n].Word = i.only == int(f), i.fateWord(f)
			v.figures[n].Set(strconv.Itoa(count), f == exchange.Wait && count > 0)
		}
	}
	v.list.Set(len(i.shown))
	v.content.Refresh()
}

func (v *intakeView) lay(o []fyne.CanvasObject, s fyne.Size) {
	margin, side := theme.Px(24), theme.Px(390)
	narrow := s.Width < theme.Px(1100)
	if narrow {
		margin, side = theme.Px(16), theme.Px(320)
	}
	if narrow != v.narrow || len(v.head.Objects) == 0 {
		v.narrow = narrow
		v.list.Height = widgets.Dense
		if narrow {
			v.list.Height = 44
		}
		v.head.Objects = []fyne.CanvasObject{v.heads()}
		v.list.Set(len(v.intake.shown))
	}
	top := theme.Px(18)
	steps := v.steps.MinSize()
	place(o[0], margin, top, s.Width-2*margin-steps.Width, theme.Px(30))
	place(o[1], margin, top+theme.Px(32), s.Width-2*margin, theme.Px(20))
	place(o[2], s.Width-margin-steps.Width, top+theme.Px(2), steps.Width, steps.Height)
	y, left := top+theme.Px(68), s.Width-side-2*margin
	place(o[8], s.Width-side, y-theme.Px(8), side, s.Height-y+theme.Px(8))
	place(o[9], margin, y+theme.Px(16), s.Width-2*margin, s.Height-y-theme.Px(32))
	if o[3].Visible() {
		gap, tall := theme.Px(12), theme.Px(62)
		if narrow {
			tall = theme.Px(48)
		}
		w := (left - 3*gap) / 4
		for n := range 4 {
			place(o[3+n], margin+float32(n)*(w+gap), y, w, tall)
		}
		y += tall + theme.Px(14)
	}
	place(o[7], margin, y, left, s.Height-y-theme.Px(16))
}
