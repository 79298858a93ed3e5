package screens

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// sheetCard is a card with a title, a body and buttons below that never scroll
// away.
func sheetCard(title, subtitle string, body fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	head := down(2, -1, text(title, widgets.Type{Size: theme.SizeCard, Bold: true}))
	if subtitle != "" {
		head.Add(widgets.NewParagraph(subtitle, widgets.Type{Ink: theme.Ink2}, 3))
	}
	return pad(24, 20, 24, 20, down(14, 1, head, body, across(10, len(buttons), append(buttons, gap(0, 0))...)))
}

// ask asks before many values are written over others.
func (j *Journal) ask(changes []gradegrid.Change) {
	over := 0
	for _, c := range changes {
		if !j.grid.Model().Sheet().Cell(c.Pos).Empty() {
			over++
		}
	}
	yes := widgets.NewMain(assets.T("journal.over.yes", len(changes)), "Enter", func() {
		j.host.Lift()
		if err := j.put(changes...); err != nil {
			j.host.Say(fault.TextOf(err))
		}
	})
	no := widgets.NewButton(assets.T("journal.over.no"), j.host.Lift)
	no.Hint = "Esc"
	no.Tall = 36
	j.host.Lay(Card{
		Content: sheetCard(assets.T("journal.over.title"), assets.T("journal.over.why", len(changes), over), gap(0, 0), yes, no),
		Width:   480, First: yes,
	})
}

// note edits the comment of the cursor's cell.
func (j *Journal) note() {
	l, ok := j.lesson()
	if !ok {
		return
	}
	if j.page.Reading != "" {
		j.host.Say(j.page.Reading)
		return
	}
	row := j.grid.Model().Cursor().Row
	seen := j.page.Rows[row].Cells[j.spot().lesson]
	body := newField(assets.T("journal.note.hint"), 4)
	body.SetText(seen.Note)
	sorry := widgets.NewParagraph("", widgets.Type{Ink: theme.Bad}, 2)
	save := func() {
		want := seen
		want.Note = body.Text
		if err := j.putCells([]desk.CellEdit{{Seen: seen, Want: want}}); err != nil {
			sorry.Set(fault.TextOf(err))
			return
		}
		j.host.Lift()
		j.repaint(row)
		j.after()
	}
	body.OnSubmitted = func(string) { save() }
	yes := widgets.NewMain(assets.T("journal.note.save"), "Enter", save)
	no := widgets.NewButton(assets.T("journal.note.no"), j.host.Lift)
	no.Hint, no.Tall = "Esc", 36
	j.host.Lay(Card{
		Content: sheetCard(assets.T("journal.note"), j.page.Rows[row].Pupil.Name()+" · "+l.Date.Long(), down(6, -1, body, sorry), yes, no),
		Width:   480, First: body, Leave: save,
	})
}

// open takes over F2 and a double click: a cell whose entry the school did not
// take leads there, one in which several values stand is decided. Any other cell
// is edited in place.
func (j *Journal) open(row, col int) bool {
	s := j.view.spots[col]
	if p, missed := j.missed(row, s); missed {
		j.host.Go(p)
		return true
	}
	if s.lesson < 0 || j.page.Rows[row].Cells[s.lesson].State&journal.Rivals == 0 {
		if j.page.Reading != "" && !j.page.Asking {
			j.host.Say(j.page.Reading)
			return true
		}
		return false
	}
	key := j.page.Rows[row].Cells[s.lesson].Key()
	all, err := j.desk.Disputes(j.ctx)
	if err != nil {
		j.host.Say(fault.TextOf(err))
		return true
	}
	var here []desk.Dispute
	for _, d := range all {
		if d.Ref.Kind == journal.KindCell && d.Ref.Key == key {
			here = append(here, d)
		}
	}
	if len(here) == 0 {
		return false
	}
	decideAll(j.desk, j.host, here, j.refresh)
	return true
}

// menu is what the right button of the mouse offers on a cell.
func (j *Journal) menu(row, col int, at fyne.Position) {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(assets.T("journal.menu.history"), j.showHistory),
		fyne.NewMenuItem(assets.T("journal.menu.note"), j.note),
	}
	if s := j.view.spots[col]; s.lesson >= 0 && j.page.Rows[row].Cells[s.lesson].State&journal.Rivals != 0 {
		items = append(items, fyne.NewMenuItem(assets.T("journal.menu.decide"), func() { j.open(row, col) }))
	}
	if j.page.Reading == "" {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem(assets.T("journal.menu.paste"), j.pasteHere),
			fyne.NewMenuItem(assets.T("journal.menu.clear"), func() { j.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) }))
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(j.grid); c != nil {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}

// pick shows the pages that the person may open; typing filters them.
func (j *Journal) pick() {
	list := container.NewVBox()
	list.Layout = flex{0, -1, true}
	find := newField(assets.T("journal.pick.find"), 1)
	find.Icon = theme.Icon("search", theme.Ink3)
	var shown []journal.Page
	chosen := 0
	open := func(p journal.Page) {
		j.host.Lift()
		j.banner.year = false
		j.host.Go(Place{Page: p.ID})
	}
	var rows []*widgets.Row
	scroll := container.NewVScroll(list)
	build := func(query string) {
		shown, rows, list.Objects, chosen = nil, nil, nil, 0
		for _, p := range j.desk.Pages() {
			group, _ := j.desk.Roster().Group(p.Group)
			subject, _ := j.desk.Roster().Subject(p.Subject)
			teacher, _ := j.desk.Roster().TeacherOn(p.ID, j.desk.Today())
			if !pageMatches(group.Name, subject.Name, teacher.Last, query) {
				continue
			}
			line := across(10, 1, sized(120, 0, text(group.Name, widgets.Type{Size: theme.SizeList, Bold: true})),
				text(subject.Name, widgets.Type{Size: theme.SizeList}), caption(teacher.Initials()))
			row := widgets.NewRow(line, widgets.Dense, func() { open(p) })
			row.Pad = 12
			row.Chosen = len(rows) == 0
			shown, rows = append(shown, p), append(rows, row)
			list.Objects = append(list.Objects, row)
		}
		list.Refresh()
		scroll.ScrollToTop()
	}
	build("")
	find.OnChanged = build
	find.OnSubmitted = func(string) {
		if chosen < len(shown) {
			open(shown[chosen])
		}
	}
	find.onKey = func(e *fyne.KeyEvent) bool {
		to := chosen
		switch e.Name {
		case fyne.KeyDown:
			to++
		case fyne.KeyUp:
			to--
		default:
			return false
		}
		if to >= 0 && to < len(rows) {
			rows[chosen].Choose(false)
			rows[to].Choose(true)
			chosen = to
			if h := rows[to].Size().Height; float32(to+1)*h > scroll.Offset.Y+scroll.Size().Height || float32(to)*h < scroll.Offset.Y {
				scroll.ScrollToOffset(fyne.NewPos(0, max(float32(to)*h-scroll.Size().Height/2, 0)))
			}
		}
		return true
	}
	body := down(10, 1, sized(0, 34, find), sized(0, 330, stack(edge(theme.Sheet, theme.Line, 1, 5), pad(1, 1, 1, 1, scroll))))
	no := widgets.NewButton(assets.T("journal.pick.no"), j.host.Lift)
	no.Hint = "Esc"
	j.host.Lay(Card{Content: sheetCard(assets.T("journal.pick"), assets.T("journal.pick.how"), body, no), Width: 640, First: find})
}

// pageMatches reports whether every word typed begins a word of the page.
func pageMatches(group, subject, teacher, query string) bool {
	has := func(word string) bool {
		for _, name := range []string{group, subject, teacher} {
			n := normal(name)
			if len(word) > 0 && (strings.HasPrefix(n, word) || strings.HasPrefix(n, cyrillic(word)) || strings.HasPrefix(strings.ReplaceAll(n, "-", ""), word)) {
				return true
			}
		}
		return false
	}
	for _, word := range strings.Fields(normal(query)) {
		if !has(word) {
			return false
		}
	}
	return true
}
