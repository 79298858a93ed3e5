package screens

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
)

// SignIn is the entry on a shared PC: tiles of the people who use it, at the
// right the password of the chosen one. Nothing of pupils is shown. Before the
// PC is enrolled it asks for the one-time code instead.
type SignIn struct {
	door  Door
	host  Host
	now   func() time.Time
	enter func(*desk.Session)

	people []Tile
	typed  string // letters that filter the tiles
	chosen string // name for signing in; empty: a stranger
	named  bool   // the head names the school

	tiles   *tiles
	form    form
	right   *fyne.Container
	head    *entryHead
	foot    *entryFoot
	content *fyne.Container
	ctx     context.Context
	busy    bool
}

// Host is what a screen asks of the window around it.
type Host interface {
	Focus(fyne.Focusable)
	Say(sentence string)
	Copy(text string)
	Unwanted(*fyne.KeyEvent)
	Lay(Card)
	Lift()
	Go(Place)
	Open(name string)
	Touch()
	Loading() bool   // records of the school are still coming to this PC
	Height() float32 // of the window in units of 100 %
}

// NewSignIn builds the entry; enter is called with the session of whoever
// comes in.
func NewSignIn(door Door, host Host, now func() time.Time, enter func(*desk.Session)) *SignIn {
	s := &SignIn{door: door, host: host, now: now, enter: enter, ctx: context.Background(), right: container.NewStack()}
	s.tiles = newTiles(s)
	s.head, s.foot = newEntryHead(), newEntryFoot(s.rejoin)
	s.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(1000), theme.Px(500)) },
		s.lay,
	}, fill(theme.Desk), s.head.content, s.tiles.content, s.right, s.foot.content)
	return s
}

func (s *SignIn) lay(o []fyne.CanvasObject, size fyne.Size) {
	head, foot := theme.Px(92), theme.Px(50)
	short := size.Height < theme.Px(shortBelow)
	if short {
		head = theme.Px(68)
	}
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, size.Width, head)
	place(o[4], 0, size.Height-foot, size.Width, foot)
	edge, gap := theme.Px(64), theme.Px(48)
	if size.Width < theme.Px(narrowBelow) {
		edge, gap = theme.Px(32), theme.Px(32)
	}
	top, below := head+theme.Px(32), theme.Px(24)
	if short {
		top, below = head+theme.Px(10), theme.Px(10)
	}
	w := theme.Px(466)
	tall := size.Height - foot - top - below
	card := min(tall, theme.Px(500))
	if !o[2].Visible() {
		card = min(tall, o[3].MinSize().Height+theme.Px(20))
	}
	place(o[3], size.Width-edge-w, top, w, card)
	place(o[2], edge, top, size.Width-2*edge-gap-w, tall)
	if !o[2].Visible() {
		o[3].Move(fyne.NewPos((size.Width-w)/2, top))
	}
}

// Content implements [Screen].
func (s *SignIn) Content() fyne.CanvasObject { return s.content }

// Bar implements [Screen]; the entry has a foot of its own.
func (s *SignIn) Bar() fyne.CanvasObject { return gap(0, 0) }

// Load implements [Screen].
func (s *SignIn) Load(ctx context.Context) {
	s.ctx, s.busy, s.typed, s.chosen = ctx, false, "", ""
	s.showHead()
	enrolled := s.door.Enrolled()
	if s.people = nil; enrolled {
		s.people = s.door.People()
	}
	s.showFoot()
	if !enrolled {
		s.tiles.content.Hide()
		s.ask(enrolForm(s))
		return
	}
	if len(s.people) == 0 {
		s.tiles.content.Hide()
		s.ask(strangerForm(s))
		return
	}
	s.tiles.content.Show()
	s.choose(s.people[0].Name)
}

// Renew shows what has changed with the server and with what waits; whatever is
// being typed stays.
func (s *SignIn) Renew() {
	if !s.named {
		s.showHead()
	}
	s.showFoot()
	if len(s.people) == 0 {
		return
	}
	if now := s.door.People(); !slices.Equal(now, s.people) { // else the tiles stay, and with them the focus
		s.people = now
		s.tiles.show()
	}
}

// showHead names the school, once its records are here.
func (s *SignIn) showHead() {
	school, pc := s.door.About()
	s.named = school != ""
	s.head.show(school, pc, s.now())
}

// Close implements [Screen].
func (s *SignIn) Close() {}

// use puts a form at the right.
func (s *SignIn) use(f form) {
	s.form = f
	s.right.Objects = []fyne.CanvasObject{f.content}
	s.content.Refresh()
}

// ask puts a form at the right and gives it the keys.
func (s *SignIn) ask(f form) {
	s.use(f)
	s.host.Focus(f.fields[0])
}

// take chooses a person and asks for the password.
func (s *SignIn) take(name string) {
	s.choose(name)
	s.host.Focus(s.form.fields[0])
}

// choose shows whom the password is asked of; the keys still choose.
func (s *SignIn) choose(name string) {
	s.chosen = name
	s.tiles.show()
	for _, p := range s.people {
		if p.Name == name {
			s.use(passwordForm(s, p))
		}
	}
}

// stranger asks for a name too.
func (s *SignIn) stranger() {
	s.chosen = ""
	s.tiles.show()
	s.ask(strangerForm(s))
}

// rejoin asks for the code by which this PC goes over to another server.
func (s *SignIn) rejoin() {
	if why := s.door.Server().Approval; why != "" {
		s.chosen = ""
		s.tiles.show()
		s.ask(againForm(s, why))
	}
}

// shown are the people whose surname begins with what was typed.
func (s *SignIn) shown() []Tile {
	var out []Tile
	for _, p := range s.people {
		if matches(p.Last, s.typed) {
			out = append(out, p)
		}
	}
	return out
}

// filter takes another beginning of a surname and chooses the first to have it.
func (s *SignIn) filter(typed string) {
	was := s.typed
	s.typed = typed
	if list := s.shown(); len(list) > 0 {
		s.choose(list[0].Name)
	} else {
		s.typed = was
	}
	s.tiles.show()
}

// Rune takes a character nobody wanted: a letter of a surname.
func (s *SignIn) Rune(r rune) { s.filter(s.typed + string(r)) }

// Key takes a key nobody wanted.
func (s *SignIn) Key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyBackspace:
		if r := []rune(s.typed); len(r) > 0 {
			s.filter(string(r[:len(r)-1]))
		}
	case fyne.KeyEscape:
		s.filter("")
	case fyne.KeyDown:
		s.step(s.tiles.columns)
	case fyne.KeyUp:
		s.step(-s.tiles.columns)
	case fyne.KeyRight:
		s.step(1)
	case fyne.KeyLeft:
		s.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.host.Focus(s.form.fields[0])
	}
}

// step chooses another of the tiles shown.
func (s *SignIn) step(by int) {
	list := s.shown()
	for i, p := range list {
		if p.Name == s.chosen {
			if to := i + by; to >= 0 && to < len(list) {
				s.choose(list[to].Name)
			}
			return
		}
	}
}

// try runs one of the door's doings and enters with what it returns; why it
// could not is said in the form.
func (s *SignIn) try(work func(context.Context) (*desk.Session, error)) {
	if s.busy {
		return
	}
	s.busy = true
	s.form.wait(true)
	Async(s.ctx, work, func(session *desk.Session, err error) {
		s.busy = false
		s.form.wait(false)
		switch {
		case err != nil:
			s.refused(err)
		case session == nil: // enrolled
			s.Load(s.ctx)
		default:
			s.enter(session)
		}
	})
}

func (s *SignIn) refused(err error) {
	if errors.Is(err, ErrOneTime) {
		s.ask(renewForm(s, s.form.name(), s.form.secret()))
		return
	}
	s.form.say(fault.TextOf(err))
	s.showFoot()
	s.host.Focus(s.form.last())
}
