package demo

import (
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A run is one telling of a school's story. It keeps a roster as every PC does,
// so that lessons fall on the days on which the timetable has them.
type run struct {
	*School
	yield    func(commit.Draft) bool
	done     bool
	year     journal.Volume
	roster   *journal.Roster
	register []commit.Change // of all years, for the next year's roster

	cohorts []*cohort
	groups  []*group
	pages   []*page
	byID    map[journal.PageID]*page
	taught  map[string]*member // who taught a cohort a subject last
	weeks   map[*group]*week
	absent  map[*pupil][]absence
	classOf map[*pupil]*group
	rules   journal.Rules
	unwhy   map[*group][]unexplained // by class

	sickWeeks map[*member]journal.Date // the Monday from which a teacher is ill
}

// zone is the time of the school's clocks.
var zone = time.FixedZone("MSK", 3*60*60)

// at is a moment of a day, in minutes after midnight.
func at(d journal.Date, minute int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, minute, 0, 0, zone)
}

// write hands on one draft and takes note of it. Nothing happens once the
// reader has had enough.
func (r *run) write(v journal.Volume, author journal.StaffID, when time.Time, changes ...commit.Change) {
	if r.done || len(changes) == 0 {
		return
	}
	for _, c := range changes {
		if v == journal.Register {
			r.register = append(r.register, c)
		}
		if r.roster != nil {
			r.roster.Put(c.Kind, c.Key, c.Field, c.Value)
		}
	}
	r.done = !r.yield(commit.Draft{Volume: v, Author: author, Entered: when.UTC(), Changes: changes})
}

// row makes the changes of one entity, field by field from the first; nothing
// is written for a field that is empty.
func row(k journal.Kind, key journal.Key, values ...journal.Value) []commit.Change {
	var out []commit.Change
	for i, v := range values {
		if !v.IsNull() {
			out = append(out, commit.Set(k, key, journal.FieldNo(i+1), v))
		}
	}
	return out
}

var (
	text = journal.TextValue
	num  = func(n int) journal.Value { return journal.IntValue(int64(n)) }
	day  = journal.DateValue
	flag = journal.BoolValue
)

// optional is a number, nothing for 0.
func optional(n int) journal.Value {
	if n == 0 {
		return journal.Value{}
	}
	return num(n)
}
