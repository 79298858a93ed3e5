package exchange

import (
	"fmt"
	"strings"

	"uchitelskaya/app/journal"
)

// loadRow is one row of a teaching load: a subject of a class or group.
type loadRow struct {
	*entry
	subject string
	classes []ClassName
	ids     []journal.GroupID
	called  string // the subgroup as the file calls it
	apart   bool   // several classes, each by itself
	teacher journal.StaffID
	hours   int // hundredths; 0: not said
	room    string
}

// takeLoad plans teaching loads.
func (p *planner) takeLoad(lists []*List) {
	seen := map[string]*loadRow{}
	for _, l := range lists {
		for _, r := range l.Rows {
			if l.blank(r, LoadList) {
				continue
			}
			row := &loadRow{entry: p.entry(l, r, ThingPage)}
			if row.read(); row.ended || row.repeated(seen) {
				continue
			}
			row.write()
		}
	}
}

// read reads and checks the cells of a row.
func (r *loadRow) read() {
	r.subject = clipTitle(r.cell(Subject))
	cell := r.cell(Class)
	r.item.Title = strings.Trim(cell+", "+r.subject, ", ")
	if r.subject == "" {
		r.wrong(Subject, "не указан предмет")
	}
	r.readClasses(cell)
	if r.called = r.cell(Group); r.called != "" && len(r.classes) > 0 && !r.fits(Group, journal.KindGroup, journal.GroupName, subgroupName(r.classes[0], r.called)) {
		return
	}
	if hours := r.cell(Hours); hours != "" {
		n, err := parseHours(hours)
		if r.hours = n; err != nil {
			r.wrong(Hours, err.Error())
		}
	}
	r.room = r.cell(Room)
	r.fits(Room, journal.KindPage, journal.PageRoom, r.room)
	if r.ended {
		return
	}
	if !r.p.knownSubject(r.entry, r.subject) {
		return
	}
	r.teacher, _ = r.readTeacher()
}

// readClasses reads one class, or several that are taught together or each by
// itself, which only a person can say.
func (r *loadRow) readClasses(cell string) {
	parts := splitList(cell)
	if len(parts) < 2 {
		if c, ok := r.className(); ok {
			if id, ok := r.class(c, Class); ok {
				r.classes, r.ids, r.item.Class = []ClassName{c}, []journal.GroupID{id}, c.String()
				r.item.Title = strings.Trim(c.String()+", "+r.subject, ", ")
			}
		}
		return
	}
	for _, text := range parts {
		c, ok := ParseClass(text)
		if !ok {
			r.wrong(Class, fmt.Sprintf("«%s» — не класс, нужно как 7-А", short(text)))
			return
		}
		id, ok := r.class(c, Class)
		if !ok {
			return
		}
		r.classes, r.ids = append(r.classes, c), append(r.ids, id)
	}
	question := "together|" + r.item.File + "|" + r.item.Sheet + "|" + cell
	switch r.p.answers[question].Choice {
	case "together":
	case "apart":
		r.apart = true
	default:
		r.doubt(Class, question, fmt.Sprintf("«%s»: эти классы учатся вместе или каждый отдельно", short(cell)),
			Choice{"together", "Вместе, одной группой"}, Choice{"apart", "Каждый отдельно"})
	}
}

// readTeacher finds the teacher of a row; none is no fault.
func (r *loadRow) readTeacher() (id journal.StaffID, ok bool) {
	n := r.teacherName()
	if vacant(n) {
		return id, true
	}
	m := Teacher
	if !r.list.has(Teacher) {
		m = r.nameColumn()
	}
	return r.teacherNamed(m, n)
}

// repeated handles rows about the same subject of the same group. The same
// again is done; another teacher or other hours wait.
func (r *loadRow) repeated(seen map[string]*loadRow) bool {
	key := journal.Normal(fmt.Sprint(r.classes, r.apart, "|", subgroupName(r.classes[0], r.called), "|", r.subject))
	first := seen[key]
	if first == nil {
		seen[key] = r
		return false
	}
	where := fmt.Sprintf("в строке %d", first.row.No)
	if first.teacher == r.teacher && first.hours == r.hours {
		r.end(Same, "то же, что "+where)
		return true
	}
	question := "again|" + r.rowID()
	switch answer := r.p.answers[question].Choice; {
	case first.teacher == r.teacher && answer == "sum":
		r.hours += first.hours
		return false
	case first.teacher != r.teacher && answer == "together":
		r.hours = 0 // as the first row has it
		return false
	case first.teacher == r.teacher:
		r.doubt(Hours, question, fmt.Sprintf("этот предмет уже есть %s, часов там %s, здесь %s", where, hoursText(first.hours), hoursText(r.hours)),
			Choice{"sum", "Сложить часы"})
	default:
		r.doubt(Subject, question, fmt.Sprintf("этот предмет уже есть %s с другим учителем; если класс делится, впишите группы в столбец «Группа»", where),
			Choice{"together", "Ведут вместе"})
	}
	return true
}

// write sets what the row says of each of its pages.
func (r *loadRow) write() {
	p := r.p
	for _, c := range r.classes {
		p.addClass(c, r.item.Place)
	}
	groups := r.ids
	switch {
	case len(r.ids) > 1 && !r.apart:
		groups = []journal.GroupID{p.interclass(r.classes, r.item.Place)}
	case len(r.ids) == 1 && subgroupName(r.classes[0], r.called) != "":
		name := subgroupName(r.classes[0], r.called)
		groups = []journal.GroupID{p.addGroup(journal.SortSubgroup, name, r.ids[0], 0, r.item.Place)}
		r.item.Title = name + ", " + r.subject
	}
	subject := p.addSubject(r.subject, "", r.item.Place)
	isNew, diffs := false, []string(nil)
	for _, g := range groups {
		n, d := p.page(pageWish{group: g, subject: subject, hours: r.hours, room: r.room, teacher: r.teacher})
		isNew, diffs = isNew || n, append(diffs, d...)
	}
	remark := ""
	if r.teacher.IsZero() {
		remark = "учителя пока нет"
	}
	r.written(isNew, diffs, remark)
}

// interclass makes sure that a group of several whole classes is there, with
// the pupils of all of them.
func (p *planner) interclass(classes []ClassName, at Place) journal.GroupID {
	var names []string
	grade := classes[0].Grade
	for _, c := range classes {
		names = append(names, c.String())
		if c.Grade != grade {
			grade = 0
		}
	}
	name := strings.Join(names, ", ")
	isNew := !p.stands(journal.KindGroup, journal.IDKey(journal.NamedGroupID(p.year, journal.SortInterclass, name)))
	g := p.addGroup(journal.SortInterclass, name, journal.GroupID{}, grade, at)
	for _, c := range classes {
		p.joinAll(g, journal.ClassID(p.year, c.Grade, c.Letter), isNew)
	}
	return g
}

func hoursText(n int) string {
	return strings.Replace(strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%d.%02d", n/100, n%100), "0"), ".0"), ".", ",", 1)
}
