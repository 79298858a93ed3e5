package desk

import (
	"context"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// TakeIn writes what taking files in would change, as one act: one commit into
// the register (people, subjects) and one into the year (classes, pages,
// timetable), both or none, which one undo takes back. reason names the files.
// It returns how many commits it made; none when all of it stands already.
func (s *Session) TakeIn(ctx context.Context, reason string, changes []commit.Change) (int, error) {
	drafts := []commit.Draft{{Volume: journal.Register, Reason: reason}, {Volume: s.Year(), Reason: reason}}
	for _, c := range changes {
		d := &drafts[1]
		if s.volumeOf(c.Kind) == journal.Register {
			d = &drafts[0]
		}
		d.Changes = append(d.Changes, c)
	}
	made, err := s.act(ctx, drafts...)
	return len(made), err
}

// unmade turns what sets a commit back into what a person means by it: an
// entity that the commit made has no former values, it goes. Nothing is ever
// deleted, so it is marked as removed and keeps its fields for those who look
// into its history, and for the next time. What was made is known by its field
// «removed», which says 0 now and said nothing before.
func (s *Session) unmade(former []commit.Change) []commit.Change {
	type entity struct {
		kind journal.Kind
		key  journal.Key
	}
	made := map[entity]bool{}
	for _, c := range former {
		if removes(c) && c.Value.IsNull() && s.roster.Get(c.Kind, c.Key, c.Field) == journal.IntValue(0) {
			made[entity{c.Kind, c.Key}] = true
		}
	}
	out := make([]commit.Change, 0, len(former))
	for _, c := range former {
		switch {
		case !made[entity{c.Kind, c.Key}]:
			out = append(out, c)
		case removes(c):
			c.Value = journal.IntValue(1)
			out = append(out, c)
		}
	}
	return out
}

// removes reports whether a change is one of the field «removed».
func removes(c commit.Change) bool {
	spec := journal.SpecOf(c.Kind)
	if spec == nil {
		return false
	}
	f := spec.Field(c.Field)
	return f != nil && f.Name == "removed"
}
