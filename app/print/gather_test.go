package print_test

import (
	"crypto/ed25519"
	"reflect"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/print"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

const gatherYear journal.Volume = 2026

var (
	class5            = journal.ClassID(gatherYear, 5, "А")
	girls             = journal.NamedGroupID(gatherYear, journal.SortSubgroup, "5-А, 1 группа")
	lisitsa, petrenko = journal.StaffID{1}, journal.StaffID{2}
	anna, boris, vera = journal.PupilID{1}, journal.PupilID{2}, journal.PupilID{3}
	maths             = journal.PageIDOf(journal.PageKey(class5, journal.SubjectKey("Математика")))
	english           = journal.PageIDOf(journal.PageKey(girls, journal.SubjectKey("Английский язык")))
)

func sept(d int) journal.Date { return journal.MakeDate(2026, 9, d) }

// a bookkeeper gathers changes and writes them in one commit a volume.
type bookkeeper map[journal.Volume][]commit.Change

func (b bookkeeper) set(k journal.Kind, key journal.Key, values map[journal.FieldNo]journal.Value) {
	v := gatherYear
	if journal.SpecOf(k).InRegister() {
		v = journal.Register
	}
	for f, value := range values {
		b[v] = append(b[v], commit.Set(k, key, f, value))
	}
}

type fields = map[journal.FieldNo]journal.Value

var (
	txt   = journal.TextValue
	onDay = journal.DateValue
	yes   = journal.BoolValue(true)
)

func num(n int) journal.Value { return journal.IntValue(int64(n)) }

// smallSchool is a journal on disk: class 5-А with mathematics for all three
// pupils and English for a subgroup of two.
func smallSchool(t *testing.T) *local.Journal {
	t.Helper()
	now := time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC)
	j, err := local.Open(t.Context(), t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	id := commit.Identity{School: journal.SchoolID{9}, Device: journal.DeviceID{1}, Name: "учительская", Key: ed25519.NewKeyFromSeed(make([]byte, 32)), Server: "school:8443"}
	if err := j.Enrol(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b := bookkeeper{}
	b.people()
	b.year()
	b.lessons()
	for _, v := range []journal.Volume{journal.Register, gatherYear} {
		if _, err := j.Append(t.Context(), commit.Draft{Volume: v, Author: lisitsa, Entered: now, Changes: b[v]}); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

func (b bookkeeper) people() {
	b.set(journal.KindSchool, journal.IDKey(journal.SchoolID{9}), fields{journal.SchoolName: txt("Школа"), journal.SchoolBank: txt("счёт 1\nсчёт 2"), journal.SchoolDirector: journal.IDValue(petrenko)})
	b.set(journal.KindStaff, journal.IDKey(lisitsa), fields{journal.StaffLast: txt("Лисица"), journal.StaffFirst: txt("Анна"), journal.StaffMiddle: txt("Ильинична")})
	b.set(journal.KindStaff, journal.IDKey(petrenko), fields{journal.StaffLast: txt("Петренко"), journal.StaffFirst: txt("Олег"), journal.StaffMiddle: txt("Игоревич"), journal.StaffPosition: txt("Директор")})
	for id, name := range map[journal.PupilID][2]string{anna: {"Азарова", "Анна"}, boris: {"Бойко", "Борис"}, vera: {"Вовк", "Вера"}} {
		b.set(journal.KindPupil, journal.IDKey(id), fields{journal.PupilLast: txt(name[0]), journal.PupilFirst: txt(name[1])})
	}
	for n, s := range []string{"Английский язык", "Математика"} {
		b.set(journal.KindSubject, journal.SubjectKey(s), fields{journal.SubjectName: txt(s), journal.SubjectOrder: num(20 - 10*n)})
	}
}

func (b bookkeeper) year() {
	for _, t := range journal.DefaultTerms(gatherYear) {
		b.set(journal.KindTerm, journal.Key("").Int(int(t.Scheme)).Int(t.Number), fields{journal.TermFrom: onDay(t.From), journal.TermTo: onDay(t.To)})
	}
	b.set(journal.KindGroup, journal.IDKey(class5), fields{journal.GroupName: txt("5-А"), journal.GroupSort: num(int(journal.SortClass)), journal.GroupGrade: num(5), journal.GroupLetter: txt("А")})
	b.set(journal.KindGroup, journal.IDKey(girls), fields{journal.GroupName: txt("5-А, 1 группа"), journal.GroupSort: num(int(journal.SortSubgroup)), journal.GroupGrade: num(5), journal.GroupParent: journal.IDValue(class5)})
	b.set(journal.KindClassTeacher, journal.IDKey(class5).ID(lisitsa).Date(sept(1)), fields{journal.ClassTeacherRemoved: num(0)})
	member := func(g journal.GroupID, p journal.PupilID, from journal.Date, f fields) {
		f[journal.MemberRemoved] = num(0)
		b.set(journal.KindMember, journal.IDKey(g).ID(p).Date(from), f)
	}
	member(class5, anna, sept(1), fields{})
	member(class5, boris, sept(4), fields{journal.MemberOrderIn: txt("12-у"), journal.MemberTo: onDay(sept(8)), journal.MemberOrderOut: txt("приказ № 15")})
	member(class5, boris, sept(14), fields{journal.MemberOrderIn: txt("16-у")}) // back again
	member(class5, vera, sept(1), fields{journal.MemberTo: onDay(sept(10)), journal.MemberOrderOut: txt("№ 14")})
	member(girls, anna, sept(1), fields{})
	member(girls, vera, sept(1), fields{journal.MemberTo: onDay(sept(10))})
	for g, subject := range map[journal.GroupID]string{class5: "Математика", girls: "Английский язык"} {
		key := journal.PageKey(g, journal.SubjectKey(subject))
		b.set(journal.KindPage, key, fields{journal.PageHours: num(100), journal.PagePlanned: num(34)})
		b.set(journal.KindPageTeacher, journal.IDKey(journal.PageIDOf(key)).ID(lisitsa).Date(sept(1)), fields{journal.PageTeacherRemoved: num(0)})
	}
	b.set(journal.KindSlot, journal.IDKey(maths).Int(1).Int(1).Int(0).Date(sept(1)), fields{journal.SlotRoom: txt("1")})
	b.set(journal.KindSlot, journal.IDKey(english).Int(1).Int(2).Int(0).Date(sept(1)), fields{journal.SlotRoom: txt("1")})
	b.set(journal.KindSubstitution, journal.LessonKey(maths, sept(14), 1), fields{journal.SubstitutionStaff: journal.IDValue(petrenko)})
	b.set(journal.KindRemark, journal.IDKey(journal.RemarkID{1}), fields{
		journal.RemarkPage: journal.IDValue(maths), journal.RemarkDate: onDay(sept(7)), journal.RemarkText: txt("Нет темы."),
		journal.RemarkBy: journal.IDValue(lisitsa), journal.RemarkMade: onDay(sept(9)), journal.RemarkClosed: onDay(sept(11)),
	})
}

// lessons are on Mondays: 7, 14 and 21 September by the timetable, and one on
// Wednesday the 16th that was struck out.
func (b bookkeeper) lessons() {
	lesson := func(p journal.PageID, d journal.Date, n int, f fields) {
		b.set(journal.KindLesson, journal.LessonKey(p, d, n), f)
	}
	lesson(maths, sept(7), 1, fields{journal.LessonTopic: txt("Сложение"), journal.LessonHomework: txt("№ 5")})
	lesson(maths, sept(14), 1, fields{journal.LessonTopic: txt("Вычитание"), journal.LessonNoHomework: yes})
	lesson(maths, sept(16), 1, fields{journal.LessonTopic: txt("Не было"), journal.LessonRemoved: yes})
	cell := func(p journal.PageID, d journal.Date, n int, who journal.PupilID, f fields) {
		b.set(journal.KindCell, journal.CellKey(p, d, n, who), f)
	}
	cell(maths, sept(7), 1, anna, fields{journal.CellMark: num(5), journal.CellSecond: num(4)})
	cell(maths, sept(7), 1, boris, fields{journal.CellAbsence: txt("н"), journal.CellReason: txt("б")}) // all lessons that he has
	cell(maths, sept(7), 1, vera, fields{journal.CellAbsence: txt("н")})                                // she was at the second one
	cell(maths, sept(14), 1, anna, fields{journal.CellAbsence: txt("оп"), journal.CellMark: num(3)})
	cell(maths, sept(16), 1, anna, fields{journal.CellAbsence: txt("н")})
	b.set(journal.KindTermMark, journal.TermMarkKey(anna, maths, 1), fields{journal.TermMarkValue: txt("5")})
	b.set(journal.KindTermMark, journal.TermMarkKey(anna, maths, journal.YearMark), fields{journal.TermMarkValue: txt("4")})
}

func gather(t *testing.T, made time.Time) *print.ClassJournal {
	t.Helper()
	c, err := print.Gather(t.Context(), smallSchool(t), gatherYear, class5, made)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestGather(t *testing.T) {
	c := gather(t, time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC))
	check := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
	}
	check("school", c.School, print.School{Name: "Школа", Accounts: []string{"счёт 1", "счёт 2"}, Head: "Петренко О. И."})
	check("class", []any{c.Class, c.Teacher, c.Begun, c.Ended}, []any{"5-А", "Лисица Анна Ильинична", sept(1), journal.MakeDate(2027, 5, 28)})
	check("pupils: one there all year, one who came, left and came back, one who left", c.Pupils, []print.Pupil{
		{Name: "Азарова Анна", FullName: "Азарова Анна"},
		{Name: "Бойко Борис", FullName: "Бойко Борис", Came: sept(4), CameBy: "приказ № 12-у"},
		{Name: "Вовк Вера", FullName: "Вовк Вера", Left: sept(10), LeftBy: "приказ № 14"},
	})
	var periods []string
	for _, p := range c.Periods {
		periods = append(periods, p.Short)
	}
	check("periods", periods, []string{"I четв.", "II четв.", "III четв.", "IV четв.", "Год"})
	if len(c.Subjects) != 2 {
		t.Fatalf("%d subjects", len(c.Subjects))
	}
	m, e := c.Subjects[0], c.Subjects[1]
	check("subjects in their order", []string{m.Name, e.Name, e.Column}, []string{"Математика", "Английский язык, 1 группа", "Английский язык"})
	check("lessons up to today without the one struck out", m.Lessons, []print.Lesson{
		{Date: sept(7), Number: 1, Topic: "Сложение", Homework: "№ 5"},
		{Date: sept(14), Number: 1, Topic: "Вычитание", Homework: "не задано", Substitute: "Петренко О. И."},
	})
	check("marks and codes, the class teacher's before the teacher's", []any{m.Rows[0].Cells, m.Rows[1].Cells}, []any{
		[]print.Cell{{Mark: "5/4"}, {Mark: "3", Absence: "оп"}}, []print.Cell{{Absence: "б"}, {}},
	})
	check("results", m.Rows[0].Results, []string{"5", "", "", "", "4"})
	check("of the subgroup only its pupils, with their days", []print.PupilMarks{e.Rows[0], e.Rows[1]}, []print.PupilMarks{
		{Pupil: 0, Cells: make([]print.Cell, 2), Results: make([]string, 5), From: sept(1)},
		{Pupil: 2, Cells: make([]print.Cell, 2), Results: make([]string, 5), From: sept(1), To: sept(10)},
	})
	check("no hours of terms that have not ended", m.Hours, make([]print.Hours, 5))
	check("days with lessons", c.SchoolDays, []journal.Date{sept(7), sept(14)})
	check("absences: a whole day is all lessons that the pupil has", c.Absences, []print.Absence{
		{Pupil: 1, Date: sept(7), Lessons: 1, Day: true, Reason: print.Illness},
		{Pupil: 2, Date: sept(7), Lessons: 1, Reason: print.Unexcused},
	})
	check("remarks", c.Remarks, []print.Remark{{Date: sept(9), Text: "Математика, урок 07.09. Нет темы.", By: "Лисица А. И.", Done: "исправлено 11.09.2026"}})
}

func TestGatherCountsHoursOfWhatHasEnded(t *testing.T) {
	c := gather(t, time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC))
	hours := c.Subjects[0].Hours
	if hours[0] != (print.Hours{Plan: 8, Given: 2}) { // Mondays from 7 September to 26 October
		t.Errorf("first term: %+v", hours[0])
	}
	if hours[4] != (print.Hours{Plan: 34, Given: 2}) {
		t.Errorf("year: %+v", hours[4])
	}
}

func TestGatherLaysOut(t *testing.T) {
	c := gather(t, time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC))
	for name, lay := range map[string]func() (*print.Document, error){
		"journal": func() (*print.Document, error) { return c.Layout(t.Context(), print.Options{}) },
		"sheet":   func() (*print.Document, error) { return c.SummarySheet(t.Context(), print.Options{}) },
	} {
		if d, err := lay(); err != nil || len(d.Notes) > 0 {
			t.Errorf("%s: %v, notes %v", name, err, d)
		}
	}
}

func TestGatherOfNoClass(t *testing.T) {
	_, err := print.Gather(t.Context(), smallSchool(t), gatherYear, girls, time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC))
	if fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a subgroup has no class journal: %v", err)
	}
}
