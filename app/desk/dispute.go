package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// A Field is one field of the journal with what it belongs to.
type Field struct {
	Ref     commit.FieldRef
	Page    journal.Page
	Group   journal.Group
	Subject journal.Subject
	Pupil   journal.Pupil // of a cell or a result
	Date    journal.Date  // of a cell or a lesson
	Number  int
	Period  journal.Period // of a result
}

// A Dispute is a field in which several different values stand, with what a
// person needs to decide.
type Dispute struct {
	Field
	Heads []commit.Past // the shown one first
	Mine  bool          // the person may decide
}

// Disputes returns what waits for a decision: on the pages that the person may
// open, and of the lists of the school what she may decide herself.
func (s *Session) Disputes(ctx context.Context) ([]Dispute, error) {
	var out []Dispute
	for _, v := range []journal.Volume{s.Year(), journal.Register} {
		refs, err := s.book.Disputes(ctx, v)
		if err != nil {
			return nil, fmt.Errorf("read disputes: %w", err)
		}
		for _, ref := range refs {
			f, ok := s.describe(ref)
			d := Dispute{Field: f}
			if !ok || !d.Page.ID.IsZero() && !s.opens(d.Page) {
				continue
			}
			if d.Heads, err = s.book.Heads(ctx, v, ref); err != nil {
				return nil, fmt.Errorf("read disputes: %w", err)
			}
			if len(d.Heads) < 2 {
				continue // decided since
			}
			d.Mine = s.MayWrite(commit.Set(ref.Kind, ref.Key, ref.Field, d.Heads[0].Value)) == nil
			if d.Mine || !d.Page.ID.IsZero() {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// describe says what a field belongs to; false for one of no page, class or
// pupil.
func (s *Session) describe(ref commit.FieldRef) (Field, bool) {
	d := Field{Ref: ref}
	spec := journal.SpecOf(ref.Kind)
	if spec == nil {
		return d, false
	}
	parts, err := spec.Parts(ref.Key)
	if err != nil {
		return d, false
	}
	for i, p := range spec.Key {
		name := p.Name
		if name == "id" {
			name = spec.Name
		}
		switch name {
		case "page":
			d.Page, _ = s.roster.Page(journal.PageID(parts[i].Bytes()))
		case "pupil":
			d.Pupil, _ = s.roster.Pupil(journal.PupilID(parts[i].Bytes()))
		case "class_group", "class":
			d.Group, _ = s.roster.Group(journal.GroupID(parts[i].Bytes()))
		case "day":
			d.Date = parts[i].Date()
		case "number":
			d.Number = int(parts[i].Int())
		case "period":
			d.Period = journal.Period(parts[i].Int())
		}
	}
	if !d.Page.ID.IsZero() {
		d.Group, _ = s.roster.Group(d.Page.Group)
		d.Subject, _ = s.roster.Subject(d.Page.Subject)
	}
	return d, !d.Page.ID.IsZero() || !d.Group.ID.IsZero() || d.Pupil.Last != ""
}

// Decide lets one value stand in place of all that the person saw.
func (s *Session) Decide(ctx context.Context, d Dispute, v journal.Value) (*commit.Commit, error) {
	return s.decide(ctx, d, "решено из нескольких значений", commit.Set(d.Ref.Kind, d.Ref.Key, d.Ref.Field, v))
}

// DecideBoth lets two marks stand together in a cell: the shown one first.
func (s *Session) DecideBoth(ctx context.Context, d Dispute) (*commit.Commit, error) {
	one := fault.New(fault.Invalid, "Здесь может стоять одно значение. Выберите его.")
	if d.Ref.Kind != journal.KindCell || d.Ref.Field != journal.CellMark || len(d.Heads) != 2 || !s.AllowsTwoMarks() {
		return nil, one
	}
	first, second := d.Heads[0].Value, d.Heads[1].Value
	taken, err := s.book.Heads(ctx, s.Year(), commit.FieldRef{Kind: d.Ref.Kind, Key: d.Ref.Key, Field: journal.CellSecond})
	switch {
	case err != nil:
		return nil, fmt.Errorf("decide: %w", err)
	case first.IsNull() || second.IsNull():
		return nil, one
	case len(taken) > 1 || len(taken) == 1 && !taken[0].Value.IsNull() && taken[0].Value != second:
		return nil, fault.New(fault.Invalid, "В клетке уже есть вторая отметка. Выберите одну из двух.")
	}
	return s.decide(ctx, d, "оставлены обе отметки",
		commit.Set(d.Ref.Kind, d.Ref.Key, journal.CellMark, first),
		commit.Set(d.Ref.Kind, d.Ref.Key, journal.CellSecond, second))
}

// decide writes a decision unless it would cover what nobody has looked at.
func (s *Session) decide(ctx context.Context, d Dispute, reason string, changes ...commit.Change) (*commit.Commit, error) {
	v := s.volumeOf(d.Ref.Kind)
	now, err := s.book.Heads(ctx, v, d.Ref)
	if err != nil {
		return nil, fmt.Errorf("decide: %w", err)
	}
	for _, h := range now {
		if !slices.ContainsFunc(d.Heads, func(p commit.Past) bool { return p.ID == h.ID }) {
			return nil, fault.New(fault.Invalid, "Здесь только что изменилось значение. Посмотрите ещё раз.")
		}
	}
	made, err := s.act(ctx, commit.Draft{Volume: v, Reason: reason, Changes: changes})
	if err != nil || len(made) == 0 {
		return nil, err
	}
	return made[0], nil
}

// AllowsTwoMarks reports whether the school lets two marks stand in a cell.
func (s *Session) AllowsTwoMarks() bool { return s.roster.Rules().TwoMarks }
