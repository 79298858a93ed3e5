package screens

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// Widths of the columns in units of 100 %: row number, sort, born, class, what
// will be; name and reason share what is left.
var intakeColumns = [5]float32{54, 72, 90, 52, 134}

// intakeLine lays one line of the table: number, sort, name, born, class, sign
// and fate, reason. Where it is narrow the reason goes below.
func (v *intakeView) intakeLine(o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(500), theme.Px(30)) },
		func(o []fyne.CanvasObject, s fyne.Size) {
			w := [5]float32{}
			left := s.Width - theme.Px(14+14)
			for i, c := range intakeColumns {
				w[i] = theme.Px(c)
				left -= w[i]
			}
			gap := theme.Px(12)
			name, why, h := left*0.55, left*0.45, s.Height
			if v.narrow {
				name = left
				if o[7].Visible() {
					h = min(s.Height, theme.Px(26))
				}
			}
			x := theme.Px(14)
			put := func(i int, width float32) {
				place(o[i], x, 0, width-gap, h)
				x += width
			}
			put(0, w[0])
			put(1, w[1])
			put(2, name)
			put(3, w[2])
			put(4, w[3])
			place(o[5], x, (h-theme.Px(16))/2, theme.Px(16), theme.Px(16))
			place(o[6], x+theme.Px(24), 0, w[4]-theme.Px(24+4), h)
			if v.narrow {
				at := theme.Px(14) + w[0] + w[1]
				place(o[7], at, theme.Px(24), s.Width-at-theme.Px(14), s.Height-theme.Px(26))
				return
			}
			place(o[7], x+w[4], 0, why, h)
		},
	}, o...)
}

// heads are the words over the columns.
func (v *intakeView) heads() fyne.CanvasObject {
	t := widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}
	head := func(key string) fyne.CanvasObject { key = "intake.head." + key; return text(assets.T(key), t) }
	why := head("why")
	show(why, !v.narrow)
	line := v.intakeLine(text(assets.T("intake.head.row"), t), head("what"), head("name"), head("born"), head("class"), gap(0, 0), head("fate"), why)
	return down(0, -1, sized(0, 32, stack(edge(theme.Head, theme.Head, 0, 5), line)), rule(theme.Line))
}

// row is one row of the plan.
func (v *intakeView) row(n int) fyne.CanvasObject {
	it := v.intake.item(n)
	icon, ink := fateSign(it.Fate)
	number := ""
	if it.Row > 0 {
		number = strconv.Itoa(it.Row)
	}
	born, class := "", it.Class
	if it.Born != 0 {
		born = it.Born.String()
	}
	bornType, classType := widgets.Type{}, widgets.Type{}
	switch v.intake.doubted(it) { // a wrong value stands as it is in the file
	case exchange.Born:
		born, bornType.Bold = it.Question.Value, true
	case exchange.Class:
		class, classType.Bold = it.Question.Value, true
	}
	fate := widgets.Type{Size: theme.SizeList, Ink: ink, Bold: it.Fate == exchange.Wait}
	why := widgets.Type{Ink: theme.Ink2, Narrow: true}
	if it.Fate == exchange.Wait {
		why.Ink = theme.Ink1
	}
	reason := text(it.Why, why)
	show(reason, it.Why != "")
	return v.intakeLine(
		text(number, widgets.Type{Ink: theme.Ink2}),
		text(it.Thing.String(), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}),
		text(it.Title, widgets.Type{Size: theme.SizeList}),
		text(born, bornType),
		text(class, classType),
		drawing(icon, 16, ink),
		text(v.intake.fateWord(it.Fate), fate),
		reason)
}

// doubted is what the column holds that a row waits for.
func (i *Intake) doubted(it *exchange.Item) exchange.Meaning {
	if it.Question == nil || it.Question.Value == "" {
		return exchange.Unknown
	}
	head := i.columnOf(it.Place, it.Why)
	for _, l := range i.plan.Lists {
		for _, c := range l.Columns {
			if l.Sheet.File == it.File && l.Sheet.Name == it.Sheet && c.Head == head {
				return c.Meaning
			}
		}
	}
	return exchange.Unknown
}

// columnOf is the head of the column that a row waits for.
func (i *Intake) columnOf(at exchange.Place, why string) string {
	for _, p := range i.plan.Problems {
		if p.File == at.File && p.Sheet == at.Sheet && strings.EqualFold(strings.TrimRight(p.Text, "."), strings.TrimRight(why, ".")) {
			return p.Column
		}
	}
	return ""
}

// fateSign is the shape and the ink of a fate.
func fateSign(f exchange.Fate) (icon string, ink theme.Token) {
	switch f {
	case exchange.Add:
		return "plus", theme.Ok
	case exchange.Alter:
		return "not-equal", theme.Accent
	case exchange.Wait:
		return "warning", theme.Warn
	case exchange.Skip:
		return "minus", theme.Ink3
	}
	return "equal", theme.Ink3
}
