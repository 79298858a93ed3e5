package exchange

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"uchitelskaya/app/journal"
)

// A slotWish is one place of a page in the week as a file has it.
type slotWish struct {
	weekday, number int
	week            journal.Week
	from, to        journal.Date // both zero: the whole year
	room            string
}

// slots turns the cards of a lesson into places of the week.
func (x *timetable) slots(l *TimetableLesson, cards []Card) []slotWish {
	length := cardLength(l, cards, x.t)
	var out []slotWish
	seen := map[slotWish]bool{}
	for _, c := range cards {
		weeks, ok := x.weeks(c)
		if !ok {
			x.p.problem(x.at(c.Line), "", fmt.Sprintf("расписание на %d недели; загрузить можно на одну или на две (А и Б)", x.t.Weeks))
			continue
		}
		if c.Period < 0 || c.Period > maxPeriod || c.Days == 0 || bits.Len32(c.Days) > 7 {
			x.p.problem(x.at(c.Line), "", "у карточки расписания не указан день или номер урока")
			continue
		}
		from, to := x.span(c.Terms)
		for weekday := 1; weekday <= 7; weekday++ {
			if c.Days&(1<<(weekday-1)) == 0 {
				continue
			}
			for n := c.Period; n < c.Period+length && n <= maxPeriod; n++ {
				s := slotWish{weekday: weekday, number: n, week: weeks, from: from, to: to, room: x.room(l, c)}
				if !seen[s] {
					seen[s] = true
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// cardLength says how many lessons one card stands for. A double lesson comes
// as one card of two or as two cards: which of them follows from how many
// lessons a week there should be, and else from cards that stand side by side.
func cardLength(l *TimetableLesson, cards []Card, t *Timetable) int {
	if l.PerCard <= 1 || len(cards) == 0 {
		return 1
	}
	placed := 0.0 // lessons a week if each card were one
	at := map[[4]uint32]bool{}
	for _, c := range cards {
		placed += float64(bits.OnesCount32(c.Days)) * share(c.Weeks, t.Weeks)
		at[[4]uint32{uint32(c.Period), c.Days, c.Weeks, c.Terms}] = true
	}
	switch {
	case near(placed, l.PerWeek):
		return 1
	case near(placed*float64(l.PerCard), l.PerWeek):
		return l.PerCard
	}
	for k := range at {
		if at[[4]uint32{k[0] + 1, k[1], k[2], k[3]}] {
			return 1
		}
	}
	return l.PerCard
}

// share is in which part of the weeks a card holds.
func share(mask uint32, n int) float64 {
	if mask == 0 || n <= 1 {
		return 1
	}
	return float64(bits.OnesCount32(mask)) / float64(n)
}

func near(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }

// weeks says in which weeks a card holds.
func (x *timetable) weeks(c Card) (journal.Week, bool) {
	all := uint32(1)<<min(max(x.t.Weeks, 1), 31) - 1
	switch {
	case c.Weeks == 0 || c.Weeks&all == all:
		return journal.EveryWeek, true
	case x.t.Weeks > 2:
		return 0, false
	case c.Weeks == 1:
		return journal.WeekA, true
	}
	return journal.WeekB, true
}

// span says from when until when a card holds that has only some of the terms.
func (x *timetable) span(mask uint32) (from, to journal.Date) {
	n := x.t.Terms
	if mask == 0 || n <= 1 || mask == uint32(1)<<min(n, 31)-1 {
		return 0, 0
	}
	scheme, ok := map[int]journal.Scheme{2: journal.HalfYears, 3: journal.Trimesters, 4: journal.Quarters}[n]
	if !ok {
		return 0, 0
	}
	terms := x.p.calendar.of(scheme)
	if len(terms) != n {
		terms = x.p.calendar.usual(scheme, x.p.year)
	}
	first, last := bits.TrailingZeros32(mask), bits.Len32(mask)-1
	if first >= n || last >= n {
		return 0, 0
	}
	if first > 0 {
		from = terms[first].From
	}
	if last < n-1 {
		to = terms[last].To
	}
	return from, to
}

// room is where a card is held, by its short name.
func (x *timetable) room(l *TimetableLesson, c Card) string {
	for _, ids := range [][]string{c.RoomIDs, l.RoomIDs} {
		if len(ids) > 0 && (len(ids) == 1 || len(c.RoomIDs) > 0) {
			return x.rooms[ids[0]]
		}
	}
	return ""
}

// running reports whether the school already has a timetable, which the file
// then changes from the day of the plan on.
func (x *timetable) running() bool {
	for _, page := range x.p.r.Pages() {
		for _, s := range x.p.r.Slots(page.ID) {
			if s.From < x.p.on {
				return true
			}
		}
	}
	return false
}

// place gives a page the wished places and ends those that it has besides.
func (x *timetable) place(page journal.PageID, wishes []slotWish, running bool) (added, ended int) {
	p := x.p
	wishes = oneAtATime(wishes)
	live := slices.DeleteFunc(slices.Clone(p.r.Slots(page)), func(s journal.Slot) bool { return s.To != 0 && s.To < p.on })
	standing := map[slotWish]journal.Slot{}
	for _, fits := range []func(slotWish, journal.Slot) bool{slotWish.exactly, slotWish.overlaps} {
		for _, w := range wishes {
			_, done := standing[w]
			if i := slices.IndexFunc(live, func(s journal.Slot) bool { return fits(w, s) }); !done && i >= 0 {
				standing[w] = live[i]
				live = slices.Delete(live, i, i+1)
			}
		}
	}
	for _, w := range wishes {
		since := p.start
		switch s, ok := standing[w]; {
		case ok:
			since = s.From
		case w.from != 0 && !(running && w.from < p.on):
			since = w.from
		case running:
			since = p.on
		}
		key := slotKey(page, w.weekday, w.number, w.week, since)
		p.placed[key] = true
		if p.create(journal.KindSlot, key) {
			added++
		}
		p.set(journal.KindSlot, key, journal.SlotTo, journal.DateValue(w.to))
		p.fill(journal.KindSlot, key, journal.SlotRoom, journal.TextValue(w.room))
	}
	for _, s := range live {
		key := slotKey(page, s.Weekday, s.Number, s.Week, s.From)
		if p.placed[key] { // by another file
			continue
		}
		if p.on > s.From {
			p.set(journal.KindSlot, key, journal.SlotTo, journal.DateValue(p.on-1))
		} else {
			p.remove(journal.KindSlot, key)
		}
		ended++
	}
	return added, ended
}

// oneAtATime makes one of wishes for the same time: a page has one lesson then,
// also where a file has two teachers or two rooms for it.
func oneAtATime(wishes []slotWish) []slotWish {
	var out []slotWish
	for _, w := range wishes {
		i := slices.IndexFunc(out, w.meets)
		for ; i >= 0; i = slices.IndexFunc(out, w.meets) { // the wider it grows, the more it may meet
			o := out[i]
			out = slices.Delete(out, i, i+1)
			w.from, w.room = min(w.from, o.from), cmp.Or(o.room, w.room)
			if w.to == 0 || o.to == 0 {
				w.to = 0
			} else {
				w.to = max(w.to, o.to)
			}
			if w.week != o.week {
				w.week = journal.EveryWeek
			}
		}
		out = append(out, w)
	}
	return out
}

// meets reports whether two wishes are for the same time.
func (w slotWish) meets(o slotWish) bool {
	return w.weekday == o.weekday && w.number == o.number && (w.week == o.week || w.week == journal.EveryWeek || o.week == journal.EveryWeek) &&
		(w.to == 0 || o.from <= w.to) && (o.to == 0 || w.from <= o.to)
}

func slotKey(page journal.PageID, weekday, number int, w journal.Week, since journal.Date) journal.Key {
	return journal.IDKey(page).Int(weekday).Int(number).Int(int(w)).Date(since)
}

// exactly reports whether a place stands as it is wished.
func (w slotWish) exactly(s journal.Slot) bool {
	return w.overlaps(s) && w.to == s.To && (w.from == 0 || w.from == s.From)
}

// overlaps reports whether a place stands at the same time of the week and of
// the year, if not for the same days.
func (w slotWish) overlaps(s journal.Slot) bool {
	return w.weekday == s.Weekday && w.number == s.Number && w.week == s.Week && (s.To == 0 || w.from <= s.To) && (w.to == 0 || s.From <= w.to)
}
