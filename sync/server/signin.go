package server

import (
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// Ask tells how the proof is made from the password. Nobody learns whether
// the name exists: for unknown names the answer is invented, the same each time.
func (s *School) Ask(ctx context.Context, m *wire.Ask) (*wire.AskAnswer, error) {
	a, err := s.store.Account(ctx, s.id, m.Name)
	switch {
	case errors.Is(err, ledger.ErrNone):
		mac := hmac.New(sha256.New, s.key.Seed())
		mac.Write([]byte("uchitelskaya/nobody/1 " + journal.Normal(m.Name)))
		return &wire.AskAnswer{Lock: identity.Lock{Cost: identity.Strong, Salt: [16]byte(mac.Sum(nil)[:16])}.String()}, nil
	case err != nil:
		return nil, fmt.Errorf("find account: %w", err)
	}
	return &wire.AskAnswer{Lock: a.Lock}, nil
}

// Prove lets a person in on a PC, or changes the password. A one-time password
// lets in only together with its change.
func (s *School) Prove(ctx context.Context, device journal.DeviceID, m *wire.Prove) (*wire.ProveAnswer, error) {
	name := journal.Normal(m.Name)
	if wait := s.tries.wait(name, s.now()); wait > 0 {
		return nil, identity.Wait(wait)
	}
	a, err := s.store.Account(ctx, s.id, m.Name)
	if err != nil && !errors.Is(err, ledger.ErrNone) {
		return nil, fmt.Errorf("find account: %w", err)
	}
	got := identity.HashProof(m.Proof)
	if match := subtle.ConstantTimeCompare(got[:], a.Proof[:]) == 1; err != nil || !match {
		s.tries.fail(name, s.now())
		return nil, identity.ErrWrong
	}
	s.tries.forget(name)
	staff, ok := s.Register().Staff(a.Staff)
	if a.Blocked || !ok || staff.Removed {
		return nil, fault.New(fault.SignIn, "Вход для вас закрыт. Обратитесь к администратору школы.")
	}
	if m.NewLock == "" && a.OneTime {
		return nil, fault.New(fault.NewPassword, "Пароль с листка одноразовый. Придумайте свой.")
	}
	if m.NewLock != "" {
		if err := s.change(ctx, a, m); err != nil {
			return nil, err
		}
	}
	key := journal.IDKey(a.Staff).ID(device)
	if s.Register().Get(journal.KindSignKey, key, journal.SignKeyRevoked).Bool() {
		return nil, fault.New(fault.SignIn, "Администратор закрыл вам вход на этом компьютере.")
	}
	if err := s.write(ctx, commit.Set(journal.KindSignKey, key, journal.SignKeyPublic, journal.BytesValue(m.SignKey))); err != nil {
		return nil, err
	}
	grant, err := identity.Grant{School: s.id, Staff: a.Staff, Device: device, Until: s.now().Add(identity.GrantFor)}.Sign(s.key)
	if err != nil {
		return nil, err
	}
	return &wire.ProveAnswer{Staff: a.Staff, Name: a.Name, Grant: grant, ServerKey: s.key.Public().(ed25519.PublicKey)}, nil
}

// change sets the person's own password. The server sees only its proof, so
// the PC has checked that it is a good one.
func (s *School) change(ctx context.Context, a ledger.Account, m *wire.Prove) error {
	lock, err := identity.ParseLock(m.NewLock)
	if err != nil {
		return err
	}
	was := a
	a.Lock, a.Proof, a.OneTime = lock.String(), identity.HashProof(m.NewProof), false
	if err := s.store.ChangeAccount(ctx, was, a); errors.Is(err, ledger.ErrStale) {
		return identity.ErrWrong // blocked, or given another password, in this moment
	} else if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	return nil
}
