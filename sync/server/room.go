package server

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"
)

// room is something of which there is only so much: the memory of large
// messages and answers, or requests being answered.
type room struct {
	free *semaphore.Weighted
	wait time.Duration
}

// A share is what one request has of the room. It grows as the message turns out
// to be larger, and is given back whole.
type share struct {
	room *room
	has  int64
}

// take makes the share hold n, waiting for others to go, and not for long.
func (s *share) take(ctx context.Context, n int64) error {
	if n <= s.has {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.room.wait)
	defer cancel()
	if err := s.room.free.Acquire(ctx, n-s.has); err != nil {
		return errBusy
	}
	s.has = n
	return nil
}

func (s *share) giveBack() {
	s.room.free.Release(s.has)
	s.has = 0
}
