package printtest

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/print"
)

type dayOf struct {
	pupil int
	date  journal.Date
}

var codes = map[print.Reason]string{print.Unexcused: "нп", print.Illness: "б", print.Excused: "уп"}

// absences lets every pupil miss some whole days, in spells of illness or singly.
func absences(j *print.ClassJournal, rng *rand.Rand) map[dayOf]string {
	away := map[dayOf]string{}
	for i := range j.Pupils {
		for k := 0; k < len(j.SchoolDays); k++ {
			if rng.IntN(40) > 0 {
				continue
			}
			reason := print.Reason(rng.IntN(3))
			for n := 1 + rng.IntN(4); n > 0 && k < len(j.SchoolDays); n-- {
				d := j.SchoolDays[k]
				if p := j.Pupils[i]; d >= p.Came && (p.Left == 0 || d <= p.Left) {
					j.Absences = append(j.Absences, print.Absence{Pupil: i, Date: d, Lessons: 6, Day: true, Reason: reason})
					away[dayOf{i, d}] = codes[reason]
				}
				k++
			}
		}
	}
	slices.SortStableFunc(j.Absences, func(a, b print.Absence) int { return int(a.Date - b.Date) })
	return away
}

func page(j *print.ClassJournal, rng *rand.Rand, s subject, n int, days []journal.Date, away map[dayOf]string, extra int) print.Subject {
	out := print.Subject{Name: s.name, Column: s.column, Teacher: teacher[n%len(teacher)]}
	weekly := min(s.weekly+extra, 5)
	for i, d := range days {
		// A subject falls on fixed days of the week, spread over it.
		if (i*weekly+n)/5 == ((i+1)*weekly+n)/5 {
			continue
		}
		l := print.Lesson{
			Date: d, Number: 1 + (n+d.Weekday())%7,
			Topic: topics[rng.IntN(len(topics))], Homework: homework[rng.IntN(len(homework))],
		}
		if rng.IntN(30) == 0 {
			l.Substitute = "Литвин А. П."
		}
		out.Lessons = append(out.Lessons, l)
	}
	for i := range j.Pupils {
		if s.group != 0 && i%2+1 != s.group {
			continue
		}
		m := print.PupilMarks{Pupil: i, Cells: make([]print.Cell, len(out.Lessons)), Results: make([]string, len(j.Periods))}
		for k, l := range out.Lessons {
			m.Cells[k] = cell(&j.Pupils[i], i, l.Date, away, rng)
		}
		for k, p := range j.Periods {
			switch {
			case j.Pupils[i].Left != 0 && p.To > j.Pupils[i].Left:
			case s.weekly == 2 && (i+k)%6 == 0:
				m.Results[k] = []string{"зач", "осв", "н/а", "незач"}[(i+k)/6%4]
			case p.Kind == print.Term || p.Kind == print.Annual:
				m.Results[k] = strconv.Itoa(3 + rng.IntN(3))
			case n == 0 || n == 5 || n == 13: // examinations
				m.Results[k] = strconv.Itoa(3 + rng.IntN(3))
			}
		}
		out.Rows = append(out.Rows, m)
	}
	for k, p := range j.Periods {
		h := print.Hours{}
		for _, l := range out.Lessons {
			if p.Kind == print.Term && l.Date >= p.From && l.Date <= p.To || p.Kind == print.Annual {
				h.Given++
			}
		}
		if h.Given > 0 {
			h.Plan = h.Given + (n+k)%5/4
		}
		out.Hours = append(out.Hours, h)
	}
	return out
}

func cell(p *print.Pupil, i int, d journal.Date, away map[dayOf]string, rng *rand.Rand) print.Cell {
	if d < p.Came || p.Left != 0 && d > p.Left {
		return print.Cell{}
	}
	if code := away[dayOf{i, d}]; code != "" {
		return print.Cell{Absence: code}
	}
	switch n := rng.IntN(101); {
	case n == 100:
		return print.Cell{Absence: "осв"}
	case n < 24:
		return print.Cell{Mark: strconv.Itoa(2 + (n+2)%4)}
	case n < 26:
		return print.Cell{Mark: "5/4"}
	case n == 26:
		return print.Cell{Mark: "4", Absence: "оп"}
	}
	return print.Cell{}
}
