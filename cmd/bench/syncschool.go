package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
)

// The workload's school: 20,000 lessons are those of 20 pages, five a day for
// 200 days; 70 authors, each of whom teaches on every page.
const (
	syncYear  = journal.Volume(2026)
	syncPages = 20
	syncDays  = 200
	syncStaff = 7 * writers
	pupilsOf  = 1000
)

var (
	firstDay = journal.MakeDate(2026, time.September, 1)
	longAgo  = journal.MakeDate(2025, time.January, 1)
	syncPage = func() (out [syncPages]journal.Key) {
		for i := range out {
			out[i] = journal.PageKey(journal.ClassID(syncYear, 7, "А"), journal.SubjectKey(fmt.Sprintf("Предмет %d", i+1)))
		}
		return out
	}()
)

// named makes the id of a person from a name, the same in every process.
func named(name string) (id [16]byte) {
	sum := sha256.Sum256([]byte("bench " + name))
	copy(id[:], sum[:])
	return id
}

func nth(s string) int {
	n, _ := strconv.Atoi(s[1:])
	return n
}

// lessonOf is the lesson of a number below 20,000.
func lessonOf(n int) (page journal.PageID, day journal.Date, number int) {
	return journal.PageIDOf(syncPage[n%syncPages]), firstDay + journal.Date(n/syncPages%syncDays), 1 + n/syncPages/syncDays
}

// change is a wish as the journal knows it.
func (w wish) change() commit.Change {
	page, day, number := lessonOf(nth(w.Lesson))
	key := journal.CellKey(page, day, number, journal.PupilID(named(w.Pupil)))
	switch w.Field {
	case "mark":
		return commit.Set(journal.KindCell, key, journal.CellMark, journal.IntValue(int64(w.Value[0]-'0')))
	case "attendance":
		code := map[string]string{"n": "н", "b": "б", "u": "уп", "o": "осв"}[w.Value]
		return commit.Set(journal.KindCell, key, journal.CellAbsence, journal.TextValue(code))
	}
	return commit.Set(journal.KindCell, key, journal.CellNote, journal.TextValue(w.Value))
}

// furnish is what the administrator has written before the year begins.
func furnish(admin journal.StaffID) (register, year commit.Draft) {
	set := func(d *commit.Draft, k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) {
		d.Changes = append(d.Changes, commit.Set(k, key, f, v))
	}
	register = commit.Draft{Volume: journal.Register, Author: admin, Entered: time.Now()}
	year = commit.Draft{Volume: syncYear, Author: admin, Entered: time.Now()}
	class := journal.ClassID(syncYear, 7, "А")
	set(&year, journal.KindGroup, journal.IDKey(class), journal.GroupSort, journal.IntValue(int64(journal.SortClass)))
	set(&year, journal.KindGroup, journal.IDKey(class), journal.GroupGrade, journal.IntValue(7))
	for n := range syncStaff {
		staff := journal.StaffID(named(fmt.Sprintf("T%03d", n)))
		set(&register, journal.KindStaff, journal.IDKey(staff), journal.StaffLast, journal.TextValue(fmt.Sprintf("Учитель %d", n)))
		for _, page := range syncPage {
			set(&year, journal.KindPageTeacher, journal.IDKey(journal.PageIDOf(page)).ID(staff).Date(firstDay), journal.PageTeacherTo, journal.DateValue(firstDay+330))
		}
	}
	for n := range pupilsOf {
		pupil := journal.PupilID(named(fmt.Sprintf("P%05d", n)))
		set(&register, journal.KindPupil, journal.IDKey(pupil), journal.PupilLast, journal.TextValue(fmt.Sprintf("Ученик %d", n)))
	}
	for i, page := range syncPage {
		title := fmt.Sprintf("Предмет %d", i+1)
		set(&register, journal.KindSubject, journal.SubjectKey(title), journal.SubjectName, journal.TextValue(title))
		set(&year, journal.KindPage, page, journal.PageHours, journal.IntValue(500))
	}
	return register, year
}

// syncPCs are the school's PCs: ten writers, one more that writes alone, an empty one
// and two that look at each other live.
var syncPCs = func() []string {
	list := []string{"cs", "fresh", "la", "lb"}
	for c := range writers {
		list = append(list, "c"+strconv.Itoa(c))
	}
	return list
}()

// writersOn are those who write on a PC: seven on each of the ten; whoever of
// the workload on the one that writes alone.
func writersOn(pc string) (people []journal.StaffID) {
	from, to := 0, 0
	var client int
	if _, err := fmt.Sscanf(pc, "c%d", &client); err == nil {
		from, to = 7*client, 7*client+7
	} else if pc == "cs" {
		to = syncStaff
	} else if pc == "la" {
		to = 1
	}
	for n := from; n < to; n++ {
		people = append(people, journal.StaffID(named(fmt.Sprintf("T%03d", n))))
	}
	return people
}

// prepared is where the school waits that the stages of one run share: the
// server's folder and one of each PC. The first stage makes it, before anything
// is measured; each takes its own folder from there.
func prepared(ctx context.Context, port int, dir string) (string, error) {
	at := filepath.Join(filepath.Dir(dir), "prepared")
	if _, err := os.Stat(at); err == nil {
		return at, nil
	}
	part := at + ".part" // left by a run that was ended
	if err := os.RemoveAll(part); err != nil {
		return "", err
	}
	if err := prepare(ctx, port, part); err != nil {
		return "", fmt.Errorf("set the school up: %w", err)
	}
	return at, os.Rename(part, at)
}

// take moves a folder of the prepared school to where its stage wants it.
func take(ctx context.Context, port int, name, dir string) error {
	for _, file := range []string{"journal.db", sqlite.FileName} {
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			return nil
		}
	}
	at, err := prepared(ctx, port, dir)
	if err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) { // empty
		return err
	}
	return os.Rename(filepath.Join(at, name), dir)
}

func prepare(ctx context.Context, port int, dir string) (err error) {
	at := filepath.Join(dir, "server")
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	store, err := openStore(ctx, cmp.Or(os.Getenv(inDatabase), at))
	if err != nil {
		return err
	}
	f, err := server.NewFounding(time.Now())
	if err == nil {
		err = store.Found(ctx, f)
	}
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	s, err := openServer(ctx, at)
	if err != nil {
		return err
	}
	ports := portsOf(port)
	ctx, end := context.WithCancel(ctx)
	ended := make(chan error, len(ports))
	for _, p := range ports {
		go func() { ended <- s.run(ctx, p, func() {}) }()
	}
	defer func() {
		end()
		for range ports {
			err = errors.Join(err, <-ended)
		}
		err = errors.Join(err, s.store.Close())
	}()
	admin := journal.Staff{ID: journal.StaffID(named("admin")), Last: "Администратор"}
	if err := s.Found(ctx, journal.School{Name: "Школа № 1"}, admin, longAgo); err != nil {
		return err
	}
	for i, name := range syncPCs {
		if err := s.join(ctx, ports[i%len(ports)], filepath.Join(dir, name), i == 0, name != "fresh"); err != nil {
			return fmt.Errorf("PC %s: %w", name, err)
		}
	}
	return nil
}

// join enrols a PC. The first one furnishes the school.
func (s *schoolServer) join(ctx context.Context, port int, dir string, first, filled bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	book, err := local.Open(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	defer book.Close()
	pc := client.New(book, time.Now, nil, client.Ordinary)
	code, err := s.NewCode(ctx, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), identity.Pin(s.cert.Leaf))
	if err != nil {
		return err
	}
	if _, err := pc.Enrol(ctx, code.String(), strings.ToUpper(filepath.Base(dir))); err != nil {
		return err
	}
	who, _, err := book.Identity(ctx)
	if err != nil {
		return err
	}
	if first {
		admin := journal.StaffID(named("admin"))
		if err := s.letIn(ctx, who.Device, admin); err != nil {
			return err
		}
		register, year := furnish(admin)
		if _, err := book.AppendAll(ctx, register, year); err != nil {
			return err
		}
		if err := pc.Sync(ctx); err != nil {
			return err
		}
	}
	if err := s.letIn(ctx, who.Device, writersOn(filepath.Base(dir))...); err != nil {
		return err
	}
	if !filled {
		return nil
	}
	if err := pc.Sync(ctx); err != nil {
		return err
	}
	for _, f := range []commit.Fate{commit.Unsent, commit.AtDeputy, commit.NotTaken} {
		waiting, err := book.Waiting(ctx, commit.Query{Fate: f})
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			return fmt.Errorf("%d commits were not accepted: %s", len(waiting), waiting[0].Text)
		}
	}
	return nil
}
