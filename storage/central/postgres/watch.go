package postgres

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
)

// pause is how long a watch waits before it looks for the database again.
const pause = time.Second

// channel is where the servers of a school tell each other.
func channel(school journal.SchoolID) string { return "uchitelskaya_" + hex.EncodeToString(school[:]) }

// tell wakes the other servers of a school. It comes after the commit, not with
// it: who commits with a notification waits for all others of the database who
// do. It is a hint, so its failure is none.
func (s *Store) tell(ctx context.Context, school journal.SchoolID) {
	if s.within != nil {
		return // Whole does, when there is something to see
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pause)
	defer cancel()
	_, _ = s.pool.Exec(ctx, "SELECT pg_notify($1, $2)", channel(school), s.self)
}

// Watch wakes the channel after another process has written for the school, and
// after every time that it may have missed that, until ctx ends.
func (s *Store) Watch(ctx context.Context, school journal.SchoolID) <-chan struct{} {
	news := make(chan struct{}, 1)
	go func() {
		for ctx.Err() == nil {
			s.watch(ctx, school, news)
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	}()
	return news
}

// watch listens on a connection of its own until that breaks.
func (s *Store) watch(ctx context.Context, school journal.SchoolID, news chan<- struct{}) {
	c, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return
	}
	defer c.Close(context.WithoutCancel(ctx))
	if _, err := c.Exec(ctx, "LISTEN "+pgx.Identifier{channel(school)}.Sanitize()); err != nil {
		return
	}
	for wake := true; ; {
		if wake {
			select {
			case news <- struct{}{}:
			default: // it has not looked yet
			}
		}
		n, err := c.WaitForNotification(ctx)
		if err != nil {
			return
		}
		wake = n.Payload != s.self
	}
}
