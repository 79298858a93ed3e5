package print

import (
	"cmp"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// miss takes note of a missed lesson.
func (g *gatherer) miss(c journal.Cell) {
	reason := Unexcused
	switch c.Attendance() {
	case journal.Ill:
		reason = Illness
	case journal.Excused:
		reason = Excused
	case journal.Absent, journal.Unexcused:
	default:
		return // late or exempt pupils were there
	}
	g.missed[missKey{dayKey{g.index[c.Pupil], c.Date}, reason}]++
}

// attendance turns missed lessons into the lines of the attendance forms. A day
// counts as missed when all lessons that the pupil had on it were.
func (g *gatherer) attendance() {
	for d := range g.held {
		g.j.SchoolDays = append(g.j.SchoolDays, d)
	}
	slices.Sort(g.j.SchoolDays)
	total := map[dayKey]int{}
	for k, n := range g.missed {
		total[k.dayKey] += n
	}
	for k, n := range g.missed {
		whole := total[k.dayKey] >= g.due[k.dayKey]
		g.j.Absences = append(g.j.Absences, Absence{Pupil: k.pupil, Date: k.date, Lessons: n, Day: whole, Reason: k.reason})
	}
	slices.SortFunc(g.j.Absences, func(a, b Absence) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Pupil, b.Pupil), cmp.Compare(a.Reason, b.Reason))
	})
}

// remarks are those that the deputy made on pages of the class.
func (g *gatherer) remarks() {
	for _, m := range g.r.Remarks() {
		page, ok := g.r.Page(m.Page)
		if class, has := g.r.Class(page.Group); !ok || !has || class.ID != g.class.ID {
			continue
		}
		subject, _ := g.r.Subject(page.Subject)
		out := Remark{Date: m.Made, Text: subject.Name + ". " + m.Text}
		if m.Date != 0 {
			out.Text = subject.Name + ", урок " + m.Date.Short() + ". " + m.Text
		}
		if by, ok := g.r.Staff(m.By); ok {
			out.By = strings.TrimSpace(by.Position + " " + surnameFirst(by))
		}
		if m.Closed != 0 {
			out.Done = "исправлено " + m.Closed.String()
		}
		g.j.Remarks = append(g.j.Remarks, out)
	}
}
