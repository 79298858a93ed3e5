package demo_test

import (
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

// TestFiles takes the sample files in as a school would: into a journal that
// knows nobody yet.
func TestFiles(t *testing.T) {
	s, dir := demo.Village(1, demo.Today), t.TempDir()
	if err := s.Files(dir); err != nil {
		t.Fatal(err)
	}
	var files []*exchange.File
	for _, name := range []string{demo.PupilsFile, demo.StaffFile, demo.LoadFile, demo.TimetableFile} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		file, err := exchange.Read(name, f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		files = append(files, file)
	}
	want := read(t, s).rosters[2026]
	got := journal.NewRoster(2026)
	for _, term := range journal.DefaultTerms(2026) {
		key := journal.Key("").Int(int(term.Scheme)).Int(term.Number)
		got.Put(journal.KindTerm, key, journal.TermFrom, journal.DateValue(term.From))
		got.Put(journal.KindTerm, key, journal.TermTo, journal.DateValue(term.To))
	}
	plan := exchange.MakePlan(got, files, exchange.Options{On: journal.MakeDate(2026, 9, 1)})
	if len(plan.Problems) != 2 {
		t.Errorf("want the pupil entered twice and the day that does not exist, got:")
		for _, p := range plan.Problems {
			t.Error(p)
		}
	}
	for _, c := range plan.Changes() {
		got.Put(c.Kind, c.Key, c.Field, c.Value)
	}
	if n := len(got.AllStaff()); n != 24 {
		t.Errorf("%d staff; want 24", n)
	}
	monday := journal.MakeDate(2026, 9, 7)
	for _, g := range want.Groups() {
		if g.Sort > journal.SortSubgroup {
			continue
		}
		for _, page := range want.PagesOf(g.ID) {
			a, b := len(want.LessonsOf(page.ID, monday, monday+13)), len(got.LessonsOf(page.ID, monday, monday+13))
			if a != b || a == 0 {
				t.Errorf("%s, %s: %d lessons in two weeks; want %d", g.Name, page.Subject, b, a)
			}
		}
	}
}
