package exchange

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"uchitelskaya/app/journal"
)

// takeBells plans lists of bells.
func (p *planner) takeBells(lists []*List) {
	seen := map[int]*bellRow{}
	for _, l := range lists {
		for _, r := range l.Rows {
			if l.blank(r, BellList) {
				continue
			}
			row := &bellRow{entry: p.entry(l, r, ThingBell)}
			if row.read(); row.ended || row.clashes(seen) {
				continue
			}
			isNew, diff := p.bell(row.Period)
			var diffs []string
			if diff != "" {
				diffs = []string{diff}
			}
			row.written(isNew, diffs, clockText(row.Start)+" – "+clockText(row.End))
		}
	}
}

// bellRow is one row of a list of bells.
type bellRow struct {
	*entry
	Period
}

func (r *bellRow) read() {
	cell := r.cell(Lesson)
	r.item.Title = strings.TrimSpace(cell + " урок")
	digits, _, _ := strings.Cut(strings.TrimRight(strings.TrimSuffix(journal.Normal(cell), "урок"), " .-й"), ".")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > maxPeriod {
		r.item.Title = cell
		r.wrong(Lesson, fmt.Sprintf("«%s» — не номер урока", short(cell)))
		return
	}
	r.Number, r.item.Title = n, fmt.Sprintf("%d урок", n)
	for _, t := range []struct {
		m  Meaning
		to *int
	}{{Begins, &r.Start}, {Ends, &r.End}} {
		minutes, ok := parseClock(r.cell(t.m))
		if !ok {
			r.wrong(t.m, fmt.Sprintf("«%s» — не время, нужно как 8:30", short(r.cell(t.m))))
		}
		*t.to = minutes
	}
	if r.End <= r.Start {
		r.wrong(Ends, "урок кончается раньше, чем начинается")
	}
}

// clashes handles a row about a lesson, or about a time, that a row before it
// has.
func (r *bellRow) clashes(seen map[int]*bellRow) bool {
	for n := range maxPeriod + 1 {
		o := seen[n]
		switch {
		case o == nil:
		case o.Period == r.Period:
			r.end(Same, fmt.Sprintf("то же, что в строке %d", o.row.No))
			return true
		case n == r.Number:
			r.wrong(Lesson, fmt.Sprintf("этот урок уже есть в строке %d", o.row.No))
			return true
		case n < r.Number && o.End > r.Start, n > r.Number && r.End > o.Start:
			r.wrong(Begins, fmt.Sprintf("время пересекается с уроком %d", n))
			return true
		}
	}
	seen[r.Number] = r
	return false
}

// bell sets the times of a lesson.
func (p *planner) bell(b Period) (isNew bool, diff string) {
	key := journal.Key("").Int(b.Number)
	was, has := p.r.Bell(b.Number)
	starts := p.set(journal.KindBell, key, journal.BellStart, journal.IntValue(int64(b.Start)))
	ends := p.set(journal.KindBell, key, journal.BellEnd, journal.IntValue(int64(b.End)))
	switch {
	case starts && has && was.Start != b.Start:
		diff = fmt.Sprintf("%d урок с %s, был с %s", b.Number, clockText(b.Start), clockText(was.Start))
	case ends && has:
		diff = fmt.Sprintf("%d урок до %s, был до %s", b.Number, clockText(b.End), clockText(was.End))
	}
	return !has && (starts || ends), diff
}

// usualBells are eight lessons of 45 minutes from half past eight, the long
// breaks after the third and the fourth.
func usualBells() (out []Period) {
	start := 8*60 + 30
	for n := 1; n <= 8; n++ {
		out = append(out, Period{n, start, start + 45})
		if start += 55; n == 3 || n == 4 {
			start += 10
		}
	}
	return out
}

// parseClock reads «8:30», «08.30», «8-30», «08:30:00», or a part of a day as
// spreadsheet programs keep times, as minutes after midnight.
func parseClock(s string) (int, bool) {
	text := strings.TrimSpace(s)
	if i := strings.LastIndex(text, " "); i >= 0 { // a day stands before the time
		text = text[i+1:]
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && f > 0 && f < 1 && len(text) > 5 {
		return int(math.Round(f * 24 * 60)), true
	}
	text = strings.NewReplacer(".", ":", "-", ":").Replace(text)
	if strings.Count(text, ":") == 2 {
		text = text[:strings.LastIndex(text, ":")]
	}
	return clock(text)
}

func clockText(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
