package demo

import (
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// slotRows are the timetable of classes and extras from 1 September.
func (r *run) slotRows() (out []commit.Change) {
	september := journal.MakeDate(int(r.year), 9, 1)
	for _, g := range r.groups {
		w := r.weeks[g]
		if w == nil {
			continue
		}
		for i, a := range w.of {
			out = append(out, a.slots(w.times[i], september)...)
		}
	}
	taken, booked := busy{}, map[*pupil]map[moment]bool{}
	for _, p := range r.pages {
		if p.group.Sort <= journal.SortSubgroup {
			continue
		}
		a := &activity{class: p.group, parts: []part{{page: p}}}
		for _, m := range r.free(p, taken, booked) {
			taken.add(a, m, 1)
			for _, pupil := range p.group.pupils {
				if booked[pupil] == nil {
					booked[pupil] = map[moment]bool{}
				}
				booked[pupil][m] = true
			}
			out = append(out, a.slots(m, september)...)
		}
	}
	return out
}

// free returns when an extra takes place: the extended-day group every day after
// lessons, the others after the last lesson of the eldest.
func (r *run) free(p *page, taken busy, booked map[*pupil]map[moment]bool) (out []moment) {
	if p.group.Sort == journal.SortExtended {
		for day := 1; day <= 5; day++ {
			out = append(out, moment{day, 6})
		}
		return out
	}
	rnd := r.stream("extra times", r.year, p.subject.name)
	for _, d := range rnd.Perm(5) {
		for number := 8; number <= 9 && len(out) < p.hours/100; number++ {
			m := moment{d + 1, number}
			if taken[p.teacher][m] == 0 && !slices.ContainsFunc(p.group.pupils, func(q *pupil) bool { return booked[q][m] }) {
				out = append(out, m)
				break
			}
		}
	}
	return out
}

// slots are the timetable's entries of one activity.
func (a *activity) slots(m moment, since journal.Date) (out []commit.Change) {
	for _, p := range a.parts {
		out = append(out, commit.Set(journal.KindSlot, p.slotKey(m, since), journal.SlotRoom, text(p.page.teacher.room)))
	}
	return out
}

func (p part) slotKey(m moment, since journal.Date) journal.Key {
	return journal.IDKey(p.page.id).Int(m.day).Int(m.number).Int(int(p.week)).Date(since)
}

// reslot exchanges two lessons of a class from a day on: the timetable changed
// in the middle of the year.
func (r *run) reslot(from journal.Date, author journal.StaffID) {
	taken := busy{}
	for _, w := range r.weeks {
		for i, a := range w.of {
			taken.add(a, w.times[i], 1)
		}
	}
	september := journal.MakeDate(int(r.year), 9, 1)
	for _, g := range r.groups {
		w := r.weeks[g]
		if w == nil || g.Grade != 8 {
			continue
		}
		for i := range w.of {
			for j := range i {
				a, b, ma, mb := w.of[i], w.of[j], w.times[i], w.times[j]
				if a.sameSubject(b) || ma.day == mb.day || w.cost(taken, i, j) > 0 {
					continue
				}
				var changes []commit.Change
				for _, old := range []struct {
					a *activity
					m moment
				}{{a, ma}, {b, mb}} {
					for _, p := range old.a.parts {
						changes = append(changes, commit.Set(journal.KindSlot, p.slotKey(old.m, september), journal.SlotTo, day(from-1)))
					}
				}
				changes = append(changes, a.slots(mb, from)...)
				changes = append(changes, b.slots(ma, from)...)
				w.exchange(taken, i, j)
				r.write(r.year, author, at(from-3, 15*60), changes...)
				return
			}
		}
	}
}
