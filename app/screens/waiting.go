package screens

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// mostWaiting bounds the list: whoever has more reads the latest of them and
// the count.
const mostWaiting = 2000

// waitingDesk is what «Ждут отправки» asks of a session.
type waitingDesk interface {
	Roster() *journal.Roster
	Oversees() bool
	Entries(context.Context, commit.Query) ([]desk.Entry, error)
	Lines(context.Context, desk.Entry) ([]desk.Line, error)
	Tally(context.Context) (own, others commit.Counts, err error)
}

// Waiting lists by class what is not at the school yet: what waits for the
// server, and what waits for the deputy.
type Waiting struct {
	desk  waitingDesk
	shell *Shell

	ctx  context.Context
	head *sendingHead
	list *entryList
	none *widgets.Text
	send *widgets.Button
	over *fyne.Container // list or the sentence that there is nothing
	body fyne.CanvasObject
}

// waited is what the screen reads.
type waited struct {
	unsent, asked []desk.Entry
	own, others   commit.Counts
}

// NewWaiting builds the screen.
func NewWaiting(d waitingDesk, s *Shell) *Waiting {
	w := &Waiting{desk: d, shell: s, ctx: context.Background(), none: text("", widgets.Type{Size: theme.SizeList, Ink: theme.Ink2})}
	w.send = widgets.NewButton(assets.T("waiting.send"), func() { s.Line.SendNow(); w.state() })
	w.send.Hint = "F5"
	w.head = newSendingHead(s, 0, assets.T("waiting.title"), append([]fyne.CanvasObject{w.send}, stickButtons(s)...)...)
	w.list = newEntryList(widgets.Dense, s.Unwanted)
	w.list.draw, w.list.read = w.row, readLines(d, s, &w.ctx)
	table := widgets.NewTable(w.list.list)
	w.over = stack(table, pad(20, 20, 20, 20, down(0, -1, w.none)))
	w.body = pad(24, 16, 24, 20, down(12, 1, w.head.content, w.over))
	return w
}

// Content implements [Screen].
func (w *Waiting) Content() fyne.CanvasObject { return w.body }

// Bar implements [Screen].
func (w *Waiting) Bar() fyne.CanvasObject {
	return pad(12, 0, 0, 0, text(assets.T("waiting.bar"), widgets.Type{Ink: theme.Ink2}))
}

// Close implements [Screen].
func (w *Waiting) Close() {}

// Load implements [Screen].
func (w *Waiting) Load(ctx context.Context) {
	w.ctx = ctx
	w.read()
	w.shell.Focus(w.list.list.Focusable())
}

// Changed implements [Listener].
func (w *Waiting) Changed(News) { w.read() }

// Key implements [Keyed].
func (w *Waiting) Key(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyF5 {
		w.shell.Line.SendNow()
		w.state()
		return true
	}
	return false
}

func (w *Waiting) read() {
	Async(w.ctx, func(ctx context.Context) (r waited, err error) {
		if r.unsent, err = w.desk.Entries(ctx, commit.Query{Fate: commit.Unsent, Limit: mostWaiting}); err != nil {
			return r, err
		}
		if r.asked, err = w.desk.Entries(ctx, commit.Query{Fate: commit.AtDeputy, Limit: mostWaiting}); err != nil {
			return r, err
		}
		r.own, r.others, err = w.desk.Tally(ctx)
		return r, err
	}, func(r waited, err error) {
		if err != nil {
			w.shell.Say(fault.TextOf(err))
			return
		}
		w.show(r)
	})
}

func (w *Waiting) show(r waited) {
	all := append(slices.Clone(r.unsent), r.asked...)
	groups := byClass(w.desk.Roster(), all)
	left := r.own.Unsent + r.own.Requested
	if w.desk.Oversees() {
		left += r.others.Unsent + r.others.Requested
	}
	if left > len(all) {
		groups = append(groups, entryGroup{rest: left - len(all)})
	}
	w.list.set(groups)
	w.none.Set("")
	if len(all) == 0 {
		w.none.Set(assets.T("waiting.none"))
	}
	show(w.over.Objects[0], len(all) > 0)
	show(w.over.Objects[1], len(all) == 0)
	enable(w.send, r.own.Unsent+r.others.Unsent > 0)
	w.head.count(r.own, r.others, w.desk.Oversees())
	w.state()
}

// state says how sending goes.
func (w *Waiting) state() { w.head.say(sendingText(w.shell, w.head.others)) }

// byClass puts entries into groups by class, the lists of the school last.
func byClass(r *journal.Roster, all []desk.Entry) []entryGroup {
	byID := map[journal.GroupID][]desk.Entry{}
	var classes []journal.Group
	for _, e := range all {
		class, ok := r.Class(e.Field.Group.ID)
		if !ok {
			class = e.Field.Group
		}
		if byID[class.ID] == nil && !class.ID.IsZero() {
			classes = append(classes, class)
		}
		byID[class.ID] = append(byID[class.ID], e)
	}
	slices.SortFunc(classes, journal.CompareGroups)
	var out []entryGroup
	for _, c := range classes {
		out = append(out, entryGroup{title: c.Name, all: byID[c.ID]})
	}
	if rest := byID[journal.GroupID{}]; len(rest) > 0 {
		out = append(out, entryGroup{title: assets.T("waiting.lists"), all: rest})
	}
	return out
}

func (w *Waiting) row(r entryRow) fyne.CanvasObject {
	if o := plainRow(r, w.desk.Roster()); o != nil {
		return o
	}
	e := r.entry
	fold := fyne.CanvasObject(gap(16, 16))
	if e.Edits() > 1 {
		fold = middle(drawing(chevron(w.list.open[e.Commit.Number] != nil), 16, theme.Ink2))
	}
	return pad(12, 0, 12, 0, across(8, 2, fold, sized(78, 0, caption(clock(e.Commit.Entered, w.shell.Now()))),
		text(entryText(w.desk.Roster(), e, false), widgets.Type{}), byline(w.desk, e), sized(110, 0, caption(w.waits(e)))))
}

// waits says what an entry waits for.
func (w *Waiting) waits(e *desk.Entry) string {
	switch {
	case e.Answer == commit.Requested:
		return assets.T("waiting.deputy")
	case !w.shell.Door.Server().Answers:
		return assets.T("waiting.network")
	case w.shell.Line.State().Sending:
		return assets.T("waiting.sending")
	}
	return assets.T("waiting.turn")
}
