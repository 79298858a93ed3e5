package screens

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// shownWaiting bounds the list: who has more reads the first of them and the
// count.
const shownWaiting = 300

// openWaiting lays the list of what is not at school yet: what waits to be
// sent, what waits for the deputy, what the school has not taken.
func openWaiting(w *workplace) {
	Async(context.Background(), func(ctx context.Context) (all []commit.Waiting, err error) {
		for _, f := range []commit.Fate{commit.NotTaken, commit.AtDeputy, commit.Unsent} {
			list, err := w.session.Entries(ctx, commit.Query{Fate: f, Limit: shownWaiting})
			if err != nil {
				return nil, err
			}
			for _, e := range list {
				all = append(all, e.Waiting)
			}
		}
		return all, nil
	}, func(all []commit.Waiting, err error) {
		if err != nil {
			w.shell.Say(fault.TextOf(err))
			return
		}
		if len(w.shell.cards) > 0 || w.shell.work != w {
			return
		}
		close := widgets.NewButton(assets.T("waiting.close"), w.shell.Lift)
		close.Hint, close.Tall = "Esc", 36
		send := widgets.NewButton(assets.T("waiting.send"), func() { w.shell.Lift(); w.shell.Line.SendNow() })
		send.Tall = 36
		buttons := []fyne.CanvasObject{close}
		if w.counts.Unsent > 0 {
			buttons = []fyne.CanvasObject{send, close}
		}
		if w.counts.Disputes > 0 {
			decide := widgets.NewMain(assets.T("waiting.decide", w.counts.Disputes), "", func() { w.shell.Lift(); w.open(decisionsItem) })
			buttons = append([]fyne.CanvasObject{decide}, buttons...)
		}
		why := assets.T("waiting.why")
		if len(all) == 0 {
			why = assets.T("waiting.none")
		}
		if trouble := w.shell.Line.State().Trouble; trouble != "" {
			why = trouble
		}
		w.shell.Lay(Card{Content: sheetCard(assets.T("waiting.title"), why, waitingList(w, all), buttons...), Width: 704, First: close})
	})
}

// waitingList has the parts one below the other, each with its title.
func waitingList(w *workplace, all []commit.Waiting) fyne.CanvasObject {
	parts := map[commit.Answer][]commit.Waiting{}
	for _, one := range all {
		parts[one.Answer] = append(parts[one.Answer], one)
	}
	list := container.New(flex{0, -1, true})
	for _, p := range []struct {
		answer commit.Answer
		title  string
	}{{commit.Refused, "waiting.refused"}, {commit.Requested, "waiting.requested"}, {0, "waiting.unsent"}} {
		if len(parts[p.answer]) == 0 {
			continue
		}
		list.Add(pad(12, 10, 12, 4, across(8, 0, section(assets.T(p.title)), caption(lessonNumber(len(parts[p.answer]))))))
		for i, one := range parts[p.answer] {
			if i == shownWaiting {
				list.Add(pad(12, 6, 12, 6, caption(assets.T("waiting.more", len(parts[p.answer])-i))))
				break
			}
			list.Add(waitingRow(w, one))
		}
	}
	if len(list.Objects) == 0 {
		return gap(0, 0)
	}
	return sized(0, min(list.MinSize().Height/theme.Px(1)+2, 380), stack(edge(theme.Sheet, theme.Line, 1, 5), pad(1, 1, 1, 1, container.NewVScroll(list))))
}

func waitingRow(w *workplace, one commit.Waiting) fyne.CanvasObject {
	r := w.session.Roster()
	words := commitText(r, one.Commit)
	author, _ := r.Staff(one.Commit.Author)
	when := clock(one.Commit.Entered, w.shell.Now())
	line := across(10, 1, sized(84, 0, text(when, widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2})),
		text(words, widgets.Type{}), caption(author.Initials()))
	if one.Answer != commit.Refused {
		row := widgets.NewRow(line, widgets.Dense, nil)
		row.Pad = 12
		return row
	}
	copied := widgets.NewButton(assets.T("waiting.copy"), func() { w.shell.Copy(when + "\t" + words + "\t" + author.Initials()) })
	row := widgets.NewRow(across(10, 0, down(0, -1, line, text(one.Text, widgets.Type{Size: theme.SizeCaption, Ink: theme.Warn})), middle(copied)), 54, nil)
	row.Pad = 12
	return row
}

// commitText says in a line what a commit did: «7-А, математика, 19.11: Жук
// Алёна 5», with how many more.
func commitText(r *journal.Roster, c *commit.Commit) string {
	p, ok := placeOf(c)
	if !ok {
		return assets.T("waiting.lists", len(c.Edits))
	}
	page, _ := r.Page(p.Page)
	group, _ := r.Group(page.Group)
	subject, _ := r.Subject(page.Subject)
	where := []string{group.Name, strings.ToLower(subject.Name)}
	if p.Date != 0 {
		where = append(where, p.Date.Short())
	}
	what := assets.T("waiting.lesson")
	if pupil, ok := r.Pupil(p.Pupil); ok {
		what = pupil.Name()
		if e := c.Edits[0]; e.Kind == journal.KindTermMark || e.Field == journal.CellMark || e.Field == journal.CellAbsence {
			what += " — " + valueText(e.Value)
		}
	}
	text := strings.Join(where, ", ") + ": " + what
	if n := len(c.Edits) - 1; n > 0 {
		text += assets.T("waiting.and", n)
	}
	return text
}
