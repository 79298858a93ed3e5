package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// pasteHere pastes from the clipboard at the cursor.
func (j *Journal) pasteHere() {
	j.host.Focus(j.grid)
	at := j.grid.Model().Cursor()
	j.paste(at.Row, at.Col, fyne.CurrentApp().Clipboard().Content())
}

// paste writes a copied table, after a preview when names are involved, when
// something stands there already or when a value cannot stand here.
func (j *Journal) paste(row, col int, copied string) {
	if j.page.Reading != "" {
		j.host.Say(j.page.Reading)
		return
	}
	table, err := gradegrid.ParseTable(copied)
	if err != nil {
		j.host.Say(fault.TextOf(err))
		return
	}
	if len(table) == 0 {
		j.host.Say(assets.T("journal.paste.nothing"))
		return
	}
	plan := planPaste(j.page, j.view, j.grid.Model().Sheet(), row, col, table)
	if plan.clear() {
		j.write(plan.changes)
		return
	}
	j.preview(plan, col)
}

func (j *Journal) write(changes []gradegrid.Change) {
	if err := j.put(changes...); err != nil {
		j.host.Say(fault.TextOf(err))
	}
}

// preview shows what pasting would do before anything is written.
func (j *Journal) preview(plan pastePlan, col int) {
	picked := make([]int, len(plan.choose)) // the row of the page, plus one
	var yes *widgets.Button
	whole := func() pastePlan {
		p := plan
		p.changes = append([]gradegrid.Change(nil), plan.changes...)
		for i, row := range picked {
			if row > 0 {
				p.put(j.view, j.grid.Model().Sheet(), row-1, col, plan.choose[i].values)
			}
		}
		return p
	}
	label := func(n int) string {
		return assets.T("journal.paste.yes", n, journal.Plural(n, assets.T("journal.value.one"), assets.T("journal.value.few"), assets.T("journal.value.many")))
	}
	rows := container.New(flex{4, -1, true})
	line := func(sign string, ink theme.Token, words string) {
		rows.Add(across(8, 1, middle(drawing(sign, 18, ink)), text(words, widgets.Type{})))
	}
	if plan.named {
		line("done", theme.Ok, assets.T("journal.paste.matched", plan.matched))
	}
	if plan.over > 0 {
		line("not-equal", theme.Accent, assets.T("journal.paste.over", plan.over))
	}
	for _, name := range plan.unknown {
		line("warning", theme.Warn, assets.T("journal.paste.unknown", name))
	}
	for i, c := range plan.choose {
		var names []string
		for _, row := range c.rows {
			names = append(names, j.page.Rows[row].Pupil.Full())
		}
		pick := widget.NewSelect(names, nil)
		pick.PlaceHolder = assets.T("journal.paste.who")
		pick.OnChanged = func(string) {
			picked[i] = c.rows[pick.SelectedIndex()] + 1
			yes.Set(label(len(whole().changes)))
		}
		rows.Add(across(8, 1, middle(drawing("warning", 18, theme.Warn)), text(c.name, widgets.Type{}), sized(260, 32, pick)))
	}
	for _, r := range plan.refused {
		line("stop", theme.Bad, assets.T("journal.paste.refused", r))
	}
	yes = widgets.NewMain(label(len(plan.changes)), "Enter", func() {
		j.host.Lift()
		j.write(whole().changes)
	})
	no := widgets.NewButton(assets.T("journal.paste.no"), j.host.Lift)
	no.Hint, no.Tall = "Esc", 36
	body := sized(0, min(rows.MinSize().Height/theme.Px(1)+8, 300), container.NewVScroll(rows))
	j.host.Lay(Card{Content: sheetCard(assets.T("journal.paste.title"), assets.T("journal.paste.why"), body, yes, no), Width: 600, First: yes})
}
