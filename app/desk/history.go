package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

var (
	errNoPage = fault.New(fault.NotFound, "Такой страницы в журнале нет.")
	errNoTerm = fault.New(fault.NotFound, "Для этого класса не указаны дни четвертей. Их вносит администратор школы.")
)

// History returns what ever stood in a field, newest first.
func (s *Session) History(ctx context.Context, f commit.FieldRef) ([]commit.Past, error) {
	past, err := s.book.History(ctx, s.Year(), f)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return past, nil
}

// CellHistory returns what ever stood in any field of a cell, newest first.
func (s *Session) CellHistory(ctx context.Context, c journal.Cell) ([]CellPast, error) {
	var out []CellPast
	for _, f := range journal.SpecOf(journal.KindCell).Fields {
		past, err := s.History(ctx, commit.FieldRef{Kind: journal.KindCell, Key: c.Key(), Field: f.No})
		if err != nil {
			return nil, err
		}
		for _, p := range past {
			out = append(out, CellPast{Past: p, Field: f.No})
		}
	}
	slices.SortStableFunc(out, func(a, b CellPast) int { return cmp.Compare(b.Stamp, a.Stamp) })
	return out, nil
}

// CellPast is one value that stood in one field of a cell.
type CellPast struct {
	commit.Past
	Field journal.FieldNo
}

// A Dispute is a field in which several different values stand, with what a
// person needs to decide.
type Dispute struct {
	Ref     commit.FieldRef
	Heads   []commit.Past // the shown one first
	Page    journal.Page
	Group   journal.Group
	Subject journal.Subject
	Pupil   journal.Pupil // of a cell or a result
	Date    journal.Date  // of a cell or a lesson
	Number  int
	Mine    bool // the person may decide
}

// Disputes returns what waits for a decision on the pages that the person may open.
func (s *Session) Disputes(ctx context.Context) ([]Dispute, error) {
	refs, err := s.book.Disputes(ctx, s.Year())
	if err != nil {
		return nil, fmt.Errorf("read disputes: %w", err)
	}
	mine := map[journal.PageID]bool{}
	for _, p := range s.Pages() {
		mine[p.ID] = true
	}
	var out []Dispute
	for _, ref := range refs {
		d, ok := s.describe(ref)
		if !ok || !d.Page.ID.IsZero() && !mine[d.Page.ID] {
			continue
		}
		if d.Heads, err = s.book.Heads(ctx, s.Year(), ref); err != nil {
			return nil, fmt.Errorf("read disputes: %w", err)
		}
		d.Mine = s.MayWrite(commit.Set(ref.Kind, ref.Key, ref.Field, d.Heads[0].Value)) == nil
		out = append(out, d)
	}
	return out, nil
}

// describe says what a field of a page belongs to.
func (s *Session) describe(ref commit.FieldRef) (Dispute, bool) {
	d := Dispute{Ref: ref}
	spec := journal.SpecOf(ref.Kind)
	if spec == nil {
		return d, false
	}
	parts, err := spec.Parts(ref.Key)
	if err != nil {
		return d, false
	}
	for i, p := range spec.Key {
		switch p.Name {
		case "page":
			d.Page, _ = s.roster.Page(journal.PageID(parts[i].Bytes()))
		case "pupil":
			d.Pupil, _ = s.roster.Pupil(journal.PupilID(parts[i].Bytes()))
		case "day":
			d.Date = parts[i].Date()
		case "number":
			d.Number = int(parts[i].Int())
		}
	}
	d.Group, _ = s.roster.Group(d.Page.Group)
	d.Subject, _ = s.roster.Subject(d.Page.Subject)
	return d, true
}

// Decide lets one value stand in place of all that stand now.
func (s *Session) Decide(ctx context.Context, d Dispute, v journal.Value) (*commit.Commit, error) {
	return s.write(ctx, "решено из нескольких значений", commit.Set(d.Ref.Kind, d.Ref.Key, d.Ref.Field, v))
}

// DecideBoth lets two marks stand together in a cell: the shown one first.
func (s *Session) DecideBoth(ctx context.Context, d Dispute) (*commit.Commit, error) {
	if d.Ref.Kind != journal.KindCell || d.Ref.Field != journal.CellMark || len(d.Heads) != 2 || !s.AllowsTwoMarks() {
		return nil, fault.New(fault.Invalid, "Здесь может стоять одно значение. Выберите его.")
	}
	return s.write(ctx, "оставлены обе отметки",
		commit.Set(d.Ref.Kind, d.Ref.Key, journal.CellMark, d.Heads[0].Value),
		commit.Set(d.Ref.Kind, d.Ref.Key, journal.CellSecond, d.Heads[1].Value))
}

// AllowsTwoMarks reports whether the school lets two marks stand in a cell.
func (s *Session) AllowsTwoMarks() bool { return s.roster.Setting(journal.SettingTwoMarks) == "да" }
