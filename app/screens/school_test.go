package screens_test

import (
	"crypto/ed25519"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// The invented school of the pictures, on Monday 23 November 2026, 10:34, in
// the third lesson.
var (
	zone   = time.FixedZone("Симферополь", 3*60*60)
	noon   = time.Date(2026, 11, 23, 10, 34, 0, 0, zone)
	year   = journal.Volume(2026)
	school = journal.SchoolID{1}

	kovalchuk = journal.StaffID{0xC0, 1} // mathematics
	savchenko = journal.StaffID{0xC0, 2} // physics
	dyachenko = journal.StaffID{0xC0, 3} // deputy
	romanyuk  = journal.StaffID{0xC0, 4} // administrator

	here = journal.DeviceID{0xD0, 1} // the PC of the tests
	room = journal.DeviceID{0xD0, 2} // another PC of the school

	class7 = journal.ClassID(year, 7, "А")
	maths7 = journal.PageIDOf(journal.PageKey(class7, journal.SubjectKey("Математика")))
)

// setup gathers the commits with which another PC made the school.
type setup struct {
	t         testing.TB
	register  []commit.Edit
	year      []commit.Edit
	number    uint64
	positions map[journal.Volume]uint64
}

func (s *setup) row(k journal.Kind, key journal.Key, values ...journal.Value) {
	for i, v := range values {
		if v.IsNull() {
			continue
		}
		e := commit.Edit{Kind: k, Key: key, Field: journal.FieldNo(i + 1), Value: v}
		if journal.SpecOf(k).InRegister() {
			s.register = append(s.register, e)
		} else {
			s.year = append(s.year, e)
		}
	}
}

// entries turns edits into one entry of a volume's log.
func (s *setup) entry(author journal.StaffID, v journal.Volume, at time.Time, edits ...commit.Edit) commit.Entry {
	s.t.Helper()
	s.number++
	if s.positions == nil {
		s.positions = map[journal.Volume]uint64{}
	}
	s.positions[v]++
	raw, err := commit.Encode(&commit.Commit{
		ID: commit.ID{Device: room, Number: s.number}, School: school, Volume: v, Author: author,
		Stamp: commit.StampAt(at), Entered: at, Edits: edits,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return commit.Entry{Position: s.positions[v], Raw: raw, Arrived: at.UnixMilli()}
}

func (s *setup) load(j *local.Journal, author journal.StaffID, v journal.Volume, at time.Time, edits ...commit.Edit) {
	s.t.Helper()
	if err := j.Absorb(s.t.Context(), v, []commit.Entry{s.entry(author, v, at, edits...)}, nil); err != nil {
		s.t.Fatal(err)
	}
}

var (
	txt = journal.TextValue
	num = func(n int) journal.Value { return journal.IntValue(int64(n)) }
)

func none() journal.Value { return journal.Value{} }

// openSchool opens a journal of this PC that holds the school.
func openSchool(t testing.TB, dir string, now func() time.Time) (*local.Journal, *setup) {
	t.Helper()
	j, err := local.Open(t.Context(), dir, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	if _, enrolled, err := j.Identity(t.Context()); err != nil {
		t.Fatal(err)
	} else if enrolled {
		return j, nil
	}
	seed := make([]byte, ed25519.SeedSize)
	if err := j.Enrol(t.Context(), commit.Identity{School: school, Device: here, Name: "учительская, у окна", Key: ed25519.NewKeyFromSeed(seed), Server: "127.0.0.1:8443"}); err != nil {
		t.Fatal(err)
	}
	s := &setup{t: t}
	s.people()
	s.classes()
	s.marks()
	s.load(j, journal.StaffID{}, journal.Register, noon.AddDate(0, -3, 0), s.register...)
	byDay := map[journal.Date][]commit.Edit{}
	for _, e := range s.year {
		day := journal.MakeDate(2026, 8, 25)
		if e.Kind == journal.KindCell || e.Kind == journal.KindLesson {
			parts, _ := journal.SpecOf(e.Kind).Parts(e.Key)
			day = parts[1].Date()
		}
		byDay[day] = append(byDay[day], e)
	}
	for _, day := range slices.Sorted(maps.Keys(byDay)) {
		s.load(j, kovalchuk, year, day.Time().Add(8*time.Hour), byDay[day]...)
	}
	return j, s
}

func (s *setup) people() {
	s.row(journal.KindSchool, journal.IDKey(school), txt("Зареченская средняя школа"), txt("Зареченская СШ"))
	s.row(journal.KindDevice, journal.IDKey(here), txt("учительская, у окна"))
	s.row(journal.KindDevice, journal.IDKey(room), txt("кабинет 12"))
	for _, p := range []struct {
		id   journal.StaffID
		name string
	}{{kovalchuk, "Ковальчук Анна Сергеевна"}, {savchenko, "Савченко Игорь Петрович"}, {dyachenko, "Дьяченко Оксана Юрьевна"}, {romanyuk, "Романюк Наталья Олеговна"}} {
		n := strings.Fields(p.name)
		s.row(journal.KindStaff, journal.IDKey(p.id), txt(n[0]), txt(n[1]), txt(n[2]))
	}
	since := journal.MakeDate(2026, 8, 20)
	s.row(journal.KindSetting, journal.Key("").Text(journal.SettingEnough), txt("2 3 4"))
	s.row(journal.KindRole, journal.IDKey(dyachenko).Int(int(journal.RoleDeputy)).Date(since), none(), journal.IDValue(romanyuk))
	s.row(journal.KindRole, journal.IDKey(romanyuk).Int(int(journal.RoleAdministrator)).Date(since), none(), journal.IDValue(romanyuk))
	for i, name := range []string{"Математика", "Физика"} {
		s.row(journal.KindSubject, journal.SubjectKey(name), txt(name), none(), num(10*(i+1)))
	}
	for i, name := range pupils7() {
		n := strings.Fields(name)
		s.row(journal.KindPupil, journal.IDKey(pupilID(i)), txt(n[0]), txt(n[1]), txt("Тестович"))
	}
}

func pupilID(i int) journal.PupilID { return journal.PupilID{0xB0, byte(i + 1)} }

func pupils7() []string {
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(marks7), "\n") {
		name, _, _ := strings.Cut(line, "|")
		out = append(out, strings.TrimSpace(name))
	}
	return out
}

func (s *setup) classes() {
	for _, t := range journal.DefaultTerms(year) {
		closed := journal.BoolValue(t.Scheme == journal.Quarters && t.Number == 1)
		s.row(journal.KindTerm, journal.Key("").Int(int(t.Scheme)).Int(t.Number), journal.DateValue(t.From), journal.DateValue(t.To), closed)
	}
	for i, start := range []int{510, 565, 615, 675, 735, 790} {
		s.row(journal.KindBell, journal.Key("").Int(i+1), num(start), num(start+45))
	}
	first := journal.MakeDate(2026, 9, 1)
	class := func(grade int, letter, name string) journal.GroupID {
		id := journal.ClassID(year, grade, letter)
		s.row(journal.KindGroup, journal.IDKey(id), txt(name), num(int(journal.SortClass)), num(grade), txt(letter))
		return id
	}
	page := func(g journal.GroupID, subject, room string, who journal.StaffID, slots ...[2]int) journal.PageID {
		key := journal.PageKey(g, journal.SubjectKey(subject))
		s.row(journal.KindPage, key, num(500), num(170), txt(room))
		id := journal.PageIDOf(key)
		s.row(journal.KindPageTeacher, journal.IDKey(id).ID(who).Date(first), none(), journal.BoolValue(false))
		s.year = append(s.year, commit.Edit{Kind: journal.KindPageTeacher, Key: journal.IDKey(id).ID(who).Date(first), Field: journal.PageTeacherTo, Value: none()})
		for _, slot := range slots {
			s.year = append(s.year, commit.Edit{Kind: journal.KindSlot, Key: journal.IDKey(id).Int(slot[0]).Int(slot[1]).Int(0).Date(first), Field: journal.SlotRoom, Value: txt(room)})
		}
		return id
	}
	class(7, "А", "7-А")
	page(class7, "Математика", "12", kovalchuk, [2]int{1, 3}, [2]int{2, 2}, [2]int{3, 2}, [2]int{4, 1}, [2]int{5, 3})
	p := page(class7, "Физика", "7", savchenko, [2]int{1, 4}, [2]int{3, 4})
	b, c, d := class(5, "Б", "5-Б"), class(9, "", "9"), class(6, "", "6")
	s.others(
		page(b, "Математика", "12", kovalchuk, [2]int{1, 1}, [2]int{3, 1}, [2]int{5, 1}),
		page(c, "Математика", "12", kovalchuk, [2]int{1, 2}, [2]int{4, 2}, [2]int{5, 2}),
		page(d, "Математика", "12", kovalchuk, [2]int{1, 6}, [2]int{4, 3}))
	for i, g := range []journal.GroupID{b, c, d} { // the pupils of 7-А lend their names
		for k := range 20 + i {
			s.year = append(s.year, commit.Edit{Kind: journal.KindMember, Key: journal.IDKey(g).ID(pupilID(k)).Date(first), Field: journal.MemberTo, Value: none()})
		}
	}
	s.row(journal.KindRemark, journal.IDKey(journal.RemarkID{1}), journal.IDValue(maths7), journal.DateValue(journal.MakeDate(2026, 11, 18)), num(2), none(),
		txt("Нет домашнего задания"), journal.IDValue(dyachenko), journal.DateValue(journal.MakeDate(2026, 11, 20)), journal.DateValue(journal.MakeDate(2026, 11, 25)))
	today := journal.DateOf(noon)
	s.row(journal.KindSubstitution, journal.LessonKey(p, today, 4), journal.IDValue(kovalchuk))
	for i, name := range pupils7() {
		key := journal.IDKey(class7).ID(pupilID(i)).Date(first)
		to, order := none(), none()
		if strings.HasPrefix(name, "Мороз") {
			to, order = journal.DateValue(journal.MakeDate(2026, 11, 13)), txt("приказ № 84")
		}
		s.year = append(s.year, commit.Edit{Kind: journal.KindMember, Key: key, Field: journal.MemberTo, Value: to})
		s.row(journal.KindMember, key, none(), none(), order)
	}
}

// others writes what the teacher's other pages need to look kept: 5-Б, 9 and 6.
func (s *setup) others(pages ...journal.PageID) {
	days := [][]int{{9, 11, 13, 16, 18, 20, 23}, {9, 12, 13, 16, 19, 20, 23}, {9, 12, 16, 19}}
	numbers := []map[int]int{{1: 1, 3: 1, 5: 1}, {1: 2, 4: 2, 5: 2}, {1: 6, 4: 3}}
	topics := []string{"Сложение и вычитание натуральных чисел", "Решение неравенств второй степени", "Отношения"}
	for i, p := range pages {
		for _, d := range days[i] {
			day := journal.MakeDate(2026, 11, d)
			homework, present := txt("п. 12"), journal.BoolValue(true)
			switch {
			case i == 1 && d >= 20:
				homework = none()
			case i == 0 && d == 16:
				present = none()
			}
			key := journal.LessonKey(p, day, numbers[i][day.Weekday()])
			s.row(journal.KindLesson, key, txt(topics[i]), homework, none(), none(), none(), none(), none(), present)
			for k := range 4 + 3*i {
				s.row(journal.KindCell, key.ID(pupilID(2*k)), num(3+k%3))
			}
		}
	}
}

// rival makes another PC write a mark into a cell of 7-А without having seen
// what stands there here.
func (s *setup) rival(j *local.Journal, author journal.StaffID, pupil int, d journal.Date, at time.Time, mark int) {
	s.t.Helper()
	s.load(j, author, year, at, commit.Edit{
		Kind: journal.KindCell, Key: journal.CellKey(maths7, d, number7[d.Weekday()], pupilID(pupil)), Field: journal.CellMark, Value: num(mark),
	})
}
