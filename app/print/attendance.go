package print

import (
	"fmt"
	"strconv"

	"uchitelskaya/app/journal"
)

// Missed counts the absences of one pupil in a stretch of time. Days are those
// of which all lessons were missed.
type missed struct{ days, lessons, illDays, illLessons, excused, unexcused int }

func (m *missed) add(a *Absence, day int) {
	m.days += day
	m.lessons += a.Lessons
	switch a.Reason {
	case Illness:
		m.illDays += day
		m.illLessons += a.Lessons
	case Excused:
		m.excused += a.Lessons
	default:
		m.unexcused += a.Lessons
	}
}

func (m *missed) sum(o missed) {
	m.days += o.days
	m.lessons += o.lessons
	m.illDays += o.illDays
	m.illLessons += o.illLessons
	m.excused += o.excused
	m.unexcused += o.unexcused
}

// missedIn counts for every pupil what was missed from a to b.
func (j *ClassJournal) missedIn(a, b journal.Date) []missed {
	all := make([]missed, len(j.Pupils))
	counted := make([]journal.Date, len(j.Pupils)) // a day missed for two reasons is still one day
	for i := range j.Absences {
		x := &j.Absences[i]
		if x.Date < a || x.Date > b {
			continue
		}
		day := 0
		if x.Day && counted[x.Pupil] != x.Date {
			day, counted[x.Pupil] = 1, x.Date
		}
		all[x.Pupil].add(x, day)
	}
	return all
}

var (
	tiny     = styleOf(Narrow, 8)
	tinyBold = styleOf(NarrowBold, 8)
)

// missed prints a page for each month: lessons missed day by day.
func (v *volume) missed() {
	const title = "Сведения о количестве уроков, пропущенных обучающимися"
	days := v.j.SchoolDays
	for len(days) > 0 {
		n := 1
		for n < len(days) && days[n].Month() == days[0].Month() {
			n++
		}
		v.month(fmt.Sprintf("%s: %s %d года", title, monthLower(days[0]), days[0].Year()), days[:n])
		days = days[n:]
	}
	if len(v.j.SchoolDays) == 0 {
		pg, f := v.add()
		v.title(pg, f, title)
		pg.text(f.X+f.W/2, f.Y+24, plain, center, "Учебные дни в электронном журнале не отмечены.")
	}
}

func monthLower(d journal.Date) string {
	r := []rune(journal.MonthName(d.Month()))
	r[0] += 'а' - 'А'
	return string(r)
}

func (v *volume) month(title string, days []journal.Date) {
	f := v.geo.Frame(v.next())
	const sums = 4 * 7.5
	columns := max(len(days), 20)
	t := &table{style: tiny, pad: 0.8, air: 0.3, cols: []float64{numberCol, nameCol}, heavy: make([]bool, 2+columns+1)}
	for range columns {
		t.cols = append(t.cols, (f.W-numberCol-nameCol-sums)/float64(columns))
	}
	t.cols = append(t.cols, 7.5, 7.5, 7.5, 7.5)
	t.heavy[2], t.heavy[2+columns] = true, true

	top := row{min: 6, cells: []cell{
		{text: "№ п/п", down: 2, up: true, align: center, style: &headStyle},
		{text: "Фамилия, имя обучающегося", down: 2, align: center, style: &headStyle},
		{text: "Числа месяца", span: columns, align: center, style: &headStyle},
		{text: "Пропущено", span: 2, align: center, style: &headStyle},
		{text: "По болезни", span: 2, align: center, style: &headStyle},
	}}
	below := row{min: 13, heavy: true}
	for _, d := range days {
		below.cells = append(below.cells, cell{text: strconv.Itoa(d.Day()), align: center, fit: true, style: &tiny})
	}
	for range columns - len(days) {
		below.cells = append(below.cells, cell{})
	}
	below.cells = append(below.cells, upright("дней", "уроков", "дней", "уроков")...)
	t.head = []row{top, below}

	byDay := v.j.byDay(days)
	counts := v.j.missedIn(days[0], days[len(days)-1])
	rows := make([]row, 0, len(v.j.Pupils)+1)
	perDay, all := make([]int, len(days)), missed{}
	for i := range v.j.Pupils {
		p := &v.j.Pupils[i]
		r := row{cells: []cell{{text: strconv.Itoa(i + 1), align: center, fit: true}, {text: fitted(tiny, p.Name, nameCol-2)}}}
		if i%2 == 1 {
			r.gray = zebra
		}
		for k := range columns {
			c := cell{align: center, fit: true}
			if k < len(days) {
				c.text = number(byDay[i][k])
				perDay[k] += byDay[i][k]
				if days[k] < p.Came || p.Left != 0 && days[k] > p.Left {
					c.gray = absent
				}
			}
			r.cells = append(r.cells, c)
		}
		m := counts[i]
		all.sum(m)
		r.cells = append(r.cells, numbers(&tiny, m.days, m.lessons, m.illDays, m.illLessons)...)
		rows = append(rows, r)
	}
	sum := row{gray: result, cells: []cell{{text: "Всего по классу", span: 2, style: &tinyBold}}}
	for k := range columns {
		c := cell{align: center, fit: true, style: &tinyBold}
		if k < len(days) {
			c.text = number(perDay[k])
		}
		sum.cells = append(sum.cells, c)
	}
	sum.cells = append(sum.cells, numbers(&tinyBold, all.days, all.lessons, all.illDays, all.illLessons)...)
	v.even(title, t, append(rows, sum))
}

// even prints a table whose rows share the page evenly.
func (v *volume) even(title string, t *table, rows []row) {
	f := v.geo.Frame(v.next())
	if n := len(rows); n > 1 {
		rows[n-2].heavy = true
	}
	height := min((f.H-9-total(t.measure(t.head)))/float64(max(len(rows), 1)), rowMost)
	for i := range rows {
		rows[i].min = max(height, 4.6)
	}
	v.flow(title, t, rows, 0)
}

// byDay is the number of lessons missed by pupil and day.
func (j *ClassJournal) byDay(days []journal.Date) [][]int {
	at := make(map[journal.Date]int, len(days))
	for i, d := range days {
		at[d] = i
	}
	flat := make([]int, len(j.Pupils)*len(days))
	all := make([][]int, len(j.Pupils))
	for i := range all {
		all[i] = flat[i*len(days) : (i+1)*len(days)]
	}
	for i := range j.Absences {
		if k, ok := at[j.Absences[i].Date]; ok {
			all[j.Absences[i].Pupil][k] += j.Absences[i].Lessons
		}
	}
	return all
}

var absenceLabels = []string{
	"всего дней", "всего уроков", "по болезни, дней", "по болезни, уроков", "по уважительной причине, уроков", "без уважительной причины, уроков",
}

// A block is the columns of one period in the attendance sheet.
type block struct {
	name   string
	counts []missed // by pupil
}

// attendance prints «Сводная ведомость учёта посещаемости» over facing pages:
// the terms, then the year.
func (v *volume) attendance() {
	var blocks []block
	year := make([]missed, len(v.j.Pupils))
	for _, p := range v.j.Periods {
		if p.Kind != Term {
			continue
		}
		b := block{p.Long, v.j.missedIn(p.From, p.To)}
		for i := range b.counts {
			year[i].sum(b.counts[i])
		}
		blocks = append(blocks, b)
	}
	blocks = append(blocks, block{"За год", year})
	half := len(blocks) / 2
	v.attendancePage(blocks[:half])
	v.attendancePage(blocks[half:])
}

func (v *volume) attendancePage(blocks []block) {
	f := v.geo.Frame(v.next())
	t := &table{style: tiny, pad: 0.8, air: 0.6, cols: []float64{numberCol, nameCol}}
	top := row{min: 7, cells: []cell{
		{text: "№ п/п", down: 2, up: true, align: center, style: &headStyle},
		{text: "Фамилия, имя обучающегося", down: 2, align: center, style: &headStyle},
	}}
	below := row{min: 44, heavy: true}
	unit := (f.W - numberCol - nameCol) / float64(max(len(blocks), 1)*len(absenceLabels))
	for _, b := range blocks {
		t.heavy = append(t.heavy, make([]bool, len(t.cols)-len(t.heavy))...)
		t.heavy = append(t.heavy, true)
		top.cells = append(top.cells, cell{text: b.name, span: len(absenceLabels), align: center, style: &headStyle})
		for _, c := range upright(absenceLabels...) {
			c.align = left
			below.cells = append(below.cells, c)
			t.cols = append(t.cols, unit)
		}
	}
	t.head = []row{top, below}

	sums := make([]missed, len(blocks))
	rows := make([]row, 0, len(v.j.Pupils)+1)
	for i := range v.j.Pupils {
		r := row{cells: []cell{{text: strconv.Itoa(i + 1), align: center, fit: true}, {text: fitted(tiny, v.j.Pupils[i].Name, nameCol-2)}}}
		if i%2 == 1 {
			r.gray = zebra
		}
		for b := range blocks {
			m := blocks[b].counts[i]
			sums[b].sum(m)
			r.cells = append(r.cells, numbers(&tiny, m.days, m.lessons, m.illDays, m.illLessons, m.excused, m.unexcused)...)
		}
		rows = append(rows, r)
	}
	sum := row{gray: result, cells: []cell{{text: "Всего по классу", span: 2, style: &tinyBold}}}
	for _, m := range sums {
		sum.cells = append(sum.cells, numbers(&tinyBold, m.days, m.lessons, m.illDays, m.illLessons, m.excused, m.unexcused)...)
	}
	v.even("Сводная ведомость учёта посещаемости", t, append(rows, sum))
}

// number leaves a zero out: an empty cell is easier to read.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func numbers(st *style, ns ...int) []cell {
	cells := make([]cell, len(ns))
	for i, n := range ns {
		cells[i] = cell{text: number(n), align: center, fit: true, style: st}
	}
	return cells
}
