package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// banner stands over the grid: which class and subject, which period, undo,
// search and paste. The spine has the colour of the period.
type banner struct {
	journal *Journal
	year    bool // the results of the year are shown

	spine              *canvas.Rectangle
	class, subject     *widgets.Text
	teacher            *widgets.Text
	page               *widgets.Row
	terms              *widgets.Segments
	back, again, paste *widgets.Button
	find               *field
	lesson             *widgets.Text
	former, next       *widgets.Button
	counted            journal.Key     // the lesson that the banner counts
	panel              *widgets.Button // opens the panel where it is closed
	content            *fyne.Container
}

func newBanner(j *Journal) *banner {
	b := &banner{
		journal: j, spine: fill(theme.Year),
		class:   text("", widgets.Type{Size: theme.SizeClass, Bold: true}),
		subject: text("", widgets.Type{Size: theme.SizeSection, Bold: true}),
		teacher: text("", widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}),
		lesson:  text("", widgets.Type{Ink: theme.Ink2, Align: fyne.TextAlignTrailing}),
	}
	b.page = widgets.NewRow(b.head(), 50, func() { j.pick() })
	b.page.Last = true
	b.terms = widgets.NewSegments([]string{""}, b.turn)
	b.back = widgets.NewIcon("undo", j.undo)
	b.again = widgets.NewIcon("redo", j.redo)
	b.paste = widgets.NewButton(assets.T("journal.paste"), func() { j.pasteHere() })
	b.find = newField(assets.T("journal.find"), 1)
	b.find.Icon = theme.Icon("search", theme.Ink3)
	b.find.OnChanged = func(s string) { j.grid.Find(s, false) }
	b.find.OnSubmitted = func(s string) {
		j.grid.Find(s, true)
	}
	b.find.onKey = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyEscape || e.Name == fyne.KeyTab || e.Name == fyne.KeyDown {
			b.find.set("")
			j.host.Focus(j.grid)
			return true
		}
		return false
	}
	b.former = widgets.NewIcon("chevron-left", func() { j.beside(-1) })
	b.next = widgets.NewIcon("chevron-right", func() { j.beside(1) })
	b.panel = widgets.NewButton(assets.T("journal.panel"), func() { j.togglePanel() })
	b.panel.Hint = "F8"
	b.content = newBannerLayout(b)
	return b
}

// head is class, subject and teacher, with a sign that there are others.
func (b *banner) head() fyne.CanvasObject {
	names := middle(down(-2, -1, b.subject, b.teacher))
	return across(14, 1, b.class, names, middle(drawing("chevron-down", 16, theme.Ink2)))
}

// show shows the page and period of the journal.
func (b *banner) show() {
	p := b.journal.page
	b.class.Set(p.Group.Name)
	b.subject.Set(p.Subject.Name)
	pupils := 0
	for _, r := range p.Rows {
		if r.MemberOn(min(p.Term.To, max(p.Term.From, b.journal.desk.Today()))) {
			pupils++
		}
	}
	b.teacher.Set(p.Teacher.Initials() + " · " + assets.T("journal.pupils", pupils, journal.Plural(pupils,
		assets.T("journal.pupil.one"), assets.T("journal.pupil.few"), assets.T("journal.pupil.many"))))
	spines := []theme.Token{theme.Period1, theme.Period2, theme.Period3, theme.Period4}
	names, chosen := []string{}, 0
	b.terms.Spines = nil
	for i, t := range p.Terms {
		name := t.Period().Roman()
		if t.Number == p.Term.Number && !b.year {
			name, chosen = t.Name(), i
		}
		names = append(names, name)
		b.terms.Spines = append(b.terms.Spines, spines[i%len(spines)])
	}
	names = append(names, assets.T("journal.year"))
	b.terms.Spines = append(b.terms.Spines, theme.Year)
	if b.year {
		chosen = len(names) - 1
	}
	b.terms.Names = names
	b.terms.Choose(chosen)
	b.spine.FillColor = theme.Ink(b.terms.Spines[chosen])
	enable(b.paste, p.Reading == "")
	b.undoable()
	b.count()
	b.content.Refresh()
}

// turn shows another term, or the year after the last.
func (b *banner) turn(i int) {
	j := b.journal
	b.year = i >= len(j.page.Terms)
	number := j.page.Term.Number
	if !b.year {
		number = j.page.Terms[i].Number
	}
	j.turned = true
	j.read(j.page.ID, number)
	j.host.Focus(j.grid)
}

// undoable shows whether there is something to take back.
func (b *banner) undoable() {
	enable(b.back, b.journal.desk.CanUndo())
	enable(b.again, b.journal.desk.CanRedo())
}

// count says which lesson of the year the cursor is in.
func (b *banner) count() {
	j := b.journal
	l, ok := j.lesson()
	if !ok {
		l = journal.Lesson{}
	}
	if b.counted == l.Key() {
		return
	}
	b.counted = l.Key()
	if !ok {
		b.lesson.Set("")
		return
	}
	n, all := 0, j.page.Planned
	from, to := journal.YearBounds(j.desk.Roster().Year())
	lessons := j.desk.Roster().LessonsOf(j.page.ID, from, to)
	for _, other := range lessons {
		if other.Date < l.Date || other.Date == l.Date && other.Number <= l.Number {
			n++
		}
	}
	if all == 0 {
		all = len(lessons)
	}
	b.lesson.Set(assets.T("journal.lessonof", n, all))
	b.panel.Set(assets.T("journal.lesson", n))
}

// search gives the keys to the search entry.
func (b *banner) search() {
	b.find.set("")
	b.journal.host.Focus(b.find)
}

// newBannerLayout lays the banner; what is least needed goes first where the
// window is narrow.
func newBannerLayout(b *banner) *fyne.Container {
	objects := []fyne.CanvasObject{fill(theme.Sheet), b.spine, b.page, b.terms, b.back, b.again, b.find, b.paste, b.lesson, b.former, b.next, b.panel, rule(theme.Line)}
	c := container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(760), b.height()) },
		func(_ []fyne.CanvasObject, s fyne.Size) { b.lay(objects, s) },
	}, objects...)
	return c
}

func (b *banner) height() float32 {
	if b.journal.narrow {
		return theme.Px(44)
	}
	return theme.Px(50)
}

func (b *banner) lay(o []fyne.CanvasObject, s fyne.Size) {
	narrow := b.journal.narrow
	place(o[0], 0, 0, s.Width, s.Height)
	place(o[1], 0, 0, theme.Px(6), s.Height)
	place(o[len(o)-1], 0, s.Height-1, s.Width, 1)
	show(b.teacher, !narrow)
	show(b.lesson, !narrow)
	show(b.former, !narrow)
	show(b.next, !narrow)
	show(b.panel, narrow)
	hint := assets.T("journal.find")
	if narrow {
		hint = assets.T("journal.find.short")
	}
	if b.find.PlaceHolder != hint {
		b.find.SetPlaceHolder(hint)
	}
	b.page.Height = s.Height / theme.Px(1)
	// from the right
	x, gap := s.Width-theme.Px(14), theme.Px(8)
	put := func(w fyne.CanvasObject, width float32) {
		x -= width
		place(w, x, (s.Height-theme.Px(32))/2, width, theme.Px(32))
		x -= gap
	}
	if narrow {
		put(b.panel, theme.Px(120))
	} else {
		put(b.next, theme.Px(32))
		x += theme.Px(4)
		put(b.former, theme.Px(32))
		put(b.lesson, b.lesson.MinSize().Width)
	}
	// from the left
	left := theme.Px(6)
	head := min(b.page.MinSize().Width+theme.Px(28), theme.Px(330))
	b.page.Pad = 12
	place(b.page, left, 0, head, s.Height-1)
	left += head + theme.Px(8)
	place(b.terms, left, (s.Height-theme.Px(30))/2, b.terms.MinSize().Width, theme.Px(30))
	left += b.terms.MinSize().Width + theme.Px(16)
	for _, w := range []*widgets.Button{b.back, b.again} {
		place(w, left, (s.Height-theme.Px(32))/2, theme.Px(36), theme.Px(32))
		left += theme.Px(42)
	}
	left += theme.Px(6)
	paste := b.paste.MinSize().Width
	room := x - left - paste - 2*gap
	find := min(max(room, theme.Px(40)), theme.Px(180))
	place(b.find, left, (s.Height-theme.Px(32))/2, find, theme.Px(32))
	left += find + gap
	show(b.paste, left+paste <= x+gap)
	place(b.paste, left, (s.Height-theme.Px(32))/2, paste, theme.Px(32))
}

func show(o fyne.CanvasObject, on bool) {
	if on && !o.Visible() {
		o.Show()
	} else if !on && o.Visible() {
		o.Hide()
	}
}
