package screens

import (
	"uchitelskaya/app/desk"
	"uchitelskaya/assets"
)

// rule lays the card on which requests are granted or rejected, with a sentence
// for the teacher.
func (r *Requests) rule(grant bool, all []desk.Request) {
	name, act, did := "requests.reject", r.desk.Reject, "requests.did.reject"
	if grant {
		name, act, did = "requests.grant", r.desk.Grant, "requests.did.grant"
	}
	c := &wordCard{
		host: r.shell, title: assets.T(name + ".one"), why: assets.T(name + ".why"), hint: assets.T(name + ".word"),
		yes: assets.T(name+".yes", len(all)), no: assets.T("requests.later"),
	}
	if len(all) > 1 {
		c.title = assets.T(name+".many", len(all))
	}
	for _, q := range all {
		words := requestText(r.desk.Roster(), q, true)
		if len(q.Lines) == 1 {
			words = lineChange(r.desk.Roster(), q.Lines[0], true, q.Decision)
		}
		c.about = append(c.about, words)
	}
	c.act = func(word string) error {
		if _, err := act(r.ctx, all, word); err != nil {
			return err
		}
		r.shell.Say(assets.T(did, len(all)))
		r.shell.Focus(r.view.list.Focusable())
		r.read()
		return nil
	}
	c.lay()
}
