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

// A Forking is the question with which a PC becomes another one.
type Forking struct {
	Message *wire.Fork

	id    commit.Identity
	key   ed25519.PrivateKey
	asked map[uint64]bool
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
	var a wire.ForkAnswer
	if err := l.ask(ctx, wire.PathFork, f.Message, &a); err != nil {
		return err
	}
	return c.TakeFork(ctx, f, &a)
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
	m := &wire.Fork{Key: f.Key.Public().(ed25519.PublicKey), Numbers: f.Numbers[:min(len(f.Numbers), wire.MaxForked)]}
	m.Proof = ed25519.Sign(f.Key, m.Signed(id.Device))
	asked := make(map[uint64]bool, len(m.Numbers))
	for i, n := range m.Numbers {
		m.Sums = append(m.Sums, f.Sums[i][:]...)
		asked[n] = true
	}
	return &Forking{m, id, f.Key, asked}, nil
}

// TakeFork makes this PC the one that the answer names, unless it has become
// another one since it asked.
func (c *Client) TakeFork(ctx context.Context, f *Forking, a *wire.ForkAnswer) error {
	if now, _, err := c.journal.Identity(ctx); err != nil {
		return fmt.Errorf("read identity: %w", err)
	} else if now.Device != f.id.Device {
		return nil
	}
	if identity.DeviceID(f.Message.Key) != a.Device {
		return nonsense(fmt.Errorf("became %x", a.Device))
	}
	verdicts := make([]commit.Verdict, len(a.Verdicts))
	for i := range a.Verdicts {
		if !f.asked[a.Verdicts[i].Number] {
			return nonsense(fmt.Errorf("verdict for %d, which was not asked about", a.Verdicts[i].Number))
		}
		verdicts[i] = a.Verdicts[i].Verdict(f.id.Device)
	}
	id := f.id
	id.Device, id.Name, id.Key = a.Device, a.Name, f.key
	if err := c.journal.Become(ctx, id, verdicts); err != nil {
		return fmt.Errorf("become another PC: %w", err)
	}
	c.forks++
	c.stand(func() {
		for staff, s := range c.sessions { // the server does not know their keys on the new PC yet
			s.unknown = true
			c.sessions[staff] = s
		}
	})
	return nil
}
