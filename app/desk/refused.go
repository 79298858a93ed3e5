package desk

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Retry says anew what refused entries said: all of them or none, each as a new
// commit of its own. Only the author may, because the new commit is signed by
// whoever makes it. Nothing is written over what the person has not seen: when
// another value has come in since the entries were read, the code is
// [fault.Invalid] and they are to be read again.
func (s *Session) Retry(ctx context.Context, entries ...Entry) ([]*commit.Commit, error) {
	s.acting.Lock()
	defer s.acting.Unlock()
	now := s.now()
	stands := map[commit.FieldRef]journal.Value{} // what earlier ones of these will have set
	var tries []commit.Retry
	for i := len(entries) - 1; i >= 0; i-- { // as they were written: the latest comes last
		e := entries[i]
		if e.Commit.Author != s.who {
			return nil, fault.New(fault.Forbidden, "Повторить может тот, кто это записал: "+e.Author.Initials()+".")
		}
		changes, err := s.again(ctx, e, stands)
		if err != nil {
			return nil, err
		}
		tries = append(tries, commit.Retry{Number: e.Commit.Number, Draft: commit.Draft{
			Volume: e.Commit.Volume, Author: s.who, Entered: now, Reason: e.Commit.Reason, Changes: changes,
		}})
	}
	made, err := s.book.Retry(ctx, tries...)
	if err != nil {
		return nil, err
	}
	s.undone.push(made...)
	return made, nil
}

// again returns the changes of an entry against what stands now.
func (s *Session) again(ctx context.Context, e Entry, stands map[commit.FieldRef]journal.Value) ([]commit.Change, error) {
	lines, err := s.Lines(ctx, e)
	if err != nil {
		return nil, err
	}
	changes := make([]commit.Change, 0, len(lines))
	for i, l := range lines {
		if e.Lines != nil && l.Now != e.Lines[i].Now {
			return nil, fault.New(fault.Invalid, "Здесь только что изменилось значение. Посмотрите ещё раз.")
		}
		seen := l.Now
		if v, set := stands[l.Ref]; set {
			seen = v
		}
		stands[l.Ref] = l.Want
		c := commit.Change{Kind: l.Ref.Kind, Key: l.Ref.Key, Field: l.Ref.Field, Value: l.Want, Seen: &seen}
		if err := s.MayWrite(c); err != nil {
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
		if _, err := s.append(ctx, drafts...); err != nil {
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
		numbers = append(numbers, e.Commit.Number)
	}
	return numbers, nil
}
