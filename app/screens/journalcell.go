package screens

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// cellPart is the cell under the cursor: whose it is, what stands in it, when
// and where it was entered, the pupil's figures.
type cellPart struct {
	journal *Journal

	name, what, value *widgets.Text
	square            *fyne.Container
	sign              *fyne.Container
	entered, figures  *widgets.Text
	note, history     *widgets.Button
	noteText          *widgets.Text
	content           *fyne.Container
	end               context.CancelFunc
}

func newCellPart(j *Journal) *cellPart {
	c := &cellPart{
		journal:  j,
		name:     widgets.NewParagraph("", widgets.Type{Size: theme.SizeSection, Bold: true}, 2),
		what:     text("", widgets.Type{Ink: theme.Ink2}),
		value:    text("", widgets.Type{Size: theme.SizeSection, Bold: true, Align: fyne.TextAlignCenter}),
		sign:     container.NewStack(),
		entered:  widgets.NewParagraph("", widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}, 2),
		figures:  text("", widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}),
		noteText: widgets.NewParagraph("", widgets.Type{Size: theme.SizeCaption}, 3),
		end:      func() {},
	}
	c.square = sized(38, 34, container.NewStack(edge(theme.Head, theme.Line, 1, 5), c.value))
	c.note = widgets.NewButton(assets.T("journal.note"), j.note)
	c.history = widgets.NewButton(assets.T("journal.history"), func() { j.showHistory() })
	half := func(a, b fyne.CanvasObject) fyne.CanvasObject {
		return container.New(lay{
			func(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(180), theme.Px(32)) },
			func(o []fyne.CanvasObject, s fyne.Size) {
				w := (s.Width - theme.Px(8)) / 2
				place(o[0], 0, 0, w, s.Height)
				place(o[1], w+theme.Px(8), 0, w, s.Height)
			},
		}, a, b)
	}
	c.content = down(4, -1,
		across(8, 0, down(2, -1, c.name, c.what), down(0, -1, c.square)),
		across(4, 1, down(0, -1, gap(0, 1), c.sign), c.entered),
		c.noteText, c.figures, gap(0, 2), half(c.note, c.history))
	return c
}

// show shows the cursor's cell.
func (c *cellPart) show() {
	j := c.journal
	at, s := j.grid.Model().Cursor(), j.spot()
	r := &j.page.Rows[at.Row]
	shown := j.view.cell(j.page, j.desk, at.Row, at.Col)
	c.name.Set(r.Pupil.Name())
	c.value.Set(shown.Value.String())
	if l, ok := j.lesson(); ok {
		c.what.Set(assets.T("journal.cellof", l.Date.Long()))
	} else {
		c.what.Set(s.period.Name(j.desk.Roster().SchemeOf(j.page.Page.Group)))
	}
	c.figures.Set("")
	if r.Marks > 0 || r.Missed > 0 {
		average := "—"
		if r.Marks > 0 {
			average = journal.Hundredths(r.Average)
		}
		c.figures.Set(assets.T("journal.figures", average, r.Marks, r.Missed))
	}
	note := ""
	if s.lesson >= 0 {
		note = r.Cells[s.lesson].Note
	}
	c.noteText.Set(note)
	show(c.noteText, note != "")
	show(c.note, s.lesson >= 0)
	if c.journal.page.Reading != "" {
		c.note.Disable()
	} else {
		c.note.Enable()
	}
	c.whence(r, s)
}

// relay lays the part out again, when its texts may take other heights.
func (c *cellPart) relay() {
	relay(c.journal.panel.all)
}

// whence says when and where the value was entered. The log is read aside; the
// answer is dropped when the cursor has gone on.
func (c *cellPart) whence(r *desk.Row, s spot) {
	j := c.journal
	c.end()
	if len(c.sign.Objects) > 0 {
		c.sign.Objects = nil
		c.sign.Refresh()
	}
	c.entered.Set("")
	if s.lesson < 0 {
		return
	}
	if one := r.Cells[s.lesson]; valueOf(one).IsZero() && one.Note == "" && one.State&journal.Refused == 0 {
		return
	}
	ctx, end := context.WithCancel(j.ctx)
	c.end = end
	cell := r.Cells[s.lesson]
	Async(ctx, func(ctx context.Context) ([]desk.CellPast, error) { return j.desk.CellHistory(ctx, cell) }, func(past []desk.CellPast, err error) {
		for _, p := range past {
			if p.Standing || p.Answer == commit.Refused || p.Answer == commit.Requested {
				sign, words := j.whereText(p.Past)
				c.sign.Objects = []fyne.CanvasObject{sign}
				c.sign.Refresh()
				c.entered.Set(words)
				c.relay()
				return
			}
		}
	})
}

// whereText is the sign of how far an entry has come, and «10:34, этот
// компьютер, ждёт отправки» or «А. С. Ковальчук, 19.11 15:20».
func (j *Journal) whereText(p commit.Past) (fyne.CanvasObject, string) {
	when := clock(p.Entered, j.desk.Now())
	words := assets.T("journal.at.school", when)
	sign := drawing("done", 13, theme.Ok)
	switch {
	case p.Answer == commit.Refused:
		sign, words = drawing("warning", 13, theme.Warn), assets.T("journal.at.refused", when)
	case p.Answer == commit.Requested:
		sign, words = drawing("dot", 16, theme.Ink3), assets.T("journal.at.requested", when)
	case p.Position == 0:
		sign, words = drawing("dot", 16, theme.Ink3), assets.T("journal.at.here", when)
	}
	if author, ok := j.desk.Roster().Staff(p.Author); ok && p.Author != j.desk.Who() {
		words += ", " + author.Initials()
	}
	return sign, words
}

// attendancePart counts who is at the lesson.
type attendancePart struct {
	journal *Journal
	count   *widgets.Text
	all     *widgets.Button
	content *fyne.Container
}

func newAttendancePart(j *Journal) *attendancePart {
	a := &attendancePart{journal: j, count: text("", widgets.Type{Ink: theme.Ink2})}
	a.all = widgets.NewButton(assets.T("journal.allhere"), j.allHere)
	a.all.Hint = "F7"
	a.content = down(6, -1, text(assets.T("journal.attendance"), widgets.Type{Size: theme.SizeList, Bold: true}), a.count, a.all)
	return a
}

func (a *attendancePart) show() {
	j := a.journal
	s := j.spot()
	if s.lesson < 0 {
		return
	}
	l := j.page.Columns[s.lesson].Lesson
	missed, late, here := 0, 0, 0
	for _, r := range j.page.Rows {
		if !r.MemberOn(l.Date) {
			continue
		}
		switch c := r.Cells[s.lesson]; {
		case c.Missed():
			missed++
		case c.Absence == journal.CameLate:
			late++
			here++
		default:
			here++
		}
	}
	a.count.Set(assets.T("journal.here", missed, late, here))
	words := assets.T("journal.allhere")
	if l.Present {
		words = assets.T("journal.taken")
	}
	if a.all.Text != words {
		a.all.Set(words)
	}
	enable(a.all, !l.Present && !j.locked())
}
