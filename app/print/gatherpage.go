package print

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"uchitelskaya/app/journal"
)

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
		g.held[l.Date] = true
	}
	row := g.rows(&s, p, lessons)
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
func (g *gatherer) rows(s *Subject, p journal.Page, lessons []journal.Lesson) map[journal.PupilID]int {
	from, to := journal.YearBounds(g.r.Year())
	row := map[journal.PupilID]int{}
	for _, m := range g.r.Members(p.Group, from, to) {
		i, inClass := g.index[m.Pupil]
		if !inClass {
			continue
		}
		for _, l := range lessons {
			if m.On(l.Date) {
				g.due[dayKey{i, l.Date}]++
			}
		}
		if k, back := row[m.Pupil]; back {
			if p.Group != g.class.ID {
				s.Rows[k].To = m.To
			}
			continue
		}
		out := PupilMarks{Pupil: i, Cells: make([]Cell, len(lessons))}
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
