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

// requestsDesk is what «Заявки» asks of a session.
type requestsDesk interface {
	Roster() *journal.Roster
	Requests(ctx context.Context, decided bool) ([]desk.Request, error)
	Grant(context.Context, []desk.Request, string) (*commit.Commit, error)
	Reject(context.Context, []desk.Request, string) (*commit.Commit, error)
}

// RequestsItem is the entry of the rail for those who decide on requests.
func RequestsItem() Item {
	return Item{
		Name: requestsItem, Icon: "pen", Key: fyne.KeyF9,
		For:   func(s *desk.Session) bool { return s.DecidesRequests() },
		Open:  func(s *Shell) Screen { return NewRequests(s.Session(), s) },
		Count: func(n commit.Counts) int { return n.Asked },
	}
}

// Requests lists the corrections in closed terms that teachers ask for, and
// those decided. Each is granted or rejected on a card, with a sentence.
type Requests struct {
	desk  requestsDesk
	shell *Shell

	ctx     context.Context
	decided bool // those decided are shown
	all     []desk.Request

	view *requestsView
}

// NewRequests builds the screen.
func NewRequests(d requestsDesk, s *Shell) *Requests {
	r := &Requests{desk: d, shell: s, ctx: context.Background()}
	r.view = newRequestsView(r)
	return r
}

// Content implements [Screen].
func (r *Requests) Content() fyne.CanvasObject { return r.view.content }

// Bar implements [Screen].
func (r *Requests) Bar() fyne.CanvasObject {
	return pad(12, 0, 0, 0, text(assets.T("requests.bar"), widgets.Type{Ink: theme.Ink2}))
}

// Close implements [Screen].
func (r *Requests) Close() {}

// Load implements [Screen].
func (r *Requests) Load(ctx context.Context) {
	r.ctx = ctx
	r.read()
	r.shell.Focus(r.view.list.Focusable())
}

// Changed implements [Listener]. All day long marks come in from everywhere;
// only what stands here is read anew.
func (r *Requests) Changed(n News) {
	here := func(q desk.Request) bool { return n.Pages[q.Field.Page.ID] }
	if n.Asked || n.Roster || slices.ContainsFunc(r.all, here) {
		r.read()
	}
}

// Key implements [Keyed].
func (r *Requests) Key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		r.decide(true, r.chosen())
	case fyne.KeyDelete, fyne.KeyBackspace:
		r.decide(false, r.chosen())
	case fyne.KeyF5:
		r.turn(!r.decided)
	default:
		return false
	}
	return true
}

func (r *Requests) read() {
	decided := r.decided
	Async(r.ctx, func(ctx context.Context) ([]desk.Request, error) { return r.desk.Requests(ctx, decided) }, func(all []desk.Request, err error) {
		if err != nil {
			r.shell.Say(fault.TextOf(err))
			return
		}
		if decided == r.decided { // not turned meanwhile
			r.show(all)
		}
	})
}

// show shows what was read; the current request stays so while it is there.
func (r *Requests) show(all []desk.Request) {
	at := r.view.list.Chosen()
	if at < len(r.all) {
		current := r.all[at].Commit.ID
		if i := slices.IndexFunc(all, func(o desk.Request) bool { return o.Commit.ID == current }); i >= 0 {
			at = i
		}
	}
	r.all = all
	r.view.show(max(min(at, len(all)-1), 0))
}

// turn shows those that wait or those decided.
func (r *Requests) turn(decided bool) {
	r.decided, r.all = decided, nil
	r.read()
}

// chosen is the current request, alone in a list; none where there is none.
func (r *Requests) chosen() []desk.Request {
	if i := r.view.list.Chosen(); i < len(r.all) {
		return r.all[i : i+1]
	}
	return nil
}

// alike are the requests like the current one: of the same teacher on the same
// page. Where one is granted, the others mostly are.
func (r *Requests) alike() (out []desk.Request) {
	one := r.chosen()
	if len(one) == 0 || r.decided {
		return nil
	}
	for _, o := range r.all {
		if o.Author.ID == one[0].Author.ID && o.Field.Page.ID == one[0].Field.Page.ID && (o.Barred == nil) == (one[0].Barred == nil) {
			out = append(out, o)
		}
	}
	return out
}

// mayGrant reports whether requests can be granted, mayReject whether they can
// be rejected.
func mayGrant(all []desk.Request) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(r desk.Request) bool { return r.Barred != nil || r.Decision == journal.RequestGranted })
}

func mayReject(all []desk.Request) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(r desk.Request) bool { return r.Decision != "" })
}

// decide lays the card on which requests are granted or rejected.
func (r *Requests) decide(grant bool, all []desk.Request) {
	if grant && mayGrant(all) || !grant && mayReject(all) {
		r.rule(grant, all)
	}
}
