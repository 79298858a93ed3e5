package screens

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A refusedView is what «Отклонённые» looks like: the list, below it the current
// entry with the server's sentence and what can be done.
type refusedView struct {
	screen *Refused
	head   *sendingHead
	list   *entryList
	none   *widgets.Text
	over   *fyne.Container // list or the sentence that there is nothing

	what, now, why               *widgets.Text
	first, second, copied, alike *widgets.Button
	alikeAway, back, shown       *widgets.Button
	inside                       *fyne.Container // of the card
	card                         *widgets.Card
	content                      *fyne.Container
}

func newRefusedView(r *Refused) *refusedView {
	v := &refusedView{screen: r, none: text("", widgets.Type{Size: theme.SizeList, Ink: theme.Ink2})}
	v.shown = widgets.NewButton("", r.turn)
	v.shown.Hint = "F5"
	v.back = widgets.NewButton(assets.T("refused.back"), r.bringBack)
	v.back.Hint = "Ctrl+Z"
	v.head = newSendingHead(r.shell, 1, assets.T("refused.title"), v.back, v.shown)
	v.list = newEntryList(52, r.shell.Unwanted)
	v.list.draw, v.list.read, v.list.more = v.row, readLines(r.desk, r.shell, &r.ctx), r.more
	v.list.list.OnChosen = func(int) { v.follow() }
	v.list.key = r.Key
	v.over = stack(widgets.NewTable(v.list.list), pad(20, 20, 20, 20, down(0, -1, v.none)))

	v.what = text("", widgets.Type{Size: theme.SizeList, Bold: true})
	v.now = text("", widgets.Type{Ink: theme.Ink2})
	v.why = widgets.NewParagraph("", widgets.Type{Ink: theme.Warn}, 2)
	v.first = widgets.NewMain("", "Enter", r.first)
	v.second = widgets.NewButton("", r.second)
	v.second.Hint = "Del"
	v.copied = widgets.NewButton(assets.T("refused.copy"), r.copy)
	v.copied.Hint = "Ctrl+C"
	v.alike = widgets.NewButton("", func() { r.retry(r.alike()...) })
	v.alikeAway = widgets.NewButton("", func() { r.putAway(r.alike()...) })
	for _, b := range []*widgets.Button{v.second, v.copied, v.alike, v.alikeAway} {
		b.Tall = 36
	}
	v.inside = down(6, -1, v.what, v.now, v.why, flow(8, v.first, v.second, v.copied, v.alike, v.alikeAway))
	v.card = widgets.NewCard(v.inside)
	v.card.Pad = 12
	v.content = pad(24, 16, 24, 16, down(12, 1, v.head.content, v.over, v.card))
	v.shown.Set(assets.T("refused.show"))
	show(v.back, false)
	show(v.card, false) // until something is read
	return v
}

// show shows what was read.
func (v *refusedView) show(all refusals) {
	r := v.screen
	var groups []entryGroup
	if len(all.returned) > 0 {
		groups = append(groups, entryGroup{title: assets.T("refused.returned"), all: all.returned})
	}
	left := all.own.Refused
	if r.desk.Oversees() {
		left += all.others.Refused
	}
	list := append(all.refused, all.away...)
	g := entryGroup{all: list, rest: max(left-len(list), 0)}
	switch {
	case r.away:
		g.title, g.rest = assets.T("refused.away"), 0
		if len(list) == r.limit {
			g.rest = 1 // how many more, nobody counts
		}
	case len(groups) > 0:
		g.title = assets.T("refused.refused")
	}
	if len(list) > 0 {
		groups = append(groups, g)
	}
	v.list.set(groups)
	v.none.Set(assets.T("refused.none"))
	if r.away {
		v.none.Set(assets.T("refused.none.away"))
	}
	show(v.over.Objects[0], len(groups) > 0)
	show(v.over.Objects[1], len(groups) == 0)
	v.head.count(all.own, all.others, r.desk.Oversees())
	v.head.say(assets.T(map[bool]string{false: "refused.why", true: "refused.why.away"}[r.away]), false)
	v.shown.Set(assets.T("refused.show"))
	if r.away {
		v.shown.Set(assets.T("refused.hide"))
	}
	show(v.back, len(r.last) > 0 && !r.away)
	v.follow()
}

// follow brings the card below the list to the current entry.
func (v *refusedView) follow() {
	e := v.list.chosen()
	show(v.card, e != nil)
	if e == nil {
		relay(v.content)
		return
	}
	r := v.screen
	v.what.Set(clock(e.Commit.Entered, r.shell.Now()) + " · " + entryText(r.desk.Roster(), e, true))
	v.now.Set(v.stands(e))
	v.why.Set(v.reason(e))
	first, second := "refused.retry", "refused.putaway"
	switch {
	case r.away:
		first, second = "refused.restore", ""
		if e.Aside.Retry != 0 || e.Answer == 0 {
			first = ""
		}
	case e.Answer == 0:
		first, second = "refused.keep", "refused.undo"
	case r.seen(e).Lines == nil:
		first = "refused.look"
	case r.desk.MustAsk(*e):
		first = "refused.ask"
	}
	label := func(b *widgets.Button, key string) {
		if key != "" {
			b.Set(assets.T(key))
		}
		show(b, key != "" && e.Mine)
	}
	label(v.first, first)
	label(v.second, second)
	n := len(r.alike())
	v.alike.Set(assets.T("refused.retry.all", n))
	if first == "refused.ask" {
		v.alike.Set(assets.T("refused.ask.all", n))
	}
	v.alikeAway.Set(assets.T("refused.putaway.all", n))
	show(v.alike, n > 1)
	show(v.alikeAway, n > 1)
	relay(v.inside)
	v.card.Refresh()
	relay(v.content)
}

// stands says what stands now where an entry wrote.
func (v *refusedView) stands(e *desk.Entry) string {
	lines := v.screen.seen(e).Lines
	over := 0
	for _, l := range lines {
		if l.Changes() && !l.Now.IsNull() {
			over++
		}
	}
	switch len(lines) {
	case 0:
		return assets.T("refused.unfold", e.Edits())
	case 1:
		return standText(lines[0])
	}
	return assets.T("refused.over", len(lines), over)
}

// reason is why an entry is in the list: the server's sentence, or what was done
// about it by hand.
func (v *refusedView) reason(e *desk.Entry) string {
	r := v.screen
	why := e.Text
	if e.Aside.Retry != 0 || !e.Aside.At.IsZero() {
		who, _ := r.desk.Roster().Staff(e.Aside.By)
		key := "refused.was.away"
		switch {
		case e.Aside.Retry != 0:
			key = "refused.was.retried"
		case e.Answer == 0:
			key = "refused.was.accepted"
		}
		why = joined(assets.T(key, clock(e.Aside.At, r.shell.Now()), who.Initials()), why)
	}
	if !e.Mine {
		why = joined(why, assets.T("refused.theirs", e.Author.Initials()))
	}
	return why
}

// row is an entry in two lines: what it was, and what stands now; the sentence
// in full is on the card.
func (v *refusedView) row(r entryRow) fyne.CanvasObject {
	roster := v.screen.desk.Roster()
	if o := plainRow(r, roster); o != nil {
		return o
	}
	e := r.entry
	sign, ink := "warning", theme.Warn
	switch {
	case v.screen.away:
		sign, ink = "history", theme.Ink3
	case e.Answer == 0:
		sign, ink = "done", theme.Ok
	case !e.Mine:
		ink = theme.Ink3
	}
	second := e.Text
	if len(e.Lines) == 1 {
		second = joined(standText(e.Lines[0])+".", e.Text)
	}
	words := fieldText(roster, e.Field, true)
	fold := fyne.CanvasObject(gap(18, 18))
	if n := e.Edits(); n > 1 {
		words += assets.T("waiting.and", n-1)
		fold = middle(drawing(chevron(v.list.open[e.Commit.Number] != nil), 18, theme.Ink2))
	}
	return pad(16, 0, 14, 0, across(12, 1, middle(drawing(sign, 18, ink)),
		middle(down(0, -1, text(words, widgets.Type{Size: theme.SizeList, Bold: true}), text(second, widgets.Type{Ink: theme.Ink2}))),
		byline(v.screen.desk, e), caption(clock(e.Commit.Entered, v.screen.shell.Now())), fold))
}
