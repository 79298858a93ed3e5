package desk

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// A Wish is what a person asks to have corrected where a term is closed.
type Wish struct {
	Cells   []CellEdit
	Results []ResultEdit
}

// Ask writes a wish as one commit, with the reason that the deputy reads. Where
// a term is closed the school server makes a request of it; what stands then is
// the deputy's to say. The commit is nil when nothing changes.
func (s *Session) Ask(ctx context.Context, reason string, w Wish) (*commit.Commit, error) {
	reason, err := reasonOf(reason)
	if err != nil {
		return nil, err
	}
	changes, err := s.inCells(w.Cells)
	if err != nil {
		return nil, err
	}
	for _, e := range w.Results {
		more, err := s.inResult(e)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
	}
	if len(changes) == 0 {
		return nil, nil
	}
	s.acting.Lock()
	defer s.acting.Unlock()
	made, err := s.append(ctx, s.mayAsk, commit.Draft{Volume: s.Year(), Reason: reason, Changes: changes})
	if err != nil || len(made) == 0 {
		return nil, err
	}
	return made[0], nil
}

// AskAgain is [Session.Retry] where a term is closed: what refused entries said
// becomes a request, with the reason that the deputy reads.
func (s *Session) AskAgain(ctx context.Context, reason string, entries ...Entry) ([]*commit.Commit, error) {
	reason, err := reasonOf(reason)
	if err != nil {
		return nil, err
	}
	return s.retry(ctx, s.mayAsk, func(Entry) string { return reason }, entries)
}

// MustAsk reports whether an entry can be said again only as a request.
func (s *Session) MustAsk(e Entry) bool {
	asks := false
	for _, c := range e.Commits() {
		for _, edit := range c.Edits {
			err := s.MayWrite(commit.Set(edit.Kind, edit.Key, edit.Field, edit.Value))
			if err != nil && fault.CodeOf(err) != fault.TermClosed {
				return false
			}
			asks = asks || err != nil
		}
	}
	return asks
}

// mayAsk is [Session.MayWrite] without the closed terms.
func (s *Session) mayAsk(c commit.Change) error {
	if err := s.MayWrite(c); err != nil && fault.CodeOf(err) != fault.TermClosed {
		return err
	}
	return nil
}

// reasonOf refuses what is no reason: a mark typed on by mistake is none.
func reasonOf(text string) (string, error) {
	text = strings.TrimSpace(text)
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters < 3:
		return "", fault.New(fault.Invalid, "Напишите словами, почему это нужно исправить: завуч это прочтёт.")
	case utf8.RuneCountInString(text) > commit.MaxReason:
		return "", fault.New(fault.Invalid, "Причина слишком длинная. Напишите короче.")
	}
	return text, nil
}
