package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
)

// spot is what the cursor's column stands for.
func (j *Journal) spot() spot {
	if col := j.grid.Model().Cursor().Col; col < len(j.view.spots) {
		return j.view.spots[col]
	}
	return spot{lesson: -1}
}

// lesson is the lesson under the cursor.
func (j *Journal) lesson() (journal.Lesson, bool) {
	if j.page == nil {
		return journal.Lesson{}, false
	}
	if s := j.spot(); s.lesson >= 0 {
		return j.page.Columns[s.lesson].Lesson, true
	}
	return journal.Lesson{}, false
}

// locked reports whether the lesson under the cursor cannot be changed.
func (j *Journal) locked() bool {
	if j.page == nil || j.page.Reading != "" {
		return true
	}
	s := j.spot()
	return s.lesson >= 0 && j.page.Columns[s.lesson].Closed
}

// putLesson writes the lesson's side of the page.
func (j *Journal) putLesson(seen, want journal.Lesson) {
	if _, err := j.desk.PutLesson(j.ctx, seen, want); err != nil {
		j.host.Say(fault.TextOf(err))
		j.panel.fill()
		return
	}
	heads := seen.Work != want.Work || seen.Weight != want.Weight
	for i, c := range j.page.Columns {
		if c.IsLesson() && c.Lesson.Key() == want.Key() {
			j.page.Columns[i].Lesson = want
		}
	}
	if j.panel.lesson.Key() == want.Key() {
		j.panel.lesson = want
	}
	if heads {
		for i := range j.page.Rows {
			j.desk.Reckon(j.page, &j.page.Rows[i])
		}
		j.show(false)
	}
	j.banner.undoable()
	j.panel.fill()
	if j.stale && !j.editing() {
		j.refresh()
	}
}

// allHere says that nobody else is missing.
func (j *Journal) allHere() {
	j.panel.save()
	l, ok := j.lesson()
	if !ok || l.Present {
		return
	}
	if j.page.Reading != "" {
		j.host.Say(j.page.Reading)
		return
	}
	want := l
	want.Present = true
	j.putLesson(l, want)
	j.panel.here.show()
	j.host.Focus(j.grid)
}

// moved follows the cursor.
func (j *Journal) moved() {
	j.host.Touch()
	if j.grid.Model().Refused() == "" {
		j.host.Say("")
	}
	if j.stale && !j.editing() {
		j.refresh()
	}
	j.banner.count()
	j.panel.show()
	j.keys.show()
}

// editing reports whether something is half typed, in the grid or in the
// entries of the lesson.
func (j *Journal) editing() bool {
	_, _, on := j.grid.Model().Typing()
	return on || j.panel.dirty()
}

// Pause implements [Pauser]: text half typed in a cell waits for its person.
func (j *Journal) Pause() { j.half, _, _ = j.grid.Model().Typing() }

// retype brings back what was half typed.
func (j *Journal) retype() {
	text := j.half
	j.half = ""
	if text == "" {
		return
	}
	j.grid.Model().Open()
	for now, _, _ := j.grid.Model().Typing(); now != ""; now, _, _ = j.grid.Model().Typing() {
		j.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	for _, r := range text {
		j.grid.TypedRune(r)
	}
}

// refused shows why a key was refused for as long as the cell shows it.
func (j *Journal) refused(reason string) { j.host.Say(reason) }

// beside moves the cursor to the lesson before or after.
func (j *Journal) beside(by int) {
	at := j.grid.Model().Cursor()
	for col := at.Col + by; col >= 0 && col < len(j.view.spots); col += by {
		if j.view.spots[col].lesson >= 0 {
			j.grid.Select(at.Row, col)
			break
		}
	}
	j.host.Focus(j.grid)
}

// Key implements [Keyed].
func (j *Journal) Key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyF5:
		j.panel.want(Topic)
	case fyne.KeyF6:
		j.panel.want(Homework)
	case fyne.KeyF7:
		j.allHere()
	case fyne.KeyF8:
		j.togglePanel()
	case fyne.KeyEscape:
		j.host.Focus(j.grid)
	case findKey:
		j.banner.search()
	case pageKey:
		j.pick()
	default:
		return false
	}
	return true
}

// pageKey opens the list of pages.
const pageKey = fyne.KeyF10

// Changed implements [Listener]: what others changed on this page is shown at
// once, but never while something is half typed.
func (j *Journal) Changed(n News) {
	if j.page == nil || !n.Roster && !n.Counts && !n.Pages[j.page.ID] {
		return
	}
	if j.editing() {
		j.stale = true
		return
	}
	j.refresh()
}

// refresh reads the page again and draws only what differs.
func (j *Journal) refresh() {
	p, err := j.desk.OpenPage(j.ctx, j.page.ID, j.page.Term.Number)
	if err != nil {
		return
	}
	j.stale = false
	same := sameShape(j.page, p) && j.day == j.desk.Today()
	j.page = p
	if !same {
		j.show(false)
		return
	}
	for row := range p.Rows {
		j.repaint(row)
	}
	j.after()
}

// sameShape reports whether two readings of a page have the same pupils and
// the same lessons with the same heads.
func sameShape(a, b *desk.Page) bool {
	if len(a.Rows) != len(b.Rows) || len(a.Columns) != len(b.Columns) || a.Term != b.Term {
		return false
	}
	for i := range a.Rows {
		if a.Rows[i].Pupil != b.Rows[i].Pupil || len(a.Rows[i].Member) != len(b.Rows[i].Member) {
			return false
		}
	}
	for i, c := range a.Columns {
		d := b.Columns[i]
		if c.Closed != d.Closed || c.Period != d.Period || c.Lesson.Date != d.Lesson.Date || c.Lesson.Number != d.Lesson.Number ||
			c.Lesson.Work != d.Lesson.Work || c.Lesson.Weight != d.Lesson.Weight {
			return false
		}
	}
	return true
}

// journalLayout lays banner, grid and panel; where the window is narrow the
// panel is closed until it is asked for.
func journalLayout(j *Journal) fyne.CanvasObject {
	return container.New(lay{
		func([]fyne.CanvasObject) fyne.Size {
			return fyne.NewSize(theme.Px(780), theme.Px(44)+j.grid.MinSize().Height)
		},
		func(o []fyne.CanvasObject, s fyne.Size) {
			j.narrow = s.Width < theme.Px(1060)
			top, w := j.banner.height(), theme.Px(panelWidth)
			place(o[0], 0, 0, s.Width, top)
			grid := s.Width
			open := !j.narrow || j.over
			if open {
				grid -= w
			}
			place(o[1], 0, top, grid, s.Height-top)
			show(o[2], open)
			place(o[2], s.Width-w, top, w, s.Height-top)
		},
	}, j.banner.content, j.slot, j.panel.content)
}

// togglePanel opens or closes the panel where the window is narrow.
func (j *Journal) togglePanel() {
	j.over = !j.over
	j.content.Refresh()
	at := j.grid.Model().Cursor()
	j.grid.Select(at.Row, at.Col)
	if !j.over {
		j.host.Focus(j.grid)
	}
}

func (j *Journal) openPanel() {
	if j.narrow && !j.over {
		j.togglePanel()
	}
}
