package screens

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// JournalDesk is what the journal page asks of a session.
type JournalDesk interface {
	deciding
	Pages() []journal.Page
	OpenPage(context.Context, journal.PageID, int) (*desk.Page, error)
	PutCells(context.Context, ...desk.CellEdit) (*commit.Commit, error)
	PutLesson(ctx context.Context, seen, want journal.Lesson) (*commit.Commit, error)
	PutTermMark(ctx context.Context, seen, want journal.TermMark) (*commit.Commit, error)
	Ask(ctx context.Context, reason string, w desk.Wish) (*commit.Commit, error)
	Reckon(*desk.Page, *desk.Row)
	ProposeYear(*desk.Page, *desk.Row) string
	CanUndo() bool
	CanRedo() bool
	Undo(context.Context) (*commit.Commit, error)
	Redo(context.Context) (*commit.Commit, error)
	CellHistory(context.Context, journal.Cell) ([]desk.CellPast, error)
}

// Journal is the page of one group and subject: pupils down, lessons across,
// beside it the lesson under the cursor.
type Journal struct {
	desk JournalDesk
	host Host

	ctx    context.Context // of the page being shown
	page   *desk.Page
	view   view
	place  Place        // to go to once the page is read
	turned bool         // another term or the year was asked for
	day    journal.Date // on which the page was laid out
	half   string       // half typed when the person locked the PC
	stale  bool         // the page changed while a cell was being edited
	narrow bool         // the panel does not fit beside the grid
	over   bool         // it was asked for all the same

	grid    *gradegrid.Grid
	slot    *fyne.Container // holds the grid
	banner  *banner
	panel   *panel
	keys    *markKeys
	content fyne.CanvasObject
}

// NewJournal builds the page. It reads nothing until Load is called.
func NewJournal(d JournalDesk, h Host) *Journal {
	j := &Journal{desk: d, host: h, ctx: context.Background(), slot: container.NewStack()}
	j.newGrid()
	j.banner, j.panel, j.keys = newBanner(j), newPanel(j), newMarkKeys(j)
	j.content = journalLayout(j)
	return j
}

// newGrid makes the grid of another page or term: it begins at today's lesson.
func (j *Journal) newGrid() {
	j.grid = gradegrid.New(gradegrid.Callbacks{
		OnEntry: j.enter, OnClear: j.clear, OnFill: j.fill, OnPaste: j.paste, OnCopy: j.host.Copy,
		OnUndo: j.undo, OnRedo: j.redo, OnFind: func() { j.banner.search() }, OnMove: func(int, int) { j.moved() },
		OnComment: func(int, int) { j.note() }, OnOpen: j.open, OnRefused: j.refused,
	})
	j.grid.OnKey = j.host.Unwanted
	j.grid.OnMenu = j.menu
	j.slot.Objects = []fyne.CanvasObject{j.grid}
}

// Content implements [Screen].
func (j *Journal) Content() fyne.CanvasObject { return j.content }

// Bar implements [Screen]: the mark keys, or why a key was refused.
func (j *Journal) Bar() fyne.CanvasObject { return j.keys.content }

// Go implements [Guest].
func (j *Journal) Go(p Place) { j.place = p }

// Load implements [Screen]: the page asked for, else the one open last, else
// the first that the person may open.
func (j *Journal) Load(ctx context.Context) {
	j.ctx = ctx
	id := j.place.Page
	switch {
	case !id.IsZero():
	case j.page != nil:
		id = j.page.ID
	default:
		pages := j.desk.Pages()
		if len(pages) == 0 {
			j.nothing()
			return
		}
		id = pages[0].ID
	}
	term := 0
	if j.place.Date != 0 {
		term = termOf(j.desk.Roster(), id, j.place.Date)
	} else if j.page != nil && j.page.ID == id {
		term = j.page.Term.Number
	}
	part := j.place.Part
	j.read(id, term)
	if part == Marks || part == Attendance {
		j.host.Focus(j.grid)
		j.retype()
	}
}

// Close implements [Screen].
func (j *Journal) Close() {}

// read opens a page of a term and shows it. It is one read of a few
// milliseconds, so the person is never shown an empty page first.
func (j *Journal) read(id journal.PageID, term int) {
	p, err := j.desk.OpenPage(j.ctx, id, term)
	if err != nil {
		j.host.Say(fault.TextOf(err))
		return
	}
	other := j.page == nil || j.turned || j.page.ID != p.ID || j.page.Term.Number != p.Term.Number
	j.page, j.stale, j.turned = p, false, false
	j.show(other)
}

// show lays the page out again; other when it is another page, term or the
// year.
func (j *Journal) show(other bool) {
	at := j.grid.Model().Cursor()
	j.view, j.day = viewOf(j.page, j.desk, j.banner.year), j.desk.Today()
	if other {
		j.newGrid()
	}
	j.grid.SetSheet(j.view.sheet)
	j.slot.Refresh()
	if !other {
		j.grid.Select(at.Row, at.Col)
	}
	switch {
	case j.place != (Place{}):
		j.goTo(j.place)
	case other && j.banner.year:
		j.goTo(Place{Period: journal.YearMark})
	}
	part := j.place.Part
	j.place = Place{}
	j.banner.show()
	j.panel.lesson = journal.Lesson{}
	j.panel.show()
	j.keys.show()
	if other {
		j.host.Focus(j.grid)
	}
	j.panel.want(part)
}

// nothing says that the person has no page.
func (j *Journal) nothing() { j.host.Say(assets.T("journal.nopages")) }

// termOf is the number of the term in which a day of a page falls.
func termOf(r *journal.Roster, id journal.PageID, d journal.Date) int {
	page, _ := r.Page(id)
	t, _ := r.TermAt(page.Group, d)
	return t.Number
}
