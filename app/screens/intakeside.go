package screens

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// intakeSide is the column at the right: the files, what a person has to
// decide, what else was noticed, and below, never scrolled away, what to do.
type intakeSide struct {
	intake  *Intake
	asked   []asked
	from    int               // the first question shown
	next    bool              // the keys go to the first question once it is shown
	first   []fyne.Focusable  // of each question shown
	block   fyne.CanvasObject // the first question shown
	list    *fyne.Container
	scroll  *container.Scroll
	foot    *fyne.Container
	main    *widgets.Button
	content *fyne.Container
}

// asked is a question with the places where it stands.
type asked struct {
	exchange.Question
	at   exchange.Place
	rows []int
	why  string
}

// The most that is shown at once: more cannot be read, and is there when these
// are done.
const (
	questionsShown = 6
	noticesShown   = 12
)

func newIntakeSide(i *Intake) *intakeSide {
	s := &intakeSide{intake: i, list: down(16, -1), foot: down(8, -1)}
	s.scroll = container.NewVScroll(pad(20, 16, 20, 16, s.list))
	s.content = stack(fill(theme.Sheet), across(0, 1, rule(theme.Line), down(0, 1, rule(theme.Line), s.scroll, rule(theme.Line), pad(20, 14, 20, 14, s.foot))))
	return s
}

// show brings the column up to date.
func (s *intakeSide) show() {
	s.gather()
	i := s.intake
	s.list.Objects = nil
	above := i.plan == nil || slices.ContainsFunc(i.sources, func(f *source) bool { return f.file == nil })
	if above { // a file that is still read, or cannot be, comes before all else
		s.add(s.files())
	}
	if i.trouble != "" {
		s.add(across(10, 1, pad(0, 1, 0, 0, down(0, 1, drawing("warning", 18, theme.Bad), gap(0, 0))),
			widgets.NewParagraph(i.trouble, widgets.Type{Size: theme.SizeList, Ink: theme.Bad}, 5)))
	}
	s.first = nil
	if i.plan != nil && i.done == nil {
		s.questions()
	}
	if i.plan != nil {
		s.notices()
	}
	if !above {
		s.add(s.files())
	}
	s.buttons()
	s.list.Refresh()
	s.content.Refresh()
	if s.next && !i.planning {
		s.next = false
		s.enter()
	}
}

// add begins another part of the column.
func (s *intakeSide) add(o fyne.CanvasObject) {
	if len(s.list.Objects) > 0 {
		s.list.Objects = append(s.list.Objects, rule(theme.Rule))
	}
	s.list.Objects = append(s.list.Objects, o)
}

// gather lists the questions of the plan, each once.
func (s *intakeSide) gather() {
	s.asked = nil
	if s.intake.plan == nil {
		s.from = 0
		return
	}
	at := map[string]int{}
	for _, it := range s.intake.plan.Items {
		if it.Question == nil {
			continue
		}
		n, ok := at[it.Question.ID]
		if !ok {
			n = len(s.asked)
			at[it.Question.ID] = n
			s.asked = append(s.asked, asked{Question: *it.Question, at: it.Place, why: it.Why})
		}
		s.asked[n].rows = append(s.asked[n].rows, it.Row)
	}
	s.from = max(min(s.from, len(s.asked)-1), 0)
}

// follow shows the question of the current row.
func (s *intakeSide) follow() {
	i := s.intake
	if len(i.shown) == 0 || len(s.asked) == 0 || i.done != nil {
		return
	}
	q := i.item(i.view.list.Chosen()).Question
	if q == nil {
		return
	}
	n := slices.IndexFunc(s.asked, func(a asked) bool { return a.ID == q.ID })
	if n >= 0 && n != s.from {
		s.from = n
		s.show()
		s.scroll.ScrollToTop()
	}
}

// enter gives the keys to the first question shown, or to the main button when
// there is none.
func (s *intakeSide) enter() {
	if len(s.first) > 0 {
		s.scroll.ScrollToOffset(fyne.NewPos(0, max(s.block.Position().Y-theme.Px(8), 0)))
		s.intake.host.Focus(s.first[0])
		return
	}
	s.focusMain()
}

func (s *intakeSide) focusMain() {
	if s.main != nil && !s.main.Disabled() {
		s.intake.host.Focus(s.main)
	}
}

// files are the files chosen, each with what was found in it.
func (s *intakeSide) files() fyne.CanvasObject {
	i := s.intake
	box := down(8, -1, section(assets.T("intake.files", len(i.sources))))
	for _, f := range i.sources {
		icon, ink, note := "sheet", theme.Ink2, assets.T("intake.reading")
		switch {
		case f.err != nil:
			icon, ink, note = "warning", theme.Warn, fault.TextOf(f.err)
		case f.file != nil && f.file.Timetable != nil:
			icon, ink, note = "done", theme.Ok, assets.T("intake.file.timetable")
		case f.file != nil:
			icon, ink, note = "done", theme.Ok, rows(f.rows())
		}
		out := widgets.NewIcon("cross", func() { i.drop(f) })
		out.OnKey = i.host.Unwanted
		if i.busy() || i.done != nil {
			out.Disable()
		}
		noteType := widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}
		if f.err != nil {
			noteType = widgets.Type{Ink: theme.Ink1}
		}
		box.Add(across(10, 1, down(0, 1, pad(0, 2, 0, 0, drawing(icon, 18, ink)), gap(0, 0)),
			down(0, -1, text(f.name(), widgets.Type{Size: theme.SizeList}), widgets.NewParagraph(note, noteType, 4)),
			down(0, 1, out, gap(0, 0))))
	}
	return box
}

// questions shows what waits for a decision.
func (s *intakeSide) questions() {
	i := s.intake
	if len(s.asked) == 0 && len(i.answered) == 0 {
		return
	}
	head := across(8, 0, section(assets.T("intake.decide", len(s.asked))))
	if len(i.answered) > 0 {
		head.Add(i.button(assets.T("intake.back"), i.unanswer))
	}
	s.add(head)
	last := min(s.from+questionsShown, len(s.asked))
	for n := s.from; n < last; n++ {
		block := s.question(&s.asked[n])
		if n == s.from {
			s.block = block
		}
		s.list.Add(block)
	}
	if more := len(s.asked) - (last - s.from); more > 0 {
		s.list.Add(widgets.NewParagraph(assets.T("intake.more", more), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}, 2))
	}
}

// question is one question: where, what, and the buttons that solve it.
func (s *intakeSide) question(q *asked) fyne.CanvasObject {
	i := s.intake
	q.at.Column = i.columnOf(q.at, q.why)
	controls := flow(8)
	var first fyne.Focusable
	if q.Fix {
		entry := newField("", 1)
		entry.SetText(q.Value)
		entry.TypedShortcut(&fyne.ShortcutSelectAll{})
		fix := func(string) {
			if v := strings.TrimSpace(entry.Text); v != "" && v != q.Value {
				i.answer(q.Question, exchange.Answer{Value: v})
			}
		}
		entry.OnSubmitted = fix
		controls.Add(sized(150, 32, entry))
		controls.Add(i.button(assets.T("intake.fix"), func() { fix("") }))
		first = entry
	}
	for _, c := range q.Choices {
		b := i.button(c.Label, func() { i.answer(q.Question, exchange.Answer{Choice: c.Answer}) })
		if first == nil {
			first = b
		}
		controls.Add(b)
	}
	s.first = append(s.first, first)
	return down(6, -1,
		widgets.NewParagraph(placeText(q), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}, 2),
		widgets.NewParagraph(q.Text, widgets.Type{Size: theme.SizeList}, 4),
		pad(0, 2, 0, 0, controls))
}

// placeText is «Список.xlsx, лист «7А», строка 6, столбец «Дата рождения»».
func placeText(q *asked) string {
	out := q.at.String()
	if n := len(q.rows); n > 1 {
		var numbers []string
		for _, r := range q.rows[:min(n, 6)] {
			numbers = append(numbers, fmt.Sprint(r))
		}
		if n > 6 {
			numbers = append(numbers, "…")
		}
		out += assets.T("intake.samerows", strings.Join(numbers, ", "))
	}
	return out
}
