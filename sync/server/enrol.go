package server

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// CodeFor is how long a one-time code may be used.
const CodeFor = time.Hour

// NewCode makes a one-time code for one PC; address is where the PC will find
// the server, pin the server's.
func (s *School) NewCode(ctx context.Context, address string, pin [32]byte) (identity.Invite, error) {
	v := identity.Invite{Address: address, Pin: [16]byte(pin[:16])}
	if _, err := rand.Read(v.Token[:]); err != nil {
		return v, fmt.Errorf("make code: %w", err)
	}
	return v, s.store.PutCode(ctx, ledger.Code{School: s.id, Hash: sha256.Sum256(v.Token[:]), Until: s.now().Add(CodeFor).UnixMilli()})
}

// Enrol makes the PC with the given key one of the school's. The same PC may
// ask again with the same code: it gets the same answer. One that was the
// school's before brings what this server may not know of it.
func (s *School) Enrol(ctx context.Context, key ed25519.PublicKey, m *wire.Enrol) (*wire.EnrolAnswer, error) {
	device := identity.DeviceID(key)
	name := strings.TrimSpace(m.Name)
	if name == "" {
		return nil, fault.New(fault.Invalid, "Назовите компьютер, чтобы администратор его узнал: например, «Учительская, у окна».")
	}
	if s.revoked(device) {
		return nil, errRevoked
	}
	if len(m.School) > 0 && journal.SchoolID(m.School) != s.id {
		return nil, fault.New(fault.Forbidden, "Этот код от другой школы. Для другой школы нужна новая папка журнала.")
	}
	err := s.store.SpendCode(ctx, s.id, sha256.Sum256(m.Token), device, s.now().UnixMilli())
	if errors.Is(err, ledger.ErrNone) {
		return nil, fault.New(fault.Forbidden, "Этот код подключения уже использован или устарел. Попросите у администратора новый.")
	} else if err != nil {
		return nil, fmt.Errorf("spend code: %w", err)
	}
	err = s.write(ctx, asDevice(device, key, name)...)
	if err == nil && len(m.School) > 0 {
		err = s.giveUp(ctx, device, m.From)
	}
	if err != nil {
		return nil, err
	}
	school := s.Register().School()
	return &wire.EnrolAnswer{School: s.id, Device: device, Epoch: s.epoch, Title: cmp.Or(school.Short, school.Name)}, nil
}

// maxKeys bounds how many keys a PC may have brought along, each of which every
// PC of the school keeps: some for everybody who ever worked there.
const maxKeys = 5 * wire.MaxKeys

// vouch takes the keys by which people have signed on a PC, as a former server
// had taken them, where this one does not know them. They let the PC speak for
// these people, and prove what they signed; more than that its word does not give.
func (s *School) vouch(ctx context.Context, device journal.DeviceID, keys []commit.SignKey) error {
	for _, k := range keys {
		at := journal.IDKey(k.Staff).ID(told(device))
		s.mu.Lock()
		known, err := s.keysOf(ctx, journal.IDKey(k.Staff).ID(device))
		if err == nil {
			var said []ed25519.PublicKey
			said, err = s.keysOf(ctx, at)
			known = slices.Concat(known, said)
		}
		s.mu.Unlock()
		if err == nil && !slices.ContainsFunc(known, func(one ed25519.PublicKey) bool { return one.Equal(k.Public) }) {
			if n := s.former.ofPC(told(device)); n >= maxKeys {
				return fault.Wrap(fault.TooMany, "На этом компьютере было слишком много разных подписей. Записанное на нём цело. Сообщите администратору школы.",
					fmt.Errorf("%d keys on %s", n, device))
			}
			err = s.write(ctx, commit.Set(journal.KindSignKey, at, journal.SignKeyPublic, journal.BytesValue(k.Public)))
		}
		if err != nil {
			return fmt.Errorf("take key of %s: %w", k.Staff, err)
		}
	}
	return nil
}

// giveUp lets the numbers of a PC go on with one: those before it, as far as
// they are not here, nobody has any more.
func (s *School) giveUp(ctx context.Context, device journal.DeviceID, from uint64) error {
	return s.lay(ctx, device, func(last uint64) (*ledger.Batch, *bench, error) {
		if from <= last+1 {
			return nil, nil, nil
		}
		return &ledger.Batch{Skip: from - last - 1}, nil, nil
	})
}

// admit writes a PC into the register, if it is not there.
func (s *School) admit(ctx context.Context, key ed25519.PublicKey, name string) error {
	if s.Register().Has(journal.KindDevice, journal.IDKey(identity.DeviceID(key))) {
		return nil
	}
	return s.write(ctx, asDevice(identity.DeviceID(key), key, name)...)
}

// asDevice is a PC, or the server, in the register.
func asDevice(device journal.DeviceID, key ed25519.PublicKey, name string) []commit.Change {
	k := journal.IDKey(device)
	return []commit.Change{
		commit.Set(journal.KindDevice, k, journal.DeviceName, journal.TextValue(name)),
		commit.Set(journal.KindDevice, k, journal.DeviceKey, journal.BytesValue(key)),
	}
}

// PC returns the enrolled PC with the given key. The error says why it may not
// speak to the server.
func (s *School) PC(key ed25519.PublicKey) (journal.DeviceID, error) {
	device := identity.DeviceID(key)
	known := s.Register().Get(journal.KindDevice, journal.IDKey(device), journal.DeviceKey).Bytes()
	switch {
	case device == s.device, !slices.Equal(known, key):
		return device, fault.New(fault.Approval, "Школьный сервер не знает этот компьютер. Записанное на нём цело. Попросите у администратора код и подключите компьютер заново.")
	case s.revoked(device):
		return device, errRevoked
	}
	return device, nil
}

var errRevoked = fault.New(fault.Forbidden, "Администратор отключил этот компьютер от школы. Записанное на нём сохранено.")

func (s *School) revoked(device journal.DeviceID) bool {
	return s.Register().Get(journal.KindDevice, journal.IDKey(device), journal.DeviceRevoked).Bool()
}

// Devices returns the school's PCs by name, the server itself left out.
func (s *School) Devices() []journal.Device {
	var out []journal.Device
	s.Register().Each(journal.KindDevice, func(k journal.Key, row []journal.Value) {
		d := journal.Device{ID: journal.DeviceID([]byte(k)), Name: row[journal.DeviceName-1].Text(), Public: row[journal.DeviceKey-1].Bytes(), Revoked: row[journal.DeviceRevoked-1].Bool()}
		copy(d.CopyOf[:], row[journal.DeviceCopyOf-1].Bytes())
		if d.ID != s.device {
			out = append(out, d)
		}
	})
	slices.SortFunc(out, func(a, b journal.Device) int {
		return strings.Compare(a.Name+string(a.ID[:]), b.Name+string(b.ID[:]))
	})
	return out
}

// Revoke shuts PCs out, all at once: from now on they receive nothing.
func (s *School) Revoke(ctx context.Context, devices ...journal.DeviceID) error {
	var changes []commit.Change
	for _, device := range devices {
		if !s.Register().Has(journal.KindDevice, journal.IDKey(device)) || device == s.device {
			return fault.New(fault.NotFound, "Такого компьютера в школе нет.")
		}
		changes = append(changes, commit.Set(journal.KindDevice, journal.IDKey(device), journal.DeviceRevoked, journal.BoolValue(true)))
	}
	return s.write(ctx, changes...)
}
