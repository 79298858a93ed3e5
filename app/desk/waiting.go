package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// An Entry is one act of a person on this PC that the school's log does not
// have, as she reads it: mostly one commit.
type Entry struct {
	commit.Waiting                  // the latest of its commits
	Before         []commit.Waiting // those before it, in other volumes, oldest first

	Author journal.Staff
	Field  Field  // of the first edit
	Lines  []Line // of all edits; nil until asked for where there are more than a few
	Mine   bool   // the person may retry it or put it away
}

// A Line is one edit of an entry beside what stands now.
type Line struct {
	Field
	Want, Now journal.Value
}

// Commits are all commits of the entry, oldest first.
func (e Entry) Commits() []*commit.Commit {
	var all []*commit.Commit
	for _, w := range e.Before {
		all = append(all, w.Commit)
	}
	return append(all, e.Commit)
}

// Edits is how many edits the entry has.
func (e Entry) Edits() int {
	n := 0
	for _, c := range e.Commits() {
		n += len(c.Edits)
	}
	return n
}

// Changes reports whether the edit would change anything now.
func (l Line) Changes() bool { return l.Want != l.Now }

// few is how many edits an entry may have to be read with its lines at once.
const few = 20

// reads reports whether a person reads what another wrote on this PC: those who
// oversee the school do, who see all its pages anyway.
func (s *Session) reads(author journal.StaffID) bool { return author == s.who || s.Oversees() }

// handles reports whether a person deals with what an author wrote: with her
// own, and whoever oversees the school also with what is left of those who work
// here no more.
func (s *Session) handles(author journal.StaffID) bool {
	if author == s.who {
		return true
	}
	p, known := s.roster.Staff(author)
	return s.Oversees() && (!known || p.Removed)
}

// Entries returns entries of one fate, the latest first: those that the person
// may read, whatever author the query names. An act that the query's limit
// would cut in two is left out.
func (s *Session) Entries(ctx context.Context, q commit.Query) ([]Entry, error) {
	if !s.Oversees() {
		q.Author = s.who
	}
	limit := q.Limit
	if limit > 0 {
		q.Limit++ // whether the last act goes on
	}
	list, err := s.book.Waiting(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read what waits: %w", err)
	}
	acts := gathered(list)
	if n := len(acts); limit > 0 && len(list) > limit {
		acts = acts[:n-1]
	}
	out := make([]Entry, 0, len(acts))
	for _, e := range acts {
		if !s.reads(e.Commit.Author) {
			continue
		}
		e.Mine = s.handles(e.Commit.Author)
		e.Author, _ = s.roster.Staff(e.Commit.Author)
		e.Field, _ = s.describe(refOf(e.Commit.Edits[0]))
		if q.Fate != commit.Unsent && q.Fate != commit.AtDeputy && e.Edits() <= few {
			if e.Lines, err = s.Lines(ctx, e); err != nil {
				return nil, err
			}
		}
		out = append(out, e)
	}
	return out, nil
}

// gathered puts commits of one fate, the latest first, together into acts.
func gathered(list []commit.Waiting) (out []Entry) {
	for _, w := range list {
		n := len(out)
		if n > 0 && out[n-1].Commit.Author == w.Commit.Author && sameAct(w.Commit, out[n-1].Commits()[0]) {
			out[n-1].Before = slices.Insert(out[n-1].Before, 0, w)
			continue
		}
		out = append(out, Entry{Waiting: w})
	}
	return out
}

// Lines returns the edits of an entry beside what stands now; of several edits
// of one field the last.
func (s *Session) Lines(ctx context.Context, e Entry) ([]Line, error) {
	var out []Line
	for _, c := range e.Commits() {
		lines, err := s.lines(ctx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, lines...)
	}
	return out, nil
}

func (s *Session) lines(ctx context.Context, c *commit.Commit) ([]Line, error) {
	var out []Line
	at := map[commit.FieldRef]int{}
	for _, edit := range c.Edits {
		ref := refOf(edit)
		if i, again := at[ref]; again {
			out[i].Want = edit.Value
			continue
		}
		heads, err := s.book.Heads(ctx, c.Volume, ref)
		if err != nil {
			return nil, fmt.Errorf("read what stands: %w", err)
		}
		l := Line{Want: edit.Value}
		l.Field, _ = s.describe(ref)
		if len(heads) > 0 {
			l.Now = heads[0].Value
		}
		at[ref] = len(out)
		out = append(out, l)
	}
	return out, nil
}

// Count is the state of this PC's entries, for the status pill. What waits for
// an answer is everybody's; what the school has not taken, and requests to
// decide on, the person's own to deal with.
func (s *Session) Count(ctx context.Context) (commit.Counts, error) {
	n, err := s.book.Count(ctx)
	if err == nil && s.DecidesRequests() {
		n.Asked, err = s.book.CountRequests(ctx, s.Year())
	}
	if err != nil || n.Requested+n.Refused+n.Returned == 0 {
		return n, err
	}
	own, _, err := s.Tally(ctx)
	n.Requested, n.Refused, n.Returned = own.Requested, own.Refused, own.Returned
	return n, err
}

// Tally counts what is the person's to deal with and what is others'.
func (s *Session) Tally(ctx context.Context) (own, others commit.Counts, err error) {
	all, err := s.book.Tally(ctx)
	if err != nil {
		return own, others, fmt.Errorf("count what waits: %w", err)
	}
	for author, n := range all {
		to := &others
		if s.handles(author) {
			to = &own
		}
		to.Unsent += n.Unsent
		to.Requested += n.Requested
		to.Refused += n.Refused
		to.Returned += n.Returned
	}
	return own, others, nil
}

func refOf(e commit.Edit) commit.FieldRef {
	return commit.FieldRef{Kind: e.Kind, Key: e.Key, Field: e.Field}
}
