package screens

import (
	"strconv"
	"strings"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/assets"
)

// A view is a page laid out for the grid: a term with its lessons, or the
// year with its results.
type view struct {
	sheet gradegrid.Sheet
	spots []spot // what each column of the sheet stands for
}

// A spot is what a column stands for: a lesson, a result, or the average when
// it is neither.
type spot struct {
	lesson int // place in the page's columns; -1: none
	period journal.Period
	term   journal.Term // of a result of a term
}

// viewOf lays out the term of a page, or its year.
func viewOf(p *desk.Page, d JournalDesk, year bool) view {
	v := view{sheet: gradegrid.Sheet{NumberHead: assets.T("journal.number"), NameHead: assets.T("journal.name")}}
	if year {
		v.year(p, d)
	} else {
		v.term(p, d)
	}
	for i := range p.Rows {
		v.sheet.Rows = append(v.sheet.Rows, v.row(p, i))
		cells := make([]gradegrid.Cell, len(v.spots))
		for col := range cells {
			cells[col] = v.cell(p, d, i, col)
		}
		v.sheet.Cells = append(v.sheet.Cells, cells)
	}
	return v
}

// term has the lessons of the term between the former term's results and,
// frozen, the average and this term's result.
func (v *view) term(p *desk.Page, d JournalDesk) {
	rules, today := d.Roster().Rules(), d.Today()
	for i, c := range p.Columns {
		if !c.IsLesson() {
			v.spots = append(v.spots, spot{lesson: -1, period: c.Period.Period(), term: c.Period})
			v.sheet.Columns = append(v.sheet.Columns, resultColumn(c.Period.Period(), c.Period.Scheme, c.Closed))
			continue
		}
		v.spots = append(v.spots, spot{lesson: i})
		v.sheet.Columns = append(v.sheet.Columns, lessonColumn(c, rules, today))
	}
	for _, r := range d.Roster().Remarks() {
		for i, c := range p.Columns {
			if r.Page == p.ID && r.Closed == 0 && c.IsLesson() && r.Date == c.Lesson.Date && (r.Number == 0 || r.Number == c.Lesson.Number) {
				v.sheet.Columns[i].Remark = true
			}
		}
	}
	v.spots = append(v.spots, spot{lesson: -1}, spot{lesson: -1, period: p.Term.Period(), term: p.Term})
	v.sheet.Right = []gradegrid.Column{
		{Kind: gradegrid.Average, Day: assets.T("journal.average")},
		resultColumn(p.Term.Period(), p.Term.Scheme, p.Term.Closed),
	}
}

// year has the results of the terms, of the year and, where an examination is
// taken, of the examination.
func (v *view) year(p *desk.Page, d JournalDesk) {
	scheme := d.Roster().SchemeOf(p.Page.Group)
	for _, t := range p.Terms {
		v.spots = append(v.spots, spot{lesson: -1, period: t.Period(), term: t})
		v.sheet.Columns = append(v.sheet.Columns, resultColumn(t.Period(), scheme, t.Closed))
	}
	periods := []journal.Period{journal.YearMark}
	if p.Group.Grade == 9 || p.Group.Grade == 11 {
		periods = append(periods, journal.ExamMark, journal.FinalMark)
	}
	for _, period := range periods {
		v.spots = append(v.spots, spot{lesson: -1, period: period})
		v.sheet.Columns = append(v.sheet.Columns, resultColumn(period, scheme, false))
	}
}

func resultColumn(p journal.Period, scheme journal.Scheme, closed bool) gradegrid.Column {
	roman, word, _ := strings.Cut(p.Short(scheme), " ")
	return gradegrid.Column{Kind: gradegrid.Period, Day: roman, Weekday: word, Closed: closed}
}

func lessonColumn(c desk.Column, rules journal.Rules, today journal.Date) gradegrid.Column {
	l := c.Lesson
	weight := rules.WeightOf(l)
	work := l.Work.Kind().Short
	if weight != 100 {
		work += "×" + weightText(weight)
	}
	return gradegrid.Column{
		Kind: gradegrid.Lesson, Month: journal.MonthName(l.Date.Month()), Day: strconv.Itoa(l.Date.Day()), Weekday: l.Date.WeekdayShort(),
		Work: work, Today: l.Date == today, Future: l.Date > today, Control: weight > 100, Closed: c.Closed,
	}
}

// weightText is «2» or «0,5».
func weightText(hundredths int) string {
	return strings.TrimSuffix(strings.TrimRight(journal.Hundredths(hundredths), "0"), ",")
}

// row is a pupil with the columns in which he is not in the group.
func (v *view) row(p *desk.Page, i int) gradegrid.Row {
	r := p.Rows[i]
	row := gradegrid.Row{No: strconv.Itoa(i + 1), Surname: r.Pupil.Last, Name: r.Pupil.First}
	if len(r.Member) == 0 {
		return row
	}
	first, last := r.Member[0], r.Member[len(r.Member)-1]
	for col := range v.sheet.Columns {
		day := v.day(p, col)
		if day < first.From {
			row.From = col + 1
			row.Before = assets.T("journal.from", first.From.Short())
		}
		if row.To == 0 && last.To != 0 && day > last.To {
			row.To = col
			row.After = v.gone(last)
		}
	}
	row.Gone = row.After != ""
	return row
}

// day is the last day that a column speaks of.
func (v *view) day(p *desk.Page, col int) journal.Date {
	switch s := v.spots[col]; {
	case s.lesson >= 0:
		return p.Columns[s.lesson].Lesson.Date
	case s.term.To != 0:
		return s.term.To
	}
	return p.Terms[len(p.Terms)-1].To
}

// gone is «выбыл 13.11, приказ № 84»; the year has no room for the order.
func (v *view) gone(m journal.Membership) string {
	text := assets.T("journal.gone", m.To.Short())
	if m.OrderOut != "" && len(v.sheet.Right) > 0 {
		text += ", " + m.OrderOut
	}
	return text
}

// cell is what the grid shows at a row and column.
func (v *view) cell(p *desk.Page, d JournalDesk, row, col int) gradegrid.Cell {
	r, s := &p.Rows[row], v.spots[col]
	switch {
	case s.lesson >= 0:
		c := r.Cells[s.lesson]
		cell := gradegrid.Cell{Value: valueOf(c), Flags: flagsOf(c.State)}
		if c.Note != "" {
			cell.Flags |= gradegrid.Comment
		}
		return cell
	case s.period == p.Term.Period():
		return resultCell(r.Results[s.period], r.Propose, r.Marks > 0 || r.Missed > 0)
	case s.period == journal.YearMark:
		return resultCell(r.Results[s.period], d.ProposeYear(p, r), false)
	case s.period != 0:
		return resultCell(r.Results[s.period], "", false)
	case r.Marks == 0:
		return gradegrid.Cell{}
	}
	return gradegrid.Cell{Value: gradegrid.Value{Marks: journal.Hundredths(r.Average)}}
}

// resultCell is a result as it was set, or as the rules propose it; few says
// that a dash stands where they propose nothing.
func resultCell(t journal.TermMark, propose string, few bool) gradegrid.Cell {
	if t.Value == "" {
		if propose == "" && few {
			propose = assets.T("journal.few")
		}
		if propose == "" {
			return gradegrid.Cell{Flags: flagsOf(t.State)}
		}
		return gradegrid.Cell{Value: gradegrid.Value{Marks: propose}, Flags: gradegrid.Proposed | flagsOf(t.State)}
	}
	cell := gradegrid.Cell{Value: gradegrid.Value{Marks: t.Value}, Flags: gradegrid.Set | flagsOf(t.State)}
	if a, b := journal.MarkOf(t.Value), journal.MarkOf(propose); a != 0 && b != 0 && a != b {
		cell.Flags |= gradegrid.Underlined
	}
	return cell
}

func flagsOf(s journal.CellState) (f gradegrid.Flags) {
	if s&(journal.Unsent|journal.Refused) != 0 {
		f |= gradegrid.Unsent
	}
	if s&journal.Rivals != 0 {
		f |= gradegrid.Conflict
	}
	if s&journal.Late != 0 {
		f |= gradegrid.Late
	}
	return f
}

// valueOf is what a cell says.
func valueOf(c journal.Cell) gradegrid.Value {
	marks := journal.Entry{Mark: c.Mark, Second: c.Second}
	return gradegrid.Value{Code: c.Attendance(), Marks: marks.String()}
}

// withValue is a cell with another value typed into it.
func withValue(c journal.Cell, v gradegrid.Value) journal.Cell {
	c.Mark, c.Second, c.Absence = 0, 0, v.Code
	if len(v.Marks) > 0 {
		c.Mark = int(v.Marks[0] - '0')
	}
	if len(v.Marks) == 3 {
		c.Second = int(v.Marks[2] - '0')
	}
	return c
}
