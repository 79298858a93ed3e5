package journal_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
)

var (
	monday  = journal.MakeDate(2026, 10, 12) // a lesson of algebra, number 2, in the I quarter
	someday = journal.MakeDate(2026, 10, 14) // the day of entry
)

// wish is what somebody wants to write into the small school.
type wish struct {
	who   journal.StaffID
	kind  journal.Kind
	key   journal.Key
	field journal.FieldNo
	value journal.Value
	on    journal.Date
}

func (w wish) judge(s *journaltest.School) error {
	on := w.on
	if on == 0 {
		on = someday
	}
	return s.MayWrite(journal.Write{Author: w.who, Kind: w.kind, Key: w.key, Field: w.field, Value: w.value, On: on})
}

// TestWriters asks for one field of every kind of writer on behalf of everybody.
func TestWriters(t *testing.T) {
	s := journaltest.New()
	text, one := journal.TextValue("текст"), journal.BoolValue(true)
	lesson := journal.LessonKey(s.Algebra, monday, 2)
	cell := journal.CellKey(s.Algebra, monday, 2, s.Pupils[0])
	remark := journal.IDKey(journal.NewID[journal.Remark]())
	term := journal.Key("").Int(int(journal.Quarters)).Int(1)
	everybody := map[string]journal.StaffID{
		"server": {}, "administrator": s.Admin, "deputy": s.Deputy, "director": s.Director, "teacher": s.Teacher,
		"class teacher": s.Leader, "other teacher": s.Other, "who left": s.Gone, "a stranger": {15: 99},
	}
	for what, tt := range map[string]struct {
		wish wish
		may  []string
	}{
		"the school's name":   {wish{kind: journal.KindSchool, key: journal.IDKey(journal.NewID[journal.School]()), field: journal.SchoolName, value: text}, []string{"server", "administrator"}},
		"a role":              {wish{kind: journal.KindRole, key: journal.IDKey(s.Other).Int(2).Date(monday), field: journal.RoleGivenBy, value: journal.IDValue(s.Admin)}, []string{"server", "administrator"}},
		"a pupil":             {wish{kind: journal.KindPupil, key: journal.IDKey(s.Pupils[0]), field: journal.PupilLast, value: text}, []string{"server", "administrator", "deputy"}},
		"a rule":              {wish{kind: journal.KindSetting, key: journal.Key("").Text("marks.two"), field: 1, value: text}, []string{"server", "administrator", "deputy"}},
		"a PC's key":          {wish{kind: journal.KindDevice, key: journal.IDKey(journal.NewID[journal.Device]()), field: journal.DeviceKey, value: journal.BytesValue([]byte("k"))}, []string{"server"}},
		"a PC's name":         {wish{kind: journal.KindDevice, key: journal.IDKey(journal.NewID[journal.Device]()), field: journal.DeviceName, value: text}, []string{"server", "administrator"}},
		"a signature revoked": {wish{kind: journal.KindSignKey, key: journal.IDKey(s.Other).ID([16]byte{1}), field: journal.SignKeyRevoked, value: one}, []string{"server", "administrator"}},
		"a term's days":       {wish{kind: journal.KindTerm, key: term, field: journal.TermTo, value: journal.DateValue(monday)}, []string{"administrator", "deputy"}},
		"closing a term":      {wish{kind: journal.KindTerm, key: term, field: journal.TermClosed, value: one}, []string{"deputy", "director"}},
		"a substitution":      {wish{kind: journal.KindSubstitution, key: lesson, field: journal.SubstitutionStaff, value: journal.IDValue(s.Other)}, []string{"administrator", "deputy"}},
		"a remark":            {wish{kind: journal.KindRemark, key: remark, field: journal.RemarkText, value: text}, []string{"deputy", "director"}},
		"an answer to it":     {wish{kind: journal.KindRemark, key: remark, field: journal.RemarkAnswer, value: text}, []string{"administrator", "deputy", "director", "teacher", "class teacher", "other teacher"}},
		"a topic":             {wish{kind: journal.KindLesson, key: lesson, field: journal.LessonTopic, value: text}, []string{"teacher"}},
		"a mark":              {wish{kind: journal.KindCell, key: cell, field: journal.CellMark, value: journal.IntValue(5)}, []string{"teacher"}},
		"a mark taken back":   {wish{kind: journal.KindCell, key: cell, field: journal.CellMark}, []string{"teacher"}},
		"an absence":          {wish{kind: journal.KindCell, key: cell, field: journal.CellAbsence, value: journal.TextValue("н")}, []string{"teacher"}},
		"its reason":          {wish{kind: journal.KindCell, key: cell, field: journal.CellReason, value: journal.TextValue("б")}, []string{"class teacher"}},
		"a result":            {wish{kind: journal.KindTermMark, key: journal.TermMarkKey(s.Pupils[0], s.Algebra, 1), field: 1, value: journal.TextValue("5")}, []string{"teacher"}},
		"a year's mark":       {wish{kind: journal.KindTermMark, key: journal.TermMarkKey(s.Pupils[0], s.Algebra, journal.YearMark), field: 1, value: journal.TextValue("5")}, []string{"teacher"}},
		"a decision":          {wish{kind: journal.KindDecision, key: journal.IDKey(s.Class).ID(s.Pupils[0]), field: journal.DecisionText, value: text}, []string{"administrator", "deputy"}},
		"a later field":       {wish{kind: journal.KindLesson, key: lesson, field: 900, value: text}, []string{"teacher"}},
		"a role's later one":  {wish{kind: journal.KindRole, key: journal.IDKey(s.Other).Int(2).Date(monday), field: 900, value: text}, []string{"server", "administrator"}},
		"a later kind":        {wish{kind: 9000, key: "any", field: 1, value: text}, []string{"administrator", "deputy", "director", "teacher", "class teacher", "other teacher"}},
	} {
		may := map[string]bool{}
		for _, name := range tt.may {
			may[name] = true
		}
		for name, id := range everybody {
			w := tt.wish
			w.who = id
			err := w.judge(s)
			if may[name] && err != nil || !may[name] && fault.CodeOf(err) != fault.Forbidden {
				t.Errorf("%s by the %s: %v; want allowed = %t", what, name, err, may[name])
			}
		}
	}
}

func mark(s *journaltest.School, who journal.StaffID, on journal.Date) wish {
	return wish{who: who, kind: journal.KindCell, key: journal.CellKey(s.Algebra, on, 2, s.Pupils[0]), field: journal.CellMark, value: journal.IntValue(4)}
}

func result(s *journaltest.School, p journal.Period) wish {
	return wish{who: s.Teacher, kind: journal.KindTermMark, key: journal.TermMarkKey(s.Pupils[0], s.Algebra, p), field: 1, value: journal.TextValue("4")}
}

func reason(s *journaltest.School, who journal.StaffID, on journal.Date) wish {
	return wish{who: who, kind: journal.KindCell, key: journal.CellKey(s.Algebra, on, 2, s.Pupils[0]), field: journal.CellReason, value: journal.TextValue("б")}
}

func TestMayWriteInTime(t *testing.T) {
	for name, tt := range map[string]struct {
		given func(*journaltest.School)
		wish  func(*journaltest.School) wish
		want  fault.Code
	}{
		"a substitute writes into his lesson": {
			func(s *journaltest.School) { s.Substitute(s.Algebra, monday, 2, s.Other) },
			func(s *journaltest.School) wish { return mark(s, s.Other, monday) }, "",
		},
		"but not into the next one": {
			func(s *journaltest.School) { s.Substitute(s.Algebra, monday, 2, s.Other) },
			func(s *journaltest.School) wish { return mark(s, s.Other, monday+7) }, fault.Forbidden,
		},
		"the teacher still writes into a lesson given away": {
			func(s *journaltest.School) { s.Substitute(s.Algebra, monday, 2, s.Other) },
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday) }, "",
		},
		"a substitute gives no results": {
			func(s *journaltest.School) { s.Substitute(s.Algebra, monday, 2, s.Other) },
			func(s *journaltest.School) wish { w := result(s, 1); w.who = s.Other; return w }, fault.Forbidden,
		},
		"a substitution taken back gives nothing": {
			func(s *journaltest.School) { s.Substitute(s.Algebra, monday, 2, journal.StaffID{}) },
			func(s *journaltest.School) wish { return mark(s, s.Other, monday) }, fault.Forbidden,
		},
		"who had the page completes his own lessons later": {
			func(s *journaltest.School) { s.Assign(s.Algebra, s.Teacher, journaltest.September, monday+1) },
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday) }, "",
		},
		"but writes no new ones": {
			func(s *journaltest.School) { s.Assign(s.Algebra, s.Teacher, journaltest.September, monday-1) },
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday) }, fault.Forbidden,
		},
		"who has the page now corrects earlier lessons": {
			func(s *journaltest.School) { s.Assign(s.Algebra, s.Other, someday, 0) },
			func(s *journaltest.School) wish { return mark(s, s.Other, monday) }, "",
		},
		"an assignment taken back gives nothing": {
			func(s *journaltest.School) {
				s.Set(journal.KindPageTeacher, journal.IDKey(s.Algebra).ID(s.Teacher).Date(journaltest.September), journal.PageTeacherRemoved, journal.BoolValue(true))
			},
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday) }, fault.Forbidden,
		},
		"a closed term takes no marks": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday) }, fault.TermClosed,
		},
		"nor reasons": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return reason(s, s.Leader, monday) }, fault.TermClosed,
		},
		"nor results": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return result(s, 1) }, fault.TermClosed,
		},
		"who has no right hears that first": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return mark(s, s.Other, monday) }, fault.Forbidden,
		},
		"the term after it stays open": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday+35) }, "",
		},
		"and so does its result": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return result(s, 2) }, "",
		},
		"a term of another scheme closes nothing": {
			func(s *journaltest.School) { s.Close(journal.HalfYears, 1) },
			func(s *journaltest.School) wish { return mark(s, s.Teacher, monday) }, "",
		},
		"the year's mark is open while a term is": {
			func(s *journaltest.School) { s.Close(journal.Quarters, 1) },
			func(s *journaltest.School) wish { return result(s, journal.YearMark) }, "",
		},
		"and closed with the last one": {
			closeAll, func(s *journaltest.School) wish { return result(s, journal.YearMark) }, fault.TermClosed,
		},
		"the examination comes later":     {closeAll, func(s *journaltest.School) wish { return result(s, journal.ExamMark) }, ""},
		"and the final mark":              {closeAll, func(s *journaltest.School) wish { return result(s, journal.FinalMark) }, ""},
		"a fifth quarter there is not":    {nil, func(s *journaltest.School) wish { return result(s, 5) }, fault.Invalid},
		"a lesson of another school year": {nil, func(s *journaltest.School) wish { return mark(s, s.Teacher, monday+365) }, fault.Invalid},
		"a page that there is not": {
			nil, func(s *journaltest.School) wish {
				page := journal.PageID{1}
				s.Assign(page, s.Teacher, journaltest.September, 0)
				return wish{who: s.Teacher, kind: journal.KindLesson, key: journal.LessonKey(page, monday, 2), field: journal.LessonTopic}
			}, fault.Invalid,
		},
		"a mark 0, which would be a second kind of none": {nil, func(s *journaltest.School) wish {
			w := mark(s, s.Teacher, monday)
			w.value = journal.IntValue(0)
			return w
		}, fault.Invalid},
		"a mark 6": {nil, func(s *journaltest.School) wish {
			w := mark(s, s.Teacher, monday)
			w.value = journal.IntValue(6)
			return w
		}, fault.Invalid},
		"a text for a mark": {
			nil, func(s *journaltest.School) wish {
				w := mark(s, s.Teacher, monday)
				w.value = journal.TextValue("5")
				return w
			}, fault.Invalid,
		},
		"a key of another shape": {nil, func(s *journaltest.School) wish { w := mark(s, s.Teacher, monday); w.key = w.key[1:]; return w }, fault.Invalid},
		"the class teacher of the year before": {
			func(s *journaltest.School) {
				s.Set(journal.KindClassTeacher, journal.IDKey(s.Class).ID(s.Leader).Date(journaltest.September), journal.ClassTeacherTo, journal.DateValue(monday-1))
			},
			func(s *journaltest.School) wish { return reason(s, s.Leader, monday) }, fault.Forbidden,
		},
		"the new class teacher explains earlier days": {
			func(s *journaltest.School) {
				s.Set(journal.KindClassTeacher, journal.IDKey(s.Class).ID(s.Other).Date(someday), journal.ClassTeacherRemoved, journal.Value{})
			},
			func(s *journaltest.School) wish { return reason(s, s.Other, monday) }, "",
		},
		"the class teacher of a pupil who is in another class": {
			func(s *journaltest.School) {
				s.Join(s.Class, s.Pupils[0], journaltest.September, monday-1)
				s.Join(s.AddClass(7, "Б"), s.Pupils[0], monday, 0)
			},
			func(s *journaltest.School) wish { return reason(s, s.Leader, monday) }, fault.Forbidden,
		},
		"a role that has ended": {
			func(s *journaltest.School) { s.Grant(s.Deputy, journal.RoleDeputy, journaltest.September, someday-1) },
			func(s *journaltest.School) wish {
				return wish{who: s.Deputy, kind: journal.KindTerm, key: journal.Key("").Int(1).Int(1), field: journal.TermClosed}
			}, fault.Forbidden,
		},
		"a role of the future": {
			func(s *journaltest.School) { s.Grant(s.Other, journal.RoleDeputy, someday+1, 0) },
			func(s *journaltest.School) wish {
				return wish{who: s.Other, kind: journal.KindTerm, key: journal.Key("").Int(1).Int(1), field: journal.TermClosed}
			}, fault.Forbidden,
		},
		"a role on its last day": {
			func(s *journaltest.School) { s.Grant(s.Other, journal.RoleDeputy, someday-3, someday) },
			func(s *journaltest.School) wish {
				return wish{who: s.Other, kind: journal.KindTerm, key: journal.Key("").Int(1).Int(1), field: journal.TermClosed}
			}, "",
		},
		"a role taken back": {
			func(s *journaltest.School) {
				s.Set(journal.KindRole, journal.IDKey(s.Deputy).Int(int(journal.RoleDeputy)).Date(journaltest.September), journal.RoleRemoved, journal.BoolValue(true))
			},
			func(s *journaltest.School) wish {
				return wish{who: s.Deputy, kind: journal.KindTerm, key: journal.Key("").Int(1).Int(1), field: journal.TermClosed}
			}, fault.Forbidden,
		},
		"a deputy who teaches the page sets its marks": {
			func(s *journaltest.School) { s.Assign(s.Algebra, s.Deputy, journaltest.September, 0) },
			func(s *journaltest.School) wish { return mark(s, s.Deputy, monday) }, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := journaltest.New()
			if tt.given != nil {
				tt.given(s)
			}
			if err := tt.wish(s).judge(s); fault.CodeOf(err) != tt.want {
				t.Errorf("MayWrite: %v; want %q", err, tt.want)
			}
		})
	}
}

func closeAll(s *journaltest.School) {
	for n := 1; n <= 4; n++ {
		s.Close(journal.Quarters, n)
	}
}

func TestClosedTermSays(t *testing.T) {
	s := journaltest.New()
	s.Close(journal.Quarters, 1)
	s.Close(journal.HalfYears, 1)
	for name, tt := range map[string]struct {
		grade int
		want  string
	}{
		"a quarter":   {7, "I четверть закрыта. Исправить можно по заявке завучу."},
		"a half-year": {10, "I полугодие закрыто. Исправить можно по заявке завучу."},
	} {
		page := s.AddPage(s.AddClass(tt.grade, "В"), "Физика", 200, s.Teacher)
		err := wish{who: s.Teacher, kind: journal.KindLesson, key: journal.LessonKey(page, monday, 1), field: journal.LessonTopic}.judge(s)
		if got := fault.TextOf(err); got != tt.want {
			t.Errorf("%s says %q; want %q", name, got, tt.want)
		}
	}
}
