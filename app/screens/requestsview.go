package screens

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A requestsView is what «Заявки» looks like: the list, below it the current
// request with what it changes, who asks and why.
type requestsView struct {
	screen   *Requests
	sentence *widgets.Text
	parts    *widgets.Segments
	list     *widgets.List
	none     *widgets.Text
	over     *fyne.Container // list or the sentence that there is nothing

	what, asked, reason, said, barred *widgets.Text

	lines               *fyne.Container
	grant, reject       *widgets.Button
	grantAll, rejectAll *widgets.Button
	inside              *fyne.Container // of the card
	card                *widgets.Card
	content             *fyne.Container
}

func newRequestsView(r *Requests) *requestsView {
	v := &requestsView{screen: r, none: widgets.NewParagraph("", widgets.Type{Size: theme.SizeList, Ink: theme.Ink2}, 2), sentence: text("", widgets.Type{Ink: theme.Ink2})}
	v.parts = widgets.NewSegments([]string{assets.T("requests.open"), assets.T("requests.decided")}, func(i int) { r.turn(i == 1) })
	head := down(6, -1, sized(0, 34, text(assets.T("requests.title"), widgets.Type{Size: theme.SizeTitle, Bold: true})), v.sentence, gap(0, 0), across(0, -1, v.parts))
	v.list = widgets.NewList(52, func(i int) fyne.CanvasObject { return v.row(&r.all[i]) })
	v.list.OnChosen = func(int) { v.follow() }
	v.list.OnKey = r.Key
	v.list.OnOther = r.shell.Unwanted
	v.over = stack(widgets.NewTable(v.list), pad(20, 20, 20, 20, down(0, -1, v.none)))

	v.what = text("", widgets.Type{Size: theme.SizeList, Bold: true})
	v.asked = text("", widgets.Type{Ink: theme.Ink2})
	v.reason = widgets.NewParagraph("", widgets.Type{}, 2)
	v.said = widgets.NewParagraph("", widgets.Type{}, 2)
	v.barred = widgets.NewParagraph("", widgets.Type{Ink: theme.Warn}, 2)
	v.lines = down(2, -1)
	v.grant = widgets.NewMain("", "Enter", func() { r.decide(true, r.chosen()) })
	v.reject = widgets.NewButton(assets.T("requests.reject"), func() { r.decide(false, r.chosen()) })
	v.reject.Hint = "Del"
	v.grantAll = widgets.NewButton("", func() { r.decide(true, r.alike()) })
	v.rejectAll = widgets.NewButton("", func() { r.decide(false, r.alike()) })
	for _, b := range []*widgets.Button{v.reject, v.grantAll, v.rejectAll} {
		b.Tall = 36
	}
	v.inside = down(6, -1, v.what, v.lines, v.reason, v.asked, v.said, v.barred, flow(8, v.grant, v.reject, v.grantAll, v.rejectAll))
	v.card = widgets.NewCard(v.inside)
	v.card.Pad = 12
	v.content = pad(24, 16, 24, 16, down(12, 1, head, v.over, v.card))
	show(v.card, false) // until something is read
	return v
}

// show shows the requests that were read, one of them as the current one.
func (v *requestsView) show(at int) {
	r, n := v.screen, len(v.screen.all)
	why, none, part := "requests.why", "requests.none", 0
	if r.decided {
		why, none, part = "requests.why.decided", "requests.none.decided", 1
	} else {
		v.parts.Names[0] = named("requests.open", n)
	}
	v.parts.Choose(part)
	v.sentence.Set(assets.T(why))
	v.none.Set(assets.T(none))
	v.list.Set(n)
	v.list.Choose(at)
	show(v.over.Objects[0], n > 0)
	show(v.over.Objects[1], n == 0)
	v.follow()
}

// follow brings the card below the list to the current request.
func (v *requestsView) follow() {
	r := v.screen
	one := r.chosen()
	show(v.card, len(one) > 0)
	if len(one) == 0 {
		relay(v.content)
		return
	}
	q := one[0]
	v.what.Set(requestText(r.desk.Roster(), q, true))
	most := 3
	if r.shell.Height() < shortBelow {
		most = 1
	}
	show(v.sentence, most > 1)
	v.lines.Objects = requestLines(r.desk.Roster(), q, most)
	v.asked.Set(assets.T("requests.asked", q.Author.Initials(), clock(q.Commit.Entered, r.shell.Now()), clock(q.Arrived, r.shell.Now())))
	v.reason.Set("")
	if q.Commit.Reason != "" {
		v.reason.Set(assets.T("requests.reason", q.Commit.Reason))
	}
	show(v.reason, q.Commit.Reason != "")
	v.said.Set(v.decision(q))
	show(v.said, v.said.Text != "")
	if q.Barred != nil {
		v.barred.Set(assets.T("requests.barred", fault.TextOf(q.Barred)))
	}
	show(v.barred, q.Barred != nil && q.Decision != journal.RequestGranted)
	alike := r.alike()
	v.grant.Set(assets.T("requests.grant"))
	if q.Decision != "" {
		v.grant.Set(assets.T("requests.grant.after"))
	}
	v.grantAll.Set(assets.T("requests.grant.all", len(alike)))
	v.rejectAll.Set(assets.T("requests.reject.all", len(alike)))
	show(v.grant, mayGrant(one))
	show(v.reject, mayReject(one))
	show(v.grantAll, len(alike) > 1 && mayGrant(alike))
	show(v.rejectAll, len(alike) > 1 && mayReject(alike))
	relay(v.inside)
	v.card.Refresh()
	relay(v.content)
}

// decision says how a request was decided; nothing while it waits.
func (v *requestsView) decision(q desk.Request) string {
	key := map[string]string{journal.RequestGranted: "requests.was.granted", journal.RequestRejected: "requests.was.rejected"}[q.Decision]
	if key == "" {
		return ""
	}
	who, _ := v.screen.desk.Roster().Staff(q.By)
	return joined(assets.T(key, clock(q.Decided, v.screen.shell.Now()), who.Initials()), q.Sentence)
}

// row is a request in two lines: where it is, and what it changes.
func (v *requestsView) row(q *desk.Request) fyne.CanvasObject {
	roster := v.screen.desk.Roster()
	sign, ink := "pen", theme.Warn
	switch {
	case q.Decision == journal.RequestGranted:
		sign, ink = "done", theme.Ok
	case q.Decision == journal.RequestRejected:
		sign, ink = "cross", theme.Ink3
	case q.Barred != nil:
		sign = "lock"
	}
	second := assets.T("requests.changes", len(q.Lines))
	if len(q.Lines) == 1 {
		second = changeText(q.Lines[0], q.Decision)
	}
	if q.Commit.Reason != "" {
		second += ". " + assets.T("requests.reason", q.Commit.Reason)
	}
	return pad(16, 0, 14, 0, across(12, 1, middle(drawing(sign, 18, ink)),
		middle(down(0, -1, text(requestText(roster, *q, true), widgets.Type{Size: theme.SizeList, Bold: true}), text(second, widgets.Type{Ink: theme.Ink2}))),
		caption(q.Author.Initials()), caption(clock(q.Commit.Entered, v.screen.shell.Now()))))
}

// requestText is «7-А, математика, 19.11: Жук Алёна и ещё 2».
func requestText(r *journal.Roster, q desk.Request, class bool) string {
	words := fieldText(r, q.Field, class)
	if n := len(q.Lines); n > 1 {
		words += " " + assets.T("requests.and", n-1)
	}
	return words
}

// changeText says what one edit of a request changes, of a decided one what it
// was about.
func changeText(l desk.Line, decision string) string {
	switch {
	case decision != "" && l.Now.IsNull():
		return assets.T("requests.changed.empty", valueText(l.Ref, l.Want))
	case decision != "":
		return assets.T("requests.changed", valueText(l.Ref, l.Want), valueText(l.Ref, l.Now))
	case l.Now.IsNull():
		return assets.T("requests.change.empty", valueText(l.Ref, l.Want))
	}
	return assets.T("requests.change", valueText(l.Ref, l.Now), valueText(l.Ref, l.Want))
}

// lineChange is changeText with what the edit is of.
func lineChange(r *journal.Roster, l desk.Line, class bool, decision string) string {
	where := fieldText(r, l.Field, class)
	if decision != "" {
		return assets.T("requests.lined", where, valueText(l.Ref, l.Want), valueText(l.Ref, l.Now))
	}
	return assets.T("requests.line", where, valueText(l.Ref, l.Now), valueText(l.Ref, l.Want))
}

// requestLines are the first edits of a request, and how many more there are.
func requestLines(r *journal.Roster, q desk.Request, most int) (out []fyne.CanvasObject) {
	if len(q.Lines) == 1 {
		return []fyne.CanvasObject{text(changeText(q.Lines[0], q.Decision), widgets.Type{})}
	}
	for i, l := range q.Lines {
		if i == most {
			return append(out, text(assets.T("requests.and", len(q.Lines)-most), widgets.Type{Ink: theme.Ink2}))
		}
		out = append(out, text(lineChange(r, l, false, q.Decision), widgets.Type{}))
	}
	return out
}
