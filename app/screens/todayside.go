package screens

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// waits is what the right column shows.
type waits struct {
	disputes []desk.Dispute
	gaps     []desk.DayLesson
}

// readSide reads what waits from earlier.
func (t *Today) readSide() {
	Async(t.ctx, func(ctx context.Context) (waits, error) {
		all, err := t.desk.Disputes(ctx)
		if err != nil {
			return waits{}, err
		}
		var w waits
		for _, d := range all {
			if d.Mine {
				w.disputes = append(w.disputes, d)
			}
		}
		today := t.desk.Today()
		w.gaps, err = t.desk.Gaps(ctx, today-gapDays, today-1)
		return w, err
	}, func(w waits, err error) {
		if err == nil {
			t.showSide(w)
		}
	})
}

// gapRows bounds the unfinished lessons shown; the oldest come first.
const gapRows = 9

// showSide shows the boxes in the order of urgency; empty ones are not there.
func (t *Today) showSide(w waits) {
	t.side.Objects = nil
	if len(w.disputes) > 0 {
		t.side.Objects = append(t.side.Objects, t.decisionBox(w.disputes))
	}
	if remarks := t.remarks(); len(remarks) > 0 {
		t.side.Objects = append(t.side.Objects, t.remarkBox(remarks))
	}
	if len(w.gaps) > 0 {
		t.side.Objects = append(t.side.Objects, t.gapBox(w.gaps))
	}
	if len(t.side.Objects) == 0 && !t.loading {
		t.side.Objects = []fyne.CanvasObject{widgets.NewCard(across(10, 1, middle(drawing("done", 18, theme.Ok)), text(assets.T("today.nothing"), widgets.Type{Size: theme.SizeList})))}
	}
	t.side.Refresh()
	t.page.Refresh()
}

func (t *Today) decisionBox(all []desk.Dispute) fyne.CanvasObject {
	button := widgets.NewMain(assets.T("today.decide"), "", func() { decideAll(t.desk, t.host, all, func() { t.readSide(); t.turn(t.day) }) })
	button.Wide = 120
	return widgets.NewUrgent(down(10, -1,
		across(10, 1, middle(drawing("warning", 20, theme.Warn)), section(assets.T("today.decisions", len(all)))),
		widgets.NewParagraph(disputeText(t.desk, all[0]), widgets.Type{Size: theme.SizeList}, 3),
		across(0, 1, button, gap(0, 0))))
}

// remarks are those open on the person's pages.
func (t *Today) remarks() []journal.Remark {
	r := t.desk.Roster()
	mine := map[journal.PageID]bool{}
	for _, p := range r.Taught(t.desk.Who()) {
		mine[p.ID] = true
	}
	var out []journal.Remark
	for _, remark := range r.Remarks() {
		if mine[remark.Page] && remark.Closed == 0 {
			out = append(out, remark)
		}
	}
	return out
}

func (t *Today) remarkBox(all []journal.Remark) fyne.CanvasObject {
	rows := []fyne.CanvasObject{boxHead(assets.T("today.remarks"), len(all))}
	for i, remark := range all {
		page, _ := t.desk.Roster().Page(remark.Page)
		group, _ := t.desk.Roster().Group(page.Group)
		due := ""
		if remark.Due != 0 {
			due = assets.T("today.until", remark.Due.Long())
		}
		where := group.Name
		if remark.Date != 0 {
			where += ", " + remark.Date.Long()
		}
		row := widgets.NewRow(across(10, 1, pad(0, 2, 0, 0, down(0, -1, drawing("remarks", 18, theme.Warn))), down(0, -1,
			across(8, 0, text(where, widgets.Type{Size: theme.SizeList, Bold: true}), caption(due)),
			widgets.NewParagraph(remark.Text, widgets.Type{Ink: theme.Ink2}, 2))), 62, func() {
			t.host.Go(Place{Page: remark.Page, Date: remark.Date, Number: remark.Number, Pupil: remark.Pupil})
		})
		row.Pad, row.Last = 20, i == len(all)-1
		rows = append(rows, row)
	}
	return widgets.NewTable(down(0, -1, append(rows, gap(0, 6))...))
}

func (t *Today) gapBox(all []desk.DayLesson) fyne.CanvasObject {
	rows := []fyne.CanvasObject{boxHead(assets.T("today.gaps"), len(all))}
	for i, l := range all {
		if i == gapRows {
			rows = append(rows, pad(20, 10, 20, 4, caption(assets.T("today.more", len(all)-i))))
			break
		}
		line := across(8, 2,
			sized(88, 0, text(l.Date.Long(), widgets.Type{})),
			sized(48, 0, text(l.Group.Name, widgets.Type{Bold: true})),
			text(missing(l), widgets.Type{Ink: theme.Ink2}))
		row := widgets.NewRow(line, widgets.Normal, func() { t.host.Go(placeOfGap(l)) })
		row.Pad, row.Chevron, row.Last = 20, true, i == min(len(all), gapRows)-1
		rows = append(rows, row)
	}
	return widgets.NewTable(down(0, -1, append(rows, gap(0, 6))...))
}

// boxHead is the title of a box with how many lines it has.
func boxHead(title string, n int) fyne.CanvasObject {
	count := text(lessonNumber(n), widgets.Type{Ink: theme.Ink2})
	return down(0, -1, pad(20, 14, 20, 10, across(8, 0, section(title), count)), pad(20, 0, 20, 0, rule(theme.Rule)))
}

// missing names what a lesson still lacks.
func missing(l desk.DayLesson) string {
	var parts []string
	if !l.Attendance {
		parts = append(parts, assets.T("today.missing.attendance"))
	}
	if l.Lesson.Topic == "" {
		parts = append(parts, assets.T("today.missing.topic"))
	}
	if !l.HasHomework() {
		parts = append(parts, assets.T("today.missing.homework"))
	}
	return strings.Join(parts, ", ")
}
