package journal

import (
	"cmp"
	"slices"
)

// Planned is one lesson as the timetable has it.
type Planned struct {
	Page   PageID
	Date   Date
	Number int
	Room   string
}

// WeekOf says whether a day lies in week А or Б of the timetable.
func (r *Roster) WeekOf(d Date) Week {
	start := MakeDate(int(r.year), 9, 1).Monday()
	if a, err := ParseDate(r.Setting(SettingWeekA)); err == nil {
		start = a.Monday()
	}
	if weeks := (d.Monday() - start) / 7; weeks%2 == 0 {
		return WeekA
	}
	return WeekB
}

// Slots returns the places of a page in the timetable, those that have ended
// among them.
func (r *Roster) Slots(p PageID) []Slot { return r.ix().slots[p] }

// LessonsOf returns the lessons of a page that the timetable has on the days
// from–to: inside the terms of its group, without holidays, in order.
func (r *Roster) LessonsOf(p PageID, from, to Date) []Planned {
	x := r.ix()
	slots := x.slots[p]
	if len(slots) == 0 || x.pages[p].Removed {
		return nil
	}
	var out []Planned
	for _, t := range r.TermsOf(x.pages[p].Group) {
		for d := max(from, t.From); d <= min(to, t.To); d++ {
			out = append(out, r.planned(x, slots, d)...)
		}
	}
	slices.SortFunc(out, func(a, b Planned) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number)) })
	return slices.CompactFunc(out, func(a, b Planned) bool { return a.Date == b.Date && a.Number == b.Number })
}

// planned returns what slots give on one day of a term.
func (r *Roster) planned(x *index, slots []Slot, d Date) []Planned {
	if slices.ContainsFunc(x.holidays, func(h Holiday) bool { return h.Has(d) }) {
		return nil
	}
	var out []Planned
	for _, s := range slots { // by number, then by the day from which they hold
		if s.Weekday != d.Weekday() || !during(s.From, s.To, d) || s.Week != EveryWeek && s.Week != r.WeekOf(d) {
			continue
		}
		l := Planned{Page: s.Page, Date: d, Number: s.Number, Room: s.Room}
		if n := len(out); n > 0 && out[n-1].Number == s.Number {
			out[n-1] = l // one lesson, however often it was entered
			continue
		}
		out = append(out, l)
	}
	return out
}

// DayOf returns the lessons that a person gives on a day: by the timetable, without
// those given away, and as a substitute; in the order of numbers.
func (r *Roster) DayOf(s StaffID, d Date) []Planned {
	var out []Planned
	for _, page := range r.Taught(s) {
		if !r.teaches(s, page.ID, d) {
			continue
		}
		for _, l := range r.LessonsOf(page.ID, d, d) {
			if sub, given := r.SubstitutionAt(l.Page, d, l.Number); !given || sub.Staff == s {
				out = append(out, l)
			}
		}
	}
	for _, sub := range r.Substitutions(d) {
		if sub.Staff == s && !slices.ContainsFunc(out, func(l Planned) bool { return l.Page == sub.Page && l.Number == sub.Number }) {
			page, _ := r.Page(sub.Page)
			out = append(out, Planned{Page: sub.Page, Date: d, Number: sub.Number, Room: page.Room})
		}
	}
	slices.SortFunc(out, func(a, b Planned) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), slices.Compare(a.Page[:], b.Page[:]))
	})
	return out
}

// teaches reports whether a page is given to a person on a day.
func (r *Roster) teaches(s StaffID, p PageID, on Date) bool {
	return slices.ContainsFunc(r.Teachers(p), func(a Assignment) bool { return a.Staff == s && a.On(on) })
}
