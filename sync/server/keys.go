package server

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"sync"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// signer is the key that must have sealed the envelope, nil when there is none.
func (s *School) signer(e *commit.Envelope) (key ed25519.PublicKey, barred error) {
	register := s.Register()
	at := journal.IDKey(e.Author).ID(e.Device)
	if register.Get(journal.KindSignKey, at, journal.SignKeyRevoked).Bool() { // then the PC does not speak for them either
		barred = fault.New(fault.Forbidden, "Администратор закрыл этому сотруднику вход на этом компьютере. Запись сохранена и ждёт решения.")
	}
	if e.ByPC {
		if e.Device == s.device {
			return s.key.Public().(ed25519.PublicKey), nil
		}
		key = register.Get(journal.KindDevice, journal.IDKey(e.Device), journal.DeviceKey).Bytes()
	} else {
		key = register.Get(journal.KindSignKey, at, journal.SignKeyPublic).Bytes()
	}
	if len(key) != ed25519.PublicKeySize {
		return nil, fault.New(fault.Forbidden, "Школьный сервер не знает подписи этого сотрудника на этом компьютере. Войдите, когда сервер рядом.")
	}
	return key, barred
}

// formerKeys are all keys that people ever had on the PCs, by the key of
// [journal.KindSignKey]. The register has the present ones; these are read from
// its log when somebody's signature asks for them.
type formerKeys struct {
	mu   sync.Mutex
	upto uint64 // position of the register's log
	of   map[journal.Key][]ed25519.PublicKey
}

// verifyFormer checks an envelope with the keys that its author had before;
// failed is what the present one said.
func (s *School) verifyFormer(ctx context.Context, e *commit.Envelope, failed error) ([]*commit.Commit, error) {
	keys, err := s.keysOf(ctx, journal.IDKey(e.Author).ID(e.Device))
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if commits, err := e.Verify(key); err == nil {
			return commits, nil
		}
	}
	return nil, failed
}

// keysOf returns all keys that a person ever had on a PC, the first one first.
func (s *School) keysOf(ctx context.Context, at journal.Key) ([]ed25519.PublicKey, error) {
	f := &s.former
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.upto < s.heads[journal.Register] {
		entries, err := s.store.Entries(ctx, s.id, journal.Register, f.upto, 1<<20)
		if err != nil || len(entries) == 0 {
			return nil, fmt.Errorf("read keys after %d: %w", f.upto, err)
		}
		for _, entry := range entries {
			c, err := commit.Decode(entry.Raw)
			if err != nil {
				return nil, fmt.Errorf("read keys at %d: %w", entry.Position, err)
			}
			f.note(c)
		}
		f.upto = entries[len(entries)-1].Position
	}
	return f.of[at], nil
}

// ofPC is how many keys people ever had on a PC.
func (f *formerKeys) ofPC(device journal.DeviceID) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for at, keys := range f.of {
		if strings.HasSuffix(string(at), string(device[:])) {
			n += len(keys)
		}
	}
	return n
}

func (f *formerKeys) note(c *commit.Commit) {
	for _, e := range c.Edits {
		key := ed25519.PublicKey(e.Value.Bytes())
		if e.Kind != journal.KindSignKey || e.Field != journal.SignKeyPublic || len(key) != ed25519.PublicKeySize {
			continue
		}
		if f.of == nil {
			f.of = map[journal.Key][]ed25519.PublicKey{}
		}
		if !slices.ContainsFunc(f.of[e.Key], func(k ed25519.PublicKey) bool { return k.Equal(key) }) {
			f.of[e.Key] = append(f.of[e.Key], key)
		}
	}
}
