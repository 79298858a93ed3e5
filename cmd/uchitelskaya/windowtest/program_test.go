//go:build window

package windowtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
)

// A program is the real program in its window on a screen, with the journal of
// one PC and somebody at its keyboard.
type program struct {
	*screen
	*book
	t   *testing.T
	dir string
	cmd *exec.Cmd
}

// start opens the program and waits for its sign-in screen.
func (s *school) start(pc string, on *screen) *program {
	s.t.Helper()
	p := &program{screen: on, t: s.t, dir: s.folder(pc)}
	p.book = openBook(s.t, p.dir)
	before := on.seen()
	p.cmd = exec.Command(filepath.Join(bin, "uchitelskaya"), "-data", p.dir, "-clock", clock)
	p.cmd.Env = on.env()
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if s.t.Failed() && p.cmd != nil {
			p.shot("failed")
		}
		p.kill()
	})
	p.tool("xdotool", "search", "--sync", "--onlyvisible", "--name", "Учительская")
	until(s.t, "the window has the keyboard", patience, func() bool {
		return strings.TrimSpace(p.tool("sh", "-c", "xdotool getactivewindow getwindowname || true")) == "Учительская"
	})
	p.rest(before)
	return p
}

// kill ends the program as a power cut does.
func (p *program) kill() {
	if p.cmd != nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		p.cmd = nil
		p.book.close()
	}
}

// signIn chooses a tile by the beginning of the surname, types the password and
// waits for «Сегодня».
func (p *program) signIn(who journal.Staff) {
	p.t.Helper()
	p.write(strings.ToLower(string([]rune(who.Last)[:3])))
	p.press("Return")
	p.enter(who)
}

// signInFirst signs in a person whom this PC does not know yet.
func (p *program) signInFirst(who journal.Staff) {
	p.t.Helper()
	p.write(who.Last)
	p.press("Return")
	p.enter(who)
}

// enter types the password.
func (p *program) enter(who journal.Staff) {
	p.t.Helper()
	p.write(demo.Password)
	used := p.used(who.ID)
	before := p.seen()
	p.press("Return")
	// The program's clock begins anew with each start: it may show the same
	// millisecond as the last time.
	pressed := time.Now()
	until(p.t, who.Last+" is signed in", patience, func() bool {
		return p.used(who.ID) != used || time.Since(pressed) > 5*time.Second && p.seen() != before
	})
	p.rest(before)
}

// openLesson opens a lesson of «Сегодня» in its journal.
func (p *program) openLesson(l lesson) {
	p.t.Helper()
	for range 12 {
		p.press("Up")
	}
	for range l.at {
		p.press("Down")
	}
	p.turn("Return")
}

// wrote waits until the PC has made so many commits more than before, and then
// holds that it made no others.
func (p *program) wrote(before, more int) {
	p.t.Helper()
	until(p.t, "the keys are kept", patience, func() bool { return p.made() >= before+more })
	if n := p.made() - before; n != more {
		for i := range n {
			p.t.Logf("%+v", p.commit(before+i+1).Edits)
		}
		p.t.Fatalf("%d commits were made; want %d", n, more)
	}
}

// complaint is what the program says went wrong: a crash, or trouble in its log.
func (p *program) complaint() (said string) {
	p.t.Helper()
	for _, name := range []string{"crash.txt", "log/uchitelskaya.log"} {
		text, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			continue // nothing to say
		}
		for line := range strings.Lines(string(text)) {
			if name == "crash.txt" || strings.Contains(line, "level=ERROR") {
				said += line
			}
		}
	}
	return said
}
