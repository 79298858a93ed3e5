package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/print"
	"uchitelskaya/app/screens"
)

// A guide walks through a teacher's day on a demo school by itself: it presses
// the keys that a person presses, starts the school server in the middle, and
// writes a picture of every screen and the printed journal into a folder.
type guide struct {
	robot
	pc    *pc
	demo  string // folder of the demo school
	shell *screens.Shell
	who   journal.Staff  // the teacher
	page  journal.PageID // opened by her
	stop  func()         // ends the school server
}

func newGuide(p *program) *guide {
	return &guide{robot: robot{ctx: p.ctx, win: p.win, folder: p.tour}, pc: p.pc, demo: filepath.Dir(filepath.Clean(p.dir)), shell: p.shell, stop: func() {}}
}

// walk goes the whole way.
func (g *guide) walk() error {
	if err := os.MkdirAll(g.folder, 0o755); err != nil {
		return err
	}
	defer func() { g.stop() }()
	for _, part := range []func() error{g.teacher, g.request, g.apart, g.server, g.deputy, g.answered, g.paper} {
		if err := errors.Join(part(), g.ctx.Err()); err != nil {
			return fmt.Errorf("tour: %w", errors.Join(err, g.shot("stopped-here")))
		}
	}
	return nil
}

// signIn chooses the tile of a person who was here before and types the
// password.
func (g *guide) signIn(s journal.Staff) error {
	g.write(s.Last)
	g.key(fyne.KeyReturn)
	g.write(demo.Password)
	if err := g.shotOnce("sign-in"); err != nil {
		return err
	}
	g.key(fyne.KeyReturn)
	in := func() (in bool) {
		fyne.DoAndWait(func() { in = g.shell.Session() != nil })
		return in
	}
	if err := g.until(s.Last+" is let in", in); err != nil {
		return err
	}
	g.sleep(time.Second)
	return nil
}

// shotOnce takes the first picture of its name only.
func (g *guide) shotOnce(name string) error {
	if old, err := filepath.Glob(filepath.Join(g.folder, "*-"+name+".png")); err != nil || len(old) > 0 {
		return err
	}
	return g.shot(name)
}

// teacher is a teacher's day without the server: today's lessons, marks,
// absences, topic and homework by keys alone.
func (g *guide) teacher() error {
	who, lesson, err := g.busiest()
	if err != nil {
		return err
	}
	g.who, g.page = who, lesson.Page
	if err := g.signIn(who); err != nil {
		return err
	}
	if err := g.shot("today"); err != nil {
		return err
	}
	g.key(fyne.KeyReturn)
	g.sleep(time.Second)
	g.write("54н4буоп35")
	if err := g.shot("journal-offline"); err != nil {
		return err
	}
	g.key(fyne.KeyF5)
	g.write("Обобщение темы, подготовка к зачёту")
	g.key(fyne.KeyF6)
	g.sleep(300 * time.Millisecond)
	g.write("п. 12, вопросы 1–4")
	g.key(fyne.KeyF7)
	return g.shot("lesson")
}

// server starts the school server: what waits is sent, the second PC sends its
// mark, and the decision comes up here.
func (g *guide) server() error {
	id, _, err := g.pc.book.Identity(g.ctx)
	if err != nil {
		return err
	}
	// by the clock of the story: the server tells PCs whose clocks are wrong
	stop, err := startServer(g.ctx, filepath.Join(g.demo, "server"), id.Server, "-clock", g.pc.now().Format("2006-01-02T15:04"))
	if err != nil {
		return err
	}
	g.stop = stop
	sent := func() bool {
		n, err := g.pc.book.Count(g.ctx)
		return err == nil && n.Unsent == 0
	}
	if err := g.until("everything is at the school", sent); err != nil {
		return err
	}
	g.key(fyne.KeyEscape)
	if err := g.shot("journal-sent"); err != nil {
		return err
	}
	err = headlessAt(g.ctx, filepath.Join(g.demo, "pc2"), g.pc.now, func(p *pc) error {
		if _, err := p.client.SignIn(g.ctx, g.who.Last, demo.Password); err != nil { // else the school does not take what she wrote there
			return err
		}
		return p.client.Sync(g.ctx)
	})
	if err != nil {
		return err
	}
	disputed := func() bool {
		n, err := g.pc.book.Count(g.ctx)
		return err == nil && n.Disputes > 0
	}
	if err := g.until("the other mark has come", disputed); err != nil {
		return err
	}
	if err := g.shot("two-marks"); err != nil {
		return err
	}
	g.key(fyne.KeyF9)
	if err := g.shot("decisions"); err != nil {
		return err
	}
	g.key(fyne.KeyReturn)
	if err := g.shot("decision"); err != nil {
		return err
	}
	g.key(fyne.KeyReturn)
	g.sleep(2 * time.Second)
	return g.shot("decided")
}

// deputy shows what those see who oversee the school.
func (g *guide) deputy() error {
	fyne.DoAndWait(g.shell.Lock)
	g.sleep(500 * time.Millisecond)
	r, err := g.pc.book.Roster(g.ctx, g.pc.year())
	if err != nil {
		return err
	}
	people, err := g.pc.client.People(g.ctx)
	if err != nil {
		return err
	}
	for _, role := range []journal.Role{journal.RoleDeputy, journal.RoleAdministrator} {
		for _, p := range people {
			if s, _ := r.Staff(p.Staff); r.HasRole(p.Staff, today(g.pc), role) {
				if err := g.overseer(s, role); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

func (g *guide) overseer(s journal.Staff, role journal.Role) error {
	if err := g.signIn(s); err != nil {
		return err
	}
	pages := map[fyne.KeyName]string{fyne.KeyF3: "deputy-journal", fyne.KeyF11: "printing"}
	if role == journal.RoleDeputy {
		if err := g.requests(); err != nil {
			return err
		}
	}
	if role == journal.RoleAdministrator {
		pages = map[fyne.KeyName]string{fyne.KeyF12: "taking-in"}
	}
	for key, name := range pages {
		g.key(key)
		g.sleep(1500 * time.Millisecond)
		if err := g.shot(name); err != nil {
			return err
		}
	}
	fyne.DoAndWait(g.shell.Lock)
	g.sleep(500 * time.Millisecond)
	return nil
}

// paper prints the class of the page.
func (g *guide) paper() error {
	r, err := g.pc.book.Roster(g.ctx, g.pc.year())
	if err != nil {
		return err
	}
	page, _ := r.Page(g.page)
	class, ok := r.Class(page.Group)
	if !ok {
		return errors.New("the page of the tour belongs to no class")
	}
	j, err := print.Gather(g.ctx, g.pc.book, g.pc.year(), class.ID, g.pc.now())
	if err != nil {
		return err
	}
	d, err := j.Layout(g.ctx, print.Options{})
	if err != nil {
		return err
	}
	return d.WriteFile(g.ctx, filepath.Join(g.folder, "class-journal.pdf"))
}
