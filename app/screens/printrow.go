package screens

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// paperEdge is the line round a page: the same in every look, as paper is.
var paperEdge = color.RGBA{0x7C, 0x89, 0x97, 0xFF}

// Places in a row of a class, in units of 100 %.
const (
	printTick, printName, printSheets, printState = 16, 48, 150, 214
)

func printLine(tick, name, sheets, sign, state fyne.CanvasObject) fyne.CanvasObject {
	return container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(360), theme.Px(30)) },
		func(o []fyne.CanvasObject, s fyne.Size) {
			k := theme.Px(18)
			place(o[0], theme.Px(printTick), (s.Height-k)/2, k, k)
			place(o[1], theme.Px(printName), 0, theme.Px(printSheets-printName-8), s.Height)
			place(o[2], theme.Px(printSheets), 0, theme.Px(48), s.Height)
			place(o[3], theme.Px(printState), (s.Height-k)/2, k, k)
			place(o[4], theme.Px(printState+26), 0, s.Width-theme.Px(printState+26+12), s.Height)
		},
	}, tick, name, sheets, sign, state)
}

func (v *printView) heads() fyne.CanvasObject {
	t := widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}
	count := t
	count.Align = fyne.TextAlignTrailing
	line := printLine(gap(0, 0), text(assets.T("printing.head.class"), t), text(assets.T("printing.head.sheets"), count), gap(0, 0), text(assets.T("printing.head.state"), t))
	return down(0, -1, sized(0, 30, stack(edge(theme.Head, theme.Head, 0, 5), line)), rule(theme.Line))
}

// row is one class.
func (v *printView) row(n int) fyne.CanvasObject {
	o := v.printing.volumes[n]
	sheets := ""
	if o.pages > 0 {
		sheets = strconv.Itoa(sheetsOf(o.pages, v.printing.options))
	}
	icon, ink, state, bold := o.state()
	return printLine(tickBox(o.ticked),
		text(o.class.Name, widgets.Type{Size: theme.SizeList, Bold: true}),
		text(sheets, widgets.Type{Size: theme.SizeList, Align: fyne.TextAlignTrailing}),
		drawing(icon, 18, ink),
		text(state, widgets.Type{Size: theme.SizeList, Ink: ink, Bold: bold}))
}

// state is how things stand with a class, as sign and words.
func (o *volume) state() (icon string, ink theme.Token, words string, bold bool) {
	switch {
	case !o.checked:
		return "more", theme.Ink3, assets.T("printing.checking"), false
	case o.err != nil:
		return "warning", theme.Bad, fault.TextOf(o.err), true
	case len(o.lacks) > 0:
		var all []string
		for _, l := range o.lacks {
			words := lackWords(l, "printing.lack.")
			if len(all) > 0 {
				words = strings.ToLower(words)
			}
			all = append(all, words)
		}
		return "warning", theme.Warn, strings.Join(all, ", "), true
	}
	return "sheet", theme.Ink1, assets.T("printing.state.ready"), false
}

// lackWords names a lack with its number.
func lackWords(l desk.Lack, area string) string {
	return assets.T(area+[...]string{"decisions", "topics", "results", "remarks"}[l.What], l.Count)
}

// tickBox is the box of a row; the row is what is pressed.
func tickBox(on bool) fyne.CanvasObject {
	if !on {
		return pad(1, 1, 1, 1, edge(theme.Sheet, theme.Strong, 1, 3))
	}
	return pad(1, 1, 1, 1, stack(edge(theme.Accent, theme.Accent, 0, 3), drawing("done", 14, theme.OnAccent)))
}

// tapped ticks a class or leads to what it lacks.
func (v *printView) tapped(n int, x float32) {
	switch {
	case x < theme.Px(printName):
		v.printing.tick(n)
	case x > theme.Px(printState) && len(v.printing.volumes[n].lacks) > 0:
		v.printing.missing()
	}
}

func (v *printView) listKey(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeySpace:
		v.printing.tick(v.list.Chosen())
	case fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd, fyne.KeyLeft, fyne.KeyRight, fyne.KeyReturn, fyne.KeyEnter:
		return v.printing.Key(e)
	default:
		return false
	}
	return true
}
