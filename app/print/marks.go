package print

import (
	"strconv"
	"time"

	"uchitelskaya/app/journal"
)

// signs are what may stand in a cell beside marks.
var signs = [][2]string{
	{"н", "отсутствовал, причина не указана"},
	{"нп", "отсутствовал без уважительной причины"},
	{"уп", "отсутствовал по уважительной причине"},
	{"б", "отсутствовал по болезни"},
	{"оп", "опоздал на урок"},
	{"осв", "освобождён"},
	{"н/а", "не аттестован"},
	{"зач", "зачтено"},
}

const (
	zebra   = 0.955 // grey of every second row: light enough for any printer
	absent  = 0.90  // grey of cells before a pupil came and after he left
	result  = 0.955
	fewest  = 18  // columns of a grid, so that a short subject still looks like a journal
	rowMost = 7.8 // height of a pupil's row at most
)

var (
	markStyle   = styleOf(Narrow, 9.5)
	resultStyle = styleOf(NarrowBold, 9.5)
	dayStyle    = styleOf(Narrow, 8.5)
	headStyle   = styleOf(NarrowBold, 8.5)
	nameStyle   = styleOf(Narrow, 9.5)
)

// marks prints a left page: pupils down, lessons and results across.
func (v *volume) marks(s *Subject, pupils []PupilMarks, first int, items []item) {
	pg, f := v.add()
	pg.text(f.X, f.Y+4, caption, left, fitted(caption, s.Name, f.W*0.62))
	pg.text(f.Right(), f.Y+4, plain, right, "Класс "+v.j.Class)

	columns := max(len(items), fewest)
	t := &table{style: markStyle, pad: 0.9, air: 0.3, cols: make([]float64, 2+columns), heavy: make([]bool, 2+columns)}
	t.cols[0], t.cols[1] = numberCol, nameCol
	for i := range columns {
		t.cols[2+i] = (f.W - numberCol - nameCol) / float64(columns)
	}
	t.head = v.marksHead(s, t, items)
	heads := t.measure(t.head)
	y := t.draw(pg, f.X, f.Y+titleRoom, t.head, heads)

	rows := make([]row, len(pupils))
	cells := make([]cell, len(pupils)*(2+columns))
	for i := range pupils {
		rows[i].cells = cells[i*(2+columns) : (i+1)*(2+columns)]
		if i%2 == 1 {
			rows[i].gray = zebra
		}
		v.marksRow(rows[i].cells, s, &pupils[i], first+i+1, items)
	}
	legend := footnote.wrap(legendLine, f.W)
	foot := float64(len(legend))*footnote.lead + 1
	height := min((f.Bottom()-foot-y)/float64(max(len(rows), 1)), rowMost)
	for i := range rows {
		rows[i].min = height
	}
	y = t.draw(pg, f.X, y, rows, t.measure(rows))
	for i, line := range legend {
		pg.text(f.X, y+3.4+float64(i)*footnote.lead, footnote, left, line)
	}
}

var legendLine = func() string {
	line := ""
	for i, s := range signs[:7] {
		if i > 0 {
			line += "; "
		}
		line += s[0] + " – " + s[1]
	}
	return line
}()

// marksHead is two rows: months over days; the results stand upright in both.
func (v *volume) marksHead(s *Subject, t *table, items []item) []row {
	top := row{min: 6, cells: []cell{
		{text: "№ п/п", down: 2, up: true, align: center, style: &headStyle},
		{text: "Фамилия, имя обучающегося", down: 2, align: center, style: &headStyle},
	}}
	days := row{min: 9, heavy: true}
	for _, it := range items {
		if it.lesson < 0 { // long enough for «I полугодие» in one line
			days.min = max(days.min, headStyle.width(v.j.Periods[it.period].Short)+2-top.min)
		}
	}
	for i := 0; i < len(items); {
		if items[i].lesson < 0 {
			top.cells = append(top.cells, cell{
				text: v.j.Periods[items[i].period].Short, down: 2, up: true, align: center, style: &headStyle, gray: result,
			})
			t.heavy[2+i] = true
			i++
			continue
		}
		month, from := s.Lessons[items[i].lesson].Date.Month(), i
		for ; i < len(items) && items[i].lesson >= 0; i++ {
			day := s.Lessons[items[i].lesson].Date
			if day.Month() != month {
				break
			}
			days.cells = append(days.cells, cell{text: strconv.Itoa(day.Day()), align: center, fit: true, style: &dayStyle})
		}
		t.heavy[2+from] = true
		top.cells = append(top.cells, cell{
			text: monthLabel(month, t.cols[2]*float64(i-from)), span: i - from, align: center, style: &headStyle,
		})
	}
	for i := 2 + len(items); i < len(t.cols); i++ {
		top.cells = append(top.cells, cell{down: 2})
	}
	return []row{top, days}
}

// monthLabel is «Сентябрь», «сент.» or «09», whichever fits.
func monthLabel(m time.Month, w float64) string {
	name := journal.MonthName(m)
	for _, s := range []string{name, monthShort[m]} {
		if headStyle.width(s) <= w-1 {
			return s
		}
	}
	return strconv.Itoa(int(m))
}

var monthShort = [...]string{
	"", "янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек.",
}

func (v *volume) marksRow(cells []cell, s *Subject, m *PupilMarks, number int, items []item) {
	p := &v.j.Pupils[m.Pupil]
	from, to := later(p.Came, m.From), earlier(p.Left, m.To)
	cells[0] = cell{text: strconv.Itoa(number), align: center, fit: true}
	cells[1] = cell{text: fitted(nameStyle, p.Name, nameCol-2), fit: true, style: &nameStyle}
	if to != 0 {
		cells[1].below = "выбыл" + feminine(p.Sex) + " " + to.String()
	} else if from > v.j.begin() {
		cells[1].below = "прибыл" + feminine(p.Sex) + " " + from.String()
	}
	for i, it := range items {
		c := &cells[2+i]
		c.align, c.fit = center, true
		if it.lesson < 0 {
			*c = cell{text: m.result(it.period), align: center, fit: true, style: &resultStyle, gray: result}
			continue
		}
		x := m.cell(it.lesson)
		if c.text = x.Mark; c.text == "" {
			c.text = x.Absence
		} else {
			c.below = x.Absence
		}
		if day := s.Lessons[it.lesson].Date; day < from || to != 0 && day > to {
			c.gray = absent
		}
	}
}

// begin is the first day of the year: pupils who came later are marked so.
func (j *ClassJournal) begin() journal.Date {
	if len(j.Periods) > 0 {
		return j.Periods[0].From
	}
	return journal.MakeDate(j.Year, time.September, 1)
}

func feminine(sex string) string {
	if sex == "ж" {
		return "а"
	}
	return ""
}

func later(a, b journal.Date) journal.Date { return max(a, b) }

// earlier treats zero as «never».
func earlier(a, b journal.Date) journal.Date {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
