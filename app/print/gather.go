package print

import (
	"context"
	"fmt"
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
	g := &gatherer{src: src, r: r, class: group, until: journal.DateOf(made), index: map[journal.PupilID]int{}, missed: map[missKey]int{}, due: map[dayKey]int{}, held: map[journal.Date]bool{}}
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
	missed map[missKey]int       // lessons
	due    map[dayKey]int        // lessons that a pupil had on a day
	held   map[journal.Date]bool // days with lessons
}

type dayKey struct {
	pupil int
	date  journal.Date
}

type missKey struct {
	dayKey
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
		i, back := g.index[m.Pupil]
		if !back {
			i = len(g.j.Pupils)
			g.index[m.Pupil] = i
			g.j.Pupils = append(g.j.Pupils, g.pupil(m))
		}
		// Who left and came back has not left: the last time decides.
		g.j.Pupils[i].Left, g.j.Pupils[i].LeftBy = 0, ""
		if m.To != 0 && m.To < g.j.Ended {
			g.j.Pupils[i].Left, g.j.Pupils[i].LeftBy = m.To, order(m.OrderOut)
		}
	}
}

// pupil is a line of the class list, for the first time that a pupil came.
func (g *gatherer) pupil(m journal.Membership) Pupil {
	p, _ := g.r.Pupil(m.Pupil)
	out := Pupil{
		Name: p.Name(), FullName: p.Full(), File: p.File, Born: p.Born, Sex: p.Sex, CameBy: order(m.OrderIn),
		Parents: p.Parents, Phone: p.Phone, Address: p.Address,
	}
	if m.From > g.j.Begun {
		out.Came = m.From
	}
	if d, ok := g.r.Decision(g.class.ID, m.Pupil); ok {
		out.Decision = decision(d)
	}
	return out
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
