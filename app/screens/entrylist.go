package screens

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/screens/widgets"
)

// An entryList shows entries in groups. An entry of many edits is one row whose
// edits unfold below it; only rows in sight are made.
type entryList struct {
	list   *widgets.List
	groups []entryGroup
	rows   []entryRow
	open   map[uint64][]desk.Line // what is unfolded, by number
	draw   func(entryRow) fyne.CanvasObject
	read   func(e *desk.Entry, done func([]desk.Line)) // the edits of an entry
	key    func(*fyne.KeyEvent) bool
	more   func() // asks for what is not shown
}

// An entryGroup is entries below a title; rest is how many of them are not
// shown.
type entryGroup struct {
	title string
	all   []desk.Entry
	rest  int
}

// An entryRow is a title with a count, an entry, one of its edits, or what is
// not shown.
type entryRow struct {
	title string
	count int
	entry *desk.Entry
	line  *desk.Line
	rest  int
}

func newEntryList(height float32, other func(*fyne.KeyEvent)) *entryList {
	l := &entryList{open: map[uint64][]desk.Line{}}
	l.list = widgets.NewList(height, func(i int) fyne.CanvasObject { return l.draw(l.rows[i]) })
	l.list.OnTapped = func(i int, _ float32) { l.fold() }
	l.list.OnOther = other
	l.list.OnKey = func(e *fyne.KeyEvent) bool {
		enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
		if one := l.chosen(); one == nil && enter || e.Name == fyne.KeySpace {
			l.fold()
			return true
		} else if one != nil {
			if _, open := l.open[one.Commit.Number]; open && e.Name == fyne.KeyLeft || !open && e.Name == fyne.KeyRight {
				l.fold()
				return true
			}
		}
		return l.key != nil && l.key(e)
	}
	return l
}

// set shows groups and keeps the current entry where it is still there.
func (l *entryList) set(groups []entryGroup) {
	current := uint64(0)
	if e := l.chosen(); e != nil {
		current = e.Commit.Number
	}
	l.groups, l.rows = groups, nil
	at := -1
	for i := range groups {
		g := &groups[i]
		if g.title != "" {
			l.rows = append(l.rows, entryRow{title: g.title, count: len(g.all) + g.rest})
		}
		for k := range g.all {
			e := &g.all[k]
			if at < 0 || e.Commit.Number == current {
				at = len(l.rows)
			}
			l.rows = append(l.rows, entryRow{entry: e})
			lines := l.open[e.Commit.Number]
			if lines != nil && e.Lines != nil {
				lines = e.Lines // as it stands now
			}
			for n := range lines {
				l.rows = append(l.rows, entryRow{entry: e, line: &lines[n]})
			}
		}
		if g.rest > 0 {
			l.rows = append(l.rows, entryRow{rest: g.rest})
		}
	}
	l.list.Set(len(l.rows))
	l.list.Choose(max(at, 0))
}

// chosen is the current entry; nil on a title.
func (l *entryList) chosen() *desk.Entry {
	if i := l.list.Chosen(); i < len(l.rows) {
		return l.rows[i].entry
	}
	return nil
}

// choose makes an entry the current one.
func (l *entryList) choose(number uint64) {
	for i, r := range l.rows {
		if r.entry != nil && r.entry.Commit.Number == number && r.line == nil {
			l.list.Choose(i)
			return
		}
	}
}

// fold folds or unfolds the current entry, or asks for more.
func (l *entryList) fold() {
	i := l.list.Chosen()
	if i >= len(l.rows) {
		return
	}
	r := l.rows[i]
	switch {
	case r.rest > 0 && l.more != nil:
		l.more()
	case r.entry == nil || r.line != nil || r.entry.Edits() < 2:
	case l.open[r.entry.Commit.Number] != nil:
		delete(l.open, r.entry.Commit.Number)
		l.set(l.groups)
	default:
		l.read(r.entry, func(lines []desk.Line) {
			l.open[r.entry.Commit.Number] = lines
			l.set(l.groups)
		})
	}
}
