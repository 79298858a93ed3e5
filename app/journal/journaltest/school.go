package journaltest

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// Year is the school year of the small school.
const Year journal.Volume = 2026

// September is its first school day.
var September = journal.MakeDate(2026, 9, 1)

// School is a small school in a roster: one class of 25 with two subgroups,
// pages for a subject of the class and one of each subgroup, and one person of
// each sort. Algebra is on Mondays 2, Tuesdays 3 and, in weeks А, Fridays 1.
type School struct {
	*journal.Roster
	Admin, Deputy, Director, Teacher, Leader, Other, Gone journal.StaffID

	Class, First, Second journal.GroupID // 7-А and its subgroups
	Algebra              journal.PageID  // of the class, given by Teacher
	English, English2    journal.PageID  // of the subgroups, given by Other
	Pupils               []journal.PupilID
}

// New builds the small school.
func New() *School {
	s := &School{Roster: journal.NewRoster(Year)}
	for i, to := range []*journal.StaffID{&s.Admin, &s.Deputy, &s.Director, &s.Teacher, &s.Leader, &s.Other, &s.Gone} {
		*to = journal.StaffID{15: byte(i + 1)}
		last := []string{"Админова", "Завучева", "Директоров", "Учителева", "Классная", "Другова", "Ушедшая"}[i]
		s.Set(journal.KindStaff, journal.IDKey(*to), journal.StaffLast, journal.TextValue(last))
		s.Set(journal.KindStaff, journal.IDKey(*to), journal.StaffFirst, journal.TextValue("Анна"))
		s.Set(journal.KindStaff, journal.IDKey(*to), journal.StaffMiddle, journal.TextValue("Сергеевна"))
	}
	s.Set(journal.KindStaff, journal.IDKey(s.Gone), journal.StaffRemoved, journal.BoolValue(true))
	s.Grant(s.Admin, journal.RoleAdministrator, September, 0)
	s.Grant(s.Deputy, journal.RoleDeputy, September, 0)
	s.Grant(s.Director, journal.RoleDirector, September, 0)
	for _, t := range journal.DefaultTerms(Year) {
		key := journal.Key("").Int(int(t.Scheme)).Int(t.Number)
		s.Set(journal.KindTerm, key, journal.TermFrom, journal.DateValue(t.From))
		s.Set(journal.KindTerm, key, journal.TermTo, journal.DateValue(t.To))
	}
	s.Class = s.AddClass(7, "А")
	s.First = s.AddGroup(journal.SortSubgroup, "7-А, 1 группа", s.Class)
	s.Second = s.AddGroup(journal.SortSubgroup, "7-А, 2 группа", s.Class)
	s.Set(journal.KindClassTeacher, journal.IDKey(s.Class).ID(s.Leader).Date(September), journal.ClassTeacherTo, journal.DateValue(September+364))
	s.Pupils = s.AddPupils(25)
	for i, p := range s.Pupils {
		s.Join(s.Class, p, September, 0)
		s.Join([]journal.GroupID{s.First, s.Second}[i%2], p, September, 0)
	}
	s.Algebra = s.AddPage(s.Class, "Алгебра", 300, s.Teacher)
	s.English = s.AddPage(s.First, "Английский язык", 300, s.Other)
	s.English2 = s.AddPage(s.Second, "Английский язык", 300, s.Other)
	s.AddSlot(s.Algebra, 1, 2, journal.EveryWeek, September, 0)
	s.AddSlot(s.Algebra, 2, 3, journal.EveryWeek, September, 0)
	s.AddSlot(s.Algebra, 5, 1, journal.WeekA, September, 0)
	return s
}

// Set puts one field and panics when the schema refuses it, so that no test
// rests on a roster that cannot be.
func (s *School) Set(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) {
	spec := journal.SpecOf(k)
	if _, err := spec.Parts(key); err != nil {
		panic(err)
	}
	if err := spec.Field(f).Check(v); err != nil {
		panic(err)
	}
	s.Put(k, key, f, v)
}

// Grant gives a role for a period; to zero: until further notice.
func (s *School) Grant(who journal.StaffID, role journal.Role, from, to journal.Date) {
	key := journal.IDKey(who).Int(int(role)).Date(from)
	s.Set(journal.KindRole, key, journal.RoleGivenBy, journal.IDValue(s.Admin))
	s.Set(journal.KindRole, key, journal.RoleTo, journal.DateValue(to))
}

// AddClass adds a class.
func (s *School) AddClass(grade int, letter string) journal.GroupID {
	id := journal.ClassID(Year, grade, letter)
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupName, journal.TextValue(fmt.Sprintf("%d-%s", grade, letter)))
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupSort, journal.IntValue(int64(journal.SortClass)))
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupGrade, journal.IntValue(int64(grade)))
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupLetter, journal.TextValue(letter))
	return id
}

// AddGroup adds another group; parent is the class of a subgroup.
func (s *School) AddGroup(sort journal.Sort, name string, parent journal.GroupID) journal.GroupID {
	id := journal.NamedGroupID(Year, sort, name)
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupName, journal.TextValue(name))
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupSort, journal.IntValue(int64(sort)))
	s.Set(journal.KindGroup, journal.IDKey(id), journal.GroupParent, journal.IDValue(parent))
	return id
}

var (
	lasts  = []string{"Аблаев", "Бондаренко", "Ветров", "Гончаров", "Дроздов", "Ёлкин", "Журавлёв", "Зимин", "Исмаилов", "Ковальчук", "Ларин", "Меметов", "Озеров"}
	firsts = []string{"Алим", "Егор"}
)

// AddPupils adds up to 26 pupils, in the order of their names.
func (s *School) AddPupils(n int) []journal.PupilID {
	out := make([]journal.PupilID, n)
	for i := range out {
		out[i] = s.AddPupil(lasts[i/2%len(lasts)], firsts[i%2])
	}
	return out
}

// AddPupil adds one pupil.
func (s *School) AddPupil(last, first string) journal.PupilID {
	id := journal.PupilID{0: 0x50, 15: byte(len(s.AllPupils()) + 1)}
	s.Set(journal.KindPupil, journal.IDKey(id), journal.PupilLast, journal.TextValue(last))
	s.Set(journal.KindPupil, journal.IDKey(id), journal.PupilFirst, journal.TextValue(first))
	return id
}

// Join puts a pupil into a group; to is the last day, zero: stays.
func (s *School) Join(g journal.GroupID, p journal.PupilID, from, to journal.Date) {
	key := journal.IDKey(g).ID(p).Date(from)
	s.Set(journal.KindMember, key, journal.MemberOrderIn, journal.TextValue("приказ № 1"))
	s.Set(journal.KindMember, key, journal.MemberTo, journal.DateValue(to))
}

// AddPage adds a page with its teacher from September on.
func (s *School) AddPage(g journal.GroupID, subject string, hours int, teacher journal.StaffID) journal.PageID {
	s.Set(journal.KindSubject, journal.SubjectKey(subject), journal.SubjectName, journal.TextValue(subject))
	key := journal.PageKey(g, journal.SubjectKey(subject))
	s.Set(journal.KindPage, key, journal.PageHours, journal.IntValue(int64(hours)))
	id := journal.PageIDOf(key)
	s.Assign(id, teacher, September, 0)
	return id
}

// Assign gives a page to a teacher for a period.
func (s *School) Assign(p journal.PageID, teacher journal.StaffID, from, to journal.Date) {
	key := journal.IDKey(p).ID(teacher).Date(from)
	s.Set(journal.KindPageTeacher, key, journal.PageTeacherRemoved, journal.Value{})
	s.Set(journal.KindPageTeacher, key, journal.PageTeacherTo, journal.DateValue(to))
}

// AddSlot adds a lesson to the timetable.
func (s *School) AddSlot(p journal.PageID, weekday, number int, week journal.Week, from, to journal.Date) {
	key := journal.IDKey(p).Int(weekday).Int(number).Int(int(week)).Date(from)
	s.Set(journal.KindSlot, key, journal.SlotRoom, journal.TextValue("12"))
	s.Set(journal.KindSlot, key, journal.SlotTo, journal.DateValue(to))
}

// Substitute gives one lesson to another teacher.
func (s *School) Substitute(p journal.PageID, d journal.Date, number int, by journal.StaffID) {
	s.Set(journal.KindSubstitution, journal.LessonKey(p, d, number), journal.SubstitutionStaff, journal.IDValue(by))
}

// Close closes a term.
func (s *School) Close(scheme journal.Scheme, number int) {
	s.Set(journal.KindTerm, journal.Key("").Int(int(scheme)).Int(number), journal.TermClosed, journal.BoolValue(true))
}

// Term returns the cells of a page for a term: marks by a fixed pattern, every
// tenth cell an absence.
func (s *School) Term(p journal.PageID, number int) (lessons []journal.Lesson, cells []journal.Cell) {
	page, _ := s.Page(p)
	term := s.TermsOf(page.Group)[number-1]
	for i, l := range s.LessonsOf(p, term.From, term.To) {
		lessons = append(lessons, journal.Lesson{Page: p, Date: l.Date, Number: l.Number, Topic: fmt.Sprintf("Тема %d", i+1)})
		for j, m := range s.Members(page.Group, l.Date, l.Date) {
			c := journal.Cell{Page: p, Date: l.Date, Number: l.Number, Pupil: m.Pupil}
			switch {
			case (i+j)%10 == 0:
				c.Absence = journal.Absent
			case (i+j)%3 == 0:
				c.Mark = 3 + (i*j+j)%3
			default:
				continue
			}
			cells = append(cells, c)
		}
	}
	return lessons, cells
}
