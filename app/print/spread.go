package print

import (
	"fmt"
	"strconv"
)

// What a subject's spread may hold at most. Twenty-five lessons fill both
// pages: columns of 5 mm on the left, rows of two lines on the right.
const (
	mostColumns = 25
	mostPupils  = 40
	numberCol   = 6.5
	nameCol     = 39.0
)

// An item is a column of the marks page and a row of the topics page: a lesson
// or, after the last lesson of a period, the period's result.
type item struct {
	lesson int // index, or -1
	period int // index, or -1
}

// items puts the periods behind their last lessons.
func (j *ClassJournal) items(s *Subject) []item {
	var all []item
	p := 0
	for i, l := range s.Lessons {
		for p < len(j.Periods) && j.Periods[p].To < l.Date {
			if j.shows(s, p) {
				all = append(all, item{-1, p})
			}
			p++
		}
		all = append(all, item{i, -1})
	}
	for ; p < len(j.Periods); p++ {
		if j.shows(s, p) {
			all = append(all, item{-1, p})
		}
	}
	return all
}

// shows reports whether a period has a column in a subject: terms and the year
// always, an examination and a final mark only where somebody has one.
func (j *ClassJournal) shows(s *Subject, period int) bool {
	switch j.Periods[period].Kind {
	case Term, Annual:
		return true
	}
	for i := range s.Rows {
		if s.Rows[i].result(period) != "" {
			return true
		}
	}
	return false
}

func (r *PupilMarks) result(period int) string {
	if period < len(r.Results) {
		return r.Results[period]
	}
	return ""
}

func (r *PupilMarks) cell(lesson int) Cell {
	if lesson < len(r.Cells) {
		return r.Cells[lesson]
	}
	return Cell{}
}

// subject prints all spreads of a subject: marks left, topics right. A list of
// pupils that is too long for a page gets further spreads of the same lessons.
func (v *volume) subject(s *Subject) {
	all := v.j.items(s)
	topics := topicsTable(v.geo.Frame(3).W)
	rows := make([]row, len(all))
	for i, it := range all {
		rows[i] = v.topicRow(s, it)
	}
	heights := topics.measure(rows)
	heads := topics.measure(topics.head)
	room := v.geo.Frame(3).H - titleRoom - total(heads)
	for i, h := range heights {
		if h > room {
			v.fail(tooLong(s, all[i]))
			return
		}
	}
	parts := balance(heights, room)
	lists := max((len(s.Rows)+mostPupils-1)/mostPupils, 1)
	each := (len(s.Rows) + lists - 1) / lists
	for list := range lists {
		first := list * each
		pupils := s.Rows[first:min(first+each, len(s.Rows))]
		for _, part := range parts {
			v.marks(s, pupils, first, all[part[0]:part[1]])
			v.topics(s, topics, heads, rows[part[0]:part[1]], heights[part[0]:part[1]])
			if v.err != nil {
				return
			}
		}
	}
}

// titleRoom is kept above the tables of a spread for subject and teacher.
const titleRoom = 8.0

// balance shares the items out evenly over as few spreads as will hold them.
func balance(heights []float64, room float64) [][2]int {
	for want := (len(heights) + mostColumns - 1) / mostColumns; ; want++ {
		each := (len(heights) + want - 1) / max(want, 1)
		parts := fillUp(heights, room, each)
		if len(parts) <= want || want > len(heights) {
			return parts
		}
	}
}

// fillUp takes at most n items for a spread, fewer when they are too high.
func fillUp(heights []float64, room float64, n int) [][2]int {
	var parts [][2]int
	start, used := 0, 0.0
	for i, h := range heights {
		if i > start && (i-start >= n || used+h > room) {
			parts = append(parts, [2]int{start, i})
			start, used = i, 0
		}
		used += h
	}
	return append(parts, [2]int{start, len(heights)})
}

func topicsTable(w float64) *table {
	st := styleOf(Narrow, 9.5)
	st.lead = 3.6
	const day, number, sign = 14, 12, 25
	rest := w - day - number - sign
	return &table{
		cols: []float64{day, number, rest * 0.56, rest * 0.44, sign}, style: st, pad: 1.2, air: 0.6,
		head: []row{{min: 10, heavy: true, cells: []cell{
			{text: "Число и месяц", align: center},
			{text: "№\nурока", align: center},
			{text: "Тема урока", align: center},
			{text: "Домашнее задание", align: center},
			{text: "Подпись учителя", align: center},
		}}},
	}
}

var narrowBold = styleOf(NarrowBold, 9.5)

func (v *volume) topicRow(s *Subject, it item) row {
	if it.lesson < 0 {
		if text := v.j.hours(s, it.period); text != "" {
			return row{min: 6, gray: result, cells: []cell{{text: text, span: 4, style: &narrowBold}, {}}}
		}
		return row{} // a result without lessons, an examination say, has no row
	}
	l := &s.Lessons[it.lesson]
	number, by := "", ""
	if l.Number > 0 {
		number = strconv.Itoa(l.Number)
	}
	if l.Substitute != "" {
		by = "зам. " + l.Substitute
	}
	return row{min: 6, cells: []cell{
		{text: l.Date.Short(), align: center},
		{text: number, align: center},
		{text: l.Topic},
		{text: l.Homework},
		{text: by, style: &running},
	}}
}

// hours is the line that closes a period on the topics page; empty if the
// period has no hours.
func (j *ClassJournal) hours(s *Subject, period int) string {
	name := j.Periods[period].Long
	if period >= len(s.Hours) || s.Hours[period].Plan == 0 && s.Hours[period].Given == 0 {
		return ""
	}
	h := s.Hours[period]
	text := fmt.Sprintf("%s. По плану %d ч., дано %d ч.; ", name, h.Plan, h.Given)
	switch late := h.Plan - h.Given; {
	case late > 0:
		return text + fmt.Sprintf("отставание %d ч.", late)
	case late < 0:
		return text + fmt.Sprintf("программа выполнена, сверх плана %d ч.", -late)
	}
	return text + "программа выполнена"
}

// topics prints a right page. The rows are stretched to fill it; what a short
// last page leaves over is struck out, so that nothing can be added later.
func (v *volume) topics(s *Subject, t *table, heads []float64, rows []row, natural []float64) {
	pg, f := v.add()
	pg.text(f.X, f.Y+4, caption, left, fitted(caption, s.Name, f.W*0.5))
	pg.text(f.Right(), f.Y+4, plain, right, fitted(plain, "Учитель: "+s.Teacher, f.W*0.5))
	y := t.draw(pg, f.X, f.Y+titleRoom, t.head, heads)
	kept, heights := make([]row, 0, len(rows)), make([]float64, 0, len(rows))
	for i := range rows {
		if len(rows[i].cells) > 0 {
			kept, heights = append(kept, rows[i]), append(heights, natural[i])
		}
	}
	stretch(heights, f.Bottom()-y, 11)
	y = t.draw(pg, f.X, y, kept, heights)
	if y < f.Bottom()-15 {
		strike(pg, f.X, y+3, f.Right(), f.Bottom())
	}
}

// strike draws the Z that closes an unused part of a page.
func strike(pg *Page, x1, y1, x2, y2 float64) {
	pg.line(x1, y1, x2, y1, thin)
	pg.line(x2, y1, x1, y2, thin)
	pg.line(x1, y2, x2, y2, thin)
}

// fitted shortens s with an ellipsis to the width; only for headings, whose
// full text stands in the contents.
func fitted(st style, s string, w float64) string {
	if st.width(s) <= w {
		return s
	}
	r := []rune(s)
	for len(r) > 0 && st.width(string(r)+"…") > w {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}
