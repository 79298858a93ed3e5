package print

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// A Source is where the values of a document are read.
type Source interface {
	Roster(ctx context.Context, v journal.Volume) (*journal.Roster, error)
	Lessons(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Lesson, error)
	Cells(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Cell, error)
	TermMarks(ctx context.Context, v journal.Volume, p journal.PageID) ([]journal.TermMark, error)
}

// Gather reads the journal of a class: everything entered up to the moment
// made. Lessons that the timetable has after that day are not printed.
func Gather(ctx context.Context, src Source, year journal.Volume, class journal.GroupID, made time.Time) (*ClassJournal, error) {
	r, err := src.Roster(ctx, year)
	if err != nil {
		return nil, fmt.Errorf("gather class journal: %w", err)
	}
	group, ok := r.Group(class)
	if !ok || group.Sort != journal.SortClass {
		return nil, fault.New(fault.NotFound, "Такого класса в этом учебном году нет.")
	}
	g := &gatherer{src: src, r: r, class: group, until: journal.DateOf(made), index: map[journal.PupilID]int{}, missed: map[missKey]int{}, held: map[journal.Date]map[int]bool{}}
	g.j = &ClassJournal{School: schoolOf(r), Class: group.Name, Year: int(year), Made: made, Periods: g.periods()}
	g.people()
	for _, p := range g.pages() {
		if err := g.page(ctx, p); err != nil {
			return nil, err
		}
	}
	g.attendance()
	g.remarks()
	return g.j, nil
}

type gatherer struct {
	src    Source
	r      *journal.Roster
	j      *ClassJournal
	class  journal.Group
	until  journal.Date
	index  map[journal.PupilID]int
	missed map[missKey]int               // lessons
	held   map[journal.Date]map[int]bool // lesson numbers by day
}

type missKey struct {
	pupil  int
	date   journal.Date
	reason Reason
}

func schoolOf(r *journal.Roster) School {
	s := r.School()
	out := School{
		Region: s.Founder, Name: s.Name, Short: s.Short, Place: s.Locality, OKPO: s.OKPO, OGRN: s.OGRN, INN: s.INN, KPP: s.KPP,
		Address: s.Address, Phone: s.Phone, Email: s.Email,
	}
	if s.Bank != "" {
		out.Accounts = strings.Split(s.Bank, "\n")
	}
	if head, ok := r.Staff(s.Director); ok {
		out.Head = surnameFirst(head)
	}
	return out
}

// surnameFirst is «Иванова И. И.».
func surnameFirst(s journal.Staff) string {
	initials := strings.TrimSuffix(s.Initials(), s.Last)
	return strings.TrimSpace(s.Last + " " + initials)
}

func (g *gatherer) periods() []Period {
	scheme := g.r.SchemeOf(g.class.ID)
	var out []Period
	var last journal.Term
	for _, t := range g.r.TermsOf(g.class.ID) {
		out = append(out, Period{Kind: Term, Short: t.Period().Short(scheme), Long: t.Name(), From: t.From, To: t.To})
		last = t
	}
	for _, p := range []struct {
		period journal.Period
		kind   PeriodKind
	}{{journal.YearMark, Annual}, {journal.ExamMark, Exam}, {journal.FinalMark, Final}} {
		if p.kind == Annual || g.class.Grade == 9 || g.class.Grade >= 11 {
			out = append(out, Period{Kind: p.kind, Short: p.period.Short(scheme), Long: p.period.Name(scheme), To: last.To})
		}
	}
	return out
}

// results returns the periods of the results in the order of g.periods.
func (g *gatherer) results(marks map[journal.Period]string) []string {
	var out []string
	for _, t := range g.r.TermsOf(g.class.ID) {
		out = append(out, marks[t.Period()])
	}
	for _, p := range []journal.Period{journal.YearMark, journal.ExamMark, journal.FinalMark} {
		out = append(out, marks[p])
	}
	return out[:len(g.j.Periods)]
}

// people fills the class list, the class teacher and the days of the journal.
func (g *gatherer) people() {
	from, to := journal.YearBounds(g.r.Year())
	if terms := g.r.TermsOf(g.class.ID); len(terms) > 0 {
		g.j.Begun, g.j.Ended = terms[0].From, terms[len(terms)-1].To
	}
	for _, a := range g.r.ClassTeachers(g.class.ID) {
		if s, ok := g.r.Staff(a.Staff); ok {
			g.j.Teacher = s.Full()
		}
	}
	for _, m := range g.r.Members(g.class.ID, from, to) {
		if _, twice := g.index[m.Pupil]; twice {
			continue
		}
		p, _ := g.r.Pupil(m.Pupil)
		out := Pupil{
			Name: p.Name(), FullName: p.Full(), File: p.File, Born: p.Born, Sex: p.Sex, CameBy: order(m.OrderIn), Parents: p.Parents, Phone: p.Phone, Address: p.Address,
			Left: m.To, LeftBy: order(m.OrderOut),
		}
		if m.From > g.j.Begun {
			out.Came = m.From
		}
		if d, ok := g.r.Decision(g.class.ID, m.Pupil); ok {
			out.Decision = decision(d)
		}
		g.index[m.Pupil] = len(g.j.Pupils)
		g.j.Pupils = append(g.j.Pupils, out)
	}
}

func order(number string) string {
	if number == "" {
		return ""
	}
	return "приказ № " + strings.TrimPrefix(strings.TrimPrefix(number, "приказ "), "№ ")
}

func decision(d journal.Decision) string {
	out := d.Text
	if d.Protocol != "" {
		out += ", протокол № " + d.Protocol
	}
	if d.Date != 0 {
		out += " от " + d.Date.String()
	}
	return out
}

// pages returns the pages of the class and of its subgroups, a subject's
// subgroups side by side.
func (g *gatherer) pages() []journal.Page {
	out := g.r.PagesOf(g.class.ID)
	for _, sub := range g.r.Groups(journal.SortSubgroup) {
		if sub.Parent == g.class.ID {
			out = append(out, g.r.PagesOf(sub.ID)...)
		}
	}
	slices.SortStableFunc(out, func(a, b journal.Page) int {
		x, _ := g.r.Subject(a.Subject)
		y, _ := g.r.Subject(b.Subject)
		if x.Order != y.Order {
			return x.Order - y.Order
		}
		return journal.CompareNames(x.Name, y.Name)
	})
	return out
}

func (g *gatherer) page(ctx context.Context, p journal.Page) error {
	from, to := journal.YearBounds(g.r.Year())
	year := g.r.Year()
	written, err := g.src.Lessons(ctx, year, p.ID, from, to)
	if err != nil {
		return fmt.Errorf("gather lessons: %w", err)
	}
	cells, err := g.src.Cells(ctx, year, p.ID, from, to)
	if err != nil {
		return fmt.Errorf("gather cells: %w", err)
	}
	results, err := g.src.TermMarks(ctx, year, p.ID)
	if err != nil {
		return fmt.Errorf("gather results: %w", err)
	}
	planned := g.r.LessonsOf(p.ID, from, to)
	lessons := journal.JoinLessons(planned, written)
	lessons = slices.DeleteFunc(lessons, func(l journal.Lesson) bool { return l.Date > g.until })

	s := g.subject(p)
	column := make(map[journal.Key]int, len(lessons))
	for i, l := range lessons {
		column[l.Key()] = i
		out := Lesson{Date: l.Date, Number: l.Number, Topic: l.Topic, Homework: l.Homework}
		if l.NoHomework && l.Homework == "" {
			out.Homework = "не задано"
		}
		if sub, given := g.r.SubstitutionAt(p.ID, l.Date, l.Number); given {
			if who, ok := g.r.Staff(sub.Staff); ok {
				out.Substitute = surnameFirst(who)
			}
		}
		s.Lessons = append(s.Lessons, out)
		if g.held[l.Date] == nil {
			g.held[l.Date] = map[int]bool{}
		}
		g.held[l.Date][l.Number] = true
	}
	row := g.rows(&s, p, len(lessons))
	for _, c := range cells {
		j, isColumn := column[journal.LessonKey(c.Page, c.Date, c.Number)]
		i, isRow := row[c.Pupil]
		if isColumn && isRow {
			s.Rows[i].Cells[j] = Cell{Mark: marks(c), Absence: c.Attendance()}
			g.miss(c)
		}
	}
	byPupil := map[journal.PupilID]map[journal.Period]string{}
	for _, m := range results {
		if byPupil[m.Pupil] == nil {
			byPupil[m.Pupil] = map[journal.Period]string{}
		}
		byPupil[m.Pupil][m.Period] = m.Value
	}
	for pupil, i := range row {
		s.Rows[i].Results = g.results(byPupil[pupil])
	}
	s.Hours = g.hours(p, planned, written)
	g.j.Subjects = append(g.j.Subjects, s)
	return nil
}

func (g *gatherer) subject(p journal.Page) Subject {
	subject, _ := g.r.Subject(p.Subject)
	out := Subject{Name: subject.Name, Column: subject.Name}
	if group, _ := g.r.Group(p.Group); group.Sort == journal.SortSubgroup {
		out.Name += ", " + strings.TrimPrefix(strings.TrimPrefix(group.Name, g.class.Name), ", ")
	}
	var names []string
	for _, a := range g.r.Teachers(p.ID) {
		if who, ok := g.r.Staff(a.Staff); ok && !slices.Contains(names, who.Full()) {
			names = append(names, who.Full())
		}
	}
	out.Teacher = strings.Join(names, ", ")
	return out
}

// rows makes a row for each pupil of the page, in the order of the class list.
func (g *gatherer) rows(s *Subject, p journal.Page, lessons int) map[journal.PupilID]int {
	from, to := journal.YearBounds(g.r.Year())
	row := map[journal.PupilID]int{}
	for _, m := range g.r.Members(p.Group, from, to) {
		i, inClass := g.index[m.Pupil]
		if _, twice := row[m.Pupil]; twice || !inClass {
			continue
		}
		out := PupilMarks{Pupil: i, Cells: make([]Cell, lessons)}
		if p.Group != g.class.ID {
			out.From, out.To = m.From, m.To
		}
		row[m.Pupil] = len(s.Rows)
		s.Rows = append(s.Rows, out)
	}
	return row
}

func marks(c journal.Cell) string {
	switch {
	case c.Mark == 0:
		return ""
	case c.Second == 0:
		return strconv.Itoa(c.Mark)
	}
	return strconv.Itoa(c.Mark) + "/" + strconv.Itoa(c.Second)
}

// hours counts planned lessons and those given, by term and for the year; of
// what has not ended yet nothing is said.
func (g *gatherer) hours(p journal.Page, planned []journal.Planned, written []journal.Lesson) []Hours {
	out := make([]Hours, len(g.j.Periods))
	for i, period := range g.j.Periods {
		from, to := period.From, period.To
		if to > g.until {
			continue
		}
		if period.Kind != Term {
			if period.Kind != Annual {
				continue
			}
			from, to = g.j.Begun, g.j.Ended
		}
		for _, l := range planned {
			if l.Date >= from && l.Date <= to {
				out[i].Plan++
			}
		}
		for _, l := range written {
			if l.Date >= from && l.Date <= to && !l.Removed && l.Topic != "" {
				out[i].Given++
			}
		}
		if period.Kind == Annual && p.Planned > 0 {
			out[i].Plan = p.Planned
		}
	}
	return out
}
