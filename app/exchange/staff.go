package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// people are the staff, those whom the plan adds among them.
type people struct {
	all    map[journal.StaffID]PersonName
	byName map[string][]journal.StaffID // by surname
	gone   map[string]journal.StaffID   // removed, by whole name
}

func (p *planner) indexStaff() {
	p.people = people{all: map[journal.StaffID]PersonName{}, byName: map[string][]journal.StaffID{}, gone: map[string]journal.StaffID{}}
	for _, s := range p.r.AllStaff() {
		p.people.add(s.ID, PersonName{s.Last, s.First, s.Middle})
	}
	p.r.Each(journal.KindStaff, func(k journal.Key, f []journal.Value) {
		if id := journal.StaffID([]byte(k)); f[journal.StaffRemoved-1].Bool() {
			n := PersonName{f[journal.StaffLast-1].Text(), f[journal.StaffFirst-1].Text(), f[journal.StaffMiddle-1].Text()}
			p.people.gone[journal.Normal(n.Full())] = id
		}
	})
}

func (pp *people) add(id journal.StaffID, n PersonName) {
	pp.all[id] = n
	last := journal.Normal(n.Last)
	pp.byName[last] = append(pp.byName[last], id)
}

// find returns the members of the staff that a name may mean: those with the
// same whole name, else those whose name the given one shortens.
func (pp *people) find(n PersonName) []journal.StaffID {
	var same, maybe []journal.StaffID
	for _, id := range pp.byName[journal.Normal(n.Last)] {
		switch s := pp.all[id]; {
		case journal.Normal(s.Full()) == journal.Normal(n.Full()):
			same = append(same, id)
		case shortens(n.First, s.First) && shortens(n.Middle, s.Middle), shortens(s.First, n.First) && shortens(s.Middle, n.Middle):
			maybe = append(maybe, id)
		}
	}
	if len(same) > 0 {
		return same
	}
	return maybe
}

// shortens reports whether a is b, its first letter, or left out.
func shortens(a, b string) bool {
	a, b = journal.Normal(strings.Trim(a, ". ")), journal.Normal(strings.Trim(b, ". "))
	return a == "" || a == b || len([]rune(a)) == 1 && strings.HasPrefix(b, a)
}

// takeStaff plans lists of the staff. Rows with a whole name come first, so that
// one without a patronymic is compared with all whom it may mean.
func (p *planner) takeStaff(lists []*List) {
	var rows []*entry
	for _, l := range lists {
		for _, r := range l.Rows {
			if !l.blank(r, StaffList) {
				rows = append(rows, p.entry(l, r, ThingStaff))
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b *entry) int {
		return cmp.Compare(len([]rune(b.name().Middle)), len([]rune(a.name().Middle)))
	})
	seen := map[journal.StaffID]*entry{}
	for _, e := range rows {
		n := e.name()
		e.item.Title = n.Full()
		e.nameFits(journal.KindStaff, journal.StaffLast, journal.StaffFirst, journal.StaffMiddle)
		position := e.cell(Position)
		e.fits(Position, journal.KindStaff, journal.StaffPosition, position)
		led := e.led()
		if e.ended {
			continue
		}
		if id, isNew, ok := e.member(n); ok {
			e.writeStaff(id, isNew, n, position, led, seen)
		}
	}
}

// member finds the person of a row among the staff.
func (e *entry) member(n PersonName) (id journal.StaffID, isNew, ok bool) {
	p := e.p
	found := p.people.find(n)
	id, isNew, ok = e.choose("staff|"+journal.Normal(n.Full()), found, n)
	if isNew && ok {
		p.people.add(id, n)
	}
	return id, isNew, ok
}

// choose picks one of the people found, by itself when there is only one.
func (e *entry) choose(question string, found []journal.StaffID, n PersonName) (id journal.StaffID, isNew, ok bool) {
	switch answer := e.p.answers[question].Choice; {
	case len(found) == 1:
		return found[0], false, true
	case len(found) == 0:
		if id, gone := e.p.people.gone[journal.Normal(n.Full())]; gone {
			return id, true, true
		}
		return journal.NewID[journal.Staff](), true, true
	default:
		var choices []Choice
		for _, id := range found {
			if answer == id.String() {
				return id, false, true
			}
			s, _ := e.p.r.Staff(id)
			choices = append(choices, Choice{id.String(), strings.TrimSuffix(e.p.people.all[id].Full()+", "+s.Position, ", ")})
		}
		e.doubt(e.nameColumn(), question, fmt.Sprintf("в школе таких сотрудников %d: «%s»", len(found), n.Full()), choices...)
		return id, false, false
	}
}

// writeStaff sets what a row says of a member of the staff.
func (e *entry) writeStaff(id journal.StaffID, isNew bool, n PersonName, position string, led []ClassName, seen map[journal.StaffID]*entry) {
	p, key := e.p, journal.IDKey(id)
	p.create(journal.KindStaff, key)
	var diffs []string
	set := func(f journal.FieldNo, now, what string) {
		was := p.get(journal.KindStaff, key, f).Text()
		if p.fill(journal.KindStaff, key, f, journal.TextValue(now)) {
			if was == "" {
				diffs = append(diffs, "добавим "+what)
			} else {
				diffs = append(diffs, fmt.Sprintf("сейчас «%s», в файле «%s»", was, now))
			}
		}
	}
	first := seen[id]
	if first == nil {
		seen[id] = e
		set(journal.StaffLast, n.Last, "фамилию")
		set(journal.StaffFirst, n.First, "имя")
		set(journal.StaffMiddle, n.Middle, "отчество")
		set(journal.StaffPosition, position, "должность")
		name := func(f journal.FieldNo) string { return p.get(journal.KindStaff, key, f).Text() }
		p.people.all[id] = PersonName{name(journal.StaffLast), name(journal.StaffFirst), name(journal.StaffMiddle)}
	}
	for _, c := range led {
		diffs = append(diffs, p.lead(id, c, e.item.Place)...)
	}
	if first != nil && len(diffs) == 0 {
		e.end(Same, fmt.Sprintf("тот же сотрудник, что в строке %d", first.row.No))
		return
	}
	e.written(isNew && first == nil, diffs, "")
}

// led reads which classes a person leads.
func (e *entry) led() []ClassName {
	var out []ClassName
	for _, text := range splitList(e.cell(Leads)) {
		if strings.IndexFunc(text, digit) < 0 {
			continue // «нет», «—»
		}
		c, ok := ParseClass(text)
		if !ok {
			e.wrong(Leads, fmt.Sprintf("«%s» — не класс, нужно как 7-А", short(text)))
			return nil
		}
		if _, ok := e.class(c, Leads); !ok {
			return nil
		}
		out = append(out, c)
	}
	return out
}

// lead gives a class to its class teacher; who led it before stops. Where the
// files name two, the first counts.
func (p *planner) lead(id journal.StaffID, c ClassName, at Place) (diffs []string) {
	class := p.addClass(c, at)
	if first, named := p.leaders[class]; named {
		if first != id {
			p.problem(at, "", fmt.Sprintf("у класса %s два классных руководителя, запишем первого: %s", c, p.people.all[first].Full()))
		}
		return nil
	}
	p.leaders[class] = id
	current := slices.DeleteFunc(slices.Clone(p.r.ClassTeachers(class)), func(a journal.Assignment) bool { return a.To != 0 && a.To < p.on })
	if slices.ContainsFunc(current, func(a journal.Assignment) bool { return a.Staff == id }) {
		return nil
	}
	since := p.start
	for _, a := range current {
		key := journal.IDKey(class).ID(a.Staff).Date(a.From)
		if since = p.on; since > a.From {
			p.set(journal.KindClassTeacher, key, journal.ClassTeacherTo, journal.DateValue(since-1))
		} else {
			p.remove(journal.KindClassTeacher, key)
		}
		diffs = append(diffs, fmt.Sprintf("класс %s вместо: %s", c, initials(p.people.all[a.Staff])))
	}
	p.assign(journal.KindClassTeacher, journal.IDKey(class).ID(id), journal.ClassTeacherTo, since)
	if diffs == nil {
		diffs = append(diffs, "классный руководитель "+c.String())
	}
	return diffs
}

// assign gives something to somebody from a day on. Where the same was given
// and ended, it goes on from the day of the plan.
func (p *planner) assign(k journal.Kind, to journal.Key, till journal.FieldNo, since journal.Date) bool {
	key := to.Date(since)
	if p.stands(k, key) && !p.get(k, key, till).IsNull() {
		key = to.Date(p.on)
	}
	isNew := p.create(k, key)
	return p.set(k, key, till, journal.Value{}) || isNew
}

// splitList cuts «7-А, 7-Б» and «7А; 8Б».
func splitList(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(s, " и ", ","), func(r rune) bool { return strings.ContainsRune(",;+/\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func digit(r rune) bool { return r >= '0' && r <= '9' }
