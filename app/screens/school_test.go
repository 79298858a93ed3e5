package screens_test

import (
	"crypto/ed25519"
	"maps"
	"slices"
	"strconv"
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

	class7  = journal.ClassID(year, 7, "А")
	maths7  = journal.PageIDOf(journal.PageKey(class7, journal.SubjectKey("Математика")))
	physics = journal.PageIDOf(journal.PageKey(class7, journal.SubjectKey("Физика")))
)

// The marks of 7-А in the pictures: six lessons of October, the result of the
// first quarter, fifteen lessons of November.
const marks7 = `
Абрамова Дарья     | . . . 5 5 . |5| 5 . 5 . 5 . 5 5 н 5 . . . .
Белоус Кирилл      | 5 . . н 4 . |4| . . 4 4 . . . . . 5 4 . . .
Бондаренко Софья   | . . . 4 4 . |4| . . . . . 4 4 . . 5 н . . .
Василенко Артём    | 3 . . 3 2 . |3| . б б б б . б 2 . 3 . . . .
Гайдук Полина      | . . 5 . 5 4 |5| 5 . 4 4 . . 5 5 . 5 5 . . .
Гордеев Максим     | . . . . 4 . |4| . . 4 4 . . 3 4 3 3 оп . . .
Денисова Виктория  | . . . . 4 . |4| . . . . . . осв . . 4 . . . .
Ержанов Тимур      | . . . 3 3 . |3| . . 3 3 3 . 3 . . б 3 . . .
Жук Алёна          | 5 . . 5 4 . |5| . . . . . . 4 5/4 5 5 . . . .
Зайченко Богдан    | . . . 2 3 . |3| . 3 3 . 4 . 3 . . 3 н . . .
Ибрагимова Эльвира | 4 . . 4 4 4 |4| . 4 4 . . 3 5 3 4 3 . . . .
Калинин Степан     | 3 . . . 3 . |3| . . 3 4 . . 3 . . 3 . . . .
Ключевой Егор      | . . . . 4 4 |4| . . 4 . . . 4 . . 3 . . . .
Кравец Мария       | . . 5 . 5 . |5| . н 4 5/5 . . н 5 4 5 . . . .
Лисовский Никита   | 3 . . . уп 3|3| . . 3 . . . . . 2 2 . . . .
Меметова Сабина    | . . . . 4 4 |4| . . 4 . 4 оп 5 . . 4 . . . .
Мороз Илья         | . . . . 4 . |4| . . н . . . . . . . . . . .
Никитенко Ульяна   | . . 5 . 5 . |5| . н 5 . 5 . 5 . . 5 . . . .
Остапчук Глеб      | 3 . . . 3 . |3| н 3 3 . . . 3 . . 3 . . . .
Петренко Варвара   | . . . . 4 . |4| . 3 4/3 . 3 н 4 . . уп . . . .
Рудь Елисей        | . 4 . 3 н . |4| . . 3 . . нп 4 . . 4 . . . .
Сейтумеров Амет    | . . . . 5 . |5| 3 уп уп 5 . . . . . 4 . . . .
Тарасенко Анастасия| . . . . 5 . |5| . . . . . . 4 . . 5 . . . .
Шевчук Матвей      | . . . . 4 б |4| . 4 3 . . 4 4 . . 4 . . . .
`

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
	if err := j.Absorb(s.t.Context(), v, []commit.Entry{s.entry(author, v, at, edits...)}); err != nil {
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
	page(b, "Математика", "12", kovalchuk, [2]int{1, 1}, [2]int{3, 1}, [2]int{5, 1})
	page(c, "Математика", "12", kovalchuk, [2]int{1, 2}, [2]int{4, 2}, [2]int{5, 2})
	page(d, "Математика", "12", kovalchuk, [2]int{1, 6}, [2]int{4, 3})
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

// days7 are the lessons of the marks: the last six of October and from 9
// November on.
func days7() []journal.Date {
	var out []journal.Date
	for _, d := range []int{23, 26, 27, 28, 29, 30} {
		out = append(out, journal.MakeDate(2026, 10, d))
	}
	for d := journal.MakeDate(2026, 11, 9); len(out) < 20; d++ {
		if d.Weekday() <= 5 {
			out = append(out, d)
		}
	}
	return out
}

var number7 = [8]int{1: 3, 2: 2, 3: 2, 4: 1, 5: 3}

func (s *setup) marks() {
	days := days7()
	for i, line := range strings.Split(strings.TrimSpace(marks7), "\n") {
		parts := strings.Split(line, "|")
		cells := append(strings.Fields(parts[1]), strings.Fields(parts[3])...)
		for k, c := range cells {
			if c == "." {
				continue
			}
			e, err := journal.ParseEntry(c, true)
			if err != nil {
				s.t.Fatal(err)
			}
			values := []journal.Value{none(), none(), txt(e.Absence)}
			if e.Mark > 0 {
				values[0] = num(e.Mark)
			}
			if e.Second > 0 {
				values[1] = num(e.Second)
			}
			s.row(journal.KindCell, journal.CellKey(maths7, days[k], number7[days[k].Weekday()], pupilID(i)), values...)
		}
		s.row(journal.KindTermMark, journal.TermMarkKey(pupilID(i), maths7, 1), txt(strings.TrimSpace(parts[2])))
	}
	topics := []string{"Степень с натуральным показателем", "Свойства степени", "Умножение степеней", "Деление степеней", "Одночлен", "Контрольная работа № 3",
		"Анализ контрольной работы", "Степень степени", "Самостоятельная работа", "Возведение в степень", "Повторение", "Многочлены", "Тест по теме «Степень»", "Члены многочлена", "Подобные члены", "Контрольная работа № 4"}
	for k, d := range days[:16] {
		work := map[int]int{4: 1, 8: 2, 12: 8, 15: 1}[k]
		v := none()
		if work > 0 {
			v = num(work)
		}
		homework := txt("п. " + strconv.Itoa(k+4) + ", № " + strconv.Itoa(400+7*k))
		if k == 13 {
			homework = none()
		}
		s.row(journal.KindLesson, journal.LessonKey(maths7, d, number7[d.Weekday()]), txt(topics[k]), homework, none(), v, none(), none(), none(), journal.BoolValue(k != 14))
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
