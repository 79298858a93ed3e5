package demo

import (
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// live tells the school year day by day, up to today.
func (r *run) live() {
	r.ail()
	r.fallIll()
	r.unwhy = map[*group][]unexplained{}
	deputy := r.who(journal.RoleDeputy).ID
	y := int(r.year)
	terms := slices.Concat(r.roster.Terms(journal.Quarters), r.roster.Terms(journal.HalfYears))
	changed, council, finals, graduation := journal.MakeDate(y, 11, 9), journal.MakeDate(y+1, 6, 1), journal.MakeDate(y+1, 6, 19), journal.MakeDate(y+1, 6, 22)
	for d := journal.MakeDate(y, 9, 1); d <= min(r.today, journal.MakeDate(y+1, 6, 25)) && !r.done; d++ {
		if d == changed-3 {
			r.reslot(changed, deputy)
		}
		r.movements(d, deputy)
		r.day(d)
		r.remarks(d, deputy)
		if d == r.today {
			return
		}
		if d.Weekday() == 5 {
			r.explain(d)
		}
		for _, t := range terms {
			if d == t.To {
				r.results(t)
			}
			if d == t.To+4 {
				r.close(t, d)
			}
		}
		switch d {
		case council:
			r.decisions(d, false)
		case finals:
			r.finals(d)
		case graduation:
			r.decisions(d, true)
		}
	}
}

// explain writes why the pupils of each class were away this week. In the last
// week some papers have not come in yet.
func (r *run) explain(d journal.Date) {
	for i, g := range r.groups {
		list := r.unwhy[g]
		if len(list) == 0 {
			continue
		}
		rnd := r.stream("reasons", r.year, g.Name, d)
		var changes []commit.Change
		for _, u := range list {
			if d < r.today.Monday()-7 || !rnd.chance(0.4) {
				changes = append(changes, commit.Set(journal.KindCell, u.cell, journal.CellReason, text(u.reason)))
			}
		}
		r.write(r.year, g.leader.ID, at(d, 14*60+i%60), changes...)
	}
	clear(r.unwhy)
}
