package client

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// Enrol makes this PC one of the school's. code is the one-time code as typed,
// name how the administrator will call the PC. It returns the school's name.
//
// A PC that is one of the school's already goes over to the server of the code:
// to one made anew from the school's journals, or to one that was put back from
// a copy older than this PC. It stays the same PC, and the next exchange sends
// what that server lacks. Another school's code is refused, and not spent.
func (c *Client) Enrol(ctx context.Context, code, name string) (school string, err error) {
	c.exchanging.Lock()
	defer c.exchanging.Unlock()
	id, enrolled, err := c.journal.Identity(ctx)
	if err != nil {
		return "", fmt.Errorf("read identity: %w", err)
	}
	invite, err := identity.ParseInvite(code)
	if err != nil {
		return "", err
	}
	m := &wire.Enrol{Token: invite.Token[:], Name: name}
	if enrolled {
		if err := c.comeBack(ctx, id, m); err != nil {
			return "", err
		}
	} else if _, id.Key, err = ed25519.GenerateKey(rand.Reader); err != nil {
		return "", fmt.Errorf("make key: %w", err)
	}
	l, err := newLink(invite.Address, invite.Pin[:], id.Key)
	if err != nil {
		return "", err
	}
	defer l.http.CloseIdleConnections()
	var a wire.EnrolAnswer
	if err := l.ask(ctx, wire.PathEnrol, m, &a, nil); err != nil {
		return "", err
	}
	if device := identity.DeviceID(id.Key.Public().(ed25519.PublicKey)); device != a.Device || enrolled && id.School != a.School {
		return "", nonsense(fmt.Errorf("enrolled as %s in %x, want %s in %s", a.Device, a.School, device, id.School))
	}
	// The code holds half of the pin; the whole one is that of the server that it fitted.
	id.School, id.Device, id.Name, id.Server, id.Pin = a.School, a.Device, m.Name, invite.Address, *l.met.Load()
	if !enrolled { // else the next exchange meets the new epoch, and hears what that server has
		id.Epoch = a.Epoch
	}
	if err := c.journal.Enrol(ctx, id); err != nil {
		return "", fmt.Errorf("keep identity: %w", err)
	}
	wake(c.joins)
	c.Kick()
	return a.Title, nil
}

// comeBack adds what a server must hear of a PC that was the school's before.
func (c *Client) comeBack(ctx context.Context, id commit.Identity, m *wire.Enrol) error {
	// Whoever is not at work here has gone: all that is here can be sent.
	if err := c.journal.Seal(ctx, c.keys, true); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	r, err := c.journal.Return(ctx)
	if err != nil {
		return fmt.Errorf("read what was sent: %w", err)
	}
	m.School, m.From = id.School[:], r.From
	if m.Name == "" {
		m.Name = id.Name
	}
	return nil
}
