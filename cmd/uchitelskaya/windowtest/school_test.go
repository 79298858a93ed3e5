//go:build window

package windowtest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
)

const (
	clock = "2026-11-23T10:34" // where the clock of each PC begins
	year  = journal.Volume(2026)
)

var address string // of the school server

// now is the time of a PC that has just begun.
func now() time.Time { return demo.Today.Time().Add(10*time.Hour + 34*time.Minute) }

// makeSchool makes the village school with a server and two PCs.
func makeSchool(dir string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address = l.Addr().String()
	l.Close()
	out, err := exec.Command(filepath.Join(bin, "uchitelskaya"), "demo", "-dir", dir, "-address", address).CombinedOutput()
	if err != nil {
		return fmt.Errorf("make demo school: %w: %s", err, out)
	}
	return nil
}

// A school is one test's copy of the demo school.
type school struct {
	t      *testing.T
	dir    string
	server *exec.Cmd
}

func newSchool(t *testing.T) *school {
	t.Helper()
	s := &school{t: t, dir: filepath.Join(t.TempDir(), "school")}
	if err := os.CopyFS(s.dir, os.DirFS(schoolFolder)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.serverOff)
	return s
}

func (s *school) folder(pc string) string { return filepath.Join(s.dir, pc) }

// serverOn starts the server and returns when it answers. more are further words
// of its command line.
func (s *school) serverOn(more ...string) {
	s.t.Helper()
	s.server = exec.Command(filepath.Join(bin, "uchitelskaya-server"), append([]string{"serve", "-data", s.folder("server"), "-listen", address}, more...)...)
	out, err := s.server.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	var trouble bytes.Buffer
	s.server.Stderr = &trouble
	if err := s.server.Start(); err != nil {
		s.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		s.t.Fatalf("the server ended at once: %s", trouble.String())
	}
	go func() {
		for lines.Scan() { // a full pipe would stop it
		}
	}()
}

// serverOff kills the server, as a power cut does. Where none runs it does nothing.
func (s *school) serverOff() {
	if s.server != nil {
		_ = s.server.Process.Kill()
		_ = s.server.Wait()
		s.server = nil
	}
}

// A plan is what a test knows beforehand: who works, and the lessons of her day.
type plan struct {
	who     journal.Staff
	deputy  journal.Staff
	lessons []lesson
}

// A lesson is a column of a page with its pupils in the order of the page.
type lesson struct {
	at      int // in «Сегодня», from 0
	page    journal.PageID
	date    journal.Date
	number  int
	class   string
	subject string
	pupils  []journal.PupilID
	cells   []journal.Cell // what stands there
	former  *lesson        // the column before it
}

// plan reads a copy of the first PC's journal with the program's own desk.
func (s *school) plan() plan {
	s.t.Helper()
	dir := s.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(schoolFolder, "pc1"))); err != nil {
		s.t.Fatal(err)
	}
	ctx := context.Background()
	book, err := local.Open(ctx, dir, now)
	if err != nil {
		s.t.Fatal(err)
	}
	defer book.Close()
	roster, err := book.Roster(ctx, year)
	if err != nil {
		s.t.Fatal(err)
	}
	var best plan
	var deputy journal.Staff
	for _, name := range s.known() {
		for _, who := range roster.AllStaff() {
			if who.Last != name {
				continue
			}
			if roster.HasRole(who.ID, demo.Today, journal.RoleDeputy) {
				deputy = who
			}
			session, err := desk.Open(ctx, book, who.ID, year, now)
			if err != nil {
				s.t.Fatal(err)
			}
			if p := (plan{who: who, lessons: s.lessons(session)}); len(p.lessons) > 0 && len(p.largest().pupils) > len(best.largest().pupils) {
				best = p
			}
		}
	}
	best.deputy = deputy
	if len(best.lessons) == 0 || deputy.Last == "" {
		s.t.Fatalf("no teacher with lessons on %s or no deputy has signed in on the first PC", demo.Today)
	}
	return best
}

// known are the surnames of those who have signed in on the first PC.
func (s *school) known() []string {
	s.t.Helper()
	text, err := os.ReadFile(s.folder("accounts.txt"))
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, demo.Password) {
			name, _, _ := strings.Cut(line, " ")
			out = append(out, name)
		}
	}
	return out
}

// lessons are the lessons of the day whose class is whole that day.
func (s *school) lessons(d *desk.Session) (out []lesson) {
	s.t.Helper()
	day, err := d.Day(s.t.Context(), demo.Today)
	if err != nil {
		s.t.Fatal(err)
	}
	for i, one := range day {
		p, err := d.OpenPage(s.t.Context(), one.Page, 0)
		if err != nil {
			s.t.Fatal(err)
		}
		for col, c := range p.Columns {
			if !c.IsLesson() || c.Lesson.Date != one.Date || c.Lesson.Number != one.Number || p.Reading != "" {
				continue
			}
			l, whole := columnOf(p, col)
			former, formerWhole := columnOf(p, col-1)
			if l.at, l.former = i, &former; whole && formerWhole {
				out = append(out, l)
			}
		}
	}
	return out
}

// columnOf is a column of a page, and whether a mark can stand in all its cells.
func columnOf(p *desk.Page, col int) (l lesson, whole bool) {
	if col < 0 || !p.Columns[col].IsLesson() {
		return l, false
	}
	c := p.Columns[col]
	l = lesson{page: p.ID, date: c.Lesson.Date, number: c.Lesson.Number, class: p.Group.Name, subject: p.Subject.Name}
	whole = !c.Closed
	for _, r := range p.Rows {
		whole = whole && r.MemberOn(l.date)
		l.pupils, l.cells = append(l.pupils, r.Pupil.ID), append(l.cells, r.Cells[col])
	}
	return l, whole
}

// largest is the lesson with the most pupils.
func (p plan) largest() (best lesson) {
	for _, l := range p.lessons {
		if len(l.pupils) > len(best.pupils) {
			best = l
		}
	}
	return best
}
