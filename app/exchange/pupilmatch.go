package exchange

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// matched says which pupil of the school each row is about.
//
// The same whole name and date of birth, or the same name and personal file, is
// the same pupil. Namesakes with other dates of birth are other pupils as long
// as each is found; one who is left over on both sides is asked about.
type matched struct {
	p       *planner
	exact   map[*pupilRow]journal.PupilID
	claimed map[journal.PupilID]bool
	byName  map[string][]journal.Pupil // by last and first name
	byRest  map[string][]journal.Pupil // by first name, patronymic and date of birth
}

func (p *planner) matchPupils(rows []*pupilRow) *matched {
	m := &matched{
		p: p, exact: map[*pupilRow]journal.PupilID{}, claimed: map[journal.PupilID]bool{},
		byName: map[string][]journal.Pupil{}, byRest: map[string][]journal.Pupil{},
	}
	var all []journal.PupilID
	p.r.Each(journal.KindPupil, func(k journal.Key, _ []journal.Value) { all = append(all, journal.PupilID([]byte(k))) })
	whole := map[string][]journal.Pupil{}
	for _, id := range all {
		s, _ := p.r.Pupil(id)
		key := wholeKey(s.Full(), s.Born)
		whole[key] = append(whole[key], s) // who was removed may come back
		if s.Removed {
			continue
		}
		name, rest := journal.Normal(s.Last+"|"+s.First), wholeKey(s.First+"|"+s.Middle, s.Born)
		m.byName[name] = append(m.byName[name], s)
		if s.Middle != "" && s.Born != 0 {
			m.byRest[rest] = append(m.byRest[rest], s)
		}
	}
	for _, row := range rows {
		id, ok := m.best(whole[wholeKey(row.name.Full(), row.born)], row.group)
		if ok && (row.born != 0 || m.inClass(id, row.group)) {
			m.claim(row, id)
		}
	}
	for _, row := range rows {
		if _, ok := m.exact[row]; ok || row.values[journal.PupilFile] == "" {
			continue
		}
		for _, s := range m.byName[journal.Normal(row.name.Last+"|"+row.name.First)] {
			if !m.claimed[s.ID] && journal.Normal(s.File) == journal.Normal(row.values[journal.PupilFile]) {
				m.claim(row, s.ID)
				break
			}
		}
	}
	return m
}

// best picks one of several pupils who look the same on paper: who is in the
// class, then who is in the school.
func (m *matched) best(same []journal.Pupil, class journal.GroupID) (id journal.PupilID, ok bool) {
	rank := -1
	for _, s := range same {
		r := 0
		switch {
		case m.inClass(s.ID, class):
			r = 2
		case !s.Removed:
			r = 1
		}
		if r > rank && !m.claimed[s.ID] {
			id, ok, rank = s.ID, true, r
		}
	}
	return id, ok
}

func wholeKey(name string, born journal.Date) string {
	return journal.Normal(name) + "|" + born.String()
}

func (m *matched) claim(row *pupilRow, id journal.PupilID) {
	if m.p.answers["move|"+row.rowID()].Choice == "new" && !m.inClass(id, row.group) {
		return
	}
	m.exact[row] = id
	m.claimed[id] = true
}

// of returns the pupil of a row, a new id for a new one. ok is false when the
// row has been ended with a question.
func (m *matched) of(row *pupilRow) (id journal.PupilID, isNew, ok bool) {
	if id, ok := m.exact[row]; ok {
		return id, false, true
	}
	question := "pupil|" + row.rowID()
	answer := m.p.answers[question].Choice
	if m.p.answers["move|"+row.rowID()].Choice == "new" {
		answer = "new"
	}
	var maybe []journal.Pupil
	for _, s := range m.byName[journal.Normal(row.name.Last+"|"+row.name.First)] {
		if m.claimed[s.ID] {
			continue
		}
		sameMiddle := s.Middle == "" || row.name.Middle == "" || journal.Normal(s.Middle) == journal.Normal(row.name.Middle)
		unknown, sameBorn := s.Born == 0 || row.born == 0, s.Born == row.born
		switch {
		case sameMiddle && (sameBorn && !unknown || unknown && m.inClass(s.ID, row.group)) && answer == "":
			if len(m.byName[journal.Normal(row.name.Last+"|"+row.name.First)]) == 1 {
				m.claim(row, s.ID)
				return s.ID, false, true
			}
			maybe = append(maybe, s)
		case sameMiddle || sameBorn || unknown:
			maybe = append(maybe, s)
		}
	}
	if row.name.Middle != "" && row.born != 0 {
		for _, s := range m.byRest[wholeKey(row.name.First+"|"+row.name.Middle, row.born)] {
			if !m.claimed[s.ID] && journal.Normal(s.Last) != journal.Normal(row.name.Last) && m.inClass(s.ID, row.group) {
				maybe = append(maybe, s) // a new surname
			}
		}
	}
	for _, s := range maybe {
		if answer == s.ID.String() {
			m.claim(row, s.ID)
			return s.ID, false, true
		}
	}
	if len(maybe) > 0 && answer != "new" {
		m.ask(row, question, maybe)
		return id, false, false
	}
	return journal.NewID[journal.Pupil](), true, true
}

// ask puts the question whether a row is about a pupil of the school.
func (m *matched) ask(row *pupilRow, question string, maybe []journal.Pupil) {
	var choices []Choice
	for _, s := range maybe[:min(3, len(maybe))] {
		choices = append(choices, Choice{s.ID.String(), "Это " + m.describe(s)})
	}
	choices = append(choices, Choice{"new", "Другой ученик"})
	why := fmt.Sprintf("в школе есть похожий: %s", m.describe(maybe[0]))
	if len(maybe) > 1 {
		why = fmt.Sprintf("в школе есть похожие: %d", len(maybe))
	}
	row.doubt(row.nameColumn(), question, why, choices...)
}

// describe is «Калинин Степан Денисович, 09.10.2013, 6-Б».
func (m *matched) describe(s journal.Pupil) string {
	out := s.Full()
	if s.Born != 0 {
		out += ", " + s.Born.String()
	}
	if class, ok := m.p.r.ClassOf(s.ID, m.p.on); ok {
		out += ", " + class.Name
	}
	return out
}

func (m *matched) inClass(id journal.PupilID, class journal.GroupID) bool {
	c, ok := m.p.r.ClassOf(id, m.p.on)
	return ok && c.ID == class
}
