package client

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// Enrol makes this PC one of the school's. code is the one-time code as typed,
// name how the administrator will call the PC. It returns the school's name.
func (c *Client) Enrol(ctx context.Context, code, name string) (school string, err error) {
	if _, enrolled, err := c.journal.Identity(ctx); err != nil {
		return "", fmt.Errorf("read identity: %w", err)
	} else if enrolled {
		return "", fault.New(fault.Forbidden, "Этот компьютер уже подключён к школе.")
	}
	invite, err := identity.ParseInvite(code)
	if err != nil {
		return "", err
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", fmt.Errorf("make key: %w", err)
	}
	l, err := newLink(invite.Address, invite.Pin[:], key, c.now())
	if err != nil {
		return "", err
	}
	defer l.http.CloseIdleConnections()
	var a wire.EnrolAnswer
	if err := l.ask(ctx, wire.PathEnrol, &wire.Enrol{Token: invite.Token[:], Name: name}, &a); err != nil {
		return "", err
	}
	if device := identity.DeviceID(key.Public().(ed25519.PublicKey)); device != a.Device {
		return "", nonsense(fmt.Errorf("enrolled as %s, want %s", a.Device, device))
	}
	// The code holds half of the pin; the whole one is that of the server that it fitted.
	err = c.journal.Enrol(ctx, commit.Identity{
		School: a.School, Device: a.Device, Name: name, Key: key, Server: invite.Address, Pin: *l.met.Load(), Epoch: a.Epoch,
	})
	if err != nil {
		return "", fmt.Errorf("keep identity: %w", err)
	}
	wake(c.joins)
	c.Kick()
	return a.Title, nil
}
