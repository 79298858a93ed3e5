package screens

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// IntakeDesk is what «Загрузить» asks of a session.
type IntakeDesk interface {
	Roster() *journal.Roster
	Today() journal.Date
	TakeIn(ctx context.Context, reason string, changes []commit.Change) (int, error)
	Undo(context.Context) (*commit.Commit, error)
	Latest() uint64
}

// Surroundings are what a screen asks of the PC outside the window.
type Surroundings interface {
	// OnDropped calls f with the files that are let fall on the window, until
	// the screen is left or another asks for them.
	OnDropped(ctx context.Context, f func(paths []string))
	// Reveal opens a file or folder with the PC's own program.
	Reveal(path string)
}

// intakeItem and printItem are the names of the items in the rail.
const (
	intakeItem = "import"
	printItem  = "print"
)

// IntakeItem is the entry of the rail that takes a school in from files.
func IntakeItem() Item {
	return Item{
		Name: intakeItem, Icon: "import", Key: fyne.KeyF12,
		For:  func(s *desk.Session) bool { return s.Is(journal.RoleAdministrator, journal.RoleDeputy) },
		Open: func(s *Shell) Screen { return NewIntake(s.Session(), s, s) },
	}
}

// Intake takes a school in from files: chosen, read, compared with the school
// and only then written. Until the main button is pressed nothing is.
type Intake struct {
	desk IntakeDesk
	host Host
	pc   Surroundings

	life context.Context // of the screen, longer than one look at it
	end  context.CancelFunc

	sources  []*source
	answers  map[string]exchange.Answer
	answered []string // the questions answered, the last one last
	plan     *exchange.Plan
	round    int // of the plan that was asked for last
	planning bool
	writing  bool
	trouble  string // why the last thing asked for was not done
	done     *taken
	only     int   // the fate shown, everyFate for all
	shown    []int // the items of the plan that are in the table
	dir      string

	view *intakeView
	side *intakeSide
}

// taken is what was written last.
type taken struct {
	rows, left int
	latest     uint64 // names the act, so that nothing else is taken back
}

const everyFate = -1

// NewIntake builds the screen.
func NewIntake(d IntakeDesk, h Host, pc Surroundings) *Intake {
	i := &Intake{desk: d, host: h, pc: pc, answers: map[string]exchange.Answer{}, only: everyFate}
	i.life, i.end = context.WithCancel(context.Background())
	i.side = newIntakeSide(i)
	i.view = newIntakeView(i)
	i.show()
	return i
}

// Content implements [Screen].
func (i *Intake) Content() fyne.CanvasObject { return i.view.content }

// Bar implements [Screen].
func (i *Intake) Bar() fyne.CanvasObject { return pad(12, 0, 0, 0, i.view.bar) }

// Load implements [Screen].
func (i *Intake) Load(ctx context.Context) {
	i.pc.OnDropped(ctx, i.add)
	i.show()
	i.focus()
}

// Close implements [Screen].
func (i *Intake) Close() { i.end() }

// Changed implements [Listener]: what a plan would do depends on the school.
func (i *Intake) Changed(n News) {
	if n.Roster && i.plan != nil && i.done == nil && !i.writing {
		i.replan()
	}
}

// Key implements [Keyed].
func (i *Intake) Key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyF2:
		i.pick()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		if i.plan == nil {
			return false
		}
		i.host.Focus(i.view.list.Focusable())
		i.view.list.Focusable().TypedKey(e)
	default:
		return false
	}
	return true
}

// focus gives the keys to what is done next.
func (i *Intake) focus() {
	switch {
	case len(i.sources) == 0:
		i.host.Focus(i.view.start)
	case i.plan != nil:
		i.host.Focus(i.view.list.Focusable())
	}
}

// show brings everything up to date.
func (i *Intake) show() {
	i.shown = i.shown[:0]
	if i.plan != nil {
		for n, item := range i.plan.Items {
			if i.only == everyFate || int(item.Fate) == i.only {
				i.shown = append(i.shown, n)
			}
		}
	}
	i.view.show()
	i.side.show()
}

// toWrite and waiting are how many rows the main button writes and leaves.
func (i *Intake) toWrite() int {
	return i.plan.Count(exchange.Add) + i.plan.Count(exchange.Alter)
}

func (i *Intake) waiting() int { return i.plan.Count(exchange.Wait) }

// busy reports whether something runs that must end first.
func (i *Intake) busy() bool { return i.planning || i.writing }

// button is a plain button whose other keys go on to the window.
func (i *Intake) button(text string, do func()) *widgets.Button {
	b := widgets.NewButton(text, do)
	b.OnKey = i.host.Unwanted
	return b
}

// startCard is what stands there before any file is chosen.
func (i *Intake) startCard() (card fyne.CanvasObject, start *widgets.Button) {
	start = widgets.NewMain(assets.T("intake.pick"), "F2", i.pick)
	start.OnKey = i.host.Unwanted
	sample := i.button(assets.T("intake.sample"), i.sample)
	sample.Tall = 36
	kind := func(icon, what, how string) fyne.CanvasObject {
		return across(14, 1, middle(drawing(icon, 22, theme.Ink2)), down(0, -1,
			text(what, widgets.Type{Size: theme.SizeList, Bold: true}),
			widgets.NewParagraph(how, widgets.Type{Ink: theme.Ink2}, 2)))
	}
	body := down(18, -1,
		down(4, -1, text(assets.T("intake.start"), widgets.Type{Size: theme.SizeCard, Bold: true}),
			widgets.NewParagraph(assets.T("intake.drop"), widgets.Type{Size: theme.SizeList, Ink: theme.Ink2}, 2)),
		kind("people", assets.T("intake.lists"), assets.T("intake.lists.how")),
		kind("calendar", assets.T("intake.timetable"), assets.T("intake.timetable.how")),
		kind("check", assets.T("intake.safe"), assets.T("intake.safe.how")),
		across(10, 2, start, sample, gap(0, 0)))
	return container.New(lay{
		func(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(480), theme.Px(300)) },
		func(o []fyne.CanvasObject, s fyne.Size) {
			w := min(theme.Px(680), s.Width)
			o[0].Resize(fyne.NewSize(w, 1)) // what wraps finds its height
			place(o[0], 0, 0, w, min(o[0].MinSize().Height, s.Height))
		},
	}, widgets.NewCard(pad(8, 6, 8, 6, body))), start
}
