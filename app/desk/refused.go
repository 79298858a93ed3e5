package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Retry says anew what refused entries said: all of them or none, each commit as
// a new one. Only the author may, because the new commit is signed by whoever
// makes it. Nothing is written over what the person has not seen: when another
// value has come in since the entries were read, the code is [fault.Invalid] and
// they are to be read again. Where a term is closed it is [fault.TermClosed]: see
// [Session.AskAgain].
func (s *Session) Retry(ctx context.Context, entries ...Entry) ([]*commit.Commit, error) {
	return s.retry(ctx, s.MayWrite, func(e Entry) string { return e.Commit.Reason }, entries)
}

func (s *Session) retry(ctx context.Context, may func(commit.Change) error, why func(Entry) string, entries []Entry) ([]*commit.Commit, error) {
	s.acting.Lock()
	defer s.acting.Unlock()
	now := s.now()
	stands := map[commit.FieldRef]journal.Value{} // what earlier ones of these will have set
	var tries []commit.Retry
	var stand []uint64                           // parts of acts of which nothing is to be said any more
	for _, e := range slices.Backward(entries) { // as they were written: the latest comes last
		if e.Commit.Author != s.who {
			return nil, fault.New(fault.Forbidden, "Повторить может тот, кто это записал: "+e.Author.Initials()+".")
		}
		seen := e.Lines
		for _, c := range e.Commits() {
			lines, err := s.lines(ctx, c)
			if err != nil {
				return nil, err
			}
			if e.Lines != nil {
				if !sameLines(lines, seen[:len(lines)]) {
					return nil, fault.New(fault.Invalid, "Здесь только что изменилось значение. Посмотрите ещё раз.")
				}
				seen = seen[len(lines):]
			}
			if len(e.Before) > 0 && !slices.ContainsFunc(lines, Line.Changes) {
				stand = append(stand, c.Number)
				continue
			}
			changes, err := again(lines, stands, may)
			if err != nil {
				return nil, err
			}
			tries = append(tries, commit.Retry{Number: c.Number, Draft: commit.Draft{
				Volume: c.Volume, Author: s.who, Entered: now, Reason: why(e), Changes: changes,
			}})
		}
	}
	if len(tries) == 0 {
		return nil, fault.New(fault.Invalid, "Это уже записано. Запись можно убрать.")
	}
	made, err := s.book.Retry(ctx, tries...)
	if err != nil {
		return nil, err
	}
	s.undone.push(made...)
	return made, s.book.PutAway(ctx, s.who, now, stand...)
}

// sameLines reports whether what stands is still what a person has seen.
func sameLines(now, seen []Line) bool {
	return slices.EqualFunc(now, seen, func(a, b Line) bool { return a.Now == b.Now })
}

// again returns the changes of lines against what stands now.
func again(lines []Line, stands map[commit.FieldRef]journal.Value, may func(commit.Change) error) ([]commit.Change, error) {
	changes := make([]commit.Change, 0, len(lines))
	for _, l := range lines {
		seen := l.Now
		if v, set := stands[l.Ref]; set {
			seen = v
		}
		stands[l.Ref] = l.Want
		c := commit.Change{Kind: l.Ref.Kind, Key: l.Ref.Key, Field: l.Ref.Field, Value: l.Want, Seen: &seen}
		if err := may(c); err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// PutAway takes refused entries out of the list; they stay on this PC and can
// be brought back.
func (s *Session) PutAway(ctx context.Context, entries ...Entry) error {
	numbers, err := s.handled(entries)
	if err != nil {
		return err
	}
	return s.book.PutAway(ctx, s.who, s.now(), numbers...)
}

// BringBack puts entries that were put away among the refused again.
func (s *Session) BringBack(ctx context.Context, entries ...Entry) error {
	numbers, err := s.handled(entries)
	if err != nil {
		return err
	}
	return s.book.BringBack(ctx, numbers...)
}

// Keep notes that the person knows that entries put away were accepted all the
// same, and lets them stand.
func (s *Session) Keep(ctx context.Context, entries ...Entry) error {
	numbers, err := s.handled(entries)
	if err != nil {
		return err
	}
	return s.book.Told(ctx, numbers...)
}

// TakeBack sets the former values back in place of an entry that was put away
// and accepted all the same.
func (s *Session) TakeBack(ctx context.Context, e Entry) error {
	numbers, err := s.handled([]Entry{e})
	if err != nil {
		return err
	}
	s.acting.Lock()
	defer s.acting.Unlock()
	drafts, err := s.back(ctx, act(numbers), "Отменить")
	if err != nil {
		return err
	}
	if len(drafts) > 0 {
		if _, err := s.append(ctx, s.MayWrite, drafts...); err != nil {
			return fmt.Errorf("take back %d: %w", e.Commit.Number, err)
		}
	}
	return s.book.Told(ctx, numbers...)
}

// handled names the commits of entries that the person may deal with.
func (s *Session) handled(entries []Entry) ([]uint64, error) {
	numbers := make([]uint64, 0, len(entries))
	for _, e := range entries {
		if !s.handles(e.Commit.Author) {
			return nil, fault.New(fault.Forbidden, "Решает тот, кто это записал: "+e.Author.Initials()+".")
		}
		for _, c := range e.Commits() {
			numbers = append(numbers, c.Number)
		}
	}
	return numbers, nil
}
