package screens

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/print"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// PrintDesk is what «Печать» asks of a session.
type PrintDesk interface {
	PrintedClasses() []journal.Group
	Readiness(ctx context.Context, class journal.GroupID) ([]desk.Lack, error)
	Reader() desk.Reader
	Roster() *journal.Roster
	Year() journal.Volume
	Today() journal.Date
	Now() time.Time
}

// PrintItem is the entry of the rail that puts the year's journals on paper.
func PrintItem() Item {
	return Item{
		Name: printItem, Icon: "print", Key: fyne.KeyF11,
		For:  func(s *desk.Session) bool { return s.Oversees() || len(s.PrintedClasses()) > 0 },
		Open: func(s *Shell) Screen { return NewPrinting(s.Session(), s, s) },
	}
}

// Printing puts the year's journals on paper: which are ready, what the others
// lack, every page as it will be, and the files.
type Printing struct {
	desk PrintDesk
	host Host
	pc   Surroundings

	ctx     context.Context    // of this look at the screen
	halt    context.CancelFunc // stops the document being laid out
	volumes []*volume
	options print.Options
	summary bool // the summary sheet is shown, not the journal
	round   int  // of the check that was begun last
	dir     string

	view  *printView
	paper *paper
}

// A volume is the journal of one class on its way to paper.
type volume struct {
	class   journal.Group
	checked bool
	lacks   []desk.Lack
	pages   int // of the journal
	notes   []string
	err     error // why it cannot be laid out
	ticked  bool
	touched bool // ticked or not by hand
}

func (v *volume) ready() bool { return v.checked && v.err == nil && len(v.lacks) == 0 }

// NewPrinting builds the screen.
func NewPrinting(d PrintDesk, h Host, pc Surroundings) *Printing {
	p := &Printing{desk: d, host: h, pc: pc, ctx: context.Background(), halt: func() {}}
	p.paper = newPaper(p.enlarge)
	p.view = newPrintView(p)
	return p
}

// Content implements [Screen].
func (p *Printing) Content() fyne.CanvasObject { return p.view.content }

// Bar implements [Screen].
func (p *Printing) Bar() fyne.CanvasObject { return pad(12, 0, 0, 0, p.view.bar) }

// Load implements [Screen].
func (p *Printing) Load(ctx context.Context) {
	p.ctx = ctx
	p.list()
	p.check()
	p.open()
	p.host.Focus(p.view.list.Focusable())
}

// Close implements [Screen].
func (p *Printing) Close() { p.halt() }

// Changed implements [Listener].
func (p *Printing) Changed(n News) {
	if n.Remote || n.Roster {
		p.list()
		p.check()
		if p.paper.doc == nil {
			p.open()
		}
	}
}

// list lists the classes; what was ticked stays ticked.
func (p *Printing) list() {
	before := p.volumes
	p.volumes = nil
	for _, g := range p.desk.PrintedClasses() {
		v := &volume{class: g}
		if i := slices.IndexFunc(before, func(o *volume) bool { return o.class.ID == g.ID }); i >= 0 {
			v = before[i]
			v.class = g
		}
		p.volumes = append(p.volumes, v)
	}
	p.show()
}

// check judges and lays out every class, one after the other.
func (p *Printing) check() {
	p.round++
	p.checkFrom(p.round, 0)
}

func (p *Printing) checkFrom(round, n int) {
	if n >= len(p.volumes) {
		return
	}
	v := p.volumes[n]
	o := p.options
	Async(p.ctx, func(ctx context.Context) (volume, error) { return p.judge(ctx, v.class, o) }, func(found volume, err error) {
		if round != p.round {
			return
		}
		v.checked, v.lacks, v.pages, v.notes, v.err = true, found.lacks, found.pages, found.notes, err
		if !v.touched {
			v.ticked = v.ready()
		}
		p.show()
		p.checkFrom(round, n+1)
	})
}

// judge finds out what a class lacks and how many pages its journal takes.
func (p *Printing) judge(ctx context.Context, class journal.Group, o print.Options) (volume, error) {
	lacks, err := p.desk.Readiness(ctx, class.ID)
	if err != nil {
		return volume{}, err
	}
	d, err := p.lay(ctx, class, o, false)
	if err != nil {
		return volume{lacks: lacks}, err
	}
	return volume{lacks: lacks, pages: len(d.Pages), notes: d.Notes}, nil
}

// lay lays out the journal of a class or its summary sheet.
func (p *Printing) lay(ctx context.Context, class journal.Group, o print.Options, summary bool) (*print.Document, error) {
	j, err := print.Gather(ctx, p.desk.Reader(), p.desk.Year(), class.ID, p.desk.Now())
	if err != nil {
		return nil, err
	}
	if summary {
		return j.SummarySheet(ctx, o)
	}
	return j.Layout(ctx, o)
}

// current is the class shown; nil when there is none.
func (p *Printing) current() *volume {
	if n := p.view.list.Chosen(); n < len(p.volumes) {
		return p.volumes[n]
	}
	return nil
}

// open lays out the class shown and puts its pages on the right.
func (p *Printing) open() {
	p.halt()
	v := p.current()
	if v == nil {
		p.paper.show(nil, 0)
		p.view.busy(assets.T("printing.noclasses"))
		return
	}
	ctx, halt := context.WithCancel(p.ctx)
	p.halt = halt
	o, summary := p.options, p.summary
	p.view.busy(assets.T("printing.laying"))
	Async(ctx, func(ctx context.Context) (*print.Document, error) { return p.lay(ctx, v.class, o, summary) },
		func(d *print.Document, err error) {
			if err != nil {
				p.paper.show(nil, 0)
				p.view.busy(fault.TextOf(err))
				return
			}
			at := 0
			if old := p.paper.doc; old != nil && old.Title == d.Title {
				at = p.paper.at // another option, the same page
			}
			p.paper.show(d, at)
			p.view.turned()
		})
}

// set changes an option: pages and their number change with it.
func (p *Printing) set(change func(*print.Options)) {
	change(&p.options)
	p.check()
	p.open()
}

// ticked are the classes to print.
func (p *Printing) ticked() []*volume {
	return slices.DeleteFunc(slices.Clone(p.volumes), func(v *volume) bool { return !v.ticked })
}

func (p *Printing) tick(n int) {
	if n >= len(p.volumes) {
		return
	}
	v := p.volumes[n]
	v.ticked, v.touched = !v.ticked, true
	p.show()
}

func (p *Printing) show() { p.view.show() }

// button is a plain button whose other keys go on to the window.
func (p *Printing) button(text string, do func()) *widgets.Button {
	b := widgets.NewButton(text, do)
	b.OnKey = p.host.Unwanted
	return b
}
