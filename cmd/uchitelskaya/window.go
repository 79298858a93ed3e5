package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

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

// A program is the window and what works behind it.
type program struct {
	dir  string
	now  func() time.Time
	tour string // folder for pictures; empty: a person is at the PC

	app fyne.App
	win fyne.Window

	ctx     context.Context
	cancel  context.CancelFunc
	started bool // the window is there
	pc      *pc  // nil until the journal is open
	shell   *screens.Shell
	ran     chan struct{} // closed when the exchange has ended
	stop    func()        // ends the log
	toured  error
}

// window opens the program for people.
func window(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("uchitelskaya", flag.ContinueOnError)
	p := &program{}
	f.StringVar(&p.dir, "data", dataFolder(), "папка журнала")
	at := f.String("clock", "", "с какого времени идут часы программы, для показа: 2026-11-23T10:34")
	contrast := f.Bool("contrast", false, "контрастные цвета")
	f.StringVar(&p.tour, "tour", "", "папка, в которую записать снимки всех экранов")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fault.New(fault.Invalid, "Нет такой команды: «"+f.Arg(0)+"».")
	}
	var err error
	if p.now, err = clockFrom(*at); err != nil {
		return err
	}
	p.ctx, p.cancel = context.WithCancel(ctx)
	defer p.cancel()
	p.app = newApp(*contrast)
	p.win = p.app.NewWindow(assets.T("app.name"))
	p.win.Resize(fyne.NewSize(windowWidth, windowHeight))
	p.win.SetMaster()
	p.app.Lifecycle().SetOnStarted(p.open)
	return p.show()
}

// show runs the window until it is closed, or the program is told to end.
func (p *program) show() error {
	closed := make(chan struct{})
	go func() {
		select {
		case <-p.ctx.Done():
			fyne.Do(p.app.Quit)
		case <-closed: // and with it Fyne
		}
	}()
	err := p.runWindow()
	close(closed)
	if err != nil {
		return err
	}
	if p.pc == nil {
		return p.toured
	}
	p.shell.Close()
	p.cancel()
	<-p.ran
	defer p.stop()
	return errors.Join(p.toured, p.pc.close())
}

// runWindow is Fyne's own loop. Without a screen or a driver for it Fyne panics
// before the window is there.
func (p *program) runWindow() (err error) {
	defer func() {
		if p.started {
			return
		}
		cause := recover()
		err = fault.Wrap(fault.Internal, "Окно программы не открылось. Проверьте экран и драйвер видеокарты.", fmt.Errorf("run window: %v", cause))
	}()
	p.win.ShowAndRun()
	return nil
}

// open opens the journal and, when that succeeds, the program.
func (p *program) open() {
	p.started = true
	pc, err := openPC(p.ctx, p.dir, p.now)
	if err == nil {
		if p.stop, err = trace(p.dir, p.now()); err != nil {
			err = errors.Join(err, pc.close())
		}
	}
	if err != nil {
		note("open journal", err)
		if p.tour != "" {
			p.toured = err
			p.cancel()
			return
		}
		p.win.SetContent(p.notice(err))
		return
	}
	p.pc, p.ran = pc, make(chan struct{})
	go func() { defer close(p.ran); pc.run(p.ctx) }()
	p.shell = screens.NewShell(p.win, screens.Options{Door: door{pc}, Line: pc.line, Stick: stick{pc.client}, Now: p.now, After: after, Items: screens.Items()})
	p.shell.Start()
	if p.tour != "" {
		go func() {
			p.toured = newGuide(p).walk()
			p.cancel()
		}()
	}
}

// newApp prepares Fyne: the name, the version, our look.
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
