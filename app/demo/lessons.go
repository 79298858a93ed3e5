package demo

import (
	"cmp"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// planned is one lesson of a day.
type planned struct {
	journal.Planned
	page *page
	by   *member
}

// day writes the lessons of one day as their teachers do.
func (r *run) day(d journal.Date) {
	var plan []planned
	for _, p := range r.pages {
		for _, l := range r.roster.LessonsOf(p.id, d, d) {
			plan = append(plan, planned{l, p, p.teacher})
		}
	}
	slices.SortStableFunc(plan, func(a, b planned) int { return cmp.Compare(a.Number, b.Number) })
	r.substitute(d, plan)
	for _, l := range plan {
		if d < r.today {
			r.lesson(l)
		} else if l.Number == 1 && r.stream("today", l.page.id).chance(0.5) {
			r.lesson(l)
		}
	}
}

// lesson writes one lesson: topic and homework, absences and marks.
func (r *run) lesson(l planned) {
	p := l.page
	rnd := r.stream("lesson", r.year, p.id, l.Date, l.Number)
	recent := l.Date >= r.today.Monday()-7
	if recent && rnd.chance(0.03) { // forgotten altogether
		p.given++
		return
	}
	key := journal.LessonKey(p.id, l.Date, l.Number)
	work := p.work()
	head := r.head(rnd, l, key, work, recent)
	var cells []commit.Change
	for _, q := range p.group.pupils {
		if q.at(l.Date) {
			cells = append(cells, r.cell(rnd, l, q, work)...)
		}
	}
	p.given++
	minute := bells()[l.Number-1][0] + rnd.between(20, 44)
	if !recent {
		r.write(r.year, l.by.ID, at(l.Date, minute), append(head, cells...)...)
		return
	}
	r.write(r.year, l.by.ID, at(l.Date, minute-18), head...)
	for i, c := range cells {
		r.write(r.year, l.by.ID, at(l.Date, minute-17+i/3), c)
	}
}

// head is what stands on the right side of the spread.
func (r *run) head(rnd stream, l planned, key journal.Key, work journal.Work, recent bool) []commit.Change {
	topic, step := l.page.topic()
	switch {
	case work != 0:
		topic = fmt.Sprintf("%s по теме «%s»", work.Kind().Name, topic)
	case step != "":
		topic += ". " + step
	}
	homework := l.page.homework(rnd)
	none := homework == ""
	if recent && rnd.chance(0.06) {
		topic = ""
	}
	if recent && rnd.chance(0.07) || rnd.chance(0.003) {
		homework, none = "", false
	}
	return row(journal.KindLesson, key, text(topic), text(homework), flag(none), optional(int(work)), journal.Value{}, journal.Value{}, journal.Value{},
		flag(!recent || !rnd.chance(0.05)))
}

// works are the kinds of written work of the subjects.
var works = map[kind][]journal.Work{
	language: {3, 2, 5, 1, 2, 4}, reading: {11, 8, 4, 2}, numbers: {2, 1, 2, 8}, nature: {6, 2, 1, 7}, society: {8, 2, 7, 1}, foreign: {8, 2, 1}, arts: {7, 9}, sport: {13},
}

// work is the kind of work of a page's next lesson: every so often the whole
// class writes.
func (p *page) work() journal.Work {
	every := 8
	if p.hours >= 300 {
		every = 10
	}
	list := works[p.subject.kind]
	if p.group.Grade < 2 || len(list) == 0 || p.subject.unmarked || p.given%every != every-2 {
		return 0
	}
	return list[p.given/every%len(list)]
}

// cell is what stands for one pupil at one lesson.
func (r *run) cell(rnd stream, l planned, q *pupil, work journal.Work) (out []commit.Change) {
	p := l.page
	key := journal.CellKey(p.id, l.Date, l.Number, q.ID)
	c := p.courses[q]
	if c == nil {
		c = &course{}
		p.courses[q] = c
	}
	c.Lessons++
	code, reason := r.code(rnd, q, p, l.Planned)
	if code != "" {
		out = append(out, commit.Set(journal.KindCell, key, journal.CellAbsence, text(code)))
	}
	if code == journal.Absent || code == journal.Ill {
		c.Missed++
		if reason != "" {
			r.unwhy[r.classOf[q]] = append(r.unwhy[r.classOf[q]], unexplained{key, reason})
		}
		return out
	}
	if p.group.Grade < 2 || p.subject.unmarked || code == journal.Exempt || work == 0 && !rnd.chance(0.25) {
		return out
	}
	m := q.mark(rnd, p.subject, work)
	weight := work.Kind().Weight
	out = append(out, commit.Set(journal.KindCell, key, journal.CellMark, num(m)))
	c.Marks = append(c.Marks, journal.Weighed{Mark: m, Weight: weight})
	if (work == 3 || work == 4 || work == 5) && p.subject.name == "Русский язык" && p.group.Grade >= 5 { // content and spelling
		second := min(max(m+rnd.between(-1, 1), 2), 5)
		out = append(out, commit.Set(journal.KindCell, key, journal.CellSecond, num(second)))
		c.Marks = append(c.Marks, journal.Weighed{Mark: second, Weight: weight})
	}
	return out
}

// mark is what a pupil gets: his gift, his liking of the subject and the day.
func (q *pupil) mark(rnd stream, s *subject, work journal.Work) int {
	mean := q.gift + q.likes[s.name]
	if work == 1 || work == 3 {
		mean -= 0.2
	}
	if s.kind == arts || s.kind == sport {
		mean += 0.5
	}
	return min(max(int(rnd.normal(mean, 0.6)+0.5), 2), 5)
}
