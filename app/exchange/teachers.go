package exchange

import (
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
)

// teacherNamed finds a teacher among the staff; those whom the files may add
// are there already.
func (e *entry) teacherNamed(m Meaning, n PersonName) (id journal.StaffID, ok bool) {
	p := e.p
	question := "teacher|" + journal.Normal(n.Full())
	found := p.people.find(n)
	switch {
	case p.answers[question].Choice == "none":
		return id, true
	case len(found) > 0:
		id, _, ok = e.choose(question, found, n)
		return id, ok
	}
	choices := []Choice{{"none", "Оставить без учителя"}}
	if n.whole() {
		choices = append([]Choice{{AddAnyway, "Добавить сотрудника"}}, choices...)
	}
	e.doubt(m, question, fmt.Sprintf("учителя «%s» нет в списке сотрудников", n.Full()), choices...)
	return id, false
}

// newTeacher adds a teacher whom a load or a timetable names and the staff does
// not have: to a school without staff, or when a person says so. It is done
// before any row is read, so that initials find the whole name beside them.
func (p *planner) newTeacher(n PersonName, at Place) {
	if _, bad := badName(n.Full()); bad || !n.whole() || len(p.people.find(n)) > 0 ||
		!p.noStaff && p.answers["teacher|"+journal.Normal(n.Full())].Choice != AddAnyway {
		return
	}
	id, gone := p.people.gone[journal.Normal(n.Full())]
	if !gone {
		id = journal.NewID[journal.Staff]()
	}
	p.people.add(id, n)
	key := journal.IDKey(id)
	p.create(journal.KindStaff, key)
	for f, text := range map[journal.FieldNo]string{journal.StaffLast: n.Last, journal.StaffFirst: n.First, journal.StaffMiddle: n.Middle} {
		p.fill(journal.KindStaff, key, f, journal.TextValue(clipRunes(text, 60)))
	}
	p.added(ThingStaff, at, n.Full(), "")
}

// newTeachers adds the teachers whom the files name by their whole names.
func (p *planner) newTeachers(loads []*List, files []*File) {
	for _, l := range loads {
		for _, r := range l.Rows {
			e := p.entry(l, r, ThingPage)
			if n := e.teacherName(); !vacant(n) {
				p.newTeacher(n, e.item.Place)
			}
		}
	}
	for _, f := range files {
		if f.Timetable == nil {
			continue
		}
		teaches := map[string]bool{}
		for _, l := range f.Timetable.Lessons {
			for _, id := range l.Teachers {
				teaches[id] = true
			}
		}
		for _, t := range f.Timetable.Teachers {
			if teaches[t.ID] {
				p.newTeacher(t.Person, Place{File: f.Name, Row: t.Line})
			}
		}
	}
}

// teacherName is the name of the teacher in a row of a load.
func (e *entry) teacherName() PersonName {
	if e.list.has(Teacher) {
		return ParseName(e.cell(Teacher))
	}
	return e.name()
}

// vacant reports whether a name says that there is no teacher.
func vacant(n PersonName) bool {
	return slices.Contains([]string{"", "вакансия", "вакант", "нет", "-", "—"}, journal.Normal(n.Full()))
}
