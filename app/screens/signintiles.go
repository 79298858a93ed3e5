package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// tiles are the people of this PC, two beside each other where there is room.
type tiles struct {
	entry   *SignIn
	columns int
	hint    *widgets.Text
	means   *widgets.Text
	grid    *fyne.Container
	content *fyne.Container
}

func newTiles(s *SignIn) *tiles {
	t := &tiles{entry: s, columns: 2, hint: text("", widgets.Type{Ink: theme.Ink2})}
	t.grid = container.New(lay{t.min, t.lay})
	head := across(30, 1, text(assets.T("signin.who"), widgets.Type{Size: theme.SizeSection, Bold: true}), t.hint)
	other := widgets.NewButton(assets.T("signin.notlisted"), s.stranger)
	other.Tall = 44
	other.Wide = 356
	t.means = caption(assets.T("signin.waiting.means"))
	foot := across(16, 1, other, t.means)
	t.content = down(16, 1, sized(0, 24, head), scrolled(t.grid), foot)
	return t
}

const tileTall, tileGap = 88, 12

func (t *tiles) min(objects []fyne.CanvasObject) fyne.Size {
	rows := (len(objects) + t.columns - 1) / t.columns
	return fyne.NewSize(theme.Px(280), float32(rows)*theme.Px(tileTall+tileGap))
}

func (t *tiles) lay(objects []fyne.CanvasObject, size fyne.Size) {
	columns := 1
	if size.Width >= theme.Px(600) {
		columns = 2
	}
	if columns != t.columns {
		t.columns = columns
		show(t.means, columns == 2)
		defer t.grid.Refresh()
	}
	w := (size.Width - float32(columns-1)*theme.Px(tileGap)) / float32(columns)
	for i, o := range objects {
		x, y := float32(i%columns)*(w+theme.Px(tileGap)), float32(i/columns)*theme.Px(tileTall+tileGap)
		place(o, x, y, min(w, theme.Px(420)), theme.Px(tileTall))
	}
}

// show shows the tiles that fit what was typed.
func (t *tiles) show() {
	t.grid.Objects = nil
	for _, p := range t.entry.shown() {
		waiting := ""
		if p.Waiting > 0 {
			waiting = assets.T("signin.waiting", p.Waiting)
		}
		tile := widgets.NewTile(initialsOf(p), p.Last, joined(p.First, p.Middle), p.What, waiting, func() { t.entry.take(p.Name) })
		tile.Choose(p.Name == t.entry.chosen)
		t.grid.Objects = append(t.grid.Objects, tile)
	}
	t.hint.Set(assets.T("signin.how"))
	if t.entry.typed != "" {
		t.hint.Set(assets.T("signin.typed", t.entry.typed))
	}
	t.grid.Refresh()
}

// entryHead names school, year, PC and day.
type entryHead struct {
	school, where, day *widgets.Text
	content            *fyne.Container
}

func newEntryHead() *entryHead {
	h := &entryHead{
		school: text("", widgets.Type{Size: theme.SizeClass, Bold: true}),
		where:  text("", widgets.Type{Ink: theme.Ink2}),
		day:    text("", widgets.Type{Size: theme.SizeSection, Align: fyne.TextAlignTrailing}),
	}
	h.content = container.NewStack(fill(theme.Sheet), container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} },
		func(o []fyne.CanvasObject, s fyne.Size) {
			x := theme.Px(64)
			if s.Width < theme.Px(narrowBelow) {
				x = theme.Px(32)
			}
			place(o[0], 0, 0, theme.Px(6), s.Height)
			place(o[1], 0, s.Height-1, s.Width, 1)
			top := (s.Height - theme.Px(56)) / 2
			place(o[2], x, top, s.Width-2*x-theme.Px(280), theme.Px(34))
			place(o[3], x, top+theme.Px(34), s.Width-2*x, theme.Px(20))
			place(o[4], s.Width-x-theme.Px(280), top+theme.Px(4), theme.Px(280), theme.Px(24))
		},
	}, fill(theme.Accent), rule(theme.Line), h.school, h.where, h.day))
	return h
}

func (h *entryHead) show(school, pc string, now time.Time) {
	day := journal.DateOf(now)
	if school == "" {
		school = assets.T("app.name")
	}
	h.school.Set(school)
	where := assets.T("signin.year", journal.Volume(day.SchoolYear()).YearName())
	if pc != "" {
		where += " · " + pc
	}
	h.where.Set(where)
	h.day.Set(day.WeekdayName() + ", " + day.Long())
}

// entryFoot says in words whether the school server answers.
type entryFoot struct {
	icon    *fyne.Container
	words   *widgets.Text
	last    *widgets.Text
	rejoin  fyne.CanvasObject
	content *fyne.Container
}

// newEntryFoot makes the foot; rejoin is what its button does where an
// administrator's code is needed.
func newEntryFoot(rejoin func()) *entryFoot {
	f := &entryFoot{icon: container.NewStack(), words: widgets.NewParagraph("", widgets.Type{}, 2), last: text("", widgets.Type{Ink: theme.Ink2, Align: fyne.TextAlignTrailing})}
	f.rejoin = middle(widgets.NewButton(assets.T("signin.rejoin.ask"), rejoin))
	line := container.NewStack(fill(theme.Head), pad(64, 0, 64, 0, across(12, 1, middle(sized(20, 20, f.icon)), middle(f.words), middle(f.last), f.rejoin)))
	f.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} },
		func(o []fyne.CanvasObject, s fyne.Size) {
			place(o[0], 0, 0, s.Width, s.Height)
			place(o[1], 0, 0, s.Width, 1)
		},
	}, line, rule(theme.Line))
	return f
}

// show tells it. On a PC that nobody knows yet nobody comes in without the server.
func (f *entryFoot) show(s ServerState, now time.Time, nobody bool) {
	name, words := "offline", assets.T("signin.offline")
	if nobody {
		words = assets.T("signin.offline.first")
	}
	if s.Answers {
		name, words = "online", assets.T("signin.online")
	}
	if s.Load != (Load{}) {
		words = s.Load.text()
		if !s.Answers {
			words = assets.T("signin.load", words)
		}
	}
	if s.Approval != "" {
		name, words = "offline", assets.T("signin.approval")
	}
	ink := theme.Ink2
	if s.Trouble != "" {
		name, words, ink = "warning", s.Trouble, theme.Warn
	}
	show(f.rejoin, s.Approval != "")
	f.icon.Objects = []fyne.CanvasObject{drawing(name, 20, ink)}
	f.words.Set(words)
	f.last.Set("")
	if !s.Last.IsZero() && !s.Answers && s.Approval == "" && s.Trouble == "" {
		f.last.Set(assets.T("signin.last", clock(s.Last, now)))
	}
	f.content.Refresh()
}

// showFoot says how things stand with the school server, once this PC has one.
func (s *SignIn) showFoot() {
	show(s.foot.words, s.door.Enrolled())
	show(s.foot.icon, s.door.Enrolled())
	s.foot.show(s.door.Server(), s.now(), len(s.people) == 0)
}

func initialsOf(p Tile) string { return first(p.First) + first(p.Last) }

func first(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

func stack(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }
