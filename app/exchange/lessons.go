package exchange

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// lessonPage is one page as the timetable has it: all lessons of a file about
// the same subject of the same pupils.
type lessonPage struct {
	*entry
	group    journal.GroupID
	subject  journal.Key
	teachers []journal.StaffID
	hours    float64
	slots    []slotWish
	unplaced bool // some lesson has no card
}

// takeTimetable plans a timetable.
func (p *planner) takeTimetable(t *Timetable) {
	x := p.indexTimetable(t)
	x.takePeriods()
	pages := map[journal.Key]*lessonPage{}
	var order []*lessonPage
	for i := range t.Lessons {
		l := &t.Lessons[i]
		page := x.lesson(l)
		if page == nil {
			continue
		}
		key := journal.PageKey(page.group, page.subject)
		if first := pages[key]; first != nil {
			first.merge(page)
			continue
		}
		pages[key] = page
		order = append(order, page)
	}
	x.takeLeaders()
	running := x.running()
	for _, page := range order {
		x.writePage(page, running)
	}
	x.endOthers(pages)
	x.report(order)
}

// merge adds another lesson of the file to the page.
func (l *lessonPage) merge(m *lessonPage) {
	for _, id := range m.teachers {
		if !slices.Contains(l.teachers, id) {
			l.teachers = append(l.teachers, id)
		}
	}
	l.hours += m.hours
	l.slots = append(l.slots, m.slots...)
	l.unplaced = l.unplaced || m.unplaced
}

// lesson reads one lesson; nil when it waits.
func (x *timetable) lesson(l *TimetableLesson) *lessonPage {
	e := x.entry(l.Line)
	subject, ok := x.subjects[l.Subject]
	title := clipTitle(subject.Name)
	e.item.Title = cmp.Or(title, "Урок")
	switch {
	case l.Subject == "" || !ok:
		e.missing("у урока нет предмета", "предмета", l.Subject)
		return nil
	case title == "":
		e.missing("у предмета нет названия", "названия предмета", l.Subject)
		return nil
	}
	who, ok := x.audience(e, l)
	if !ok {
		return nil
	}
	e.item.Title, e.item.Class = strings.Trim(who.title()+", "+title, ", "), who.className()
	if !x.p.knownSubject(e, title) {
		return nil
	}
	for _, c := range who.classes {
		if _, ok := e.class(c, Class); !ok {
			return nil
		}
	}
	page := &lessonPage{entry: e, hours: l.PerWeek}
	page.group = x.group(who, e.item.Place)
	page.subject = x.p.addSubject(title, subject.Short, e.item.Place)
	for _, id := range l.Teachers {
		if staff, ok := x.teacher(id, e.item.Place); ok && !slices.Contains(page.teachers, staff) {
			page.teachers = append(page.teachers, staff)
		}
	}
	cards := x.cards[l.ID]
	page.unplaced = len(cards) == 0
	page.slots = x.slots(l, cards)
	return page
}

// writePage sets what the timetable says of a page.
func (x *timetable) writePage(l *lessonPage, running bool) {
	p := x.p
	key := journal.PageKey(l.group, l.subject)
	w := pageWish{group: l.group, subject: l.subject, hours: int(l.hours*100 + 0.5)}
	standing := int(p.get(journal.KindPage, key, journal.PageHours).Int())
	if w.hours > 10000 || standing > 0 { // what the load says counts
		if standing != w.hours && w.hours > 0 {
			p.problem(l.item.Place, "", fmt.Sprintf("%s: по нагрузке часов %s, в расписании %s, оставим по нагрузке", l.item.Title, hoursText(standing), hoursText(w.hours)))
		}
		w.hours = 0
	}
	isNew, diffs := p.page(w)
	for _, id := range l.teachers {
		if d := p.teach(journal.PageIDOf(key), id); d != "" {
			diffs = append(diffs, d)
		}
	}
	added, ended := x.place(journal.PageIDOf(key), l.slots, running)
	if added > 0 {
		diffs = append(diffs, fmt.Sprintf("поставим уроков: %d", added))
	}
	if ended > 0 {
		diffs = append(diffs, fmt.Sprintf("уберём уроков: %d", ended))
	}
	remark := ""
	if len(l.slots) == 0 {
		remark = "в расписание не поставлен"
	}
	l.written(isNew, diffs, remark)
}

// endOthers ends the lessons of the classes of this file that it no longer has.
func (x *timetable) endOthers(pages map[journal.Key]*lessonPage) {
	p := x.p
	for _, page := range p.r.Pages() {
		class, ok := p.r.Class(page.Group)
		if _, here := pages[journal.PageKey(page.Group, page.Subject)]; here || !ok || !x.covers[class.ID] {
			continue
		}
		if _, ended := x.place(page.ID, nil, true); ended > 0 {
			g, _ := p.r.Group(page.Group)
			s, _ := p.r.Subject(page.Subject)
			p.plan.Items = append(p.plan.Items, Item{
				Place: Place{File: x.t.File}, Thing: ThingLesson, Title: g.Name + ", " + s.Name, Class: class.Name,
				Fate: Alter, Why: fmt.Sprintf("в файле нет, уберём уроков: %d", ended),
			})
		}
	}
}

// takePeriods plans the bells.
func (x *timetable) takePeriods() {
	isNew, diffs := false, []string(nil)
	for _, b := range x.t.Periods {
		added, diff := x.p.bell(b)
		if isNew = isNew || added; diff != "" {
			diffs = append(diffs, diff)
		}
	}
	if len(x.t.Periods) > 0 {
		e := x.entry(0)
		e.item.Thing, e.item.Title = ThingBell, "Звонки"
		e.written(isNew && diffs == nil, diffs, "")
	}
}

// takeLeaders gives the classes their class teachers.
func (x *timetable) takeLeaders() {
	for _, c := range x.t.Classes {
		name, ok := x.classes[c.ID]
		if !ok || c.Teacher == "" || !x.covers[journal.ClassID(x.p.year, name.Grade, name.Letter)] {
			continue
		}
		if id, ok := x.teacher(c.Teacher, x.at(c.Line)); ok {
			diffs := x.p.lead(id, name, x.at(c.Line))
			if class := journal.ClassID(x.p.year, name.Grade, name.Letter); len(diffs) > 0 && x.p.r.Has(journal.KindGroup, journal.IDKey(class)) {
				e := x.entry(c.Line)
				e.item.Thing, e.item.Title, e.item.Class = ThingClass, name.String()+" класс", name.String()
				e.end(Alter, strings.Join(diffs, "; "))
			}
		}
	}
}

// report says once for the file what many of its lines have in common.
func (x *timetable) report(pages []*lessonPage) {
	lost := 0
	for _, id := range slices.Sorted(maps.Keys(x.cards)) {
		if !x.lessonIDs[id] {
			lost += len(x.cards[id])
		}
	}
	if lost > 0 {
		x.p.problem(Place{File: x.t.File}, "", fmt.Sprintf("карточек расписания без своего урока: %d, они не загрузятся", lost))
	}
	var unplaced []string
	for _, l := range pages {
		if l.unplaced {
			unplaced = append(unplaced, l.item.Title)
		}
	}
	if n := len(unplaced); n > 0 {
		x.p.note("Не поставлены в расписание: %d. Например: %s.", n, strings.Join(unplaced[:min(3, n)], "; "))
	}
	if n := len(x.emptyGroups); n > 0 {
		names := slices.Sorted(maps.Keys(x.emptyGroups))
		x.p.note("Группы пока без учеников: %d. Распределите учеников: %s.", n, strings.Join(names[:min(3, n)], "; "))
	}
}
