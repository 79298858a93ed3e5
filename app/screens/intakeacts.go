package screens

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// replan compares what was read with the school, once every file is read.
func (i *Intake) replan() {
	i.round++
	round := i.round
	i.planning = false
	var files []*exchange.File
	for _, s := range i.sources {
		if !s.read() {
			i.show()
			return
		}
		if s.file != nil {
			files = append(files, s.file)
		}
	}
	if len(files) == 0 {
		i.plan = nil
		i.show()
		return
	}
	o := exchange.Options{On: i.desk.Today(), Answers: map[string]exchange.Answer{}}
	for id, a := range i.answers {
		o.Answers[id] = a
	}
	i.planning = true
	i.show()
	Async(i.life, func(context.Context) (*exchange.Plan, error) {
		return exchange.MakePlan(i.desk.Roster(), files, o), nil
	},
		func(p *exchange.Plan, _ error) {
			if round != i.round {
				return
			}
			first := i.plan == nil
			i.plan, i.planning = p, false
			if i.only != everyFate && p.Count(exchange.Fate(i.only)) == 0 {
				i.only = everyFate
			}
			i.show()
			if first { // begin at what waits for a decision
				i.view.list.Choose(max(slices.IndexFunc(i.shown, func(n int) bool { return p.Items[n].Fate == exchange.Wait }), 0))
				i.focus()
			}
		})
}

// answer decides a question and goes on to the next.
func (i *Intake) answer(q exchange.Question, a exchange.Answer) {
	if i.busy() || i.done != nil {
		return
	}
	i.answers[q.ID] = a
	i.answered = append(slices.DeleteFunc(i.answered, func(id string) bool { return id == q.ID }), q.ID)
	i.side.next = true
	i.replan()
}

// unanswer takes the last decision back.
func (i *Intake) unanswer() {
	n := len(i.answered)
	if n == 0 || i.busy() || i.done != nil {
		return
	}
	delete(i.answers, i.answered[n-1])
	i.answered = i.answered[:n-1]
	i.side.next = true
	i.replan()
}

// write takes the plan in: all of it or nothing.
func (i *Intake) write() {
	if i.plan == nil || i.busy() || i.done != nil || i.toWrite() == 0 {
		return
	}
	changes, reason := i.plan.Changes(), i.plan.Reason()
	t := taken{rows: i.toWrite(), left: i.waiting()}
	i.while(assets.T("intake.writing", rows(t.rows)), func(ctx context.Context) error {
		_, err := i.desk.TakeIn(ctx, reason, changes)
		return err
	}, func() {
		t.latest = i.desk.Latest()
		i.done = &t
	})
}

// undo takes the whole load back.
func (i *Intake) undo() {
	if i.done == nil || i.busy() {
		return
	}
	if i.desk.Latest() != i.done.latest {
		i.trouble = assets.T("intake.undo.other")
		i.show()
		return
	}
	var undone *commit.Commit
	i.while(assets.T("intake.undoing"), func(ctx context.Context) (err error) {
		undone, err = i.desk.Undo(ctx)
		return err
	}, func() {
		if undone != nil {
			i.done = nil
			i.host.Say(assets.T("intake.undone"))
			i.replan()
		}
	})
}

// while does what takes its time under a card that keeps the keys: until the
// journal has taken it nothing else may be written on this PC.
func (i *Intake) while(title string, work func(context.Context) error, then func()) {
	i.writing, i.trouble = true, ""
	gone := false // the card was taken away: the PC has locked itself
	i.show()
	i.host.Lay(Card{
		Content: pad(24, 20, 24, 20, down(6, -1, text(title, widgets.Type{Size: theme.SizeCard, Bold: true}),
			text(assets.T("intake.wait"), widgets.Type{Ink: theme.Ink2}))),
		Width: 480, Key: func(*fyne.KeyEvent) bool { return true }, Lifted: func() { gone = true },
	})
	Async(context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		away := gone
		if !away {
			i.host.Lift()
		}
		i.writing = false
		if err != nil {
			i.trouble = fault.TextOf(err)
		} else {
			then()
		}
		i.show()
		if away {
			return
		}
		i.host.Focus(i.view.list.Focusable()) // not a button: Enter pressed twice does nothing twice
	})
}
