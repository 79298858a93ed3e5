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

// pageOfRefused is how many refused entries are read at a time.
const pageOfRefused = 100

// refusedDesk is what «Отклонённые» asks of a session.
type refusedDesk interface {
	waitingDesk
	Retry(context.Context, ...desk.Entry) ([]*commit.Commit, error)
	MustAsk(desk.Entry) bool
	AskAgain(ctx context.Context, reason string, entries ...desk.Entry) ([]*commit.Commit, error)
	PutAway(context.Context, ...desk.Entry) error
	BringBack(context.Context, ...desk.Entry) error
	Keep(context.Context, ...desk.Entry) error
	TakeBack(context.Context, desk.Entry) error
}

// Refused lists what the school did not take. What happens to it only a person
// says: say it again, copy it, put it away.
type Refused struct {
	desk  refusedDesk
	shell *Shell

	ctx   context.Context
	limit int
	away  bool         // those put away are shown
	last  []desk.Entry // put away last, to bring back
	place Place        // to go to once the list is read

	view *refusedView
}

// refusals are what the screen reads.
type refusals struct {
	returned, refused, away []desk.Entry
	own, others             commit.Counts
}

// NewRefused builds the screen.
func NewRefused(d refusedDesk, s *Shell) *Refused {
	r := &Refused{desk: d, shell: s, ctx: context.Background(), limit: pageOfRefused}
	r.view = newRefusedView(r)
	return r
}

// Content implements [Screen].
func (r *Refused) Content() fyne.CanvasObject { return r.view.content }

// Bar implements [Screen].
func (r *Refused) Bar() fyne.CanvasObject {
	return pad(12, 0, 0, 0, text(assets.T("refused.bar"), widgets.Type{Ink: theme.Ink2}))
}

// Close implements [Screen].
func (r *Refused) Close() {}

// Go implements [Guest]: the entry of a place becomes the current one.
func (r *Refused) Go(p Place) { r.place = p }

// Load implements [Screen].
func (r *Refused) Load(ctx context.Context) {
	r.ctx, r.last = ctx, nil
	if r.place != (Place{}) {
		r.away = false
	}
	r.read()
	r.shell.Focus(r.view.list.list.Focusable())
}

// Changed implements [Listener].
func (r *Refused) Changed(News) { r.read() }

// Key implements [Keyed].
func (r *Refused) Key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		r.first()
	case fyne.KeyDelete, fyne.KeyBackspace:
		r.second()
	case copyKey:
		r.copy()
	case undoKey:
		r.bringBack()
	case fyne.KeyF5:
		r.turn()
	default:
		return false
	}
	return true
}

func (r *Refused) read() {
	away, limit := r.away, r.limit
	Async(r.ctx, func(ctx context.Context) (all refusals, err error) {
		for fate, to := range map[commit.Fate]*[]desk.Entry{commit.Returned: &all.returned, commit.NotTaken: &all.refused, commit.PutAway: &all.away} {
			if away == (fate == commit.PutAway) {
				if *to, err = r.desk.Entries(ctx, commit.Query{Fate: fate, Limit: limit}); err != nil {
					return all, err
				}
			}
		}
		all.own, all.others, err = r.desk.Tally(ctx)
		return all, err
	}, func(all refusals, err error) {
		if err != nil {
			r.shell.Say(fault.TextOf(err))
			return
		}
		r.view.show(all)
		r.arrive(all.refused)
	})
}

// arrive chooses the entry of the place asked for.
func (r *Refused) arrive(all []desk.Entry) {
	p := r.place
	r.place = Place{}
	if p == (Place{}) {
		return
	}
	keys := []journal.Key{journal.CellKey(p.Page, p.Date, p.Number, p.Pupil), journal.LessonKey(p.Page, p.Date, p.Number)}
	if p.Date == 0 {
		keys = []journal.Key{journal.TermMarkKey(p.Pupil, p.Page, p.Period)}
	}
	for _, e := range all {
		if slices.ContainsFunc(e.Commit.Edits, func(edit commit.Edit) bool { return slices.Contains(keys, edit.Key) }) {
			r.view.list.choose(e.Commit.Number)
			r.view.follow()
			return
		}
	}
}

// turn shows those put away or those that wait.
func (r *Refused) turn() {
	r.away, r.limit = !r.away, pageOfRefused
	r.read()
}

// more reads on.
func (r *Refused) more() {
	r.limit += pageOfRefused
	r.read()
}

// first is the main thing to do with the current entry, second the other.
func (r *Refused) first() {
	e := r.view.list.chosen()
	switch {
	case e == nil || !e.Mine:
	case r.away && e.Aside.Retry == 0 && e.Answer != 0:
		r.done(r.desk.BringBack(r.ctx, *e), "refused.did.back", 1)
	case r.away:
	case e.Answer == 0:
		r.done(r.desk.Keep(r.ctx, *e), "refused.did.keep", 1)
	case r.seen(e).Lines == nil:
		r.view.list.fold() // first look at what it would replace
	default:
		r.retry(r.seen(e))
	}
}

// seen is an entry with the lines that the person has before her eyes; without
// any when it is large and folded.
func (r *Refused) seen(e *desk.Entry) desk.Entry {
	one := *e
	if one.Lines == nil {
		one.Lines = r.view.list.open[e.Commit.Number]
	}
	return one
}

func (r *Refused) second() {
	e := r.view.list.chosen()
	switch {
	case e == nil || !e.Mine || r.away:
	case e.Answer == 0:
		r.done(r.desk.TakeBack(r.ctx, *e), "refused.did.undo", 1)
	default:
		r.putAway(*e)
	}
}

// retry says entries again; where a term is closed by now, the deputy is asked,
// with a reason.
func (r *Refused) retry(all ...desk.Entry) {
	if slices.ContainsFunc(all, r.desk.MustAsk) {
		r.request(all)
		return
	}
	_, err := r.desk.Retry(r.ctx, all...)
	r.done(err, "refused.did.retry", len(all))
}

// request lays the card on which the deputy is asked for entries.
func (r *Refused) request(all []desk.Entry) {
	c := newRequest(r.shell)
	for i := range all {
		c.about = append(c.about, entryText(r.desk.Roster(), &all[i], true))
	}
	c.act = func(reason string) error {
		if _, err := r.desk.AskAgain(r.ctx, reason, all...); err != nil {
			return err
		}
		r.done(nil, "refused.did.ask", len(all))
		return nil
	}
	c.lay()
}

func (r *Refused) putAway(all ...desk.Entry) {
	err := r.desk.PutAway(r.ctx, all...)
	if err == nil {
		r.last = all
	}
	r.done(err, "refused.did.away", len(all))
}

// bringBack takes back the last putting away.
func (r *Refused) bringBack() {
	if len(r.last) == 0 {
		return
	}
	err := r.desk.BringBack(r.ctx, r.last...)
	n := len(r.last)
	r.last = nil
	r.done(err, "refused.did.back", n)
}

// copy puts the current entry on the clipboard, with all its edits.
func (r *Refused) copy() {
	e := r.view.list.chosen()
	if e == nil {
		return
	}
	readLines(r.desk, r.shell, &r.ctx)(e, func(lines []desk.Line) {
		r.shell.Copy(entryCopy(r.desk.Roster(), e, lines, r.shell.Now()))
		r.shell.Say(assets.T("refused.did.copy"))
	})
}

// done says what was done, or why not.
func (r *Refused) done(err error, key string, n int) {
	if err != nil {
		r.shell.Say(fault.TextOf(err))
	} else {
		r.shell.Say(assets.T(key, n))
	}
	r.read()
}

// alike are the entries in the list of the same cause as the current one that
// are the person's own.
func (r *Refused) alike() (out []desk.Entry) {
	e := r.view.list.chosen()
	if e == nil || !e.Mine || e.Answer != commit.Refused || r.away {
		return nil
	}
	for _, g := range r.view.list.groups {
		for i := range g.all {
			other := r.seen(&g.all[i])
			if other.Lines != nil && other.Mine && other.Answer == e.Answer && other.Code == e.Code && other.Text == e.Text && other.Commit.Author == e.Commit.Author {
				out = append(out, other)
			}
		}
	}
	return out
}
