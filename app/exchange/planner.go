package exchange

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"uchitelskaya/app/journal"
)

// A planner makes one plan.
type planner struct {
	draft
	plan    *Plan
	answers map[string]Answer
	year    journal.Volume
	start   journal.Date   // 1 September
	on      journal.Date   // from when changes to what stands already hold
	found   map[string]int // problems by what they say

	newSchool bool // no classes yet: the files say which there are
	noStaff   bool // nobody but those who set the school up
	people    people
	calendar  calendar
	titles    []journal.Subject                           // of the school and of this plan
	joined    map[journal.GroupID][]journal.Membership    // who came into a class by this plan
	placed    map[journal.Key]bool                        // places of the timetable that the files have
	leaders   map[journal.GroupID]journal.StaffID         // whom the files name as class teachers
	resolved  map[string]journal.StaffID                  // teachers of timetables, by file and id
	named     map[journal.PageID]map[journal.StaffID]bool // whom the files name as teachers
}

func newPlanner(r *journal.Roster, o Options) *planner {
	year := r.Year()
	start := journal.MakeDate(int(year), 9, 1)
	_, end := journal.YearBounds(year)
	p := &planner{
		draft: newDraft(r), calendar: newCalendar(r), plan: &Plan{Year: year}, answers: o.Answers, year: year,
		start: start, on: min(max(o.On, start), end), found: map[string]int{},
		newSchool: !slices.ContainsFunc(r.Groups(), func(g journal.Group) bool { return g.Sort == journal.SortClass }),
		noStaff:   len(r.AllStaff()) <= 3, titles: r.Subjects(),
		placed: map[journal.Key]bool{}, resolved: map[string]journal.StaffID{}, leaders: map[journal.GroupID]journal.StaffID{}, joined: map[journal.GroupID][]journal.Membership{}, named: map[journal.PageID]map[journal.StaffID]bool{},
	}
	p.indexStaff()
	return p
}

// problem notes something wrong. The same words about the same value of the
// same column make one problem with a count.
func (p *planner) problem(at Place, value, why string) {
	key := strings.Join([]string{at.File, at.Sheet, at.Column, value, why}, "\x00")
	i, ok := p.found[key]
	if !ok {
		i = len(p.plan.Problems)
		p.found[key] = i
		p.plan.Problems = append(p.plan.Problems, Problem{Place: at, Value: value, Text: sentence(why)})
	}
	same := &p.plan.Problems[i]
	same.Count++
	if at.Row > 0 && len(same.Rows) < 10 {
		same.Rows = append(same.Rows, at.Row)
	}
}

// note adds a remark, once.
func (p *planner) note(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(p.plan.Notes, s) {
		p.plan.Notes = append(p.plan.Notes, s)
	}
}

// noteColumns names the columns that are not taken.
func (p *planner) noteColumns(l *List) {
	for _, c := range l.Columns {
		if l.Sort != NoList && !slices.Contains(taken[l.Sort], c.Meaning) {
			p.note("Столбец «%s» не нужен, он не загрузится.", short(c.Head))
		}
	}
}

// taken are the meanings of columns that each list is read for.
var taken = map[ListSort][]Meaning{
	PupilList: {Skipped, Whole, Last, First, Middle, Born, Class, Sex, PersonalFile, Address, Phone, Parents, Enrolled, OrderIn},
	StaffList: {Skipped, Whole, Last, First, Middle, Teacher, Position, Leads},
	LoadList:  {Skipped, Whole, Last, First, Middle, Teacher, Class, Subject, Hours, Group, Room},
	DaysList:  {Skipped, Span, Begins, Ends},
	BellList:  {Skipped, Lesson, Begins, Ends},
}

// An entry is one row on its way through the planner.
type entry struct {
	p     *planner
	list  *List
	row   Row
	item  Item
	ended bool // the item has its fate
}

func (p *planner) entry(l *List, r Row, t Thing) *entry {
	return &entry{p: p, list: l, row: r, item: Item{Place: Place{File: l.Sheet.File, Sheet: l.Sheet.Name, Row: r.No}, Thing: t}}
}

// cell is the text of a column, or what a person typed instead of it.
func (e *entry) cell(m Meaning) string {
	if a := e.p.answers[e.fixID(m)]; a.Value != "" {
		return tidy(a.Value)
	}
	return e.row.Cell(e.list.column(m).At)
}

// name is the person's name in the row.
func (e *entry) name() PersonName {
	if e.list.has(Last) {
		n := PersonName{part(e.cell(Last)), part(e.cell(First)), part(e.cell(Middle))}
		if n.First == "" && strings.Contains(n.Last, " ") {
			return ParseName(n.Last)
		}
		return n
	}
	return ParseName(e.cell(e.nameColumn()))
}

// nameColumn is the column that a question about the name is put to.
func (e *entry) nameColumn() Meaning {
	for _, m := range []Meaning{Last, Whole, Teacher} {
		if e.list.has(m) {
			return m
		}
	}
	return Whole
}

func (e *entry) rowID() string {
	return fmt.Sprintf("%s|%s|%d", e.item.File, e.item.Sheet, e.row.No)
}

func (e *entry) fixID(m Meaning) string {
	return fmt.Sprintf("fix|%s|%d", e.rowID(), m)
}

// at is the place of a column in the row.
func (e *entry) at(m Meaning) Place {
	place := e.item.Place
	place.Column = e.list.column(m).Head
	return place
}

// wrong makes the row wait for another value of a column.
func (e *entry) wrong(m Meaning, why string) {
	value := e.cell(m)
	e.p.problem(e.at(m), value, why)
	e.ask(why, Question{ID: e.fixID(m), Value: value, Fix: e.list.has(m)})
}

// doubt makes the row wait for a decision.
func (e *entry) doubt(m Meaning, id, why string, choices ...Choice) {
	value := e.cell(m)
	e.p.problem(e.at(m), value, why)
	e.ask(why, Question{ID: id, Value: value, Choices: choices})
}

// ask ends the row with a question; the first one counts.
func (e *entry) ask(why string, q Question) {
	if e.ended {
		return
	}
	q.Text = why
	if e.item.Title != "" {
		q.Text = e.item.Title + ": " + why
	}
	q.Choices = append(q.Choices, Choice{SkipRow, "Пропустить"})
	if e.p.answers[q.ID].Choice == SkipRow {
		e.end(Skip, why)
		return
	}
	e.item.Question = &q
	e.end(Wait, why)
}

// end gives the row its fate.
func (e *entry) end(f Fate, why string) {
	if e.ended {
		return
	}
	e.ended = true
	e.item.Fate, e.item.Why = f, why
	e.p.plan.Items = append(e.p.plan.Items, e.item)
}

// written ends a row by what was set: new, altered or as it was.
func (e *entry) written(isNew bool, diffs []string, remark string) {
	switch {
	case isNew:
		e.end(Add, remark)
	case len(diffs) > 0:
		e.end(Alter, strings.Join(diffs, "; "))
	default:
		e.end(Same, "")
	}
}

// fits checks a text against the field that it is for.
func (e *entry) fits(m Meaning, k journal.Kind, f journal.FieldNo, text string) bool {
	field := journal.SpecOf(k).Field(f)
	if field.Check(journal.TextValue(text)) == nil {
		return true
	}
	e.wrong(m, fmt.Sprintf("слишком длинно, можно до %d знаков", field.Max))
	return false
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + strings.TrimRight(s[n:], ".") + "."
}

func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
