package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// A school is a real server process with its folder and address.
type school struct {
	t       *testing.T
	dir     string // folder or database
	address string
	reach   string // where PCs come to; the address itself, or what leads there
	made    made
	process *exec.Cmd
}

// newSchool founds a school and starts its server.
func newSchool(t *testing.T) *school {
	t.Helper()
	// The address must stand in the code before the server listens: take a free one.
	address := freeAddress(t)
	s := &school{t: t, dir: filepath.Join(t.TempDir(), "server"), address: address, reach: address}
	s.found()
	s.start()
	return s
}

func (s *school) found() {
	s.t.Helper()
	out := s.command("init", "-data", s.dir, "-name", "Школа № 1", "-admin", "Ковальчук Анна Сергеевна", "-address", s.reach, "-json")
	if err := json.Unmarshal([]byte(out), &s.made); err != nil {
		s.t.Fatalf("init said %q: %v", out, err)
	}
}

// command runs one command of the server and returns what it said.
func (s *school) command(args ...string) string {
	s.t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asServer+"=1")
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		s.t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	return string(out)
}

// refused is what a command says that does not do what it is told.
func (s *school) refused(args ...string) string {
	s.t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asServer+"=1")
	out, err := c.CombinedOutput()
	if err == nil {
		s.t.Errorf("%v was done", args)
	}
	return string(out)
}

// start starts the server and waits until it answers.
func (s *school) start() {
	s.t.Helper()
	c := exec.Command(os.Args[0], "serve", "-data", s.dir, "-listen", s.address, "-admin", "127.0.0.1:0")
	c.Env = append(os.Environ(), asServer+"=1")
	if testing.Verbose() {
		c.Stderr = os.Stderr
	}
	out, err := c.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.process = c
	s.t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, s.address) {
		s.t.Fatalf("serve said %q: %v", line, err)
	}
}

// kill ends the server as a power cut does.
func (s *school) kill() {
	if s.process != nil {
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
		s.process = nil
	}
}

// A pc is a real journal with a client over it.
type pc struct {
	*client.Client
	t    *testing.T
	book *local.Journal
	dir  string
}

var quick = client.Pace{First: 20 * time.Millisecond, Longest: 200 * time.Millisecond, Silence: time.Minute, Tell: 10 * time.Millisecond}

// newPC makes a PC that is not enrolled.
func newPC(t *testing.T) *pc {
	t.Helper()
	p := &pc{t: t, dir: t.TempDir()}
	p.open()
	return p
}

func (p *pc) open() {
	p.t.Helper()
	book, err := local.Open(context.Background(), p.dir, time.Now)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = book.Close() })
	p.book, p.Client = book, client.New(book, time.Now, nil, quick)
}

// enrolled makes a PC of the school.
func (s *school) enrolled(name string) *pc {
	s.t.Helper()
	p := newPC(s.t)
	s.join(p, name)
	return p
}

// join lets a PC use a new code: for the first time, or to come back.
func (s *school) join(p *pc, name string) {
	s.t.Helper()
	_, back, err := p.book.Identity(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	out := s.command("code", "-data", s.dir, "-address", s.reach, "-json")
	var code struct{ Code string }
	if err := json.Unmarshal([]byte(out), &code); err != nil {
		s.t.Fatal(err)
	}
	if _, err := p.Enrol(s.t.Context(), code.Code, name); err != nil {
		s.t.Fatal(err)
	}
	if !back {
		s.known()
	}
}

// run lets the client work in the background until the test ends.
func (p *pc) run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); p.Run(ctx) }()
	p.t.Cleanup(func() { cancel(); <-done })
}

// lastWritten is when any PC of these tests was written on last, in Unix milliseconds.
var lastWritten atomic.Int64

// write makes a commit as a person's work does, and tells the client.
func (p *pc) write(author journal.StaffID, v journal.Volume, changes ...commit.Change) *commit.Commit {
	p.t.Helper()
	for time.Now().UnixMilli() == lastWritten.Load() { // people are slower: what is written later has a later stamp on any PC
		time.Sleep(100 * time.Microsecond)
	}
	now := time.Now()
	lastWritten.Store(now.UnixMilli())
	c, err := p.book.Append(context.Background(), commit.Draft{Volume: v, Author: author, Entered: now, Changes: changes})
	if err != nil {
		p.t.Fatal(err)
	}
	p.Kick()
	return c
}

func (p *pc) roster(v journal.Volume) *journal.Roster {
	p.t.Helper()
	r, err := p.book.Roster(context.Background(), v)
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

// eventually waits for what other processes bring about.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
