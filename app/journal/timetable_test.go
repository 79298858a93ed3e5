package journal_test

import (
	"slices"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/journaltest"
)

// dates writes lessons as «12.10 2», so that a table can be read.
func dates(list []journal.Planned) (out []string) {
	for _, l := range list {
		out = append(out, l.Date.Short()+" "+string(rune('0'+l.Number)))
	}
	return out
}

func october(day int) journal.Date { return journal.MakeDate(2026, 10, day) }

func TestLessonsOf(t *testing.T) {
	for name, tt := range map[string]struct {
		given    func(*journaltest.School)
		from, to journal.Date
		want     []string
	}{
		"week А has the Friday, week Б has not": {nil, october(12), october(25), []string{"12.10 2", "13.10 3", "16.10 1", "19.10 2", "20.10 3"}},
		"the school begins with week А":         {nil, journaltest.September, journaltest.September + 5, []string{"01.09 3", "04.09 1"}},
		"unless it says otherwise": {
			func(s *journaltest.School) {
				s.Set(journal.KindSetting, journal.Key("").Text(journal.SettingWeekA), 1, journal.TextValue("19.10.2026"))
			}, october(12), october(25), []string{"12.10 2", "13.10 3", "19.10 2", "20.10 3", "23.10 1"},
		},
		"no lessons between the quarters": {nil, october(26), journal.MakeDate(2026, 11, 10), []string{"26.10 2", "27.10 3", "30.10 1", "09.11 2", "10.11 3"}},
		"no lessons on a day off": {
			func(s *journaltest.School) {
				s.Set(journal.KindHoliday, journal.Key("").Date(october(13)), journal.HolidayTitle, journal.TextValue("Праздник"))
			}, october(12), october(18), []string{"12.10 2", "16.10 1"},
		},
		"nor in days off together": {
			func(s *journaltest.School) {
				s.Set(journal.KindHoliday, journal.Key("").Date(october(10)), journal.HolidayTo, journal.DateValue(october(13)))
			}, october(12), october(18), []string{"16.10 1"},
		},
		"a day off taken back": {
			func(s *journaltest.School) {
				s.Set(journal.KindHoliday, journal.Key("").Date(october(13)), journal.HolidayRemoved, journal.BoolValue(true))
			}, october(12), october(13), []string{"12.10 2", "13.10 3"},
		},
		"the timetable changes in the middle of the year": {
			func(s *journaltest.School) {
				s.AddSlot(s.Algebra, 1, 2, journal.EveryWeek, journaltest.September, october(18))
				s.AddSlot(s.Algebra, 3, 4, journal.EveryWeek, october(19), 0)
			}, october(12), october(25), []string{"12.10 2", "13.10 3", "16.10 1", "20.10 3", "21.10 4"},
		},
		"a slot entered twice is one lesson": {
			func(s *journaltest.School) { s.AddSlot(s.Algebra, 1, 2, journal.EveryWeek, october(1), 0) },
			october(12), october(12),
			[]string{"12.10 2"},
		},
		"a removed slot": {
			func(s *journaltest.School) {
				s.Set(journal.KindSlot, journal.IDKey(s.Algebra).Int(1).Int(2).Int(0).Date(journaltest.September), journal.SlotRemoved, journal.BoolValue(true))
			}, october(12), october(13), []string{"13.10 3"},
		},
		"a removed page has no lessons": {
			func(s *journaltest.School) {
				s.Set(journal.KindPage, journal.PageKey(s.Class, journal.SubjectKey("Алгебра")), journal.PageRemoved, journal.BoolValue(true))
			}, october(12), october(18), nil,
		},
		"days in the wrong order": {nil, october(18), october(12), nil},
		"a class with trimesters works through the autumn": {
			func(s *journaltest.School) {
				s.Set(journal.KindGroup, journal.IDKey(s.Class), journal.GroupScheme, journal.IntValue(int64(journal.Trimesters)))
			}, journal.MakeDate(2026, 11, 2), journal.MakeDate(2026, 11, 3), []string{"02.11 2", "03.11 3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := journaltest.New()
			if tt.given != nil {
				tt.given(s)
			}
			if got := dates(s.LessonsOf(s.Algebra, tt.from, tt.to)); !slices.Equal(got, tt.want) {
				t.Errorf("LessonsOf = %q; want %q", got, tt.want)
			}
		})
	}
}

func TestDayOf(t *testing.T) {
	s := journaltest.New()
	s.AddSlot(s.English, 1, 1, journal.EveryWeek, journaltest.September, 0)
	s.AddSlot(s.English2, 1, 4, journal.EveryWeek, journaltest.September, 0)
	s.Substitute(s.Algebra, monday, 2, s.Other)
	s.Substitute(s.English2, monday, 4, s.Leader)
	for name, tt := range map[string]struct {
		who  journal.StaffID
		on   journal.Date
		want []string
	}{
		"own lessons and those taken over, without those given away": {s.Other, monday, []string{"12.10 1", "12.10 2"}},
		"a lesson given away is gone":                                {s.Teacher, monday, nil},
		"who teaches nothing else substitutes":                       {s.Leader, monday, []string{"12.10 4"}},
		"a week later all is as it was":                              {s.Other, monday + 7, []string{"19.10 1", "19.10 4"}},
		"a deputy has no lessons":                                    {s.Deputy, monday, nil},
	} {
		if got := dates(s.DayOf(tt.who, tt.on)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: DayOf = %q; want %q", name, got, tt.want)
		}
	}
	s.Assign(s.English, s.Other, journaltest.September, monday-1)
	s.Assign(s.English, s.Teacher, monday, 0)
	if got := dates(s.DayOf(s.Teacher, monday)); !slices.Equal(got, []string{"12.10 1"}) {
		t.Errorf("a page handed over: DayOf = %q", got)
	}
}

func TestTermsOf(t *testing.T) {
	s := journaltest.New()
	tenth := s.AddClass(10, "А")
	half := s.AddGroup(journal.SortSubgroup, "10-А, 1 группа", tenth)
	club := s.AddGroup(journal.SortClub, "Шахматы", journal.GroupID{})
	for name, tt := range map[string]struct {
		group journal.GroupID
		want  journal.Scheme
	}{
		"the 7th grade has quarters":           {s.Class, journal.Quarters},
		"the 10th has half-years":              {tenth, journal.HalfYears},
		"a subgroup goes by its class":         {half, journal.HalfYears},
		"a club of several grades by quarters": {club, journal.Quarters},
	} {
		if got := s.SchemeOf(tt.group); got != tt.want {
			t.Errorf("%s: SchemeOf = %d; want %d", name, got, tt.want)
		}
	}
	if term, ok := s.TermAt(s.Class, monday); !ok || term.Name() != "I четверть" {
		t.Errorf("TermAt = %q, %t", term.Name(), ok)
	}
	if _, ok := s.TermAt(s.Class, journal.MakeDate(2026, 11, 3)); ok {
		t.Error("a day of the autumn holidays is in a term")
	}
}
