package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// asTypist makes the test binary be a PC at which somebody types without rest;
// it holds the errand.
const asTypist = "UCHITELSKAYA_TEST_AS_TYPIST"

// An errand is what a typist types where.
type errand struct {
	Dir     string
	Teacher journal.StaffID
	Page    journal.PageID
	Pupil   journal.PupilID
}

// A typist is a PC as a process. It says HAS n when it has come up, SAVED n
// when a person would see the mark, SENT n when the school has it.
type typist struct {
	*pc
	errand  errand
	process *exec.Cmd
	in      io.WriteCloser
	heard   chan struct{} // closed when all that it said is heard

	has, saved, sent, done atomic.Uint64
}

// newTypist sets somebody to work at a PC, whose journal another process opens.
func newTypist(p *pc, c *class) *typist {
	p.t.Helper()
	if err := p.book.Close(); err != nil {
		p.t.Fatal(err)
	}
	y := &typist{pc: p, errand: errand{p.dir, c.teacher, c.page, c.pupil}}
	y.start()
	return y
}

func (y *typist) start() {
	y.t.Helper()
	text, err := json.Marshal(y.errand)
	if err != nil {
		y.t.Fatal(err)
	}
	c := exec.Command(os.Args[0])
	c.Env, c.Stderr = append(os.Environ(), asTypist+"="+string(text)), os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		y.t.Fatal(err)
	}
	if y.in, err = c.StdinPipe(); err != nil {
		y.t.Fatal(err)
	}
	told := y.saved.Load() // before the new process tells of more
	if err := c.Start(); err != nil {
		y.t.Fatal(err)
	}
	y.t.Cleanup(func() { _ = c.Process.Kill() })
	y.process, y.heard = c, make(chan struct{})
	up := make(chan struct{})
	go func() {
		defer close(y.heard)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var word string
			var n uint64
			if _, err := fmt.Sscan(lines.Text(), &word, &n); err != nil {
				continue
			}
			switch word {
			case "HAS":
				y.has.Store(n)
				close(up)
			case "SAVED":
				y.saved.Store(n)
			case "SENT":
				y.sent.Store(n)
			case "DONE":
				y.done.Store(n)
			}
		}
	}()
	select {
	case <-up:
	case <-y.heard:
		y.t.Fatalf("a PC did not come up: %v", c.Wait())
	}
	if y.has.Load() < told {
		y.t.Fatalf("the PC has %d commits, its person was told of %d", y.has.Load(), told)
	}
}

// kill ends the PC as a power cut does and returns how many commits waited there.
func (y *typist) kill() int {
	_ = y.process.Process.Kill()
	<-y.heard
	_ = y.process.Wait()
	return int(y.saved.Load() - min(y.saved.Load(), y.sent.Load()))
}

// stop lets the PC send what it has and end; it returns its last number.
func (y *typist) stop() uint64 {
	y.t.Helper()
	y.in.Close()
	select {
	case <-y.heard:
	case <-time.After(time.Minute):
		y.t.Fatal("a PC does not come to an end")
	}
	if err := y.process.Wait(); err != nil {
		y.t.Fatal(err)
	}
	return y.done.Load()
}

// typing is the process of a typist, until its input ends.
func typing(text string) error {
	var e errand
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return err
	}
	ctx, end := context.WithCancel(context.Background())
	defer end()
	book, err := local.Open(ctx, e.Dir, time.Now)
	if err != nil {
		return err
	}
	defer book.Close()
	counts, err := book.Count(ctx)
	if err != nil {
		return err
	}
	sent, err := book.Durable(ctx)
	if err != nil {
		return err
	}
	last := sent + uint64(counts.Unsent)
	fmt.Println("HAS", last)
	pc := client.New(book, time.Now, nil, quick)
	go pc.Run(ctx)
	over := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); close(over) }()
	c := &class{page: e.Page, pupil: e.Pupil}
	for n := 0; ; n++ {
		select {
		case <-over:
			for sent < last {
				time.Sleep(5 * time.Millisecond)
				if sent, err = book.Durable(ctx); err != nil {
					return err
				}
			}
			fmt.Println("DONE", last)
			return nil
		case <-time.After(time.Millisecond):
		}
		made, err := book.Append(ctx, commit.Draft{Volume: year, Author: e.Teacher, Entered: time.Now(), Changes: []commit.Change{c.mark(1+n%7, 1+n%5)}})
		if err != nil {
			return err
		}
		if made == nil { // the mark stands already
			continue
		}
		last = made.Number
		fmt.Println("SAVED", last)
		pc.Kick()
		if sent, err = book.Durable(ctx); err != nil {
			return err
		}
		fmt.Println("SENT", sent)
	}
}
