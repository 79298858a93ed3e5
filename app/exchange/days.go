package exchange

import (
	"fmt"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// dayRow is one row of a list of the year's days: a term when it has a number,
// else days without lessons.
type dayRow struct {
	*entry
	term     journal.Term
	title    string
	from, to journal.Date
}

// takeDays plans lists of the year's days.
func (p *planner) takeDays(lists []*List) {
	var terms, free []*dayRow
	for _, l := range lists {
		for _, r := range l.Rows {
			row := &dayRow{entry: p.entry(l, r, ThingDays)}
			if l.blank(r, DaysList) || row.heading() {
				continue
			}
			row.read()
			switch {
			case row.ended:
			case row.term.Number > 0:
				terms = append(terms, row)
			default:
				free = append(free, row)
			}
		}
	}
	p.takeTerms(terms)
	p.takeHolidays(free)
}

// heading reports whether a row only says what the rows below it are, if with a
// head of its own, or who signed the list.
func (r *dayRow) heading() bool {
	if meaningOf(r.cell(Begins)) == Begins {
		return true
	}
	if r.cell(Begins) != "" || r.cell(Ends) != "" {
		return false
	}
	term, ok := termNamed(r.cell(Span))
	return !ok || term.Number == 0
}

// read reads and checks the cells of a row.
func (r *dayRow) read() {
	cell := r.cell(Span)
	r.item.Title = cell
	isTerm := false
	if r.term, isTerm = termNamed(cell); isTerm {
		if n := lasting[r.term.Scheme]; r.term.Number < 1 || r.term.Number > n {
			r.wrong(Span, fmt.Sprintf("не указан номер от 1 до %d", n))
			return
		}
		r.item.Title = r.term.Name()
	}
	if cell == "" {
		r.wrong(Span, "не указано, что это за дни")
		return
	}
	r.from = r.day(Begins)
	if r.to = r.from; isTerm || r.cell(Ends) != "" {
		r.to = r.day(Ends)
	}
	if !r.ended && r.to < r.from {
		r.wrong(Ends, "последний день раньше первого")
	}
	if r.ended {
		return
	}
	if r.term.From, r.term.To = r.from, r.to; isTerm {
		return
	}
	r.title = holidayTitle(cell)
	r.item.Title = r.title
	if !r.fits(Span, journal.KindHoliday, journal.HolidayTitle, r.title) {
		return
	}
	question := "free|" + r.rowID()
	if !plainHoliday(r.list.column(Span).Head, r.title) && r.p.answers[question].Choice != AddAnyway {
		r.doubt(Span, question, "по названию не видно, что в эти дни нет уроков у всех классов", Choice{AddAnyway, "Нет уроков у всех"})
	}
}

// day reads a day of the school year; where the year is not written it is the
// one that lies in it.
func (r *dayRow) day(m Meaning) journal.Date {
	cell := r.cell(m)
	if cell == "" {
		r.wrong(m, map[Meaning]string{Begins: "не указан первый день", Ends: "не указан последний день"}[m])
		return 0
	}
	first, last := journal.YearBounds(r.p.year)
	d, err := ParseDate(cell, r.list.Sheet.Epoch)
	if text := withoutYear.FindStringSubmatch(strings.ToLower(cell)); err != nil && text != nil {
		for y := range 2 {
			dot := "."
			if strings.Contains(text[1], " ") {
				dot = " "
			}
			if d, err = ParseDate(fmt.Sprint(text[1], dot, int(r.p.year)+y), 0); err == nil && d >= first && d <= last {
				break
			}
		}
	}
	switch {
	case err != nil:
		r.wrong(m, strings.Replace(err.Error(), "14.03.2013", "01.09."+r.p.year.YearName()[:4], 1))
	case m == Ends && d > last && strings.Contains(journal.Normal(r.cell(Span)), "летн") && d < last+32:
		return last // the summer goes on after the year
	case d < first || d > last:
		r.wrong(m, fmt.Sprintf("%s не в учебном году %s", d, r.p.year.YearName()))
	}
	return d
}

// takeTerms sets the terms of the rows that agree with each other and with the
// terms that the files do not name.
func (p *planner) takeTerms(rows []*dayRow) {
	seen := map[journal.Key]*dayRow{}
	for _, r := range rows {
		key := journal.Key("").Int(int(r.term.Scheme)).Int(r.term.Number)
		was := p.calendar.terms[r.term.Scheme][r.term.Number]
		switch first := seen[key]; {
		case first != nil && first.from == r.from && first.to == r.to:
			r.end(Same, fmt.Sprintf("то же, что в строке %d", first.row.No))
		case first != nil:
			r.wrong(Span, fmt.Sprintf("%s уже есть в строке %d с другими днями", r.term.Name(), first.row.No))
		case was.Closed && (was.From != r.from || was.To != r.to):
			r.locked(was)
		}
		if seen[key] == nil {
			seen[key] = r
		}
	}
	for p.oneDisagrees(rows) {
	}
	for _, r := range rows {
		if r.ended {
			continue
		}
		isNew, diffs := p.term(r.term)
		r.written(isNew, diffs, r.days())
	}
}

// oneDisagrees makes a row wait whose term would stand across another.
func (p *planner) oneDisagrees(rows []*dayRow) bool {
	after := map[journal.Key]journal.Term{}
	put := func(t journal.Term) { after[journal.Key("").Int(int(t.Scheme)).Int(t.Number)] = t }
	for _, s := range schemes {
		for _, t := range p.calendar.of(s) {
			put(t)
		}
	}
	for _, r := range rows {
		if !r.ended {
			put(r.term)
		}
	}
	for _, r := range slices.Backward(rows) { // of two rows the later waits
		if r.ended {
			continue
		}
		for n := 1; n <= lasting[r.term.Scheme]; n++ {
			o, ok := after[journal.Key("").Int(int(r.term.Scheme)).Int(n)]
			if ok && (n < r.term.Number && o.To >= r.from || n > r.term.Number && o.From <= r.to) {
				m := Begins
				if n > r.term.Number {
					m = Ends
				}
				r.wrong(m, fmt.Sprintf("пересекается с другими днями: %s с %s по %s", o.Name(), o.From, o.To))
				return true
			}
		}
	}
	return false
}

// takeHolidays sets the days without lessons. Holidays that the file has on
// other days than the school move.
func (p *planner) takeHolidays(rows []*dayRow) {
	seen := map[journal.Date]*dayRow{}
	for _, r := range rows {
		was, has := p.calendar.holidays[r.from]
		closed, locked := p.calendar.closed(r.from, r.to)
		switch first := seen[r.from]; {
		case first != nil && first.to == r.to:
			r.end(Same, fmt.Sprintf("то же, что в строке %d", first.row.No))
		case first != nil:
			r.wrong(Begins, fmt.Sprintf("с этого дня уже есть «%s» в строке %d", short(first.title), first.row.No))
		case locked && !(has && max(was.From, was.To) == r.to && was.Title == r.title) && closed.To >= r.from:
			r.locked(closed)
		}
		if !r.ended {
			seen[r.from], p.calendar.named[r.from] = r, true
		}
	}
	for _, r := range rows {
		if r.ended {
			continue
		}
		moved := p.moved(r)
		isNew, diffs := p.holiday(journal.Holiday{From: r.from, To: r.to, Title: r.title})
		if moved != 0 {
			isNew, diffs = false, append(diffs, fmt.Sprintf("с %s, было с %s", r.from, moved))
		}
		r.written(isNew, diffs, r.days())
	}
}

// moved takes out the holidays of the same name that stand on other days near
// by and that the files do not name; it returns the first day of one.
func (p *planner) moved(r *dayRow) (was journal.Date) {
	var gone []journal.Date
	for from, h := range p.calendar.holidays {
		near := from <= r.to+31 && max(from, h.To)+31 >= r.from
		if _, locked := p.calendar.closed(from, max(from, h.To)); locked || p.calendar.named[from] || !near || !isBreak(h.Title) {
			continue
		}
		if journal.Normal(h.Title) == journal.Normal(r.title) {
			gone = append(gone, from)
		}
	}
	slices.Sort(gone)
	for _, from := range gone {
		p.free(from)
		was = from
	}
	return was
}

// locked ends a row about days on which marks are no longer changed.
func (r *dayRow) locked(t journal.Term) {
	why := fmt.Sprintf("дни не изменим: %s закрыта", t.Name())
	if t.Scheme != journal.Quarters {
		why = fmt.Sprintf("дни не изменим: период «%s» закрыт", t.Name())
	}
	r.p.problem(r.at(Begins), r.cell(Begins), why)
	r.end(Same, why)
}

// days are the days of a row as its remark.
func (r *dayRow) days() string {
	if r.from == r.to {
		return r.from.String()
	}
	return r.from.String() + " – " + r.to.String()
}
