package client

import (
	"context"
	"crypto/ed25519"
	"fmt"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// maxForks bounds how often a server may make this PC another one while the
// program runs.
const maxForks = 20

// A Forking is the question with which a PC becomes another one. It has several
// parts when one message does not hold all that is asked about.
type Forking struct {
	Message *wire.Fork // the next part

	id       commit.Identity
	rest     commit.Fork // the parts after it
	asked    map[uint64]bool
	verdicts []commit.Verdict // heard so far
}

// next makes the next part.
func (f *Forking) next() {
	n := min(len(f.rest.Numbers), wire.MaxForked)
	m := &wire.Fork{Key: f.rest.Key.Public().(ed25519.PublicKey), Numbers: f.rest.Numbers[:n]}
	m.Proof = ed25519.Sign(f.rest.Key, m.Signed(f.id.Device))
	f.asked = make(map[uint64]bool, n)
	for i, number := range m.Numbers {
		m.Sums = append(m.Sums, f.rest.Sums[i][:]...)
		f.asked[number] = true
	}
	f.Message, f.rest.Numbers, f.rest.Sums = m, f.rest.Numbers[n:], f.rest.Sums[n:]
}

// fork makes this PC another one, because the disk of one of two was copied or
// put back from a copy and both have written under one number. Copies that have
// much in common may need several goes. why is how it showed. Killed at any
// moment, it asks again with the same key and is given the same answer.
func (c *Client) fork(ctx context.Context, why error) error {
	if c.forks >= maxForks {
		return why
	}
	f, err := c.AskFork(ctx)
	if err != nil {
		return err
	}
	l, _, err := c.linked(ctx)
	if err != nil {
		return err
	}
	for more := true; more; {
		var a wire.ForkAnswer
		if err := l.ask(ctx, wire.PathFork, f.Message, &a, nil); err != nil {
			return err
		}
		if more, err = c.TakeFork(ctx, f, &a); err != nil {
			return err
		}
	}
	return nil
}

// AskFork makes the question, whatever carries it; see [Client.Ask].
func (c *Client) AskFork(ctx context.Context) (*Forking, error) {
	id, _, err := c.journal.Identity(ctx)
	if err != nil {
		return nil, fmt.Errorf("read identity: %w", err)
	}
	f, err := c.journal.Fork(ctx)
	if err != nil {
		return nil, fmt.Errorf("prepare fork: %w", err)
	}
	q := &Forking{id: id, rest: f}
	q.next()
	return q, nil
}

// TakeFork makes this PC the one that the answer names, unless it has become
// another one since it asked. With more it has only noted the answer: the next
// part is to be asked.
func (c *Client) TakeFork(ctx context.Context, f *Forking, a *wire.ForkAnswer) (more bool, err error) {
	if now, _, err := c.journal.Identity(ctx); err != nil {
		return false, fmt.Errorf("read identity: %w", err)
	} else if now.Device != f.id.Device {
		return false, nil
	}
	if identity.DeviceID(f.Message.Key) != a.Device {
		return false, nonsense(fmt.Errorf("became %x", a.Device))
	}
	verdicts := f.verdicts
	for i := range a.Verdicts {
		if !f.asked[a.Verdicts[i].Number] {
			return false, nonsense(fmt.Errorf("verdict for %d, which was not asked about", a.Verdicts[i].Number))
		}
		verdicts = append(verdicts, a.Verdicts[i].Verdict(f.id.Device))
	}
	if len(f.rest.Numbers) > 0 {
		f.verdicts = verdicts
		f.next()
		return true, nil
	}
	id := f.id
	id.Device, id.Name, id.Key = a.Device, a.Name, f.rest.Key
	if err := c.journal.Become(ctx, id, verdicts); err != nil {
		return false, fmt.Errorf("become another PC: %w", err)
	}
	c.forks++
	c.stand(func() {
		for staff, s := range c.sessions { // the server does not know their keys on the new PC yet
			s.unknown = true
			c.sessions[staff] = s
		}
	})
	return false, nil
}
