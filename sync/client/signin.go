package client

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// A Person has signed in on this PC.
type Person struct {
	Staff journal.StaffID
	Name  string // name for sign-in
}

// atHand is how long a sign-in waits for a server that has been silent.
const atHand = 5 * time.Second

// SignIn opens a person's key on this PC. The first time on a PC needs the
// server; later ones work without it for two weeks, and with it whenever it is
// at hand. The error's code is [fault.NewPassword] when the password is a
// one-time one: then ask for an own one and call [Client.ChangePassword].
func (c *Client) SignIn(ctx context.Context, name, password string) (Person, error) {
	p, known, err := c.profile(ctx, name)
	if err != nil {
		return Person{}, err
	}
	c.mu.Lock()
	up := c.up
	c.mu.Unlock()
	if !known || up {
		who, err := c.signInWith(ctx, name, password, "")
		if !known || fault.CodeOf(err) != fault.Offline {
			return who, err
		}
	}
	who, err := c.signInAlone(ctx, p, password)
	if err == nil || up {
		return who, err
	}
	// The password may have been changed elsewhere.
	ctx, cancel := context.WithTimeout(ctx, atHand)
	defer cancel()
	if who, online := c.signInWith(ctx, name, password, ""); fault.CodeOf(online) != fault.Offline {
		return who, online
	}
	return Person{}, err
}

// ChangePassword signs in with the server and sets a new password.
func (c *Client) ChangePassword(ctx context.Context, name, old, password string) (Person, error) {
	if err := identity.CheckPassword(password, name); err != nil {
		return Person{}, err
	}
	if password == old {
		return Person{}, fault.New(fault.Invalid, "Новый пароль такой же, как старый. Придумайте другой.")
	}
	return c.signInWith(ctx, name, old, password)
}

// SignOut seals what the person has written and closes the key.
func (c *Client) SignOut(ctx context.Context, staff journal.StaffID) error {
	err := c.journal.Seal(ctx, c.keys, false)
	c.mu.Lock()
	delete(c.sessions, staff)
	c.mu.Unlock()
	c.Kick()
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return nil
}

// signInWith signs in with the server; with a new password it changes it.
func (c *Client) signInWith(ctx context.Context, name, password, fresh string) (Person, error) {
	l, id, err := c.linked(ctx)
	if err != nil {
		return Person{}, err
	}
	var asked wire.AskAnswer
	if err := l.ask(ctx, wire.PathAsk, &wire.Ask{Name: name}, &asked, nil); err != nil {
		return Person{}, err
	}
	lock, err := identity.ParseLock(asked.Lock)
	if err != nil {
		return Person{}, err
	}
	secrets := lock.Derive(password)
	m := &wire.Prove{Name: name, Proof: slices.Clone(secrets.Proof[:])}
	p, known, err := c.profile(ctx, name)
	if err != nil {
		return Person{}, err
	}
	key, err := c.ownKey(ctx, p, known, lock, secrets)
	if err != nil {
		return Person{}, err
	}
	m.SignKey = key.Public().(ed25519.PublicKey)
	if fresh != "" {
		if lock, err = identity.NewLock(identity.Strong, rand.Reader); err != nil {
			return Person{}, err
		}
		secrets = lock.Derive(fresh)
		m.NewLock, m.NewProof = lock.String(), secrets.Proof[:]
	}
	var a wire.ProveAnswer
	if err := l.ask(ctx, wire.PathProve, m, &a, nil); err != nil {
		return Person{}, err
	}
	p = identity.Profile{Staff: a.Staff, Name: a.Name, Lock: lock, Grant: a.Grant, ServerKey: a.ServerKey, Used: c.now()}
	if grant, err := identity.OpenGrant(p.Grant, p.ServerKey); err != nil {
		return Person{}, err
	} else if grant.Staff != p.Staff || grant.Device != id.Device || grant.School != id.School {
		return Person{}, nonsense(fmt.Errorf("grant for %s on %s", grant.Staff, grant.Device))
	}
	if err := p.Wrap(key, secrets.Unwrap); err != nil {
		return Person{}, err
	}
	if err := c.keep(ctx, &p); err != nil {
		return Person{}, err
	}
	return c.enter(&p, key, secrets.Proof, c.now()), nil
}

// ownKey is the person's key on this PC. A new one is made the first time, and
// when the old one cannot be opened, because the password was changed
// elsewhere; what the old one has sealed is sent before.
func (c *Client) ownKey(ctx context.Context, p identity.Profile, known bool, lock identity.Lock, s identity.Secrets) (ed25519.PrivateKey, error) {
	if known && p.Lock == lock {
		if key, err := p.Unwrap(s.Unwrap); err == nil {
			return key, nil
		} // a wrong password, which the server will count, or a damaged profile
	}
	if known {
		if key, open := c.keys(p.Staff); open {
			return key, nil // at work here while the password was changed
		}
		if err := c.Sync(ctx); err != nil {
			return nil, err
		}
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	return key, nil
}

// signInAlone signs in without the server.
func (c *Client) signInAlone(ctx context.Context, p identity.Profile, password string) (Person, error) {
	id, ok, err := c.journal.Identity(ctx)
	if err != nil || !ok {
		return Person{}, fmt.Errorf("read identity: %w", err)
	}
	key, secrets, err := p.Open(password, id.Device, c.now())
	if kept := c.keep(ctx, &p); kept != nil {
		return Person{}, kept // a try that was not counted must not let in
	}
	if err != nil {
		return Person{}, err
	}
	return c.enter(&p, key, secrets.Proof, time.Time{}), nil
}

// enter opens the session.
func (c *Client) enter(p *identity.Profile, key ed25519.PrivateKey, proof [32]byte, renewed time.Time) Person {
	c.mu.Lock()
	c.sessions[p.Staff] = session{name: p.Name, key: key, proof: proof, renewed: renewed}
	c.mu.Unlock()
	c.Kick()
	return Person{Staff: p.Staff, Name: p.Name}
}

// profile finds a person's profile on this PC by the name for sign-in.
func (c *Client) profile(ctx context.Context, name string) (p identity.Profile, known bool, err error) {
	list, err := c.journal.Profiles(ctx)
	if err != nil {
		return p, false, fmt.Errorf("read profiles: %w", err)
	}
	for _, x := range list {
		if journal.Normal(x.Name) == journal.Normal(name) {
			// One that does not read is as good as none: the server makes it anew.
			return p, p.UnmarshalBinary(x.Blob) == nil, nil
		}
	}
	return p, false, nil
}

// People returns who has signed in on this PC, who was here last first.
func (c *Client) People(ctx context.Context) ([]Person, error) {
	list, err := c.journal.Profiles(ctx)
	if err != nil {
		return nil, fmt.Errorf("read profiles: %w", err)
	}
	out := make([]Person, len(list))
	for i, p := range list {
		out[i] = Person{Staff: p.Staff, Name: p.Name}
	}
	return out, nil
}

func (c *Client) keep(ctx context.Context, p *identity.Profile) error {
	blob, err := p.MarshalBinary()
	if err != nil {
		return err
	}
	if err := c.journal.PutProfile(ctx, commit.Profile{Staff: p.Staff, Name: p.Name, Blob: blob, Used: c.now()}); err != nil {
		return fmt.Errorf("keep profile: %w", err)
	}
	return nil
}

// prolong asks for a fresh grant for a person at work here.
func (c *Client) prolong(ctx context.Context, staff journal.StaffID, s session) error {
	l, _, err := c.linked(ctx)
	if err != nil {
		return err
	}
	var a wire.ProveAnswer
	if err := l.ask(ctx, wire.PathProve, &wire.Prove{Name: s.name, Proof: s.proof[:], SignKey: s.key.Public().(ed25519.PublicKey)}, &a, nil); err != nil {
		return err
	}
	p, known, err := c.profile(ctx, s.name)
	if err != nil || !known || a.Staff != staff {
		return err
	}
	p.Grant, p.ServerKey, p.Used = a.Grant, a.ServerKey, c.now() // whatever the clock showed before
	if err := c.keep(ctx, &p); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if now, still := c.sessions[staff]; still {
		now.renewed, now.unknown = c.now(), false
		c.sessions[staff] = now
	}
	return nil
}

// expire takes the grant from a person whom the server does not let in any
// more. Who is at work stays; the next sign-in needs the server.
func (c *Client) expire(ctx context.Context, staff journal.StaffID) {
	c.mu.Lock()
	s, ok := c.sessions[staff]
	s.renewed = c.now()
	if ok {
		c.sessions[staff] = s
	}
	c.mu.Unlock()
	if p, known, err := c.profile(ctx, s.name); err == nil && known {
		p.Grant = nil
		_ = c.keep(ctx, &p) // the grant runs out by itself
	}
}
