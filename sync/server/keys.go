package server

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
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
		if barred == nil && !s.workedOn(e.Author, e.Device) {
			barred = errStranger
		}
	} else if key = register.Get(journal.KindSignKey, at, journal.SignKeyPublic).Bytes(); len(key) == 0 {
		key = register.Get(journal.KindSignKey, journal.IDKey(e.Author).ID(told(e.Device)), journal.SignKeyPublic).Bytes()
	}
	if len(key) != ed25519.PublicKeySize {
		return nil, errStranger
	}
	return key, barred
}

// errStranger is for commits of somebody who never signed in where they come from.
var errStranger = fault.New(fault.Forbidden, "Школьный сервер не знает подписи этого сотрудника на этом компьютере. Войдите, когда сервер рядом.")

// workedOn reports whether a person has signed in on a PC, or on one from whose
// disk it was copied, and was not shut out there since. For nobody else does a PC
// speak.
func (s *School) workedOn(author journal.StaffID, device journal.DeviceID) bool {
	register := s.Register()
	for range maxCopies {
		for _, at := range []journal.DeviceID{device, told(device)} {
			k := journal.IDKey(author).ID(at)
			if len(register.Get(journal.KindSignKey, k, journal.SignKeyPublic).Bytes()) > 0 {
				return !register.Get(journal.KindSignKey, k, journal.SignKeyRevoked).Bool()
			}
		}
		of := register.Get(journal.KindDevice, journal.IDKey(device), journal.DeviceCopyOf).Bytes()
		if len(of) != len(device) {
			break
		}
		device = journal.DeviceID(of)
	}
	return false
}

// formerKeys are all keys that people ever had on the PCs, by the key of
// [journal.KindSignKey]. The register has the present ones; these are read from
// its log when somebody's signature asks for them.
type formerKeys struct {
	mu      sync.Mutex
	upto    uint64 // position of the register's log
	of      map[journal.Key][]ed25519.PublicKey
	servers map[journal.DeviceID]ed25519.PublicKey // this one and those before it: each wrote itself
}

// succeeds reports whether the school had another server before this one, which
// was put back from a copy or made anew: only then may a PC know keys of its
// people that the server does not. The caller holds mu.
func (s *School) succeeds(ctx context.Context) (bool, error) {
	keys, err := s.servers(ctx)
	return len(keys) > 1, err
}

// servers are the keys of this server and of those before it. The caller holds mu.
func (s *School) servers(ctx context.Context) ([]ed25519.PublicKey, error) {
	if _, err := s.keysOf(ctx, ""); err != nil { // reads the register's log
		return nil, err
	}
	s.former.mu.Lock()
	defer s.former.mu.Unlock()
	keys := []ed25519.PublicKey{s.key.Public().(ed25519.PublicKey)}
	for server, key := range s.former.servers {
		if server != s.device {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// told is under which id keys stand that a PC only says somebody had on it (see
// vouch): no password was shown for them. They prove what was sealed, and that
// it was not changed since; they open nothing.
func told(device journal.DeviceID) (id journal.DeviceID) {
	sum := sha256.Sum256(append([]byte("uchitelskaya/told/1"), device[:]...))
	copy(id[:], sum[:])
	return id
}

// errUnshown is for commits that give access under the seal of a PC, which could
// speak for anybody.
var errUnshown = fault.New(fault.Forbidden,
	"Права сотрудников и компьютеров меняет администратор под своей подписью. Войдите под своим именем, когда сервер рядом, и повторите.")

// unshown objects to an envelope that is not under a key which its author has
// shown with a password on that PC, now or before. The server's own are its own.
func (s *School) unshown(ctx context.Context, e *commit.Envelope) (objection, err error) {
	if e.ByPC {
		if e.Device == s.device {
			return nil, nil
		}
		return errUnshown, nil
	}
	keys, err := s.keysOf(ctx, journal.IDKey(e.Author).ID(e.Device))
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if _, err := e.Verify(key); err == nil {
			return nil, nil
		}
	}
	return errUnshown, nil
}

// givesAccess reports whether a commit says who may do what, or who is shut out.
func givesAccess(c *commit.Commit) bool {
	return slices.ContainsFunc(c.Edits, func(e commit.Edit) bool {
		return e.Kind == journal.KindRole || e.Kind == journal.KindSignKey || e.Kind == journal.KindDevice
	})
}

// verifyFormer checks an envelope with the keys that its author had before, or
// may have had; failed is what the present one said.
func (s *School) verifyFormer(ctx context.Context, e *commit.Envelope, failed error) ([]*commit.Commit, error) {
	for _, device := range []journal.DeviceID{e.Device, told(e.Device)} {
		keys, err := s.keysOf(ctx, journal.IDKey(e.Author).ID(device))
		if err != nil {
			return nil, err
		}
		for _, key := range keys {
			if commits, err := e.Verify(key); err == nil {
				return commits, nil
			}
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
		if c.Author.IsZero() && e.Kind == journal.KindDevice && e.Field == journal.DeviceKey && e.Key == journal.IDKey(c.Device) &&
			len(key) == ed25519.PublicKeySize && identity.DeviceID(key) == c.Device {
			if f.servers == nil {
				f.servers = map[journal.DeviceID]ed25519.PublicKey{}
			}
			f.servers[c.Device] = key
		}
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
