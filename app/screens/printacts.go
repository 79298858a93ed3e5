package screens

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/print"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// save writes the document shown into a folder.
func (p *Printing) save() {
	v, d := p.current(), p.paper.doc
	if v == nil || d == nil {
		return
	}
	p.folder(assets.T("printing.save.title"), func(dir string) {
		path := filepath.Join(dir, p.fileName(v, p.summary))
		p.host.Say(assets.T("printing.saving"))
		Async(context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, d.WriteFile(ctx, path) }, func(_ struct{}, err error) {
			if err != nil {
				p.host.Say(fault.TextOf(err))
				return
			}
			p.host.Say(assets.T("printing.saved", filepath.Base(path)))
			p.pc.Reveal(path)
		})
	})
}

// folder asks for a folder.
func (p *Printing) folder(title string, then func(dir string)) {
	pick := &Picker{Title: title, Take: assets.T("printing.folder.take"), Picked: func(dirs []string) {
		p.dir = dirs[0]
		then(p.dir)
	}}
	pick.Show(p.host, p.dir)
}

// fileName is «Журнал 7-А 2026-2027.pdf».
func (p *Printing) fileName(v *volume, summary bool) string {
	key := "printing.file.journal"
	if summary {
		key = "printing.file.summary"
	}
	class := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, v.class.Name)
	year := int(p.desk.Year())
	return assets.T(key, class, year, year+1)
}

// printTicked writes the journals ticked, each class for itself. What cannot
// be printed as it was written is shown before.
func (p *Printing) printTicked() {
	all := p.ticked()
	if len(all) == 0 {
		return
	}
	var notes []string
	for _, v := range all {
		for _, n := range v.notes {
			notes = append(notes, v.class.Name+": "+n)
		}
		if len(v.lacks) > 0 {
			_, _, words, _ := v.state()
			notes = append(notes, v.class.Name+": "+words)
		}
	}
	ask := func() { p.folder(assets.T("printing.folder.title"), func(dir string) { p.run(all, dir) }) }
	if len(notes) == 0 {
		ask()
		return
	}
	yes := widgets.NewMain(assets.T("printing.notes.yes"), "", func() {
		p.host.Lift()
		ask()
	})
	no := p.button(assets.T("printing.notes.no"), p.host.Lift)
	no.Hint, no.Tall = "Esc", 36
	yes.OnKey = p.host.Unwanted
	p.host.Lay(Card{Content: sheetCard(assets.T("printing.notes.title"), "", lines(notes), yes, no), Width: 640, First: yes})
}

// lines is a list of sentences, as many as can be read; the rest is a number.
func lines(all []string) fyne.CanvasObject {
	const most = 10
	box := down(8, -1)
	for _, s := range all[:min(len(all), most)] {
		box.Add(widgets.NewParagraph(s, widgets.Type{Size: theme.SizeList}, 3))
	}
	if len(all) > most {
		box.Add(text(assets.T("printing.more", len(all)-most), widgets.Type{Ink: theme.Ink2}))
	}
	return box
}

// A batch is a run over several classes.
type batch struct {
	all    []*volume
	dir    string
	files  int
	done   int
	failed []string
	gone   bool // the card was taken away: the person has locked
	stop   context.CancelFunc
	meter  *widgets.Meter
	now    *widgets.Text
}

// run writes the files of the classes, one class after the other; one that
// fails does not stop the others.
func (p *Printing) run(all []*volume, dir string) {
	ctx, stop := context.WithCancel(context.Background())
	b := &batch{all: all, dir: dir, stop: stop, meter: widgets.NewMeter(0), now: text("", widgets.Type{Size: theme.SizeList, Ink: theme.Ink2})}
	halt := p.button(assets.T("printing.stop"), stop)
	halt.Hint, halt.Tall = "Esc", 36
	p.host.Lay(Card{
		Content: sheetCard(assets.T("printing.running"), "", down(10, -1, b.now, b.meter), halt), Width: 480, First: halt,
		Key: func(e *fyne.KeyEvent) bool {
			if e.Name == fyne.KeyEscape {
				stop()
			}
			return true
		},
		Lifted: func() { b.gone = true },
	})
	p.next(ctx, b)
}

// next prints the next class of a batch.
func (p *Printing) next(ctx context.Context, b *batch) {
	if b.done == len(b.all) || ctx.Err() != nil {
		p.finish(b, ctx.Err() != nil)
		return
	}
	v := b.all[b.done]
	b.now.Set(assets.T("printing.progress", v.class.Name, b.done+1, len(b.all)))
	b.meter.Set(float32(b.done) / float32(len(b.all)))
	o := p.options
	Async(context.Background(), func(context.Context) (int, error) { return p.write(ctx, v, b.dir, o) }, func(files int, err error) {
		b.files += files
		if err != nil && !errors.Is(err, context.Canceled) {
			b.failed = append(b.failed, v.class.Name+": "+fault.TextOf(err))
		}
		b.done++
		p.next(ctx, b)
	})
}

// write writes the journal of a class and its summary sheet, each a document
// of its own, and returns how many files it wrote.
func (p *Printing) write(ctx context.Context, v *volume, dir string, o print.Options) (int, error) {
	for files, summary := range []bool{false, true} {
		d, err := p.lay(ctx, v.class, o, summary)
		if err != nil {
			return files, err
		}
		if err := d.WriteFile(ctx, filepath.Join(dir, p.fileName(v, summary))); err != nil {
			return files, err
		}
	}
	return 2, nil
}

// finish says what was written and what was not; to nobody when the person has
// gone meanwhile.
func (p *Printing) finish(b *batch, stopped bool) {
	b.stop()
	if b.gone {
		return
	}
	p.host.Lift()
	title := assets.T("printing.done.title")
	switch {
	case stopped:
		title = assets.T("printing.done.stopped")
	case len(b.failed) > 0:
		title = assets.T("printing.done.some", len(b.failed))
	}
	said := append([]string{assets.T("printing.done.files", b.files, filepath.Base(b.dir))}, b.failed...)
	show := widgets.NewMain(assets.T("printing.done.show"), "", func() {
		p.host.Lift()
		p.pc.Reveal(b.dir)
	})
	show.OnKey = p.host.Unwanted
	away := p.button(assets.T("printing.done.close"), p.host.Lift)
	away.Hint, away.Tall = "Esc", 36
	p.host.Lay(Card{Content: sheetCard(title, "", lines(said), show, away), Width: 560, First: show})
}

// missing lists what the class shown lacks; each line leads to the first place.
func (p *Printing) missing() {
	v := p.current()
	if v == nil || len(v.lacks) == 0 {
		return
	}
	list := widgets.NewList(44, func(n int) fyne.CanvasObject {
		l := v.lacks[n]
		where := l.Subject.Name
		if l.Date != 0 {
			where = fmt.Sprintf("%s, %s", where, l.Date)
		}
		return pad(16, 0, 12, 0, across(10, 1, middle(drawing("warning", 18, theme.Warn)), middle(down(0, -1,
			text(lackWords(l, "printing.lacking."), widgets.Type{Size: theme.SizeList, Bold: true}),
			text(assets.T("printing.lacking.first", where), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}))),
			middle(drawing("chevron-right", 18, theme.Ink3))))
	})
	list.Set(len(v.lacks))
	follow := func(n int) {
		l := v.lacks[n]
		p.host.Lift()
		place := Place{Page: l.Page, Date: l.Date, Number: l.Number, Pupil: l.Pupil, Period: l.Period}
		if l.What == desk.Topics {
			place.Part = Topic
		}
		p.host.Go(place)
	}
	list.OnTapped = func(n int, _ float32) { follow(n) }
	list.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
			return false
		}
		follow(list.Chosen())
		return true
	}
	list.OnOther = p.host.Unwanted
	no := p.button(assets.T("printing.done.close"), p.host.Lift)
	no.Hint, no.Tall = "Esc", 36
	body := sized(0, float32(len(v.lacks))*44+2, widgets.NewTable(list))
	p.host.Lay(Card{Content: sheetCard(assets.T("printing.lacking.title", v.class.Name), assets.T("printing.lacking.how"), body, no), Width: 560, First: list.Focusable()})
}
