package screens

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// showHistory lays a card with everything that ever stood in the cursor's cell.
func (j *Journal) showHistory() {
	at, s := j.grid.Model().Cursor(), j.spot()
	r := j.page.Rows[at.Row]
	where := s.period.Name(j.desk.Roster().SchemeOf(j.page.Page.Group))
	read := func(ctx context.Context) ([]desk.CellPast, error) {
		past, err := j.desk.History(ctx, commit.FieldRef{
			Kind: journal.KindTermMark, Key: journal.TermMarkKey(r.Pupil.ID, j.page.ID, s.period), Field: journal.TermMarkValue,
		})
		var out []desk.CellPast
		for _, p := range past {
			out = append(out, desk.CellPast{Past: p})
		}
		return out, err
	}
	if l, ok := j.lesson(); ok {
		where = l.Date.Long() + ", " + l.Date.WeekdayName()
		cell := r.Cells[s.lesson]
		read = func(ctx context.Context) ([]desk.CellPast, error) { return j.desk.CellHistory(ctx, cell) }
	}
	Async(j.ctx, read, func(past []desk.CellPast, err error) {
		if err != nil {
			j.host.Say(fault.TextOf(err))
			return
		}
		close := widgets.NewButton(assets.T("journal.history.close"), j.host.Lift)
		close.Hint = "Esc"
		j.host.Lay(Card{
			Content: sheetCard(assets.T("journal.history.title"), r.Pupil.Name()+" · "+where, j.historyRows(past), close),
			Width:   600, First: close,
		})
	})
}

// historyRows are the values, newest first: what, who, when and where, and
// whether it still stands.
func (j *Journal) historyRows(past []desk.CellPast) fyne.CanvasObject {
	if len(past) == 0 {
		return text(assets.T("journal.history.none"), widgets.Type{Ink: theme.Ink2})
	}
	rows := container.New(flex{0, -1, true})
	shown := map[journal.FieldNo]bool{} // fields whose shown value was met
	for i, p := range past {
		value := pastValue(p)
		kind := widgets.Type{Size: theme.SizeList, Bold: p.Standing, Align: fyne.TextAlignCenter}
		ground := theme.Sheet
		state := assets.T("journal.history.replaced")
		switch {
		case p.Standing && shown[p.Field]:
			ground, state = theme.WarnSoft, assets.T("journal.history.beside")
		case p.Standing:
			ground, state = theme.Soft, assets.T("journal.history.standing")
			shown[p.Field] = true
		}
		author, ok := j.desk.Roster().Staff(p.Author)
		name := author.Initials()
		if !ok {
			name = assets.T("journal.history.server")
		}
		sign, _ := j.whereText(p.Past)
		when := entered(p.Past, j.desk)
		lines := down(0, -1,
			across(6, 0, text(name, widgets.Type{Bold: true}), caption(state)),
			across(5, 1, middle(sign), text(when, widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2})))
		if p.Reason != "" {
			lines.Add(widgets.NewParagraph(p.Reason, widgets.Type{Size: theme.SizeCaption, Italic: true}, 2))
		}
		square := sized(64, 36, stack(edge(ground, theme.Line, 1, 5), text(value, kind)))
		row := widgets.NewRow(across(14, 1, middle(square), lines), 56, nil)
		row.Pad, row.Last = 10, i == len(past)-1
		rows.Add(row)
	}
	scroll := container.NewVScroll(rows)
	return sized(0, min(float32(len(past))*58, 340), stack(edge(theme.Sheet, theme.Line, 1, 5), pad(1, 1, 1, 1, scroll)))
}

// pastValue is a value of one field of a cell in words.
func pastValue(p desk.CellPast) string {
	v := p.Value
	switch {
	case v.IsNull():
		return assets.T("journal.history.empty")
	case v.Type() == journal.Int:
		return lessonNumber(int(v.Int()))
	case p.Field == journal.CellNote:
		return "…"
	}
	return v.Text()
}

// entered is «19 ноября, 15:20 · передано в школу», with the time of that when
// it was not at once.
func entered(p commit.Past, d deciding) string {
	t := p.Entered.In(d.Now().Location())
	when := journal.DateOf(t).Long() + ", " + t.Format("15:04")
	if pc := deviceName(d.Roster(), p.ID.Device); pc != "" {
		when += " · " + pc
	}
	switch {
	case p.Answer == commit.Refused:
		return assets.T("journal.when.refused", when)
	case p.Answer == commit.Requested:
		return assets.T("journal.when.requested", when)
	case p.Position == 0:
		return assets.T("journal.when.here", when)
	}
	if p.Arrived.Sub(p.Entered).Abs() < told {
		return assets.T("journal.when.school", when)
	}
	at := p.Arrived.In(d.Now().Location())
	arrived := at.Format("15:04")
	if on := journal.DateOf(at); on != journal.DateOf(t) {
		arrived = on.Long() + ", " + arrived
	}
	return assets.T("journal.when.arrived", when, arrived)
}

// told is from which difference on the arrival at school is shown beside the
// time of entry: it was written without a network, or by a clock that is wrong.
const told = 10 * time.Minute
