package desk

import (
	"context"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// A CellEdit is one cell as the person saw it and as she wants it.
type CellEdit struct{ Seen, Want journal.Cell }

// PutCells writes cells as one commit: one mark typed, or one paste of 200
// cells. It refuses all of them when one may not be written. Of several edits of
// one cell the last says what is wanted. The commit is nil when nothing changes.
func (s *Session) PutCells(ctx context.Context, edits ...CellEdit) (*commit.Commit, error) {
	changes, err := s.inCells(edits)
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	return s.write(ctx, "", changes...)
}

// inCells are the changes of edits of cells.
func (s *Session) inCells(edits []CellEdit) ([]commit.Change, error) {
	var changes []commit.Change
	at := make(map[journal.Key]int, len(edits))
	var once []CellEdit
	for _, e := range edits {
		if i, again := at[e.Want.Key()]; again {
			once[i].Want = e.Want
			continue
		}
		at[e.Want.Key()] = len(once)
		once = append(once, e)
	}
	for _, e := range once {
		if err := s.mayStand(e); err != nil {
			return nil, err
		}
		changes = append(changes, cellChanges(e)...)
	}
	return changes, nil
}

// mayStand refuses what no cell can take: anything for a pupil outside his time
// in the group, two marks where the school allows one, a mark for a lesson to
// come. What stands already, by whatever rule it came, may be cleared.
func (s *Session) mayStand(e CellEdit) error {
	c := e.Want
	page, ok := s.roster.Page(c.Page)
	second := c.Second != 0 && c.Second != e.Seen.Second
	switch {
	case !ok:
		return errNoPage
	case second && !s.AllowsTwoMarks():
		return fault.New(fault.Invalid, "В вашей школе в клетке стоит одна отметка.")
	case c.Second != 0 && c.Mark == 0:
		return fault.New(fault.Invalid, "Вторая отметка ставится после первой.")
	case c.Date > s.Today() && (second || c.Mark != 0 && c.Mark != e.Seen.Mark):
		return fault.New(fault.Invalid, "Этого урока ещё не было. Отметку можно поставить "+c.Date.Long()+".")
	case clears(e) || s.belongs(c.Pupil, page.Group, c.Date, c.Date):
		return nil
	}
	return fault.New(fault.Invalid, "В этот день ученика не было в группе.")
}

// clears reports whether an edit only takes away.
func clears(e CellEdit) bool {
	for _, c := range cellChanges(e) {
		if !c.Value.IsNull() {
			return false
		}
	}
	return true
}

// belongs reports whether a pupil was in a group on one of the days from–to.
func (s *Session) belongs(p journal.PupilID, g journal.GroupID, from, to journal.Date) bool {
	return slices.ContainsFunc(s.roster.MemberOf(p), func(m journal.Membership) bool {
		return m.Group == g && m.From <= to && (m.To == 0 || m.To >= from)
	})
}

// cellChanges are the fields in which two states of a cell differ.
func cellChanges(e CellEdit) []commit.Change {
	var out []commit.Change
	put := func(f journal.FieldNo, seen, want journal.Value) {
		if seen != want {
			out = append(out, commit.Change{Kind: journal.KindCell, Key: e.Want.Key(), Field: f, Value: want, Seen: &seen})
		}
	}
	put(journal.CellMark, number(e.Seen.Mark), number(e.Want.Mark))
	put(journal.CellSecond, number(e.Seen.Second), number(e.Want.Second))
	put(journal.CellAbsence, journal.TextValue(e.Seen.Absence), journal.TextValue(e.Want.Absence))
	put(journal.CellReason, journal.TextValue(e.Seen.Reason), journal.TextValue(e.Want.Reason))
	put(journal.CellNote, journal.TextValue(e.Seen.Note), journal.TextValue(e.Want.Note))
	return out
}

// number is a field in which 0 means nothing.
func number(n int) journal.Value {
	if n == 0 {
		return journal.Value{}
	}
	return journal.IntValue(int64(n))
}

// PutLesson writes what a lesson's right side holds: topic, homework, kind of
// work, weight.
func (s *Session) PutLesson(ctx context.Context, seen, want journal.Lesson) (*commit.Commit, error) {
	var changes []commit.Change
	put := func(f journal.FieldNo, a, b journal.Value) {
		if a != b {
			changes = append(changes, commit.Change{Kind: journal.KindLesson, Key: want.Key(), Field: f, Value: b, Seen: &a})
		}
	}
	put(journal.LessonTopic, journal.TextValue(seen.Topic), journal.TextValue(want.Topic))
	put(journal.LessonHomework, journal.TextValue(seen.Homework), journal.TextValue(want.Homework))
	put(journal.LessonNoHomework, journal.BoolValue(seen.NoHomework), journal.BoolValue(want.NoHomework))
	put(journal.LessonWork, number(int(seen.Work)), number(int(want.Work)))
	put(journal.LessonWeight, number(seen.Weight), number(want.Weight))
	put(journal.LessonNote, journal.TextValue(seen.Note), journal.TextValue(want.Note))
	put(journal.LessonRemoved, journal.BoolValue(seen.Removed), journal.BoolValue(want.Removed))
	put(journal.LessonPresent, journal.BoolValue(seen.Present), journal.BoolValue(want.Present))
	if len(changes) == 0 {
		return nil, nil
	}
	return s.write(ctx, "", changes...)
}

// A ResultEdit is one result as the person saw it and as she wants it.
type ResultEdit struct{ Seen, Want journal.TermMark }

// PutTermMark writes the result of a pupil for a period. The commit is nil when
// nothing changes.
func (s *Session) PutTermMark(ctx context.Context, seen, want journal.TermMark) (*commit.Commit, error) {
	changes, err := s.inResult(ResultEdit{seen, want})
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	return s.write(ctx, "", changes...)
}

// inResult is the change of an edit of a result, none when nothing changes.
func (s *Session) inResult(e ResultEdit) ([]commit.Change, error) {
	if e.Seen.Value == e.Want.Value {
		return nil, nil
	}
	if page, ok := s.roster.Page(e.Want.Page); ok && e.Want.Value != "" {
		from, to := journal.YearBounds(s.Year())
		for _, t := range s.roster.TermsOf(page.Group) {
			if t.Period() == e.Want.Period {
				from, to = t.From, t.To
			}
		}
		if !s.belongs(e.Want.Pupil, page.Group, from, to) {
			return nil, fault.New(fault.Invalid, "В это время ученика не было в группе.")
		}
	}
	before := journal.TextValue(e.Seen.Value)
	return []commit.Change{{
		Kind: journal.KindTermMark, Key: journal.TermMarkKey(e.Want.Pupil, e.Want.Page, e.Want.Period),
		Field: journal.TermMarkValue, Value: journal.TextValue(e.Want.Value), Seen: &before,
	}}, nil
}

// CloseTerm locks a term or opens it again.
func (s *Session) CloseTerm(ctx context.Context, scheme journal.Scheme, number int, closed bool) (*commit.Commit, error) {
	return s.write(ctx, "", commit.Set(journal.KindTerm, journal.Key("").Int(int(scheme)).Int(number), journal.TermClosed, journal.BoolValue(closed)))
}

// Substitute gives one lesson to another teacher; the zero StaffID takes it back.
func (s *Session) Substitute(ctx context.Context, l journal.Planned, to journal.StaffID) (*commit.Commit, error) {
	return s.write(ctx, "", commit.Set(journal.KindSubstitution, journal.LessonKey(l.Page, l.Date, l.Number), journal.SubstitutionStaff, journal.IDValue(to)))
}
