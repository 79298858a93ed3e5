package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// remembered is how many of a person's commits on this PC can be taken back
// one after another.
const remembered = 200

// recall rebuilds the stacks from the log: whole acts of this school year.
func (s *Session) recall(ctx context.Context) error {
	own, err := s.book.Own(ctx, s.who, remembered)
	if err != nil {
		return err
	}
	slices.Reverse(own)
	cut := len(own) == remembered // the first act may have begun before
	for len(own) > 0 {
		n := 1
		for n < len(own) && sameAct(own[n-1], own[n]) {
			n++
		}
		elsewhere := slices.ContainsFunc(own[:n], func(c *commit.Commit) bool { return c.Volume != s.Year() && c.Volume != journal.Register })
		if !cut && !elsewhere {
			s.undone.push(own[:n]...)
		}
		own, cut = own[n:], false
	}
	return nil
}

// CanUndo reports whether there is something to take back.
func (s *Session) CanUndo() bool { return s.undone.top(&s.undone.undo) != nil }

// CanRedo reports whether something was taken back last.
func (s *Session) CanRedo() bool { return s.undone.top(&s.undone.redo) != nil }

// Latest names the act that Undo would take back, 0 when there is none: the
// number of its last commit on this PC.
func (s *Session) Latest() uint64 {
	if top := s.undone.top(&s.undone.undo); top != nil {
		return top[len(top)-1]
	}
	return 0
}

// Undo takes back the person's latest act on this PC by new commits that set
// the former values. It returns the last that it wrote, nil when there was
// nothing. What cannot be taken back is refused with a sentence, and the next
// Undo goes on with the act before it.
func (s *Session) Undo(ctx context.Context) (*commit.Commit, error) {
	return s.takeBack(ctx, &s.undone.undo, "Отменить")
}

// Redo brings again what was undone last.
func (s *Session) Redo(ctx context.Context) (*commit.Commit, error) {
	return s.takeBack(ctx, &s.undone.redo, "Вернуть")
}

// takeBack takes back the act on top of a stack; verb says it to the person.
func (s *Session) takeBack(ctx context.Context, stack *[]act, verb string) (*commit.Commit, error) {
	s.acting.Lock()
	defer s.acting.Unlock()
	for {
		top := s.undone.top(stack)
		if top == nil {
			return nil, nil
		}
		drafts, err := s.back(ctx, top, verb)
		var made []*commit.Commit
		if err == nil && len(drafts) > 0 {
			if made, err = s.append(ctx, s.MayWrite, drafts...); err == nil && len(made) == 0 {
				err = fault.New(fault.Invalid, verb+" нечего: остались те же значения. Прежние видны в истории.")
			}
		}
		switch fault.CodeOf(err) {
		case "":
			if len(made) > 0 {
				return made[len(made)-1], nil
			}
			s.undone.forget(stack) // the server did not take it: nothing of it stands
		case fault.Invalid, fault.Forbidden, fault.TermClosed:
			s.undone.forget(stack) // it must not stand before what can be taken back
			return nil, err
		default:
			return nil, err
		}
	}
}

// back returns what takes back an act; nothing when nothing of it stands.
func (s *Session) back(ctx context.Context, a act, verb string) ([]commit.Draft, error) {
	var drafts []commit.Draft
	for _, n := range slices.Backward(a) {
		former, err := s.book.Before(ctx, commit.ID{Device: s.undone.device(), Number: n})
		switch {
		case err != nil:
			return nil, fmt.Errorf("take back commit %d: %w", n, err)
		case len(former.Changes) == 0:
			continue
		case !former.Intact:
			return nil, fault.New(fault.Invalid, verb+" нельзя: "+overwritten(former)+".")
		}
		drafts = append(drafts, commit.Draft{Volume: former.Volume, Undoes: n, Changes: s.unmade(former.Changes)})
	}
	return drafts, nil
}

// overwritten says what hinders taking something back.
func overwritten(f commit.Former) string {
	one := true // a single cell, lesson or result
	for _, c := range f.Changes {
		one = one && c.Kind == f.Changes[0].Kind && c.Key == f.Changes[0].Key
	}
	kind := f.Changes[0].Kind
	switch {
	case kind == journal.KindCell && one:
		return "с тех пор в этой клетке записали другое. Посмотрите её историю"
	case kind == journal.KindCell:
		return "с тех пор в одной из этих клеток записали другое"
	case kind == journal.KindLesson:
		return "с тех пор у этого урока записали другое"
	case kind == journal.KindTermMark:
		return "с тех пор эту отметку изменили. Посмотрите её историю"
	case one:
		return "с тех пор здесь записали другое"
	}
	return "с тех пор часть этих сведений изменили"
}
