package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// story is what a reader of a school's drafts sees at the end.
type story struct {
	digest  string
	rosters map[journal.Volume]*journal.Roster
	drafts  int
	lessons map[journal.Key]bool
	entries int // marks and absences
}

// read follows a school's drafts as every PC does. With strict every change must
// be one that its author may make at that moment.
func read(t *testing.T, s *demo.School, strict bool) story {
	t.Helper()
	st := story{rosters: map[journal.Volume]*journal.Roster{}, lessons: map[journal.Key]bool{}}
	var register []commit.Change
	h := sha256.New()
	before := time.Time{}
	current := journal.NewRoster(0)
	for d := range s.Drafts() {
		st.drafts++
		if d.Entered.Before(before.AddDate(0, 0, -1)) {
			t.Fatalf("draft %d goes back in time: %s after %s", st.drafts, d.Entered, before)
		}
		before = d.Entered
		fmt.Fprintln(h, d.Volume, d.Author, d.Entered.UnixMilli(), d.Reason)
		if d.Volume != journal.Register && st.rosters[d.Volume] == nil {
			current = journal.NewRoster(d.Volume)
			for _, c := range register {
				current.Put(c.Kind, c.Key, c.Field, c.Value)
			}
			st.rosters[d.Volume] = current
		}
		if d.Volume == journal.Register {
			register = append(register, d.Changes...)
		}
		for _, c := range d.Changes {
			fmt.Fprintln(h, c.Kind, []byte(c.Key), c.Field, c.Value)
			if strict {
				w := journal.Write{Author: d.Author, Kind: c.Kind, Key: c.Key, Field: c.Field, Value: c.Value, On: journal.DateOf(d.Entered)}
				if err := current.MayWrite(w); err != nil {
					t.Fatalf("draft %d of %s: %v", st.drafts, d.Entered, err)
				}
			}
			switch {
			case c.Kind == journal.KindLesson:
				st.lessons[c.Key] = true
			case c.Kind == journal.KindCell && c.Field <= journal.CellAbsence:
				st.entries++
			}
			current.Put(c.Kind, c.Key, c.Field, c.Value)
		}
	}
	st.digest = hex.EncodeToString(h.Sum(nil))
	return st
}

func TestVillage(t *testing.T) {
	s := demo.Village(1, demo.Today)
	st := read(t, s, true)
	r := st.rosters[2026]
	classes := 0
	for _, g := range r.Groups() {
		if g.Sort == journal.SortClass {
			classes++
		}
	}
	t.Logf("%d drafts, %d pupils, %d pages, %d lessons, %d entries", st.drafts, len(r.AllPupils()), len(r.Pages()), len(st.lessons), st.entries)
	if classes != 11 || len(r.AllStaff()) != 24 {
		t.Errorf("%d classes and %d staff; want 11 and 24", classes, len(r.AllStaff()))
	}
	if n := len(r.AllPupils()); n < 180 || n > 200 {
		t.Errorf("%d pupils; want about 190", n)
	}
}

func TestCity(t *testing.T) {
	s := demo.City(1, demo.Today)
	st := read(t, s, false)
	pupils := 0
	r := st.rosters[2026]
	for _, g := range r.Groups() {
		if g.Sort == journal.SortClass {
			pupils += len(r.Members(g.ID, demo.Today, demo.Today))
		}
	}
	t.Logf("%d drafts, %d pupils, %d pages, %d lessons, %d entries", st.drafts, pupils, len(r.Pages()), len(st.lessons), st.entries)
	if st.entries < 1_500_000 {
		t.Errorf("%d marks and absences; want at least 1.5 million", st.entries)
	}
}
