package journal_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/journaltest"
)

func names(s *journaltest.School, list []journal.Membership) (out []string) {
	for _, m := range list {
		p, _ := s.Pupil(m.Pupil)
		out = append(out, p.Name())
	}
	return out
}

func TestMembers(t *testing.T) {
	for name, tt := range map[string]struct {
		sort journal.Sort
		want []string
	}{
		"a class is in the order of the alphabet, ё as е": {
			journal.SortClass, []string{"Егоров Пётр", "Ёжиков Адам", "Ежов Ян", "Елин Олег", "Ёлкин Семён", "Ли Анна", "Лиана Бэлла"},
		},
		"in an extended-day group who came later stands at the end": {
			journal.SortExtended, []string{"Ежов Ян", "Ёлкин Семён", "Ли Анна", "Лиана Бэлла", "Егоров Пётр", "Ёжиков Адам", "Елин Олег"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := journaltest.New()
			g := s.AddGroup(tt.sort, "Группа", journal.GroupID{})
			for _, p := range [][2]string{{"Ли", "Анна"}, {"Ёлкин", "Семён"}, {"Лиана", "Бэлла"}, {"Ежов", "Ян"}} {
				s.Join(g, s.AddPupil(p[0], p[1]), journaltest.September, 0)
			}
			for i, p := range [][2]string{{"Елин", "Олег"}, {"Егоров", "Пётр"}, {"Ёжиков", "Адам"}} {
				s.Join(g, s.AddPupil(p[0], p[1]), []journal.Date{october(20), october(5), october(5)}[i], 0)
			}
			if got := names(s, s.Members(g, journaltest.September, october(30))); !slices.Equal(got, tt.want) {
				t.Errorf("Members =\n%q; want\n%q", got, tt.want)
			}
		})
	}
}

func TestMembersOfDays(t *testing.T) {
	s := journaltest.New()
	g := s.AddClass(5, "А")
	left, came, back := s.AddPupil("Ушедший", "А"), s.AddPupil("Прибывший", "Б"), s.AddPupil("Вернувшийся", "В")
	s.Join(g, left, journaltest.September, october(10))
	s.Join(g, came, october(12), 0)
	s.Join(g, back, journaltest.September, october(2))
	s.Join(g, back, october(20), 0)
	for name, tt := range map[string]struct {
		from, to journal.Date
		want     []string
	}{
		"on the last day he is still there":      {october(10), october(10), []string{"Ушедший А"}},
		"on the next he is not":                  {october(11), october(11), nil},
		"the first day counts":                   {october(12), october(12), []string{"Прибывший Б"}},
		"who came back has two lines":            {october(1), october(31), []string{"Вернувшийся В", "Вернувшийся В", "Прибывший Б", "Ушедший А"}},
		"before the year there was nobody":       {journaltest.September - 9, journaltest.September - 1, nil},
		"who is still there is there for ever":   {october(31) + 200, october(31) + 200, []string{"Вернувшийся В", "Прибывший Б"}},
		"a membership struck out is not counted": {journaltest.September, journaltest.September, []string{"Вернувшийся В", "Ушедший А"}},
	} {
		if got := names(s, s.Members(g, tt.from, tt.to)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q; want %q", name, got, tt.want)
		}
	}
	s.Set(journal.KindMember, journal.IDKey(g).ID(left).Date(journaltest.September), journal.MemberRemoved, journal.BoolValue(true))
	if got := names(s, s.Members(g, journaltest.September, journaltest.September)); !slices.Equal(got, []string{"Вернувшийся В"}) {
		t.Errorf("after a membership was struck out: %q", got)
	}
	if class, ok := s.ClassOf(back, october(20)); !ok || class.ID != g {
		t.Errorf("ClassOf = %+v, %t", class, ok)
	}
	if _, ok := s.ClassOf(back, october(10)); ok {
		t.Error("between two memberships there is no class")
	}
}

// TestRosterOrder fills two rosters in opposite order: they answer the same.
func TestRosterOrder(t *testing.T) {
	a := journaltest.New()
	b := journal.NewRoster(journaltest.Year)
	type entry struct {
		k journal.Kind
		e journal.Key
		f journal.FieldNo
		v journal.Value
	}
	var all []entry
	for _, s := range journal.Specs() {
		a.Each(s.Kind, func(key journal.Key, row []journal.Value) {
			for i, v := range row {
				all = append(all, entry{s.Kind, key, journal.FieldNo(i + 1), v})
			}
		})
	}
	slices.SortFunc(all, func(x, y entry) int { return -slices.Compare([]byte(x.e), []byte(y.e)) })
	for _, e := range all {
		b.Put(e.k, e.e, e.f, e.v)
	}
	if !slices.Equal(a.Members(a.Class, 0, 99999), b.Members(a.Class, 0, 99999)) || !slices.Equal(a.Pages(), b.Pages()) ||
		!slices.Equal(a.AllPupils(), b.AllPupils()) || !slices.Equal(a.AllStaff(), b.AllStaff()) || !slices.Equal(a.Groups(), b.Groups()) {
		t.Error("the order of writing shows in the answers")
	}
}

// TestRosterTogether reads and writes from several goroutines; run with -race.
func TestRosterTogether(t *testing.T) {
	s := journaltest.New()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := range 50 {
				s.Put(journal.KindBell, journal.Key("").Int(i), journal.BellStart, journal.IntValue(int64(n)))
				s.Members(s.Class, journaltest.September, october(1))
				s.DayOf(s.Teacher, monday)
			}
		})
	}
	wg.Wait()
}

func TestRosterPassesOver(t *testing.T) {
	s := journaltest.New()
	s.Put(journal.KindPupil, "short", journal.PupilLast, journal.TextValue("Никто"))
	s.Put(journal.KindLesson, journal.LessonKey(s.Algebra, monday, 1), journal.LessonTopic, journal.TextValue("Тема"))
	s.Put(9000, "any", 1, journal.TextValue("x"))
	s.Put(journal.KindPupil, journal.IDKey(s.Pupils[0]), 99, journal.TextValue("x"))
	if len(s.AllPupils()) != 25 || s.Has(journal.KindLesson, journal.LessonKey(s.Algebra, monday, 1)) || s.Has(9000, "any") {
		t.Error("a roster keeps what it does not hold")
	}
}

func TestNames(t *testing.T) {
	staff := journal.Staff{Last: "Ковальчук", First: "Анна", Middle: "Сергеевна"}
	if got := staff.Initials(); got != "А. С. Ковальчук" {
		t.Errorf("Initials = %q", got)
	}
	if got := (journal.Staff{Last: "Умеров", First: "эльдар"}).Initials(); got != "Э. Умеров" {
		t.Errorf("Initials without a middle name = %q", got)
	}
	for _, pair := range [][2]string{{"Ёлкин", "Ёлкина"}, {"Елин", "Ёлкин"}, {"Ёжиков", "Ежов"}, {"абаев", "Бабаев"}, {"Ли Анна", "Лиана"}} {
		if journal.CompareNames(pair[0], pair[1]) >= 0 {
			t.Errorf("%s stands before %s", pair[1], pair[0])
		}
	}
}

func TestSmallSchoolsTerm(t *testing.T) {
	s := journaltest.New()
	lessons, cells := s.Term(s.Algebra, 1)
	if len(lessons) != 22 || len(cells) == 0 {
		t.Fatalf("%d lessons, %d cells", len(lessons), len(cells))
	}
	if got := journal.JoinLessons(s.LessonsOf(s.Algebra, lessons[0].Date, lessons[len(lessons)-1].Date), lessons); !slices.Equal(got, lessons) {
		t.Error("planned and written lessons together are not the written ones")
	}
	for _, c := range cells {
		if !c.Entry().IsZero() && c.Missed() && c.Mark != 0 {
			t.Fatalf("a mark for who was away: %+v", c)
		}
	}
}

// The last two digits alone decide, so that 1–1000 are covered by the rule
// written another way.
func TestPlural(t *testing.T) {
	want := func(n int) string {
		switch s := fmt.Sprintf("%02d", n%100); {
		case s[0] == '1':
			return "листов"
		case s[1] == '1':
			return "лист"
		case s[1] >= '2' && s[1] <= '4':
			return "листа"
		default:
			return "листов"
		}
	}
	for n := -1000; n <= 1000; n++ {
		if got := journal.Plural(n, "лист", "листа", "листов"); got != want(max(n, -n)) {
			t.Errorf("Plural(%d) = %q; want %q", n, got, want(max(n, -n)))
		}
	}
}
