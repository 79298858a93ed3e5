package screens

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A notice is something noticed in the files that waits for nobody.
type notice struct {
	icon string
	ink  theme.Token
	text string
}

// noticed are what was left out, the problems without a question and the notes.
func (i *Intake) noticed() []notice {
	var out []notice
	if i.done != nil && i.done.left > 0 {
		out = append(out, notice{"warning", theme.Warn, assets.T("intake.left", i.done.left)})
	}
	if n := i.plan.Count(exchange.Skip); n > 0 {
		out = append(out, notice{"minus", theme.Ink3, assets.T("intake.skipped", n)})
	}
	type line struct {
		file, sheet string
		row         int
	}
	decided := map[line]bool{}
	for _, it := range i.plan.Items {
		if it.Fate == exchange.Wait || it.Fate == exchange.Skip {
			decided[line{it.File, it.Sheet, it.Row}] = true
		}
	}
	for _, p := range i.plan.Problems {
		if p.Row == 0 || !decided[line{p.File, p.Sheet, p.Row}] {
			out = append(out, notice{"warning", theme.Warn, p.String()})
		}
	}
	for _, n := range i.plan.Notes {
		out = append(out, notice{"dot", theme.Ink2, n})
	}
	return out
}

// notices shows what was noticed.
func (s *intakeSide) notices() {
	all := s.intake.noticed()
	if len(all) == 0 {
		return
	}
	box := down(8, -1, section(assets.T("intake.noticed")))
	for _, n := range all[:min(len(all), noticesShown)] {
		box.Add(across(10, 1, down(0, 1, pad(0, 2, 0, 0, drawing(n.icon, 16, n.ink)), gap(0, 0)),
			widgets.NewParagraph(n.text, widgets.Type{Ink: theme.Ink2}, 6)))
	}
	if more := len(all) - noticesShown; more > 0 {
		box.Add(text(assets.T("intake.morenotices", more), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}))
	}
	s.add(box)
}

// buttons are what can be done now; one of them is the main one.
func (s *intakeSide) buttons() {
	i := s.intake
	s.main = nil
	var others []fyne.CanvasObject
	if i.done != nil {
		s.main = widgets.NewMain(assets.T("intake.undo"), "", i.undo)
		others = append(others, i.button(assets.T("intake.again"), i.clear))
	} else {
		s.main = widgets.NewMain(s.doing(), "", i.write)
		if i.plan == nil || i.busy() || i.toWrite() == 0 {
			s.main.Disable()
		}
		others = append(others, i.button(assets.T("intake.morefile"), i.pick), i.button(assets.T("intake.cancel"), i.clear))
	}
	s.main.Tall, s.main.OnKey = 40, i.host.Unwanted
	s.foot.Objects = []fyne.CanvasObject{s.main, flow(8, others...)}
	s.foot.Refresh()
}

// doing is the main button: how many rows it writes and how many wait.
func (s *intakeSide) doing() string {
	i := s.intake
	switch {
	case i.plan == nil || i.planning:
		return assets.T("intake.comparing.short")
	case i.toWrite() == 0 && i.waiting() == 0:
		return assets.T("intake.allthere")
	case i.toWrite() == 0:
		return assets.T("intake.onlywaiting", i.waiting())
	}
	n := i.toWrite()
	what := assets.T("intake.load", n, journal.Plural(n, assets.T("intake.load.one"), assets.T("intake.load.few"), assets.T("intake.load.many")))
	if i.waiting() > 0 {
		what += assets.T("intake.load.wait", i.waiting())
	}
	return what
}
