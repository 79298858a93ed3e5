package exchange

import (
	"cmp"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// A pause is the days between two quarters.
type pause struct {
	title    string
	from, to journal.Date
}

// pauses are the days between quarters that follow each other.
func pauses(quarters []journal.Term) []pause {
	var out []pause
	for i, title := range []string{"Осенние каникулы", "Зимние каникулы", "Весенние каникулы"} {
		if len(quarters) == 4 && quarters[i+1].From-quarters[i].To > 1 {
			out = append(out, pause{title, quarters[i].To + 1, quarters[i+1].From - 1})
		}
	}
	return out
}

// pauseBetween makes the days between quarters free for those too whose terms
// are longer. They follow the quarters: where these move and the files say
// nothing of holidays, the days that were free between them no longer are. It
// says how many it set.
func (p *planner) pauseBetween() (n int) {
	now, was := pauses(p.calendar.of(journal.Quarters)), pauses(p.r.Terms(journal.Quarters))
	for _, b := range was {
		h, stands := p.calendar.holidays[b.from]
		if stands && h.To == b.to && isBreak(h.Title) && !p.calendar.named[b.from] && !slices.Contains(now, b) {
			p.free(b.from)
		}
	}
	for _, b := range now {
		if slices.Contains(was, b) || p.calendar.pausedIn(b) {
			continue
		}
		p.holiday(journal.Holiday{From: b.from, To: b.to, Title: b.title})
		n++
	}
	return n
}

// pausedIn reports whether a pause has its holidays, if on other days, or its
// first day another name.
func (c calendar) pausedIn(b pause) bool {
	if _, taken := c.holidays[b.from]; taken {
		return true
	}
	for _, h := range c.holidays {
		near := h.From <= b.to && max(h.From, h.To) >= b.from
		if isBreak(h.Title) && near || journal.Normal(h.Title) == journal.Normal(b.title) {
			return true
		}
	}
	return false
}

// fillYear gives a school with classes the days that no file said and without
// which no page opens: terms, and bells.
func (p *planner) fillYear() {
	var said []string
	classes := p.classes()
	if len(classes) == 0 {
		return
	}
	p.trimesters(classes)
	none := !slices.ContainsFunc(schemes, func(s journal.Scheme) bool { return len(p.calendar.of(s)) > 0 })
	for _, s := range schemes {
		needed := slices.ContainsFunc(classes, func(c journal.Key) bool { return p.schemeOf(c) == s })
		if len(p.calendar.of(s)) > 0 || !none && !needed {
			continue
		}
		for _, t := range p.calendar.usual(s, p.year) {
			p.term(t)
		}
		if !none {
			said = append(said, map[journal.Scheme]string{
				journal.Quarters: "четверти", journal.Trimesters: "триместры", journal.HalfYears: "полугодия",
			}[s])
		}
	}
	if none {
		said = []string{"обычные четверти и полугодия"}
	}
	if n := p.pauseBetween(); n > 0 {
		said = append(said, "каникулы между четвертями")
	}
	if !p.hasBells() {
		for _, b := range usualBells() {
			p.bell(b)
		}
		said = append(said, "уроки по 45 минут с 8:30")
	}
	if len(said) > 0 {
		title, what := "Учебный год "+p.year.YearName(), strings.Join(said, ", ")
		p.plan.Items = append(p.plan.Items, Item{Thing: ThingDays, Title: title, Fate: Add, Why: what})
		p.note("%s: %s. Дни можно заменить своим списком.", title, what) // the table begins at what waits
	}
}

// classes are the classes that there would be.
func (p *planner) classes() []journal.Key {
	keys := map[journal.Key]bool{}
	for _, g := range p.r.Groups(journal.SortClass) {
		keys[journal.IDKey(g.ID)] = true
	}
	for row := range p.rows {
		if row.kind == journal.KindGroup && p.get(row.kind, row.key, journal.GroupSort) == journal.IntValue(int64(journal.SortClass)) {
			keys[row.key] = true
		}
	}
	var out []journal.Key
	for k := range keys {
		if p.stands(journal.KindGroup, k) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// schemeOf is how the year of a class would be divided.
func (p *planner) schemeOf(class journal.Key) journal.Scheme {
	grade := int(p.get(journal.KindGroup, class, journal.GroupGrade).Int())
	return cmp.Or(journal.Scheme(p.get(journal.KindGroup, class, journal.GroupScheme).Int()), journal.DefaultScheme(grade))
}

// trimesters divides the year of the classes that have quarters by trimesters
// when the files know no other terms for them.
func (p *planner) trimesters(classes []journal.Key) {
	if len(p.calendar.of(journal.Trimesters)) == 0 || len(p.calendar.of(journal.Quarters)) > 0 {
		return
	}
	for _, c := range classes {
		if p.get(journal.KindGroup, c, journal.GroupScheme).IsNull() && p.schemeOf(c) == journal.Quarters {
			p.set(journal.KindGroup, c, journal.GroupScheme, journal.IntValue(int64(journal.Trimesters)))
			p.note("Четвертей в списке нет, классы до 9 учатся по триместрам.")
		}
	}
}

func (p *planner) hasBells() bool {
	for n := range maxPeriod + 1 {
		if end := p.get(journal.KindBell, journal.Key("").Int(n), journal.BellEnd); end.Int() > 0 {
			return true
		}
	}
	return false
}
