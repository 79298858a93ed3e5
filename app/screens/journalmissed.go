package screens

import (
	"slices"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// missed is where the entry lies that the school did not take for a cell, when
// the person wrote it herself and nothing was written over it since.
func (j *Journal) missed(row int, s spot) (Place, bool) {
	r := j.page.Rows[row]
	p := Place{Page: j.page.ID, Pupil: r.Pupil.ID, Period: s.period, Part: NotTaken}
	mine := func(v commit.Past) bool { return v.Answer == commit.Refused && v.Author == j.desk.Who() }
	if s.lesson < 0 {
		if r.Results[s.period].State&journal.Refused == 0 {
			return p, false
		}
		past, err := j.desk.History(j.ctx, commit.FieldRef{Kind: journal.KindTermMark, Key: journal.TermMarkKey(p.Pupil, p.Page, p.Period), Field: journal.TermMarkValue})
		return p, err == nil && slices.ContainsFunc(past, mine)
	}
	cell := r.Cells[s.lesson]
	if cell.State&journal.Refused == 0 || cell.State&journal.Rivals != 0 {
		return p, false
	}
	past, err := j.desk.CellHistory(j.ctx, cell)
	p.Date, p.Number, p.Period = cell.Date, cell.Number, 0
	return p, err == nil && slices.ContainsFunc(past, func(v desk.CellPast) bool { return mine(v.Past) })
}
