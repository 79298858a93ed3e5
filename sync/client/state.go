package client

import (
	"cmp"
	"context"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Phase is where this PC stands with its server.
type Phase int

// The phases.
const (
	Apart   Phase = iota // not enrolled yet
	Offline              // the server does not answer; everything is kept here
	Sending              // something waits or is under way
	AllSent              // everything is at the school
)

// State is what the status pill shows.
type State struct {
	Phase  Phase
	Sent   time.Time // when everything was last at the school; zero: never since the start
	Counts commit.Counts
	Load   Load
	// Trouble, when not nil, is a [fault.Error] that waiting does not mend: this
	// PC was shut out, another server answers, the disk is full, the server has rewritten the past
	// ([fault.Alarm]: nothing is sent any more), or the clock of this PC is
	// wrong ([fault.Clock]: told until it is right, and only when nothing worse is).
	Trouble error
	// Restored is when this PC heard that the server was put back from a copy; zero:
	// not since the program began. Mended says that what the copy lacked and is
	// here was given to it since.
	Restored time.Time
	Mended   bool
}

// State tells how things stand.
func (c *Client) State(ctx context.Context) (State, error) {
	counts, err := c.journal.Count(ctx)
	if err != nil {
		return State{}, err
	}
	_, enrolled, err := c.journal.Identity(ctx)
	if err != nil {
		return State{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s := State{Sent: c.sent, Counts: counts, Trouble: cmp.Or(c.alarmed, c.trouble, c.clock), Restored: c.restored, Mended: c.mended}
	s.Load = c.loading.shown(time.Now(), c.pace.Moment) // the timer's clock, which people do not set
	switch {
	case !enrolled:
		s.Phase = Apart
	case !c.up:
		s.Phase = Offline
	case c.busy || counts.Unsent > 0:
		s.Phase = Sending
	default:
		s.Phase = AllSent
	}
	return s, nil
}

// publish calls the callback after changes, no faster than the pace allows.
func (c *Client) publish(ctx context.Context) {
	var last State
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.dirty:
		}
		if s, err := c.State(ctx); err == nil && s != last {
			last = s
			c.changed(s)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(c.pace.Tell):
		}
	}
}

// stand changes what the state is made of.
func (c *Client) stand(f func()) {
	c.mu.Lock()
	f()
	c.mu.Unlock()
	wake(c.dirty)
}

// lasting returns err if waiting does not mend it.
func lasting(err error) error {
	if code := fault.CodeOf(err); err == nil || code == fault.Offline || code == fault.TooMany {
		return nil
	}
	return err
}
