package screens

import (
	"context"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// Decisions lists the fields in which several values stand. Those of the
// person's own pages can be decided, the others only be looked at.
type Decisions struct {
	desk deciding
	host Host

	ctx    context.Context
	all    []desk.Dispute
	rows   []*widgets.Row
	chosen int

	subtitle *widgets.Text
	list     *fyne.Container
	content  fyne.CanvasObject
}

// NewDecisions builds the screen.
func NewDecisions(d deciding, h Host) *Decisions {
	s := &Decisions{desk: d, host: h, subtitle: text("", widgets.Type{Ink: theme.Ink2}), list: down(0, -1)}
	head := down(2, -1, text(assets.T("decisions.screen"), widgets.Type{Size: theme.SizeTitle, Bold: true}), s.subtitle)
	s.content = pad(24, 20, 24, 24, down(16, 1, head, scrolled(s.list)))
	return s
}

// Content implements [Screen].
func (s *Decisions) Content() fyne.CanvasObject { return s.content }

// Bar implements [Screen].
func (s *Decisions) Bar() fyne.CanvasObject {
	return pad(12, 0, 0, 0, text(assets.T("decisions.bar"), widgets.Type{Ink: theme.Ink2}))
}

// Close implements [Screen].
func (s *Decisions) Close() {}

// Load implements [Screen].
func (s *Decisions) Load(ctx context.Context) {
	s.ctx = ctx
	s.read()
}

// Changed implements [Listener].
func (s *Decisions) Changed(n News) { s.read() }

func (s *Decisions) read() {
	Async(s.ctx, s.desk.Disputes, func(all []desk.Dispute, err error) {
		if err != nil {
			s.host.Say(fault.TextOf(err))
			return
		}
		s.all = all
		s.show()
	})
}

func (s *Decisions) show() {
	s.rows, s.list.Objects = nil, nil
	s.chosen = max(min(s.chosen, len(s.all)-1), 0)
	s.subtitle.Set(assets.T("decisions.count", len(s.all)))
	if len(s.all) == 0 {
		s.subtitle.Set("")
		s.list.Objects = []fyne.CanvasObject{widgets.NewCard(across(10, 1, middle(drawing("done", 18, theme.Ok)), text(assets.T("decisions.none"), widgets.Type{Size: theme.SizeList})))}
		s.list.Refresh()
		return
	}
	table := down(0, -1)
	for i, d := range s.all {
		sign := drawing("warning", 20, theme.Warn)
		if !d.Mine {
			sign = drawing("warning", 20, theme.Ink3)
		}
		line := across(14, 1, middle(sign), middle(down(2, -1,
			text(whereOf(s.desk, d), widgets.Type{Size: theme.SizeList, Bold: true}),
			text(assets.T("decisions.written", sidesText(s.desk, d)), widgets.Type{Ink: theme.Ink2}))))
		row := widgets.NewRow(line, 62, func() { s.open(i) })
		row.Pad, row.Chevron, row.Chosen, row.Last = 20, true, i == s.chosen, i == len(s.all)-1
		s.rows = append(s.rows, row)
		table.Add(row)
	}
	s.list.Objects = []fyne.CanvasObject{widgets.NewTable(table)}
	s.list.Refresh()
}

// open lays the card of one, and of those after it.
func (s *Decisions) open(i int) {
	if i < len(s.all) {
		decideAll(s.desk, s.host, s.all[i:], s.read)
	}
}

// Key implements [Keyed].
func (s *Decisions) Key(e *fyne.KeyEvent) bool {
	to := s.chosen
	switch e.Name {
	case fyne.KeyDown:
		to++
	case fyne.KeyUp:
		to--
	case fyne.KeyReturn, fyne.KeyEnter:
		s.open(s.chosen)
		return true
	default:
		return false
	}
	if to >= 0 && to < len(s.rows) {
		s.rows[s.chosen].Choose(false)
		s.chosen = to
		s.rows[to].Choose(true)
	}
	return true
}
