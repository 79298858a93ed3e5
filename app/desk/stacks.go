package desk

import (
	"slices"
	"sync"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// An act is one thing that a person did: one commit, or several when it
// reached into several volumes, as numbers of commits of this PC.
type act []uint64

// stacks are the person's acts that can be undone and redone. Nothing of it is
// stored: it follows from the log, so undo survives a restart.
type stacks struct {
	mu         sync.Mutex
	undo, redo []act
	last       *commit.Commit
}

// top is the act that comes next off one of the stacks, nil when there is none.
func (s *stacks) top(of *[]act) act {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(*of); n > 0 {
		return slices.Clone((*of)[n-1])
	}
	return nil
}

// device is the PC by whose numbers the acts are named.
func (s *stacks) device() (id journal.DeviceID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil {
		id = s.last.Device
	}
	return id
}

// forget takes the act that comes next off one of the stacks.
func (s *stacks) forget(of *[]act) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*of = (*of)[:len(*of)-1]
}

// push folds own commits, oldest first, into the stacks. An ordinary commit can
// be undone and ends what could be redone; one that takes back an ordinary
// commit can be redone; one that takes back a taking-back can be undone again.
func (s *stacks) push(made ...*commit.Commit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range made {
		if s.last != nil && s.last.Device != c.Device {
			s.undo, s.redo, s.last = nil, nil, nil // this PC has become another one
		}
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

// drop takes a commit out of its act on a stack, and the acts above it: they
// could not be taken back and were passed over.
func drop(stack *[]act, number uint64) bool {
	for n, a := range slices.Backward(*stack) {
		if i := slices.Index(a, number); i >= 0 {
			*stack = (*stack)[:n+1]
			if (*stack)[n] = slices.Delete(a, i, i+1); len((*stack)[n]) == 0 {
				*stack = (*stack)[:n]
			}
			return true
		}
	}
	return false
}
