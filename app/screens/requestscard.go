package screens

import (
	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A verdict is the card on which requests are granted or rejected: what it is
// about, what comes of it, a sentence for the teacher.
type verdict struct {
	screen *Requests
	grant  bool
	all    []desk.Request
	name   string // of the texts: «grant» or «reject»

	word  *field
	sorry *widgets.Text // has its room while it is empty
}

func newVerdict(r *Requests, grant bool, all []desk.Request) *verdict {
	v := &verdict{screen: r, grant: grant, all: all, name: "requests.reject"}
	if grant {
		v.name = "requests.grant"
	}
	v.word = newField(assets.T(v.name+".word"), 1)
	v.word.OnSubmitted = func(string) { v.done() }
	v.sorry = text("", widgets.Type{Ink: theme.Bad})
	return v
}

func (v *verdict) lay() {
	r := v.screen
	title := assets.T(v.name + ".one")
	if len(v.all) > 1 {
		title = assets.T(v.name+".many", len(v.all))
	}
	about := down(2, -1)
	for i, q := range v.all {
		if i == 4 {
			about.Add(text(assets.T("requests.and", len(v.all)-i), widgets.Type{Ink: theme.Ink2}))
			break
		}
		words := requestText(r.desk.Roster(), q, true)
		if len(q.Lines) == 1 {
			words = lineChange(r.desk.Roster(), q.Lines[0], true, q.Decision)
		}
		about.Add(text(words, widgets.Type{}))
	}
	yes := widgets.NewMain(assets.T(v.name+".yes", len(v.all)), "Enter", v.done)
	no := widgets.NewButton(assets.T("requests.later"), r.shell.Lift)
	no.Hint, no.Tall = "Esc", 36
	body := down(10, -1, stack(edge(theme.Zebra, theme.Rule, 1, 5), pad(12, 8, 12, 8, about)), v.word, v.sorry)
	r.shell.Lay(Card{Content: sheetCard(title, assets.T(v.name+".why"), body, yes, no), Width: 640, First: v.word})
}

// done writes the decision, or says why it cannot be.
func (v *verdict) done() {
	r := v.screen
	act, did := r.desk.Reject, "requests.did.reject"
	if v.grant {
		act, did = r.desk.Grant, "requests.did.grant"
	}
	if _, err := act(r.ctx, v.all, v.word.Text); err != nil {
		v.sorry.Set(fault.TextOf(err))
		r.shell.Focus(v.word)
		return
	}
	r.shell.Lift()
	r.shell.Say(assets.T(did, len(v.all)))
	r.shell.Focus(r.view.list.Focusable())
	r.read()
}
