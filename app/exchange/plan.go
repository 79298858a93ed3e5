package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Fate is what a plan does with a row.
type Fate int

// The fates.
const (
	Same Fate = iota // nothing to write: it is so already
	Add
	Alter
	Wait // a person must decide; the row is not written
	Skip // a person decided that it is not written
)

// String is «добавим».
func (f Fate) String() string {
	return [...]string{"без изменений", "добавим", "изменим", "решите сами", "пропустим"}[f]
}

// Thing is what a row is about.
type Thing int

// The things, in the order in which they stand in a plan.
const (
	ThingDays Thing = iota // terms, holidays
	ThingClass
	ThingPupil
	ThingStaff
	ThingSubject
	ThingGroup // подгруппа, межклассная группа
	ThingPage  // what a class or group is taught, and by whom
	ThingBell
	ThingLesson // the lessons of a page in the timetable
)

// String is «ученик».
func (t Thing) String() string {
	return [...]string{"дни года", "класс", "ученик", "сотрудник", "предмет", "группа", "нагрузка", "звонки", "расписание"}[t]
}

// A Plan is what taking files in would do. Nothing is written by making it.
type Plan struct {
	Year     journal.Volume
	Lists    []List // how the sheets were understood
	Items    []Item // one for each row that says something
	Problems []Problem
	Notes    []string // what is good to know and waits for nobody

	changes []commit.Change
	files   []string
}

// An Item is one row of the plan's table.
type Item struct {
	Place
	Thing    Thing
	Title    string       // «Абрамова Дарья Олеговна», «7-А, Алгебра»
	Born     journal.Date // of pupils
	Class    string       // «7-А», where there is one
	Fate     Fate
	Why      string    // «сейчас «Артём», в файле «Артем»»; may be empty
	Question *Question // what to decide; only when the fate is [Wait]
}

// A Question is what a person has to decide. Its answer, under its ID, goes
// into the next plan. Rows with the same ID get one answer.
type Question struct {
	ID      string
	Text    string // «Гайдук Полина: такой даты нет: 31 февраля»
	Value   string // what stands in the file
	Fix     bool   // another value may be typed instead
	Choices []Choice
}

// A Choice is one way to answer a question.
type Choice struct {
	Answer string
	Label  string // of the button: «Перевести в 7-А»
}

// An Answer is the choice taken, or the value typed instead of the one found.
type Answer struct {
	Choice string
	Value  string
}

// The choices that several questions have.
const (
	SkipRow   = "skip"
	AddAnyway = "add"
)

// A Problem is something wrong with the files, once for all places where it
// stands the same.
type Problem struct {
	Place        // the first of them
	Value string // what stands there
	Text  string // a sentence: «Такой даты нет: 31 февраля.»
	Count int
	Rows  []int // at most ten
}

// String is the whole sentence with the place and the value found.
func (p Problem) String() string {
	s := p.Text
	if at := p.Place.String(); at != "" {
		s = at + ": " + lower(s)
	}
	if p.Value != "" && !strings.Contains(p.Text, p.Value) {
		s += fmt.Sprintf(" Здесь стоит «%s».", short(p.Value))
	}
	switch {
	case p.Count > 1 && len(p.Rows) == p.Count:
		s += fmt.Sprintf(" Так в строках %s.", strings.Trim(strings.ReplaceAll(fmt.Sprint(p.Rows), " ", ", "), "[]"))
	case p.Count > 1:
		s += fmt.Sprintf(" Всего таких строк: %d.", p.Count)
	}
	return s
}

// Options are what a plan needs to know besides the files.
type Options struct {
	On      journal.Date      // the day from which changes hold; days before 1 September count as that
	Answers map[string]Answer // by the ID of the question
}

// MakePlan compares files with a school and says what taking them in would do.
// It reads only; the same arguments give the same plan, but for the random ids
// of new pupils and staff.
func MakePlan(r *journal.Roster, files []*File, o Options) *Plan {
	p := newPlanner(r, o)
	var pupils, staff, loads, days, bells []*List
	for _, f := range files {
		p.plan.files = append(p.plan.files, f.Name)
		for _, s := range f.Sheets {
			l := Recognise(s)
			p.plan.Lists = append(p.plan.Lists, l)
			p.noteColumns(&l)
			switch l.Sort {
			case PupilList:
				pupils = append(pupils, &l)
			case StaffList:
				staff = append(staff, &l)
			case LoadList:
				loads = append(loads, &l)
			case DaysList:
				days = append(days, &l)
			case BellList:
				bells = append(bells, &l)
			case NoList:
				p.problem(Place{File: s.File, Sheet: s.Name, Row: s.Rows[0].No}, "",
					"не нашли строку с названиями столбцов, например «Фамилия», «Имя», «Класс»")
			}
		}
	}
	p.takeDays(days) // before the timetable, some lessons of which hold for a term
	p.takePupils(pupils)
	p.takeStaff(staff)
	p.noStaff = p.noStaff && len(staff) == 0
	p.newTeachers(loads, files)
	p.takeLoad(loads)
	p.takeBells(bells)
	for _, f := range files {
		if f.Timetable != nil {
			p.takeTimetable(f.Timetable)
		}
	}
	p.fillYear()
	p.release()
	p.sort(files)
	p.plan.changes = p.changes()
	return p.plan
}

// sort puts the rows of each thing in the order in which they stand in the files.
func (p *planner) sort(files []*File) {
	at := map[Place]int{}
	for _, f := range files {
		at[Place{File: f.Name}] = len(at)
		for _, s := range f.Sheets {
			at[Place{File: s.File, Sheet: s.Name}] = len(at)
		}
	}
	place := func(it Item) int { return at[Place{File: it.File, Sheet: it.Sheet}] }
	slices.SortStableFunc(p.plan.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Thing, b.Thing), cmp.Compare(place(a), place(b)), cmp.Compare(a.Row, b.Row))
	})
}

// Changes is what the plan writes, in the order in which things refer to each
// other; no more than the rows that are added or altered.
func (p *Plan) Changes() []commit.Change { return slices.Clone(p.changes) }

// Reason is why the changes are made, for the history: «Загрузка: Список 7-А.xlsx».
func (p *Plan) Reason() string {
	return clipRunes("Загрузка: "+strings.Join(p.files, ", "), 300)
}

// Count returns how many rows have a fate.
func (p *Plan) Count(f Fate) int {
	n := 0
	for _, it := range p.Items {
		if it.Fate == f {
			n++
		}
	}
	return n
}

// Questions are what waits for a person, each once, in the order of the table.
func (p *Plan) Questions() []Question {
	var out []Question
	asked := map[string]bool{}
	for _, it := range p.Items {
		if q := it.Question; q != nil && !asked[q.ID] {
			asked[q.ID] = true
			out = append(out, *q)
		}
	}
	return out
}
