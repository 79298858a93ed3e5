package demo_test

import (
	"os"
	"path/filepath"
	"slices"
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
	for _, name := range []string{demo.PupilsFile, demo.StaffFile, demo.LoadFile, demo.TimetableFile, demo.DaysFile} {
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
	if !slices.Equal(got.Holidays(), want.Holidays()) {
		t.Errorf("days without lessons:\n%v\nwant\n%v", got.Holidays(), want.Holidays())
	}
	for _, scheme := range []journal.Scheme{journal.Quarters, journal.Trimesters, journal.HalfYears} {
		same := func(a, b journal.Term) bool { return a.Number == b.Number && a.From == b.From && a.To == b.To }
		if !slices.EqualFunc(got.Terms(scheme), want.Terms(scheme), same) {
			t.Errorf("terms:\n%v\nwant\n%v", got.Terms(scheme), want.Terms(scheme))
		}
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
