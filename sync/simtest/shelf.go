package simtest

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/server"
)

// A shelf is the school's store on a disk where the server's program may die.
type shelf struct {
	*sqlite.Store
	disk *disk
}

var _ server.Store = shelf{}

func (s shelf) Apply(ctx context.Context, b *ledger.Batch) error {
	return s.disk.write(func() error { return s.Store.Apply(ctx, b) })
}

func (s shelf) Standing(ctx context.Context, school journal.SchoolID, device journal.DeviceID) (out ledger.Standing, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Standing(ctx, school, device); return err })
	return out, err
}

func (s shelf) Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) (out []ledger.Judged, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Judged(ctx, school, device, from, to); return err })
	return out, err
}

func (s shelf) Followed(ctx context.Context, school journal.SchoolID, device journal.DeviceID, author journal.StaffID, hash [32]byte) (ok bool, err error) {
	err = s.disk.read(func() (err error) { ok, err = s.Store.Followed(ctx, school, device, author, hash); return err })
	return ok, err
}

func (s shelf) Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (out map[commit.ID]bool, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Accepted(ctx, school, ids); return err })
	return out, err
}

func (s shelf) Heads(ctx context.Context, school journal.SchoolID) (out map[journal.Volume]uint64, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Heads(ctx, school); return err })
	return out, err
}

func (s shelf) Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, maxBytes int) (out []commit.Entry, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Entries(ctx, school, v, after, maxBytes); return err })
	return out, err
}

func (s shelf) Signed(ctx context.Context, school journal.SchoolID, v journal.Volume) (out []byte, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Signed(ctx, school, v); return err })
	return out, err
}

func (s shelf) Hashes(ctx context.Context, school journal.SchoolID, v journal.Volume, at []int64) (out []tlog.Hash, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Hashes(ctx, school, v, at); return err })
	return out, err
}

func (s shelf) Rows(ctx context.Context, school journal.SchoolID, of []ledger.Entity) (out map[ledger.Entity]merge.Row, err error) {
	err = s.disk.read(func() (err error) { out, err = s.Store.Rows(ctx, school, of); return err })
	return out, err
}
