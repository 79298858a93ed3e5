package server

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// maxCopies bounds how many PCs may come of one: a class of PCs made from one
// disk.
const maxCopies = 60

// newForks bounds how often PCs become others, all together.
func newForks() *rate.Limiter { return rate.NewLimiter(rate.Every(time.Minute), maxCopies) }

// Fork makes a PC whose number another one uses too a PC of its own, and tells
// which of its commits are here: those stay under the former number. The same
// key asked for again gets the same answer.
func (s *School) Fork(ctx context.Context, former journal.DeviceID, m *wire.Fork) (*wire.ForkAnswer, error) {
	if !ed25519.Verify(m.Key, m.Signed(former), m.Proof) {
		return nil, damaged(fmt.Errorf("fork of %s: the new key was not shown", former))
	}
	a := &wire.ForkAnswer{Device: identity.DeviceID(m.Key)}
	register := s.Register()
	at := journal.IDKey(journal.DeviceID(a.Device))
	if register.Has(journal.KindDevice, at) {
		// The key was shown, so it is that PC, or one more copy of it; how it came
		// into the register, a server put back from a copy may not know.
		if s.revoked(a.Device) {
			return nil, errRevoked
		}
		a.Name = register.Get(journal.KindDevice, at, journal.DeviceName).Text()
	} else {
		var err error
		if a.Name, err = s.copyName(former); err != nil {
			return nil, err
		}
		err = s.write(ctx, append(asDevice(a.Device, m.Key, a.Name),
			commit.Set(journal.KindDevice, at, journal.DeviceCopyOf, journal.IDValue(former)))...)
		if err != nil {
			return nil, err
		}
	}
	return a, s.has(ctx, former, m, a)
}

// Copies are the PCs that came of a copy of a PC's disk, or of a copy of such a
// one, and are not shut out.
func (s *School) Copies(of journal.DeviceID) (out []journal.Device) {
	all := s.Devices()
	from := map[journal.DeviceID]journal.DeviceID{}
	for _, d := range all {
		from[d.ID] = d.CopyOf
	}
	for _, d := range all {
		at := d.CopyOf
		for range maxCopies {
			if at == of || at.IsZero() {
				break
			}
			at = from[at]
		}
		if at == of && !d.Revoked && d.ID != of {
			out = append(out, d)
		}
	}
	return out
}

// root is the PC of which one is a copy, or a copy of a copy.
func (s *School) root(device journal.DeviceID) journal.DeviceID {
	register := s.Register()
	for range maxCopies {
		of := register.Get(journal.KindDevice, journal.IDKey(device), journal.DeviceCopyOf).Bytes()
		if len(of) != len(device) {
			break
		}
		device = journal.DeviceID(of)
	}
	return device
}

// copyName is «Учительская (копия)», «Учительская (копия 2)» …
func (s *School) copyName(former journal.DeviceID) (string, error) {
	root := s.root(former)
	copies := 0
	for _, d := range s.Devices() {
		if d.ID != root && s.root(d.ID) == root {
			copies++
		}
	}
	if copies >= maxCopies || !s.forks.AllowN(s.now(), 1) {
		return "", fault.New(fault.TooMany, "С этого диска сделано слишком много копий. Записанное на этом компьютере цело. Сообщите администратору школы.")
	}
	name := cmp.Or(s.Register().Get(journal.KindDevice, journal.IDKey(root), journal.DeviceName).Text(), "Компьютер")
	mark := " (копия)"
	if copies > 0 {
		mark = fmt.Sprintf(" (копия %d)", copies+1)
	}
	if runes := []rune(name); len(runes)+len([]rune(mark)) > 100 {
		name = string(runes[:100-len([]rune(mark))])
	}
	return strings.TrimSpace(name) + mark, nil
}

// has adds the verdicts of those commits that are here with the bytes asked
// about. The bytes are looked at one commit after the other, and not held.
func (s *School) has(ctx context.Context, former journal.DeviceID, m *wire.Fork, a *wire.ForkAnswer) error {
	here := make(map[uint64]wire.Verdict, len(m.Numbers))
	err := s.store.EachJudged(ctx, s.id, former, m.Numbers, func(j ledger.Judged) error {
		at, asked := slices.BinarySearch(m.Numbers, j.Commit.Number)
		if asked && sha256.Sum256(j.Raw) == [32]byte(m.Sums[32*at:]) {
			here[j.Commit.Number] = wire.Judge(j.Verdict)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read what is here: %w", err)
	}
	for _, number := range slices.Sorted(maps.Keys(here)) {
		a.Verdicts = append(a.Verdicts, here[number])
	}
	return nil
}
