package exchange

import (
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// ListSort is what a list is about.
type ListSort int

// The lists.
const (
	NoList ListSort = iota
	PupilList
	StaffList
	LoadList // учебная нагрузка: who teaches what to whom
	DaysList // дни учебного года: terms and days without lessons
	BellList // звонки
)

// String is «список учеников».
func (s ListSort) String() string {
	return [...]string{"", "список учеников", "список сотрудников", "учебная нагрузка", "дни учебного года", "звонки"}[s]
}

// A List is a sheet whose columns are understood.
type List struct {
	Sheet   Sheet
	Sort    ListSort
	Columns []Column
	Rows    []Row     // those below the head
	Class   ClassName // the class that the sheet's name or title tells, if any
}

// A Column is one column of a list.
type Column struct {
	At      int // from 0
	Head    string
	Meaning Meaning
}

// headSearch is within how many filled rows the head must stand.
const headSearch = 15

// Recognise finds the head of a sheet and what its columns mean. Sort is
// [NoList] when there is no head that names a list we can take.
func Recognise(s Sheet) List {
	l := List{Sheet: s}
	best, head := 0, -1
	for i := range min(headSearch, len(s.Rows)) {
		for height := 1; height <= 2 && i+height <= len(s.Rows); height++ {
			columns := headColumns(s.Rows[i : i+height])
			if n := known(columns); n > best {
				best, head = n, i+height
				l.Columns = columns
			}
		}
	}
	if best < 2 && !(best == 1 && l.has(Whole)) {
		l.Columns = nil
		return l
	}
	l.Rows = s.Rows[head:]
	l.Class = titleClass(s.Name, s.Rows[:head])
	l.Sort = l.sort(s.Rows[:head])
	return l
}

// headColumns reads one row as a head, or two of which the lower one divides
// what the upper one says.
func headColumns(rows []Row) []Column {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	var out []Column
	taken := map[Meaning]bool{}
	for at := range width {
		c := Column{At: at}
		for _, r := range rows {
			text := r.Cell(at)
			if m := meaningOf(text); text != "" && (m != Unknown || c.Meaning == Unknown) {
				c.Head, c.Meaning = text, m
			}
		}
		if c.Head == "" {
			continue
		}
		if c.Meaning > Skipped && taken[c.Meaning] {
			c.Meaning = Unknown // the first column of a meaning counts
		}
		taken[c.Meaning] = true
		out = append(out, c)
	}
	return out
}

func known(columns []Column) int {
	n := 0
	for _, c := range columns {
		if c.Meaning > Skipped {
			n++
		}
	}
	return n
}

// has reports whether the list has all of the meanings.
func (l *List) has(all ...Meaning) bool {
	return !slices.ContainsFunc(all, func(m Meaning) bool { return l.column(m).Head == "" })
}

// column returns the column of a meaning, one without a head if there is none.
func (l *List) column(m Meaning) Column {
	for _, c := range l.Columns {
		if c.Meaning == m {
			return c
		}
	}
	return Column{At: -1}
}

// sort tells the list from its columns, and where these leave it open from its
// title.
func (l *List) sort(above []Row) ListSort {
	named := l.has(Whole) || l.has(Last, First)
	title := journal.Normal(l.Sheet.File + " " + l.Sheet.Name)
	for _, r := range above {
		title += " " + journal.Normal(strings.Join(r.Cells, " "))
	}
	says := func(stems ...string) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return strings.Contains(title, s) })
	}
	staff := says("сотрудник", "учител", "педагог", "преподав", "кадр", "персонал", "работник")
	switch {
	case l.has(Subject, Class) && (l.has(Teacher) || l.has(Hours) || named):
		return LoadList
	case l.has(Subject, Hours) && l.Class != (ClassName{}):
		return LoadList
	case (named || l.has(Teacher)) && (l.has(Position) || l.has(Leads) && !l.has(Class) && !l.has(Born)):
		return StaffList
	case named && (l.has(Class) || l.has(Born) || l.has(PersonalFile) || l.has(Sex) || l.has(Parents)) && !(staff && !l.has(Class)):
		return PupilList
	case l.has(Teacher) || named && staff:
		return StaffList
	case named && (l.Class != (ClassName{}) || says("ученик", "учащ", "обучающ", "класс")):
		return PupilList
	case l.has(Span, Begins):
		return DaysList
	case l.has(Lesson, Begins, Ends):
		return BellList
	}
	return NoList
}

// titleClass reads the class that a sheet is about: «7А», «Список 7-А класса».
func titleClass(sheet string, above []Row) ClassName {
	if c, ok := ParseClass(sheet); ok {
		return c
	}
	for _, r := range above {
		for _, cell := range r.Cells {
			if c, ok := classInside(cell); ok {
				return c
			}
		}
	}
	c, _ := classInside(sheet)
	return c
}
