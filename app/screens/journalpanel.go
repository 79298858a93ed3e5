package screens

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// panel stands at the right of the grid: the lesson under the cursor, its cell,
// the attendance of the lesson.
type panel struct {
	journal *Journal
	lesson  journal.Lesson // as it is shown

	day, times      *widgets.Text
	topic, homework *field
	none            *widgets.Tick
	work            *widget.Select
	weight          *widgets.Segments
	weights         []int
	lessonPart      fyne.CanvasObject

	cell *cellPart
	here *attendancePart

	all     *fyne.Container // the three parts
	content *fyne.Container
	filling bool // the panel is being filled: entries must not write
}

func newPanel(j *Journal) *panel {
	p := &panel{
		journal: j,
		day:     text("", widgets.Type{Size: theme.SizeSection, Bold: true}),
		times:   widgets.NewParagraph("", widgets.Type{Ink: theme.Ink2}, 2),
		topic:   newField("", 3), homework: newField("", 2),
	}
	p.topic.onLeft, p.homework.onLeft = p.save, p.save
	p.topic.OnSubmitted = func(string) { p.save(); j.host.Focus(p.homework) }
	p.homework.OnSubmitted = func(string) { p.save(); j.host.Focus(j.grid) }
	back := func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyEscape {
			p.fill()
			j.host.Focus(j.grid)
			return true
		}
		return false
	}
	p.topic.onKey, p.homework.onKey = back, back
	touch := func(string) { j.host.Touch() }
	p.topic.OnChanged, p.homework.OnChanged = touch, touch
	p.none = widgets.NewTick(assets.T("journal.nohomework"), func(bool) { p.save() })
	var works []string
	for _, w := range journal.Works() {
		works = append(works, w.Name)
	}
	p.work = widget.NewSelect(works, func(string) { p.save() })
	p.work.PlaceHolder = " "
	p.weight = widgets.NewSegments(nil, func(int) { p.save() })
	p.weight.Filled, p.weight.Pad = true, 7
	p.cell, p.here = newCellPart(j), newAttendancePart(j)
	p.lessonPart = down(4, -1,
		across(8, 0, caption(assets.T("journal.topic")), hintText("F5")), p.topic, gap(0, 2),
		across(8, 0, caption(assets.T("journal.homework")), hintText("F6")), p.homework,
		p.none, gap(0, 2),
		across(8, 0, caption(assets.T("journal.work")), sized(96, 0, caption(assets.T("journal.weight")))),
		across(8, 0, sized(60, 32, stack(edge(theme.Sheet, theme.Strong, 1, 5), p.work)), sized(96, 32, middle(p.weight))))
	part := func(o fyne.CanvasObject) fyne.CanvasObject { return pad(13, 10, 13, 10, o) }
	p.all = down(0, -1,
		part(down(2, -1, p.day, p.times, gap(0, 4), p.lessonPart)), rule(theme.Line),
		part(p.cell.content), rule(theme.Line), part(p.here.content))
	p.content = container.NewStack(fill(theme.Sheet), container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(panelWidth), theme.Px(200)) },
		func(o []fyne.CanvasObject, s fyne.Size) {
			place(o[0], 0, 0, 1, s.Height)
			place(o[1], 1, 0, s.Width-1, s.Height)
		},
	}, rule(theme.Line), container.NewVScroll(p.all)))
	return p
}

const panelWidth = 258

// enable lets an object be used or not.
func enable(w fyne.Disableable, on bool) {
	switch {
	case on && w.Disabled():
		w.Enable()
	case !on && !w.Disabled():
		w.Disable()
	}
}

func hintText(s string) fyne.CanvasObject {
	return text(s, widgets.Type{Size: theme.SizeHint, Ink: theme.Ink3, Align: fyne.TextAlignTrailing})
}

// show brings the panel to the cursor.
func (p *panel) show() {
	j := p.journal
	show(p.all, j.page != nil && len(j.page.Rows) > 0)
	if !p.all.Visible() {
		return
	}
	p.save()
	l, ok := j.lesson()
	p.lesson = l
	show(p.lessonPart, ok)
	show(p.here.content, ok)
	if ok {
		day := l.Date.Long() + ", " + l.Date.WeekdayName()
		p.day.Set(day)
		p.times.Set(p.when(l))
	} else {
		p.day.Set(j.spot().period.Name(j.desk.Roster().SchemeOf(j.page.Page.Group)))
		p.times.Set(assets.T("journal.resulthint"))
	}
	p.fill()
	p.cell.show()
	p.here.show()
	relay(p.all)
}

// when is «3-й урок · 10:15–11:00 · каб. 12».
func (p *panel) when(l journal.Lesson) string {
	parts := []string{assets.T("journal.lessonnumber", l.Number)}
	if b, ok := p.journal.desk.Roster().Bell(l.Number); ok {
		parts = append(parts, bell(b.Start)+"–"+bell(b.End))
	}
	if room := p.journal.page.Room; room != "" {
		parts = append(parts, assets.T("today.room", room))
	}
	return strings.Join(parts, " · ")
}

// fill fills the entries with the lesson as it stands.
func (p *panel) fill() {
	p.filling = true
	defer func() { p.filling = false }()
	l := p.lesson
	p.topic.set(l.Topic)
	p.homework.set(l.Homework)
	if p.none.On != l.NoHomework {
		p.none.Set(l.NoHomework)
	}
	if name := l.Work.Kind().Name; p.work.Selected != name {
		p.work.SetSelected(name)
	}
	now := p.journal.desk.Roster().Rules().WeightOf(l)
	p.weights = []int{100, 200, 300}
	chosen := -1
	for i, w := range p.weights {
		if w == now {
			chosen = i
		}
	}
	if chosen < 0 {
		p.weights[0], chosen = now, 0
	}
	var names []string
	for _, w := range p.weights {
		names = append(names, "×"+weightText(w))
	}
	if !slices.Equal(names, p.weight.Names) || p.weight.Chosen != chosen {
		p.weight.Names = names
		p.weight.Choose(chosen)
	}
	for _, w := range []fyne.Disableable{p.topic, p.homework, p.none, p.work, p.weight} {
		enable(w, !p.journal.locked())
	}
}

// wanted is the lesson as the entries have it.
func (p *panel) wanted() journal.Lesson {
	l := p.lesson
	l.Topic, l.Homework = strings.TrimSpace(p.topic.Text), strings.TrimSpace(p.homework.Text)
	l.NoHomework = p.none.On && l.Homework == ""
	for _, w := range journal.Works() {
		if w.Name == p.work.Selected && w.Work != l.Work {
			l.Work, l.Weight = w.Work, 0
			return l
		}
	}
	if i := p.weight.Chosen; i < len(p.weights) && p.weights[i] != p.journal.desk.Roster().Rules().WeightOf(l) {
		l.Weight = p.weights[i]
	}
	return l
}

// save writes what was changed in the entries, as one step.
func (p *panel) save() {
	if p.dirty() {
		p.journal.putLesson(p.lesson, p.wanted())
	}
}

// dirty reports whether the entries say something else than the journal.
func (p *panel) dirty() bool {
	return !p.filling && !p.lesson.Page.IsZero() && !p.journal.locked() && p.wanted() != p.lesson
}

// want gives the keys to a part of the lesson.
func (p *panel) want(part Part) {
	switch part {
	case Topic:
		p.journal.openPanel()
		p.journal.host.Focus(p.topic)
	case Homework:
		p.journal.openPanel()
		p.journal.host.Focus(p.homework)
	}
}
