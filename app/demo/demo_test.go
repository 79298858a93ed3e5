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

// A story is what a reader of a school's drafts knows at the end.
type story struct {
	digest  string
	rosters map[journal.Volume]*journal.Roster
	drafts  int
	lessons map[journal.Key]bool
	topics  int
	entries int            // marks and absences
	marks   map[int64]int  // how often each mark was given
	results map[string]int // how often each result
}

// after is when a school may be loaded: some years past its story.
const after = 3 * 366

// read follows a school's drafts as every PC does. Every change must be one that
// its author may make at that moment, and also on the day on which somebody makes
// a school of the drafts; and the store must be able to hold it.
func read(t *testing.T, s *demo.School) story {
	t.Helper()
	st := story{rosters: map[journal.Volume]*journal.Roster{}, lessons: map[journal.Key]bool{}, marks: map[int64]int{}, results: map[string]int{}}
	var register []commit.Change
	digest := sha256.New()
	before := time.Time{}
	current := journal.NewRoster(journal.Register)
	for d := range s.Drafts() {
		st.drafts++
		if d.Entered.Before(before.AddDate(0, 0, -1)) || len(d.Changes) == 0 || len(d.Changes) > commit.MaxEdits {
			t.Fatalf("draft %d: %d changes, entered %s after %s", st.drafts, len(d.Changes), d.Entered, before)
		}
		before = d.Entered
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
		fmt.Fprintf(digest, "%d %x %d\n", d.Volume, d.Author, d.Entered.UnixMilli())
		for _, c := range d.Changes {
			if c.Value.IsNull() { // nothing stood there: a book passes it over
				continue
			}
			fmt.Fprintf(digest, "%d %x %d %s\n", c.Kind, string(c.Key), c.Field, c.Value)
			for _, on := range []journal.Date{journal.DateOf(d.Entered), demo.Today + after} {
				w := journal.Write{Author: d.Author, Kind: c.Kind, Key: c.Key, Field: c.Field, Value: c.Value, On: on}
				if err := current.MayWrite(w); err != nil {
					t.Fatalf("draft %d of %s, written on %s: %v", st.drafts, d.Entered, on, err)
				}
			}
			st.count(c)
			current.Put(c.Kind, c.Key, c.Field, c.Value)
		}
	}
	st.digest = hex.EncodeToString(digest.Sum(nil))
	return st
}

func (st *story) count(c commit.Change) {
	switch {
	case c.Kind == journal.KindLesson:
		st.lessons[c.Key] = true
		if c.Field == journal.LessonTopic {
			st.topics++
		}
	case c.Kind == journal.KindTermMark:
		st.results[c.Value.Text()]++
	case c.Kind == journal.KindCell && c.Field <= journal.CellAbsence:
		st.entries++
		if c.Field != journal.CellAbsence {
			st.marks[c.Value.Int()]++
		}
	}
}

func TestVillage(t *testing.T) {
	s := demo.Village(1, demo.Today)
	st := read(t, s)
	r := st.rosters[2026]
	size(t, r, demo.Today, 11, 180, 200, 24)
	collisions(t, r, journal.MakeDate(2026, 9, 7), 14)
	collisions(t, r, journal.MakeDate(2026, 11, 9), 14)
	distribution(t, st)
	if n := len(st.lessons); n < 3300 || st.topics >= n || st.topics < n*95/100 {
		t.Errorf("%d lessons, %d of them with a topic; want some gaps", n, st.topics)
	}
	subs := 0
	for d := demo.Today - 7; d < demo.Today; d++ {
		subs += len(r.Substitutions(d))
	}
	if subs == 0 || len(r.Remarks()) != 2 {
		t.Errorf("%d substitutions last week, %d remarks; want some and 2", subs, len(r.Remarks()))
	}
	first, second := r.Terms(journal.Quarters)[0], r.Terms(journal.Quarters)[1]
	if !first.Closed || second.Closed || len(st.results) == 0 {
		t.Errorf("quarters closed: %t, %t; want the first alone", first.Closed, second.Closed)
	}
	if again := read(t, demo.Village(1, demo.Today)); again.digest != st.digest {
		t.Error("the same seed made another school")
	}
	if other := read(t, demo.Village(2, demo.Today)); other.digest == st.digest {
		t.Error("another seed made the same school")
	}
}

// TestWholeYear follows the village to the end of its school year.
func TestWholeYear(t *testing.T) {
	st := read(t, demo.Village(7, journal.MakeDate(2027, 6, 30)))
	r := st.rosters[2026]
	for _, term := range append(r.Terms(journal.Quarters), r.Terms(journal.HalfYears)...) {
		if !term.Closed {
			t.Errorf("%s is open in summer", term.Name())
		}
	}
	summer := journal.MakeDate(2027, 6, 30)
	for _, g := range r.Groups() {
		if g.Sort != journal.SortClass {
			continue
		}
		for _, m := range r.Members(g.ID, summer, summer) {
			if d, ok := r.Decision(g.ID, m.Pupil); !ok || d.Text == "" {
				t.Errorf("%s: nothing was decided about a pupil", g.Name)
			}
		}
	}
	for _, value := range []string{"5", "4", "3", "зач"} {
		if st.results[value] == 0 {
			t.Errorf("nobody has the result %s: %v", value, st.results)
		}
	}
}

func TestCity(t *testing.T) {
	if testing.Short() {
		t.Skip("five school years")
	}
	st := read(t, demo.City(1, demo.Today))
	t.Logf("%d drafts, %d lessons, %d marks and absences", st.drafts, len(st.lessons), st.entries)
	if st.entries < 1_500_000 {
		t.Errorf("%d marks and absences; want at least 1.5 million", st.entries)
	}
	if len(st.rosters) != 5 {
		t.Errorf("%d school years; want 5", len(st.rosters))
	}
	for year, r := range st.rosters {
		size(t, r, journal.MakeDate(int(year), 9, 2), 44, 1100, 1200, 80)
		collisions(t, r, journal.MakeDate(int(year), 9, 7).Monday(), 14)
	}
	distribution(t, st)
}

// size checks the numbers that a school promises.
func size(t *testing.T, r *journal.Roster, on journal.Date, classes, least, most, staff int) {
	t.Helper()
	pupils := 0
	for _, g := range r.Groups() {
		if g.Sort != journal.SortClass {
			continue
		}
		classes--
		pupils += len(r.Members(g.ID, on, on))
		if len(r.ClassTeachers(g.ID)) == 0 {
			t.Errorf("%d: class %s has no class teacher", r.Year(), g.Name)
		}
	}
	if classes != 0 || pupils < least || pupils > most || len(r.AllStaff()) != staff {
		t.Errorf("%d: %d classes too few, %d pupils, %d staff; want %d–%d and %d", r.Year(), classes, pupils, len(r.AllStaff()), least, most, staff)
	}
}

// collisions checks that nobody is in two places at once, teacher or pupil, and
// that no class has an empty lesson in its day.
func collisions(t *testing.T, r *journal.Roster, from journal.Date, days int) {
	t.Helper()
	type place struct {
		who    [16]byte
		day    journal.Date
		number int
	}
	where := map[place]journal.PageID{}
	at := map[place]int{} // lessons of a class at a time
	put := func(who [16]byte, l journal.Planned) {
		p := place{who, l.Date, l.Number}
		if other, taken := where[p]; taken {
			a, _ := r.Page(other)
			b, _ := r.Page(l.Page)
			t.Fatalf("%s, lesson %d: one person at %q and %q", l.Date, l.Number, a.Subject, b.Subject)
		}
		where[p] = l.Page
	}
	for _, page := range r.Pages() {
		for _, l := range r.LessonsOf(page.ID, from, from+journal.Date(days)) {
			teacher, ok := r.TeacherOn(page.ID, l.Date)
			if !ok {
				t.Fatalf("a page without a teacher: %q", page.Subject)
			}
			put(teacher.ID, l)
			for _, m := range r.Members(page.Group, l.Date, l.Date) {
				put(m.Pupil, l)
			}
			if class, ok := r.Class(page.Group); ok {
				at[place{class.ID, l.Date, l.Number}]++
			}
		}
	}
	if len(where) == 0 {
		t.Fatal("no lessons")
	}
	for p := range at {
		if p.number > 1 && at[place{p.who, p.day, p.number - 1}] == 0 {
			t.Fatalf("%s: a class has lesson %d but none before it", p.day, p.number)
		}
	}
}

// distribution checks that marks are given as in a school, not by dice.
func distribution(t *testing.T, st story) {
	t.Helper()
	all := 0
	for m, n := range st.marks {
		if m < 2 || m > 5 {
			t.Errorf("a mark %d", m)
		}
		all += n
	}
	share := func(m int64) int { return 100 * st.marks[m] / all }
	if share(4) < 35 || share(5) < 20 || share(3) < 15 || share(2) < 1 || share(2) > 8 {
		t.Errorf("marks 2, 3, 4, 5 in per cent: %d, %d, %d, %d", share(2), share(3), share(4), share(5))
	}
}
