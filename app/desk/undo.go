package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// remembered is how many of a person's commits on this PC can be taken back
// one after another.
const remembered = 200

// An act is one thing that a person did: one commit, or several when it
// reached into several volumes, as numbers of commits of this PC.
type act []uint64

// stacks are the person's acts that can be undone and redone. Nothing of it is
// stored: it follows from the log, so undo survives a restart.
type stacks struct {
	undo, redo []act
	last       *commit.Commit
}

// push folds one own commit into the stacks. An ordinary commit can be undone
// and ends what could be redone; one that takes back an ordinary commit can be
// redone; one that takes back a taking-back can be undone again.
func (s *stacks) push(c *commit.Commit) {
	joins := s.last != nil && sameAct(s.last, c)
	s.last = c
	switch {
	case c.Undoes == 0:
		s.undo, s.redo = put(s.undo, c.Number, joins), nil
	case drop(&s.undo, c.Undoes):
		s.redo = put(s.redo, c.Number, joins)
	case drop(&s.redo, c.Undoes):
		s.undo = put(s.undo, c.Number, joins)
	}
}

// sameAct reports whether two commits are parts of one act: one after the other
// at the same moment into different volumes.
func sameAct(a, b *commit.Commit) bool {
	return b.Number == a.Number+1 && b.Volume != a.Volume && b.Entered.Equal(a.Entered) && b.Reason == a.Reason && (a.Undoes == 0) == (b.Undoes == 0)
}

// put lays a commit on a stack, into the act on top when it joins that.
func put(stack []act, number uint64, joins bool) []act {
	if n := len(stack); joins && n > 0 {
		stack[n-1] = append(stack[n-1], number)
		return stack
	}
	return append(stack, act{number})
}

// drop takes a commit out of the act on top of a stack.
func drop(stack *[]act, number uint64) bool {
	n := len(*stack)
	if n == 0 {
		return false
	}
	i := slices.Index((*stack)[n-1], number)
	if i < 0 {
		return false
	}
	if (*stack)[n-1] = slices.Delete((*stack)[n-1], i, i+1); len((*stack)[n-1]) == 0 {
		*stack = (*stack)[:n-1]
	}
	return true
}

// recall rebuilds the stacks from the log.
func (s *Session) recall(ctx context.Context) error {
	own, err := s.book.Own(ctx, s.who, remembered)
	if err != nil {
		return err
	}
	s.undone = stacks{}
	for i := len(own) - 1; i >= 0; i-- {
		s.undone.push(own[i])
	}
	return nil
}

// CanUndo and CanRedo report whether there is something to take back or to
// bring again.
func (s *Session) CanUndo() bool { return len(s.undone.undo) > 0 }

// CanRedo reports whether something was taken back last.
func (s *Session) CanRedo() bool { return len(s.undone.redo) > 0 }

// Latest names the act that Undo would take back, 0 when there is none: the
// number of its last commit on this PC.
func (s *Session) Latest() uint64 {
	if !s.CanUndo() {
		return 0
	}
	top := s.undone.undo[len(s.undone.undo)-1]
	return top[len(top)-1]
}

// Undo takes back the person's latest act on this PC by new commits that set
// the former values. It returns the last that it wrote, nil when there was
// nothing.
func (s *Session) Undo(ctx context.Context) (*commit.Commit, error) {
	if !s.CanUndo() {
		return nil, nil
	}
	return s.takeBack(ctx, &s.undone.undo)
}

// Redo brings again what was undone last.
func (s *Session) Redo(ctx context.Context) (*commit.Commit, error) {
	if !s.CanRedo() {
		return nil, nil
	}
	return s.takeBack(ctx, &s.undone.redo)
}

func (s *Session) takeBack(ctx context.Context, stack *[]act) (*commit.Commit, error) {
	top := len(*stack) - 1
	var drafts []commit.Draft
	for _, n := range slices.Backward((*stack)[top]) {
		former, err := s.book.Before(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("take back commit %d: %w", n, err)
		}
		if !former.Intact {
			*stack = (*stack)[:top]
			return nil, fault.New(fault.Invalid, "Отменить нельзя: с тех пор здесь записали другое. Посмотрите историю клетки.")
		}
		drafts = append(drafts, commit.Draft{Volume: former.Volume, Undoes: n, Changes: s.unmade(former.Changes)})
	}
	made, err := s.append(ctx, drafts...)
	if err != nil {
		return nil, err
	}
	if len(made) == 0 { // all of it stands as it was
		*stack = (*stack)[:top]
		return nil, nil
	}
	return made[len(made)-1], nil
}
