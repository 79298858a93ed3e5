package demo

import (
	"slices"

	"uchitelskaya/app/journal"
)

// An activity is what happens in a class at one time: one page, two subgroups
// side by side, or two pages that alternate by week.
type activity struct {
	class *group
	parts []part
	at    int // index of the class's times
}

type part struct {
	page *page
	week journal.Week
}

// A week is the timetable of one class.
type week struct {
	times []moment
	of    []*activity // one for each time
}

// A moment is a lesson number on a weekday.
type moment struct{ day, number int }

// busy counts how many lessons a teacher has at a moment.
type busy map[*member]map[moment]int

func (b busy) add(a *activity, m moment, n int) {
	for i, p := range a.parts {
		if i > 0 && a.parts[0].page.teacher == p.page.teacher { // one teacher in alternating weeks
			continue
		}
		if b[p.page.teacher] == nil {
			b[p.page.teacher] = map[moment]int{}
		}
		b[p.page.teacher][m] += n
	}
}

// clashes counts the teachers of an activity who are taken at a moment; the
// activity itself must not be counted in b.
func (b busy) clashes(a *activity, m moment) (n int) {
	for _, p := range a.parts {
		if b[p.page.teacher][m] > 0 {
			n++
		}
	}
	return n
}

// timetable gives every activity of every class a time at which all its
// teachers are free. Classes have no empty lesson in a day. It begins with any
// order and exchanges lessons inside a class as long as somebody is in two
// places; then it parts lessons of one subject that fell on one day.
func (r *run) timetable() {
	rnd := r.stream("timetable", r.year)
	for range 50 {
		if r.arrange(rnd) {
			r.spread(rnd)
			return
		}
	}
	panic("demo: no timetable without collisions")
}

func (r *run) arrange(rnd stream) bool {
	r.weeks = map[*group]*week{}
	taken := busy{}
	var all []*activity
	for _, g := range r.groups {
		if g.Sort != journal.SortClass {
			continue
		}
		list := r.activities(g)
		w := &week{times: times(len(list)), of: list}
		rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for i, a := range list {
			a.at = i
			taken.add(a, w.times[i], 1)
		}
		r.weeks[g] = w
		all = append(all, list...)
	}
	for range 20_000 {
		var clashing []*activity
		for _, a := range all {
			m := r.weeks[a.class].times[a.at]
			if slices.ContainsFunc(a.parts, func(p part) bool { return taken[p.page.teacher][m] > 1 }) {
				clashing = append(clashing, a)
			}
		}
		if len(clashing) == 0 {
			return true
		}
		a := pick(rnd, clashing)
		w := r.weeks[a.class]
		best, least := -1, 1<<30
		for i := range w.of {
			if i == a.at {
				continue
			}
			cost := 4*w.cost(taken, a.at, i) + rnd.IntN(4)
			if cost < least {
				best, least = i, cost
			}
		}
		if least < 4 || rnd.chance(0.05) {
			w.exchange(taken, a.at, best)
		}
	}
	return false
}

// spread parts lessons of one subject that fell on one day where that costs
// nothing.
func (r *run) spread(rnd stream) {
	taken := busy{}
	for _, w := range r.weeks {
		for i, a := range w.of {
			taken.add(a, w.times[i], 1)
		}
	}
	for range 4 {
		for _, g := range r.groups {
			w := r.weeks[g]
			if w == nil {
				continue
			}
			for _, i := range rnd.Perm(len(w.of)) {
				for j := range w.of {
					if i != j && w.cost(taken, i, j) <= 0 && w.relief(i, j) > 0 {
						w.exchange(taken, i, j)
					}
				}
			}
		}
	}
}

// cost is how many clashes more there are when the times i and j are exchanged.
func (w *week) cost(taken busy, i, j int) int {
	a, b, ma, mb := w.of[i], w.of[j], w.times[i], w.times[j]
	taken.add(a, ma, -1)
	taken.add(b, mb, -1)
	now, then := taken.clashes(a, ma)+taken.clashes(b, mb), taken.clashes(a, mb)+taken.clashes(b, ma)
	taken.add(a, ma, 1)
	taken.add(b, mb, 1)
	return then - now
}

// relief is how many meetings of one subject on one day go when the times i and
// j are exchanged.
func (w *week) relief(i, j int) int {
	crowd := func(a *activity, day int) (n int) {
		for k, o := range w.of {
			if k != i && k != j && w.times[k].day == day && o.sameSubject(a) {
				n++
			}
		}
		return n
	}
	a, b, di, dj := w.of[i], w.of[j], w.times[i].day, w.times[j].day
	return crowd(a, di) + crowd(b, dj) - crowd(a, dj) - crowd(b, di)
}

func (a *activity) sameSubject(b *activity) bool {
	return a.parts[0].page.subject == b.parts[0].page.subject
}

func (w *week) exchange(taken busy, i, j int) {
	a, b := w.of[i], w.of[j]
	taken.add(a, w.times[i], -1)
	taken.add(b, w.times[j], -1)
	w.of[i], w.of[j], a.at, b.at = b, a, j, i
	taken.add(a, w.times[j], 1)
	taken.add(b, w.times[i], 1)
}

// activities returns what a class has in a week.
func (r *run) activities(class *group) (out []*activity) {
	bySubject := map[*subject][]*page{}
	for _, g := range r.groups {
		if g == class || g.Parent == class.ID {
			for _, p := range g.pages {
				bySubject[p.subject] = append(bySubject[p.subject], p)
			}
		}
	}
	var half *activity
	for _, sub := range curriculum {
		pages := bySubject[sub]
		if len(pages) == 0 {
			continue
		}
		hours := pages[0].hours
		for range hours / 100 {
			a := &activity{class: class}
			for _, p := range pages {
				a.parts = append(a.parts, part{page: p})
			}
			out = append(out, a)
		}
		switch {
		case hours%100 == 0:
		case half == nil:
			half = &activity{class: class, parts: []part{{pages[0], journal.WeekA}}}
			out = append(out, half)
		default:
			half.parts = append(half.parts, part{pages[0], journal.WeekB})
			half = nil
		}
	}
	return out
}

// times returns n lesson times, spread over five days without an empty lesson.
func times(n int) (out []moment) {
	for day := 1; day <= 5; day++ {
		count := n / 5
		if day <= n%5 {
			count++
		}
		for number := 1; number <= count; number++ {
			out = append(out, moment{day, number})
		}
	}
	return out
}
