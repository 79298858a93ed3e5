package exchange

import (
	"fmt"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// timetable is a file's timetable being planned: its references resolved.
type timetable struct {
	p           *planner
	t           *Timetable
	list        *List
	subjects    map[string]Ref
	rooms       map[string]string
	classes     map[string]ClassName
	classRefs   map[string]Ref
	groups      map[string]TimetableGroup
	divisions   map[string]int // how many groups a division has, by class and tag
	staff       map[string]TimetableTeacher
	lessonIDs   map[string]bool
	cards       map[string][]Card
	covers      map[journal.GroupID]bool // classes that the file has lessons of
	emptyGroups map[string]bool
}

func (p *planner) indexTimetable(t *Timetable) *timetable {
	x := &timetable{
		p: p, t: t, list: &List{Sheet: Sheet{File: t.File}}, subjects: map[string]Ref{}, rooms: map[string]string{}, classes: map[string]ClassName{},
		classRefs: map[string]Ref{}, groups: map[string]TimetableGroup{}, divisions: map[string]int{}, staff: map[string]TimetableTeacher{},
		lessonIDs: map[string]bool{}, cards: map[string][]Card{}, covers: map[journal.GroupID]bool{}, emptyGroups: map[string]bool{},
	}
	for _, s := range t.Subjects {
		x.subjects[s.ID] = s
	}
	for _, r := range t.Rooms {
		x.rooms[r.ID] = clipRunes(r.Short, 20)
	}
	for _, c := range t.Classes {
		x.classRefs[c.ID] = c.Ref
		for _, text := range []string{c.Name, c.Short, fmt.Sprintf("%d-%s", c.Grade, c.Name)} {
			if name, ok := ParseClass(text); ok {
				x.classes[c.ID] = name
				break
			}
		}
	}
	for _, g := range t.Groups {
		x.groups[g.ID] = g
		if !g.Entire {
			x.divisions[g.Class+"|"+g.Division]++
		}
	}
	for _, s := range t.Teachers {
		x.staff[s.ID] = s
	}
	for _, l := range t.Lessons {
		x.lessonIDs[l.ID] = true
	}
	for _, c := range t.Cards {
		x.cards[c.Lesson] = append(x.cards[c.Lesson], c)
	}
	return x
}

func (x *timetable) at(line int) Place { return Place{File: x.t.File, Row: line} }

func (x *timetable) entry(line int) *entry {
	return x.p.entry(x.list, Row{No: line}, ThingLesson)
}

// missing makes a lesson wait that refers to nothing. Such lessons can only be
// mended in the timetable program, so there is nothing to choose.
func (e *entry) missing(nothing, what, id string) {
	why := nothing
	if id != "" {
		why = fmt.Sprintf("в файле нет %s с номером «%s»", what, short(id))
	}
	e.p.problem(e.item.Place, "", why)
	e.ask(why, Question{ID: "missing|" + what + "|" + id})
}

// teacher finds a teacher of the file among the staff. Who is not found leaves
// the lesson without a teacher; it is one problem for all his lessons.
func (x *timetable) teacher(id string, at Place) (journal.StaffID, bool) {
	t, ok := x.staff[id]
	if !ok {
		x.p.problem(at, "", fmt.Sprintf("в файле нет учителя с номером «%s», урок останется без учителя", short(id)))
		return journal.StaffID{}, false
	}
	key := x.t.File + "|" + id
	if staff, done := x.p.resolved[key]; done {
		return staff, !staff.IsZero()
	}
	e := x.entry(t.Line)
	e.item.Thing, e.item.Title = ThingStaff, t.Person.Full()
	if e.item.Title == "" {
		e.item.Title = t.Name
	}
	staff, ok := e.teacherNamed(Teacher, t.Person)
	if !ok {
		staff = journal.StaffID{}
	}
	x.p.resolved[key] = staff
	return staff, !staff.IsZero()
}

// An audience is who has a lesson together.
type audience struct {
	classes []ClassName
	parts   []string // «7-А, 1 группа» in the order of the classes; empty when all are whole
}

func (a audience) title() string {
	if len(a.parts) > 0 {
		return strings.Join(a.parts, " + ")
	}
	names := make([]string, len(a.classes))
	for i, c := range a.classes {
		names[i] = c.String()
	}
	return strings.Join(names, ", ")
}

func (a audience) className() string {
	if len(a.classes) == 1 {
		return a.classes[0].String()
	}
	return ""
}

// audience reads the classes and groups of a lesson. All groups of a division
// together are the whole class.
func (x *timetable) audience(e *entry, l *TimetableLesson) (audience, bool) {
	ids := slices.Clone(l.Classes)
	part := map[string][]TimetableGroup{} // by class
	for _, id := range l.Groups {
		g, ok := x.groups[id]
		if !ok {
			e.missing("", "группы", id)
			return audience{}, false
		}
		if !slices.Contains(ids, g.Class) {
			ids = append(ids, g.Class)
		}
		part[g.Class] = append(part[g.Class], g)
	}
	if len(ids) == 0 {
		e.missing("у урока нет класса", "класса", "")
		return audience{}, false
	}
	var a audience
	split := false
	for _, id := range ids {
		c, ok := x.classes[id]
		if !ok {
			if ref, known := x.classRefs[id]; known {
				why := fmt.Sprintf("«%s» — не класс, нужно как 7-А", short(ref.Name))
				e.p.problem(x.at(ref.Line), ref.Name, why)
				e.ask(why, Question{ID: "badclass|" + ref.Name, Value: ref.Name})
			} else {
				e.missing("", "класса", id)
			}
			return audience{}, false
		}
		name := c.String()
		if groups := part[id]; x.divided(groups) {
			called := make([]string, len(groups))
			for i, g := range groups {
				called[i] = strings.TrimPrefix(subgroupName(c, g.Name), name+", ")
			}
			name, split = name+", "+strings.Join(called, " и "), true
		}
		a.classes = append(a.classes, c)
		a.parts = append(a.parts, name)
	}
	if !split {
		a.parts = nil
	}
	return a, true
}

// divided reports whether groups of one class are less than the class.
func (x *timetable) divided(groups []TimetableGroup) bool {
	for _, g := range groups {
		if g.Entire || len(groups) == x.divisions[g.Class+"|"+g.Division] && sameDivision(groups) {
			return false
		}
	}
	return len(groups) > 0
}

func sameDivision(groups []TimetableGroup) bool {
	return !slices.ContainsFunc(groups, func(g TimetableGroup) bool { return g.Division != groups[0].Division })
}

// group makes sure that the audience is there as a group of the school.
func (x *timetable) group(a audience, at Place) journal.GroupID {
	p := x.p
	var first journal.GroupID
	for i, c := range a.classes {
		id := p.addClass(c, at)
		x.covers[id] = true
		if i == 0 {
			first = id
		}
	}
	switch {
	case len(a.classes) == 1 && a.parts == nil:
		return first
	case len(a.classes) > 1 && a.parts == nil:
		return p.interclass(a.classes, at)
	case len(a.classes) == 1:
		return x.partial(journal.SortSubgroup, a.parts[0], first, a.classes[0].Grade, at)
	}
	return x.partial(journal.SortInterclass, strings.Join(a.parts, " + "), journal.GroupID{}, a.classes[0].Grade, at)
}

// partial makes a group whose pupils the file does not name.
func (x *timetable) partial(sort journal.Sort, name string, parent journal.GroupID, grade int, at Place) journal.GroupID {
	if sort == journal.SortSubgroup {
		grade = 0
	}
	id := x.p.addGroup(sort, name, parent, grade, at)
	if len(x.p.r.Members(id, x.p.start, x.p.on)) == 0 {
		x.emptyGroups[name] = true
	}
	return id
}
