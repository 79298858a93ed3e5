package desk

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// remembered is how many of a person's commits on this PC can be taken back
// one after another.
const remembered = 200

// stacks are the person's commits that can be undone and redone, as numbers of
// commits of this PC. Nothing of it is stored: it follows from the log, so undo
// survives a restart.
type stacks struct {
	undo, redo []uint64
}

// push folds one own commit into the stacks. An ordinary commit can be undone
// and ends what could be redone; one that takes back an ordinary commit can be
// redone; one that takes back a taking-back can be undone again.
func (s *stacks) push(c *commit.Commit) {
	switch {
	case c.Undoes == 0:
		s.undo, s.redo = append(s.undo, c.Number), nil
	case len(s.undo) > 0 && s.undo[len(s.undo)-1] == c.Undoes:
		s.undo = s.undo[:len(s.undo)-1]
		s.redo = append(s.redo, c.Number)
	case len(s.redo) > 0 && s.redo[len(s.redo)-1] == c.Undoes:
		s.redo = s.redo[:len(s.redo)-1]
		s.undo = append(s.undo, c.Number)
	}
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

// Undo takes back the person's latest commit on this PC by a new commit that
// sets the former values. It returns what it wrote, nil when there was nothing.
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

func (s *Session) takeBack(ctx context.Context, stack *[]uint64) (*commit.Commit, error) {
	n := (*stack)[len(*stack)-1]
	former, err := s.book.Before(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("take back commit %d: %w", n, err)
	}
	if !former.Intact {
		*stack = (*stack)[:len(*stack)-1]
		return nil, fault.New(fault.Invalid, "Отменить нельзя: с тех пор здесь записали другое. Посмотрите историю клетки.")
	}
	c, err := s.append(ctx, commit.Draft{Volume: former.Volume, Undoes: n, Changes: former.Changes})
	if err == nil && c == nil { // all of it stands as it was
		*stack = (*stack)[:len(*stack)-1]
	}
	return c, err
}
