package screens

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// TodayDesk is what «Сегодня» asks of a session.
type TodayDesk interface {
	deciding
	Day(context.Context, journal.Date) ([]desk.DayLesson, error)
	Gaps(ctx context.Context, from, to journal.Date) ([]desk.DayLesson, error)
	Who() journal.StaffID
}

// gapDays is how far back unfinished lessons are looked for.
const gapDays = 14

// Today is the person's day: her lessons in order and what each still lacks,
// beside them what waits from earlier days. Every line leads to the place.
type Today struct {
	desk TodayDesk
	host Host

	ctx     context.Context
	day     journal.Date // that is shown
	loaded  journal.Date // the day on which the screen was opened last
	lessons []desk.DayLesson
	chosen  int
	loading bool // what is shown may not be all

	title, subtitle *widgets.Text
	table           *fyne.Container
	rows            []*widgets.Row
	side            *fyne.Container
	empty           *widgets.Text
	bar             *widgets.Text
	page            *fyne.Container
	narrow          bool
	content         fyne.CanvasObject
}

// NewToday builds the screen.
func NewToday(d TodayDesk, h Host) *Today {
	t := &Today{
		desk: d, host: h,
		title:    text("", widgets.Type{Size: theme.SizeTitle, Bold: true}),
		subtitle: text("", widgets.Type{Ink: theme.Ink2}),
		empty:    widgets.NewParagraph("", widgets.Type{Size: theme.SizeList, Ink: theme.Ink2}, 3),
		bar:      text(assets.T("today.rule"), widgets.Type{Ink: theme.Ink2}),
		table:    down(0, -1), side: down(16, -1),
	}
	nav := across(8, -1,
		widgets.NewIcon("chevron-left", func() { t.turn(t.day - 1) }),
		sized(96, 0, widgets.NewButton(assets.T("today.today"), func() { t.turn(t.desk.Today()) })),
		widgets.NewIcon("chevron-right", func() { t.turn(t.day + 1) }))
	head := across(16, 0, down(2, -1, t.title, t.subtitle), middle(nav))
	sheet := widgets.NewTable(down(0, 1, tableHead(), t.table, legend()))
	t.page = container.New(lay{t.min, t.lay}, down(14, 1, sized(0, 48, head), sheet), t.side)
	t.content = container.NewVScroll(t.page)
	return t
}

// min is the least size of the page: beside each other or, where the window is
// narrow, one under the other.
func (t *Today) min(o []fyne.CanvasObject) fyne.Size {
	left, side := o[0].MinSize().Height, o[1].MinSize().Height
	h := max(left+theme.Px(20), side+theme.Px(26))
	if t.narrow {
		h = left + side + theme.Px(36)
	}
	return fyne.NewSize(theme.Px(700), h+theme.Px(24))
}

func (t *Today) lay(o []fyne.CanvasObject, s fyne.Size) {
	if narrow := s.Width < theme.Px(1100); narrow != t.narrow {
		t.narrow = narrow
		t.show()
	}
	m, w := theme.Px(24), theme.Px(370)
	if t.narrow {
		h := o[0].MinSize().Height
		place(o[0], m, theme.Px(16), s.Width-2*m, h)
		place(o[1], m, h+theme.Px(32), s.Width-2*m, o[1].MinSize().Height)
		return
	}
	place(o[0], m, theme.Px(20), s.Width-3*m-w, s.Height-theme.Px(20)-m)
	place(o[1], s.Width-m-w, theme.Px(26), w, o[1].MinSize().Height)
}

// Content implements [Screen].
func (t *Today) Content() fyne.CanvasObject { return t.content }

// Bar implements [Screen].
func (t *Today) Bar() fyne.CanvasObject { return pad(12, 0, 0, 0, t.bar) }

// Close implements [Screen].
func (t *Today) Close() {}

// Load implements [Screen]: today, and what is left of earlier days.
func (t *Today) Load(ctx context.Context) {
	t.ctx = ctx
	if today := t.desk.Today(); t.loaded != today { // the first time, or another morning
		t.day, t.loaded, t.lessons = today, today, nil
	}
	t.turn(t.day)
	t.readSide()
}

// Changed implements [Listener].
func (t *Today) Changed(n News) {
	if n.Remote || n.Roster || t.loading != t.host.Loading() {
		t.turn(t.day)
		t.readSide()
	}
}

// turn shows another day.
func (t *Today) turn(day journal.Date) {
	Async(t.ctx, func(ctx context.Context) ([]desk.DayLesson, error) { return t.desk.Day(ctx, day) },
		func(lessons []desk.DayLesson, err error) {
			if err != nil {
				t.host.Say(fault.TextOf(err))
				return
			}
			if day != t.day || t.lessons == nil {
				t.chosen = firstOpen(lessons)
			}
			t.day, t.lessons = day, lessons
			t.show()
		})
}

// firstOpen is the lesson to begin with: the one running, else the first that
// lacks something.
func firstOpen(lessons []desk.DayLesson) int {
	for i, l := range lessons {
		if l.Running {
			return i
		}
	}
	for i, l := range lessons {
		if l.Due && !l.Complete() {
			return i
		}
	}
	return 0
}

func (t *Today) show() {
	t.loading = t.host.Loading()
	t.chosen = max(min(t.chosen, len(t.lessons)-1), 0)
	day := t.day.WeekdayName() + ", " + t.day.Long()
	t.title.Set(strings.ToUpper(day[:2]) + day[2:])
	t.subtitle.Set(t.about())
	t.rows, t.table.Objects = nil, nil
	tall := float32(widgets.LessonTall)
	if t.narrow {
		tall = 60
	}
	for i, l := range t.lessons {
		row := widgets.NewRow(lessonLine(l, tall), tall, func() { t.openLesson(i) })
		row.Chosen = i == t.chosen
		t.rows = append(t.rows, row)
		t.table.Objects = append(t.table.Objects, row)
	}
	if len(t.lessons) == 0 {
		t.empty.Set(assets.T("today.free"))
		if t.loading {
			t.empty.Set(assets.T("today.loading"))
		}
		t.table.Objects = []fyne.CanvasObject{pad(20, 24, 20, 24, t.empty)}
	}
	t.table.Refresh()
	t.page.Refresh()
}

// about is «II четверть, 3-я неделя · 5 уроков, 1 замена»; nothing of a day
// without lessons.
func (t *Today) about() string {
	if len(t.lessons) == 0 {
		return ""
	}
	var parts []string
	if term, ok := t.desk.Roster().TermAt(t.lessons[0].Group.ID, t.day); ok {
		week := int(t.day.Monday()-term.From.Monday())/7 + 1
		parts = append(parts, assets.T("today.week", term.Name(), week))
	}
	n, instead := len(t.lessons), 0
	for _, l := range t.lessons {
		if !l.InPlaceOf.ID.IsZero() {
			instead++
		}
	}
	count := assets.T("today.lessons", n, journal.Plural(n, assets.T("today.lesson.one"), assets.T("today.lesson.few"), assets.T("today.lesson.many")))
	if instead > 0 {
		count += ", " + assets.T("today.lessons", instead, journal.Plural(instead, assets.T("today.sub.one"), assets.T("today.sub.few"), assets.T("today.sub.many")))
	}
	return strings.Join(append(parts, count), " · ")
}

// Key implements [Keyed].
func (t *Today) Key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		t.choose(t.chosen + 1)
	case fyne.KeyUp:
		t.choose(t.chosen - 1)
	case fyne.KeyPageDown, fyne.KeyRight:
		t.turn(t.day + 1)
	case fyne.KeyPageUp, fyne.KeyLeft:
		t.turn(t.day - 1)
	case fyne.KeyHome:
		t.turn(t.desk.Today())
	case fyne.KeyReturn, fyne.KeyEnter:
		t.openLesson(t.chosen)
	default:
		return false
	}
	return true
}

func (t *Today) choose(i int) {
	if i < 0 || i >= len(t.rows) {
		return
	}
	t.rows[t.chosen].Choose(false)
	t.chosen = i
	t.rows[i].Choose(true)
}

// openLesson goes to a lesson in its journal.
func (t *Today) openLesson(i int) {
	if i < len(t.lessons) {
		l := t.lessons[i]
		t.host.Go(Place{Page: l.Page, Date: l.Date, Number: l.Number})
	}
}

// placeOfGap is a lesson and what of it is missing first.
func placeOfGap(l desk.DayLesson) Place {
	p := Place{Page: l.Page, Date: l.Date, Number: l.Number}
	switch {
	case !l.Due, !l.Attendance:
	case l.Lesson.Topic == "":
		p.Part = Topic
	case !l.HasHomework():
		p.Part = Homework
	}
	return p
}

func lessonNumber(n int) string { return strconv.Itoa(n) }
