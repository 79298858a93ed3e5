package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// A calendar is the year's days as they would be.
type calendar struct {
	terms    map[journal.Scheme]map[int]journal.Term // by number
	holidays map[journal.Date]journal.Holiday        // by their first day
	named    map[journal.Date]bool                   // first days of holidays that the files have
}

var schemes = []journal.Scheme{journal.Quarters, journal.Trimesters, journal.HalfYears}

// lasting is how many terms a scheme has.
var lasting = map[journal.Scheme]int{journal.Quarters: 4, journal.Trimesters: 3, journal.HalfYears: 2}

func newCalendar(r *journal.Roster) calendar {
	c := calendar{terms: map[journal.Scheme]map[int]journal.Term{}, holidays: map[journal.Date]journal.Holiday{}, named: map[journal.Date]bool{}}
	for _, s := range schemes {
		c.terms[s] = map[int]journal.Term{}
		for _, t := range r.Terms(s) {
			c.terms[s][t.Number] = t
		}
	}
	for _, h := range r.Holidays() {
		c.holidays[h.From] = h
	}
	return c
}

// of returns the terms of a scheme in their order.
func (c calendar) of(s journal.Scheme) []journal.Term {
	var out []journal.Term
	for _, t := range c.terms[s] {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b journal.Term) int { return cmp.Compare(a.Number, b.Number) })
	return out
}

// usual are the terms that a scheme has unless the school says otherwise:
// half-years of two quarters each, where these are known.
func (c calendar) usual(s journal.Scheme, year journal.Volume) (out []journal.Term) {
	q := c.of(journal.Quarters)
	if s == journal.HalfYears && len(q) == lasting[journal.Quarters] {
		return []journal.Term{{Scheme: s, Number: 1, From: q[0].From, To: q[1].To}, {Scheme: s, Number: 2, From: q[2].From, To: q[3].To}}
	}
	for _, t := range journal.DefaultTerms(year) {
		if t.Scheme == s {
			out = append(out, t)
		}
	}
	return out
}

// closed returns a closed term that has one of the days.
func (c calendar) closed(from, to journal.Date) (journal.Term, bool) {
	for _, s := range schemes {
		for _, t := range c.of(s) {
			if t.Closed && t.From <= to && from <= t.To {
				return t, true
			}
		}
	}
	return journal.Term{}, false
}

// term sets the days of a term and says what changes.
func (p *planner) term(t journal.Term) (isNew bool, diffs []string) {
	was, has := p.calendar.terms[t.Scheme][t.Number]
	key := journal.Key("").Int(int(t.Scheme)).Int(t.Number)
	t.Closed = was.Closed
	p.set(journal.KindTerm, key, journal.TermFrom, journal.DateValue(t.From))
	p.set(journal.KindTerm, key, journal.TermTo, journal.DateValue(t.To))
	p.calendar.terms[t.Scheme][t.Number] = t
	if has && was.From != t.From {
		diffs = append(diffs, fmt.Sprintf("начало %s, было %s", t.From, was.From))
	}
	if has && was.To != t.To {
		diffs = append(diffs, fmt.Sprintf("конец %s, был %s", t.To, was.To))
	}
	return !has, diffs
}

// holiday sets days without lessons and says what changes.
func (p *planner) holiday(h journal.Holiday) (isNew bool, diffs []string) {
	was, has := p.calendar.holidays[h.From]
	key := journal.Key("").Date(h.From)
	p.create(journal.KindHoliday, key)
	p.set(journal.KindHoliday, key, journal.HolidayTo, journal.DateValue(h.To))
	p.set(journal.KindHoliday, key, journal.HolidayTitle, journal.TextValue(h.Title))
	p.calendar.holidays[h.From] = h
	if has && was.To != h.To {
		diffs = append(diffs, fmt.Sprintf("последний день %s, был %s", h.To, max(was.From, was.To)))
	}
	if has && was.Title != h.Title {
		diffs = append(diffs, fmt.Sprintf("сейчас «%s», в файле «%s»", was.Title, h.Title))
	}
	return !has, diffs
}

// free takes a holiday out.
func (p *planner) free(from journal.Date) {
	p.remove(journal.KindHoliday, journal.Key("").Date(from))
	delete(p.calendar.holidays, from)
}

// isBreak reports whether a holiday is one between terms.
func isBreak(title string) bool { return strings.Contains(journal.Normal(title), "каникул") }
