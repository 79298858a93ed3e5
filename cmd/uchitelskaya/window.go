package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/assets"
)

// The size of a staff-room PC's screen without the bars of the system.
const (
	windowWidth  = 1366
	windowHeight = 698
)

// window opens the program for people.
func window(ctx context.Context, out io.Writer, args []string) error {
	f := flag.NewFlagSet("uchitelskaya", flag.ContinueOnError)
	dir := f.String("data", dataFolder(), "папка журнала")
	at := f.String("clock", "", "с какого времени идут часы программы, для показа: 2026-11-23T10:34")
	contrast := f.Bool("contrast", false, "контрастные цвета")
	tourTo := f.String("tour", "", "папка, в которую записать снимки всех экранов")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fault.New(fault.Invalid, "Нет такой команды: «"+f.Arg(0)+"».")
	}
	now, err := clockFrom(*at)
	if err != nil {
		return err
	}
	app := newApp(*contrast)
	win := app.NewWindow(assets.T("app.name"))
	win.Resize(fyne.NewSize(windowWidth, windowHeight))
	win.SetMaster()

	p, err := openPC(ctx, *dir, now)
	if err != nil {
		if *tourTo != "" {
			return err
		}
		note("open journal", err)
		tell(win, err)
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	shell := screens.NewShell(win, screens.Options{Door: door{p}, Line: p.line, Now: now, After: after, Items: screens.Items()})
	done := make(chan struct{})
	go func() { defer close(done); p.run(ctx) }()
	go func() { <-ctx.Done(); fyne.Do(app.Quit) }()
	var toured error
	app.Lifecycle().SetOnStarted(func() {
		shell.Start()
		if *tourTo != "" {
			go func() { toured = tour(ctx, out, p, win, *tourTo); cancel() }()
		}
	})
	win.ShowAndRun()
	shell.Close()
	cancel()
	<-done
	return errors.Join(toured, p.close())
}

// newApp prepares Fyne: the name, the version, our theme and fonts.
func newApp(contrast bool) fyne.App {
	fyneapp.SetMetadata(fyne.AppMetadata{ID: "ru.uchitelskaya.desktop", Name: assets.T("app.name"), Version: version})
	app := fyneapp.NewWithID("ru.uchitelskaya.desktop")
	palette := theme.Light
	if contrast {
		palette = theme.Contrast
	}
	theme.Use(app, theme.New(palette, 1))
	app.SetIcon(fyne.NewStaticResource("app.svg", assets.Icon("app")))
	return app
}

// tell says in an otherwise empty window why the journal cannot be opened.
func tell(win fyne.Window, err error) {
	sentence := widget.NewLabel(fault.TextOf(err))
	sentence.Wrapping = fyne.TextWrapWord
	win.SetContent(container.NewPadded(container.NewVBox(sentence, widget.NewButton(assets.T("app.close"), win.Close))))
	win.Resize(fyne.NewSize(640, 200))
	win.ShowAndRun()
}

// after calls f on the thread of the window when d has passed.
func after(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

// clockFrom is the wall clock, or one that begins at another moment.
func clockFrom(at string) (func() time.Time, error) {
	if at == "" {
		return time.Now, nil
	}
	begin, err := time.ParseInLocation("2006-01-02T15:04", at, time.Local)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "Время указывают так: 2026-11-23T10:34.", err)
	}
	start := time.Now()
	return func() time.Time { return begin.Add(time.Since(start)) }, nil
}

// today is the calendar day of the PC.
func today(p *pc) journal.Date { return journal.DateOf(p.now()) }
