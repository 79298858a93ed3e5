package desk_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

const year journal.Volume = 2026

// admin is the administrator of the tests' school.
var admin = journal.StaffID{0xC0, 1}

// at is a wall clock that moves a second at every look.
func at(start time.Time) func() time.Time {
	n := 0
	return func() time.Time { n++; return start.Add(time.Duration(n) * time.Second) }
}

// school opens a journal with nobody in it but an administrator.
func school(t *testing.T) *local.Journal {
	t.Helper()
	start := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	j, err := local.Open(context.Background(), t.TempDir(), at(start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	id := commit.Identity{School: journal.SchoolID{1}, Device: journal.DeviceID{0xD0}, Name: "Учительская", Key: ed25519.NewKeyFromSeed(make([]byte, 32)), Server: "school:8443"}
	if err := j.Enrol(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	key := journal.IDKey(admin)
	role := key.Int(int(journal.RoleAdministrator)).Date(journal.MakeDate(2026, 8, 1))
	_, err = j.Append(t.Context(), commit.Draft{Volume: journal.Register, Entered: start, Changes: []commit.Change{
		commit.Set(journal.KindStaff, key, journal.StaffLast, journal.TextValue("Дьяченко")),
		commit.Set(journal.KindStaff, key, journal.StaffFirst, journal.TextValue("Ольга")),
		commit.Set(journal.KindRole, role, journal.RoleGivenBy, journal.IDValue(admin)),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func session(t *testing.T, j *local.Journal) *desk.Session {
	t.Helper()
	s, err := desk.Open(t.Context(), j, admin, year, at(time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lists are files of a small school.
func lists(t *testing.T) []*exchange.File {
	t.Helper()
	var out []*exchange.File
	for name, text := range map[string]string{
		"ученики.csv":  "Фамилия;Имя;Отчество;Дата рождения;Класс\nАбрамова;Дарья;Олеговна;14.03.2013;7-А\nБелоус;Кирилл;;02.11.2013;7-А\nЖук;Алёна;Романовна;23.09.2013;7-Б\n",
		"педагоги.csv": "ФИО;Должность;Классный руководитель\nКовальчук Анна Сергеевна;учитель математики;7-А\n",
		"нагрузка.csv": "Класс;Предмет;Учитель;Часов в неделю\n7-А;Алгебра;Ковальчук А. С.;3\n7-Б;Алгебра;Ковальчук А. С.;3\n",
	} {
		f, err := exchange.Read(name, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

func dryRun(s *desk.Session, files []*exchange.File) *exchange.Plan {
	return exchange.MakePlan(s.Roster(), files, exchange.Options{On: s.Today()})
}

func population(r *journal.Roster) string {
	members := 0
	for _, g := range r.Groups() {
		members += len(r.Members(g.ID, journal.MakeDate(2026, 9, 1), journal.MakeDate(2027, 5, 31)))
	}
	return fmt.Sprintf("%d pupils, %d staff, %d subjects, %d groups, %d members, %d pages", len(r.AllPupils()), len(r.AllStaff()), len(r.Subjects()), len(r.Groups()), members, len(r.Pages()))
}

const (
	nobody   = "0 pupils, 1 staff, 0 subjects, 0 groups, 0 members, 0 pages"
	everyone = "3 pupils, 2 staff, 1 subjects, 2 groups, 3 members, 2 pages"
)

func TestTakeIn(t *testing.T) {
	j := school(t)
	s := session(t, j)
	files := lists(t)
	p := dryRun(s, files)
	if len(p.Problems) > 0 {
		t.Fatalf("problems: %v", p.Problems)
	}
	if got := population(s.Roster()); got != nobody {
		t.Fatalf("the dry run wrote: %s", got)
	}
	n, err := s.TakeIn(t.Context(), p.Reason(), p.Changes())
	if err != nil || n != 2 {
		t.Fatalf("TakeIn made %d commits, %v; want one for the register and one for the year", n, err)
	}
	if got := population(s.Roster()); got != everyone {
		t.Fatalf("after taking in: %s, want %s", got, everyone)
	}

	again := dryRun(s, files)
	if c := again.Changes(); len(c) > 0 || again.Count(exchange.Add)+again.Count(exchange.Alter)+again.Count(exchange.Wait) > 0 {
		t.Errorf("the same files plan %d changes once more: %+v", len(c), again.Items)
	}
	if n, err := s.TakeIn(t.Context(), "Загрузка", again.Changes()); n != 0 || err != nil {
		t.Errorf("taking the same in again made %d commits, %v", n, err)
	}
}

func TestOneUndoTakesTheWholeIntakeBack(t *testing.T) {
	j := school(t)
	s := session(t, j)
	files := lists(t)
	if _, err := s.TakeIn(t.Context(), "Загрузка", dryRun(s, files).Changes()); err != nil {
		t.Fatal(err)
	}
	step := func(what, want string, do func(context.Context) (*commit.Commit, error)) {
		t.Helper()
		if c, err := do(t.Context()); err != nil || c == nil {
			t.Fatalf("%s: %v, %v", what, c, err)
		}
		if got := population(s.Roster()); got != want {
			t.Fatalf("after %s: %s, want %s", what, got, want)
		}
	}
	step("undo", nobody, s.Undo)
	if s.CanUndo() {
		t.Error("something is left to undo: the intake took two steps")
	}
	step("redo", everyone, s.Redo)
	s = session(t, j) // a restart forgets nothing
	step("undo after a restart", nobody, s.Undo)
	s = session(t, j)
	step("redo after a restart", everyone, s.Redo)
	step("the second undo", nobody, s.Undo)

	// What comes in again is the same people, not namesakes of them.
	if _, err := s.TakeIn(t.Context(), "Загрузка", dryRun(s, files).Changes()); err != nil {
		t.Fatal(err)
	}
	if got := population(s.Roster()); got != everyone {
		t.Errorf("taken in once more: %s, want %s", got, everyone)
	}
	ids := 0
	s.Roster().Each(journal.KindPupil, func(journal.Key, []journal.Value) { ids++ })
	if ids != 3 {
		t.Errorf("%d pupils were ever made, want 3", ids)
	}
}

func TestIntakeThatWasWorkedOnStays(t *testing.T) {
	j := school(t)
	s := session(t, j)
	if _, err := s.TakeIn(t.Context(), "Загрузка", dryRun(s, lists(t)).Changes()); err != nil {
		t.Fatal(err)
	}
	p := s.Roster().AllPupils()[0]
	_, err := j.Append(t.Context(), commit.Draft{Volume: journal.Register, Author: admin, Entered: time.Date(2026, 9, 2, 9, 0, 0, 0, time.UTC), Changes: []commit.Change{
		commit.Set(journal.KindPupil, journal.IDKey(p.ID), journal.PupilLast, journal.TextValue("Лебедь")),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Undo(t.Context()); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("undo over a later change: %v", err)
	}
	if got := population(s.Roster()); got != everyone {
		t.Errorf("half of it was taken back: %s", got)
	}
}

func TestIntakeWritesNothingWhenAPartIsRefused(t *testing.T) {
	j := school(t)
	s := session(t, j)
	changes := dryRun(s, lists(t)).Changes()
	for name, bad := range map[string]commit.Change{
		"a value that the field cannot hold": commit.Set(journal.KindBell, journal.Key("").Int(1), journal.BellStart, journal.IntValue(5000)),
		"what an administrator may not set":  commit.Set(journal.KindTerm, journal.Key("").Int(1).Int(1), journal.TermClosed, journal.IntValue(1)),
	} {
		t.Run(name, func(t *testing.T) {
			if n, err := s.TakeIn(t.Context(), "Загрузка", append(changes[:len(changes):len(changes)], bad)); err == nil {
				t.Fatalf("TakeIn made %d commits of it", n)
			}
			if got := population(s.Roster()); got != nobody {
				t.Errorf("half of it is written: %s", got)
			}
		})
	}
}
