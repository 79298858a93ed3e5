package simtest

import (
	"context"
	"errors"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// A faultyStore is the server's store with a bug.
type faultyStore struct {
	server.Store
	host    *host
	applied int

	apply  func(*ledger.Batch) // spoils what is written
	byTime bool                // entries follow a time, not a position
	lazy   bool                // an answer goes out before the disk has it
	deaf   bool                // a full disk is not noticed
	fickle bool                // verdicts change
	mends  bool                // an entry is changed later
}

func planted(plant func(*faultyStore)) func(*host, server.Store) server.Store {
	return func(h *host, s server.Store) server.Store {
		f := &faultyStore{Store: s, host: h}
		plant(f)
		return f
	}
}

func (s *faultyStore) Apply(ctx context.Context, b *ledger.Batch) error {
	if s.apply != nil {
		s.apply(b)
	}
	if s.lazy {
		if im, err := takeImage(s.host.disk.dir(), s.host.disk.file); err == nil {
			s.host.disk.lazy = im
		}
	}
	err := s.Store.Apply(ctx, b)
	if s.deaf && fault.CodeOf(err) == fault.DiskFull {
		return nil
	}
	if s.applied++; s.mends && err == nil && s.applied%5 == 0 {
		err = tamper(ctx, &s.host.disk, "UPDATE entries SET arrived = arrived + 1, raw = (SELECT raw FROM entries WHERE volume = 2026 AND position = 1) WHERE volume = 2026 AND position = 3")
	}
	return err
}

func (s *faultyStore) Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, most int) ([]commit.Entry, error) {
	entries, err := s.Store.Entries(ctx, school, v, after, most)
	if !s.byTime || err != nil || after == 0 {
		return entries, err
	}
	last, err := s.Store.Entries(ctx, school, v, after-1, 1)
	return slices.DeleteFunc(entries, func(e commit.Entry) bool { return len(last) > 0 && e.Arrived <= last[0].Arrived }), err
}

func (s *faultyStore) Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) ([]ledger.Judged, error) {
	list, err := s.Store.Judged(ctx, school, device, from, to)
	for i := range list {
		if s.fickle && list[i].Answer == commit.Refused {
			list[i].Text = "Передумали."
		}
	}
	return list, err
}

// spoil keeps of the rivals in each field those that f says.
func spoil(b *ledger.Batch, f func(all []merge.Head, h merge.Head) bool) {
	for e, row := range b.Rows {
		out := make(merge.Row, len(row))
		for i, s := range row {
			all := s.Heads
			s.Heads = slices.DeleteFunc(slices.Clone(all), func(h merge.Head) bool { return len(all) > 1 && !f(all, h) })
			out[i] = s
		}
		b.Rows[e] = out
	}
}

func latest(b *ledger.Batch) {
	spoil(b, func(all []merge.Head, h merge.Head) bool { return h.ID == all[0].ID })
}

func arrival(b *ledger.Batch) {
	spoil(b, func(all []merge.Head, h merge.Head) bool {
		return h.ID.Device == b.Device || !slices.ContainsFunc(all, func(x merge.Head) bool { return x.ID.Device == b.Device })
	})
}

func unknownKinds(b *ledger.Batch) {
	for e := range b.Rows {
		if journal.SpecOf(e.Kind) == nil {
			delete(b.Rows, e)
		}
	}
}

// standing is how far the server has a PC's commits, read past any bug.
func (h *host) standing(ctx context.Context, device journal.DeviceID) uint64 {
	s, err := h.store.Standing(ctx, h.id(), device)
	h.must("read standing", err)
	return s.Last
}

func firstOf(m *wire.Sync) uint64 {
	if len(m.Envelopes) == 0 {
		return 0
	}
	return m.Envelopes[0].First
}

// last sets the number up to which the server believes to have a PC's commits.
func (h *host) last(ctx context.Context, device journal.DeviceID, n uint64) error {
	return tamper(ctx, &h.disk, "UPDATE pcs SET last = ? WHERE id = ?", int64(n), device[:])
}

func forgetful(h *host, sync Syncer) Syncer {
	return func(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
		if first := firstOf(m); m.Epoch == h.founding.Epoch && first > 0 && first <= h.standing(ctx, device) {
			if err := h.forget(ctx, device, m); err != nil {
				return nil, err
			}
		}
		return sync(ctx, device, m)
	}
}

// forget makes the server forget, but for the log, what it had of a push.
func (h *host) forget(ctx context.Context, device journal.DeviceID, m *wire.Sync) error {
	first := firstOf(m)
	errs := []error{
		tamper(ctx, &h.disk, "DROP INDEX IF EXISTS entries_by_pc"),
		tamper(ctx, &h.disk, "DELETE FROM seals WHERE first >= ? AND pc = (SELECT no FROM pcs WHERE id = ?)", int64(first), device[:]),
		tamper(ctx, &h.disk, "DELETE FROM kept WHERE number >= ? AND pc = (SELECT no FROM pcs WHERE id = ?)", int64(first), device[:]),
		h.last(ctx, device, first-1),
	}
	for _, e := range slices.Backward(m.Envelopes) { // in the end each author's first one
		errs = append(errs, tamper(ctx, &h.disk, "UPDATE chains SET hash = ? WHERE author = ? AND pc = (SELECT no FROM pcs WHERE id = ?)", e.Prev[:], e.Author[:], device[:]))
	}
	return errors.Join(errs...)
}

func overGaps(h *host, sync Syncer) Syncer {
	return func(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
		if first := firstOf(m); m.Epoch == h.founding.Epoch && first > h.standing(ctx, device)+1 {
			if err := h.last(ctx, device, first-1); err != nil {
				return nil, err
			}
		}
		return sync(ctx, device, m)
	}
}

func anyEpoch(h *host, sync Syncer) Syncer {
	return func(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
		known := m.Epoch
		m.Epoch = h.founding.Epoch
		a, err := sync(ctx, device, m)
		if a != nil {
			a.Epoch = known
		}
		return a, err
	}
}

func leavesOut(_ *host, sync Syncer) Syncer {
	return func(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
		a, err := sync(ctx, device, m)
		if a != nil {
			for i, n := range a.News {
				if len(n.Entries) > 2 {
					a.News[i].Entries = slices.Delete(slices.Clone(n.Entries), 1, 2)
				}
			}
		}
		return a, err
	}
}

// needsKeys turns a PC away that has no log and tells no keys.
func needsKeys(_ *host, sync Syncer) Syncer {
	return func(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
		if len(m.Places) == 0 && len(m.Envelopes) > 0 && len(m.Keys) == 0 {
			return nil, fault.New(fault.Approval, "Компьютер не назвал ключей.")
		}
		return sync(ctx, device, m)
	}
}

// takesCopies answers a PC of which the server has other commits under the same
// numbers as if they were its own.
func takesCopies(h *host, sync Syncer) Syncer {
	return func(ctx context.Context, device journal.DeviceID, m *wire.Sync) (*wire.SyncAnswer, error) {
		a, err := sync(ctx, device, m)
		if fault.CodeOf(err) != fault.Cloned {
			return a, err
		}
		last := h.standing(ctx, device)
		judged, err := h.store.Judged(ctx, h.id(), device, firstOf(m), last)
		if err != nil {
			return nil, err
		}
		a = &wire.SyncAnswer{Epoch: h.founding.Epoch, Durable: last}
		for _, j := range judged {
			a.Verdicts = append(a.Verdicts, wire.Judge(j.Verdict))
		}
		return a, nil
	}
}
