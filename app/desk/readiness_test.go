package desk_test

import (
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

var (
	class7 = journal.ClassID(year, 7, "А")
	page7  = journal.PageKey(class7, journal.SubjectKey("Алгебра"))
)

// openClass is a journal with 7-А and its page of algebra, opened in November,
// after the first term.
func openClass(t *testing.T, who journal.StaffID) (*local.Journal, *desk.Session) {
	t.Helper()
	j := school(t)
	s := session(t, j)
	if _, err := s.TakeIn(t.Context(), "Загрузка", dryRun(s, lists(t)).Changes()); err != nil {
		t.Fatal(err)
	}
	var terms []commit.Change
	for _, term := range journal.DefaultTerms(year) {
		key := journal.Key("").Int(int(term.Scheme)).Int(term.Number)
		terms = append(terms, commit.Set(journal.KindTerm, key, journal.TermFrom, journal.DateValue(term.From)), commit.Set(journal.KindTerm, key, journal.TermTo, journal.DateValue(term.To)))
	}
	put(t, j, terms...)
	if who.IsZero() {
		teachers := s.Roster().ClassTeachers(class7)
		if len(teachers) != 1 {
			t.Fatalf("7-А has %d class teachers", len(teachers))
		}
		who = teachers[0].Staff
	}
	s, err := desk.Open(t.Context(), j, who, year, at(time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)))
	if err != nil {
		t.Fatal(err)
	}
	return j, s
}

// put writes changes past the rules of the desk.
func put(t *testing.T, j *local.Journal, changes ...commit.Change) {
	t.Helper()
	if _, err := j.Append(t.Context(), commit.Draft{Volume: year, Author: admin, Entered: time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC), Changes: changes}); err != nil {
		t.Fatal(err)
	}
}

func TestReadiness(t *testing.T) {
	j, s := openClass(t, admin)
	page := journal.PageIDOf(page7)
	members := s.Roster().Members(class7, s.Today(), s.Today())
	topic := func(d journal.Date, text string) commit.Change {
		return commit.Set(journal.KindLesson, journal.LessonKey(page, d, 1), journal.LessonTopic, journal.TextValue(text))
	}
	homework := func(d journal.Date) commit.Change {
		return commit.Set(journal.KindLesson, journal.LessonKey(page, d, 1), journal.LessonHomework, journal.TextValue("§ 1"))
	}
	result := func(n int, value string) commit.Change {
		return commit.Set(journal.KindTermMark, journal.TermMarkKey(members[n].Pupil, page, 1), journal.TermMarkValue, journal.TextValue(value))
	}
	remark := journal.IDKey(journal.RemarkID{1})
	day := func(m time.Month, d int) journal.Date { return journal.MakeDate(2026, m, d) }

	for _, step := range []struct {
		what  string
		do    []commit.Change
		lacks []desk.Lack // without subject
	}{
		{"nobody has a result of the term that ended", nil, []desk.Lack{
			{What: desk.Results, Count: 2, Page: page, Date: day(10, 30), Pupil: members[0].Pupil, Period: 1},
		}},
		{"one result is given", []commit.Change{result(0, "5")}, []desk.Lack{
			{What: desk.Results, Count: 1, Page: page, Date: day(10, 30), Pupil: members[1].Pupil, Period: 1},
		}},
		{"all results are given", []commit.Change{result(1, "н/а")}, nil},
		{"two lessons have no topic, the one of today is not over", []commit.Change{topic(day(9, 7), "Дроби"), homework(day(9, 14)), homework(day(9, 21)), homework(day(11, 10))}, []desk.Lack{
			{What: desk.Topics, Count: 2, Page: page, Date: day(9, 14), Number: 1},
		}},
		{"one of them was struck out, the other got its topic", []commit.Change{
			commit.Set(journal.KindLesson, journal.LessonKey(page, day(9, 14), 1), journal.LessonRemoved, journal.BoolValue(true)), topic(day(9, 21), "Доли"),
		}, nil},
		{"a remark of the deputy is open", []commit.Change{
			commit.Set(journal.KindRemark, remark, journal.RemarkPage, journal.IDValue(page)),
			commit.Set(journal.KindRemark, remark, journal.RemarkDate, journal.DateValue(day(9, 21))),
		}, []desk.Lack{{What: desk.Remarks, Count: 1, Page: page, Date: day(9, 21)}}},
		{"the remark is closed", []commit.Change{commit.Set(journal.KindRemark, remark, journal.RemarkClosed, journal.DateValue(day(11, 9)))}, nil},
	} {
		if len(step.do) > 0 {
			put(t, j, step.do...)
		}
		got, err := s.Readiness(t.Context(), class7)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			if got[i].Subject.Name != "Алгебра" {
				t.Errorf("%s: of subject %q", step.what, got[i].Subject.Name)
			}
			got[i].Subject = journal.Subject{}
		}
		if !slices.Equal(got, step.lacks) {
			t.Errorf("%s:\n got %+v\nwant %+v", step.what, got, step.lacks)
		}
	}
}

func TestPrintedClasses(t *testing.T) {
	for who, tt := range map[string]struct {
		staff journal.StaffID
		want  []string
	}{
		"an administrator prints all":          {admin, []string{"7-А", "7-Б"}},
		"a class teacher prints her own class": {journal.StaffID{}, []string{"7-А"}},
	} {
		_, s := openClass(t, tt.staff)
		var got []string
		for _, g := range s.PrintedClasses() {
			got = append(got, g.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q", who, got)
		}
	}
}
