package screens

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/sync/commit"
)

// A workplace is what one person has open: her screens, each made when it is
// first opened, the rail and the bottom bar.
type workplace struct {
	shell   *Shell
	session *desk.Session
	items   []Item
	made    map[string]Screen
	name    string // of the screen shown
	end     context.CancelFunc
	unwatch func()
	counts  commit.Counts
	read    time.Time // which restored server this person has read of

	rail    *rail
	bottom  *bottom
	stage   *fyne.Container
	content fyne.CanvasObject
}

func newWorkplace(s *Shell, session *desk.Session) *workplace {
	w := &workplace{shell: s, session: session, made: map[string]Screen{}, end: func() {}, unwatch: func() {}, stage: container.NewStack()}
	for _, i := range s.Items {
		if i.For == nil || i.For(session) {
			w.items = append(w.items, i)
		}
	}
	w.rail, w.bottom = newRail(w), newBottom(w)
	ground := fill(theme.Desk)
	w.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size {
			m, b := w.stage.MinSize(), w.bottom.content.MinSize()
			return fyne.NewSize(theme.Px(railNarrow)+max(m.Width, b.Width), max(m.Height+theme.Px(bottomHeight), w.rail.content.MinSize().Height))
		},
		func(o []fyne.CanvasObject, size fyne.Size) {
			left, foot := w.rail.fold(size.Width), theme.Px(bottomHeight)
			place(o[0], 0, 0, size.Width, size.Height)
			place(o[1], 0, 0, left, size.Height)
			place(o[2], left, size.Height-foot, size.Width-left, foot)
			place(o[3], left, 0, size.Width-left, size.Height-foot)
		},
	}, ground, w.rail.content, w.bottom.content, w.stage)
	return w
}

func (w *workplace) current() Screen { return w.made[w.name] }

// resume brings the workplace back to the window, for the first time too.
func (w *workplace) resume(session *desk.Session) {
	w.session = session
	name := w.name
	if name == "" {
		name = w.items[0].Name
	}
	w.unwatch = w.watch()
	w.open(name)
}

// pause ends what runs; the screens stay as they are.
func (w *workplace) pause() {
	if p, ok := w.current().(Pauser); ok {
		p.Pause()
	}
	w.settle()
	w.end()
	w.unwatch()
}

func (w *workplace) close() {
	for _, s := range w.made {
		s.Close()
	}
}

// open shows a screen.
func (w *workplace) open(name string) {
	item, ok := w.item(name)
	if !ok {
		return
	}
	w.settle()
	w.end()
	ctx, end := context.WithCancel(context.Background())
	w.end = end
	screen := w.made[name]
	if screen == nil {
		screen = item.Open(w.shell)
		w.made[name] = screen
	}
	w.name = name
	w.rail.choose(name)
	w.bottom.show(screen.Bar())
	w.stage.Objects = []fyne.CanvasObject{screen.Content()}
	w.stage.Refresh()
	screen.Load(ctx)
	w.recount()
}

// settle takes the keys from whatever is being typed in, so that it is written
// while the screen can still write.
func (w *workplace) settle() { w.shell.win.Canvas().Unfocus() }

func (w *workplace) item(name string) (Item, bool) {
	for _, i := range w.items {
		if i.Name == name {
			return i, true
		}
	}
	return Item{}, false
}

// goTo opens the screen that a place leads to: the journal, but for what the
// school did not take.
func (w *workplace) goTo(p Place) {
	name := journalItem
	if p.Part == NotTaken {
		name = refusedItem
	}
	item, ok := w.item(name)
	if !ok {
		return
	}
	if w.made[name] == nil {
		w.made[name] = item.Open(w.shell)
	}
	if g, ok := w.made[name].(Guest); ok {
		g.Go(p)
		w.open(name)
	}
}

// watch follows the journal and the line until it is stopped.
func (w *workplace) watch() (stop func()) {
	news := &newsbox{flush: w.heard}
	a := w.session.Watch(news.put)
	b := w.shell.Line.Watch(func() { news.put(commit.News{Volume: w.session.Year(), Counts: true}) })
	return func() { a(); b(); news.shut() }
}

// heard tells the screen and the pill what has changed.
func (w *workplace) heard(n News) {
	if l, ok := w.current().(Listener); ok && w.shell.work == w {
		l.Changed(n)
	}
	w.recount()
}

// recount brings pill and badges up to date.
func (w *workplace) recount() {
	Async(context.Background(), w.count, func(n commit.Counts, err error) {
		if err == nil {
			w.counts = n
			line := w.shell.Line.State()
			if w.name == waitingItem { // the sentence stands there
				w.read = line.Restored
			}
			if line.Restored.Equal(w.read) {
				line.Restored = time.Time{}
			}
			w.bottom.count(line, n, w.shell.Now())
			w.rail.count(n)
		}
	})
}

// count counts the decisions that are this person's to make, not everybody's.
func (w *workplace) count(ctx context.Context) (commit.Counts, error) {
	n, err := w.session.Count(ctx)
	if err != nil || n.Disputes == 0 {
		return n, err
	}
	all, err := w.session.Disputes(ctx)
	n.Disputes = 0
	for _, d := range all {
		if d.Mine {
			n.Disputes++
		}
	}
	return n, err
}
