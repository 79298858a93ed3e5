package simtest

import (
	"context"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// A book is what a PC's program needs of its journal.
type book interface {
	client.Journal
	Append(ctx context.Context, d commit.Draft) (*commit.Commit, error)
	AppendAll(ctx context.Context, d ...commit.Draft) ([]*commit.Commit, error)
	PutAway(ctx context.Context, by journal.StaffID, at time.Time, numbers ...uint64) error
	BringBack(ctx context.Context, numbers ...uint64) error
	Retry(ctx context.Context, tries ...commit.Retry) ([]*commit.Commit, error)
}

// A mortal is a journal on a disk where its program may die.
type mortal struct {
	*local.Journal
	disk *disk
}

var _ book = mortal{}

func (m mortal) Append(ctx context.Context, d commit.Draft) (c *commit.Commit, err error) {
	err = m.disk.write(func() (err error) { c, err = m.Journal.Append(ctx, d); return err })
	return c, err
}

func (m mortal) AppendAll(ctx context.Context, d ...commit.Draft) (c []*commit.Commit, err error) {
	err = m.disk.write(func() (err error) { c, err = m.Journal.AppendAll(ctx, d...); return err })
	return c, err
}

func (m mortal) PutAway(ctx context.Context, by journal.StaffID, at time.Time, numbers ...uint64) error {
	return m.disk.write(func() error { return m.Journal.PutAway(ctx, by, at, numbers...) })
}

func (m mortal) BringBack(ctx context.Context, numbers ...uint64) error {
	return m.disk.write(func() error { return m.Journal.BringBack(ctx, numbers...) })
}

func (m mortal) Retry(ctx context.Context, tries ...commit.Retry) (c []*commit.Commit, err error) {
	err = m.disk.write(func() (err error) { c, err = m.Journal.Retry(ctx, tries...); return err })
	return c, err
}

func (m mortal) Fork(ctx context.Context) (f commit.Fork, err error) {
	err = m.disk.write(func() (err error) { f, err = m.Journal.Fork(ctx); return err })
	return f, err
}

func (m mortal) Become(ctx context.Context, id commit.Identity, verdicts []commit.Verdict) error {
	return m.disk.write(func() error { return m.Journal.Become(ctx, id, verdicts) })
}

func (m mortal) Identity(ctx context.Context) (id commit.Identity, ok bool, err error) {
	err = m.disk.read(func() (err error) { id, ok, err = m.Journal.Identity(ctx); return err })
	return id, ok, err
}

func (m mortal) SetEpoch(ctx context.Context, epoch [16]byte, durable uint64) error {
	return m.disk.write(func() error { return m.Journal.SetEpoch(ctx, epoch, durable) })
}

func (m mortal) Seal(ctx context.Context, keys commit.Keys, leave bool) error {
	return m.disk.write(func() error { return m.Journal.Seal(ctx, keys, leave) })
}

func (m mortal) Unsent(ctx context.Context, after uint64, maxBytes int) (out []*commit.Envelope, err error) {
	err = m.disk.read(func() (err error) { out, err = m.Journal.Unsent(ctx, after, maxBytes); return err })
	return out, err
}

func (m mortal) Bodies(ctx context.Context, numbers []uint64) (out map[uint64][]byte, err error) {
	err = m.disk.read(func() (err error) { out, err = m.Journal.Bodies(ctx, numbers); return err })
	return out, err
}

func (m mortal) Durable(ctx context.Context) (n uint64, err error) {
	err = m.disk.read(func() (err error) { n, err = m.Journal.Durable(ctx); return err })
	return n, err
}

func (m mortal) Settle(ctx context.Context, verdicts []commit.Verdict, durable uint64) error {
	return m.disk.write(func() error { return m.Journal.Settle(ctx, verdicts, durable) })
}

func (m mortal) Known(ctx context.Context) (out map[journal.Volume]tree.Known, err error) {
	err = m.disk.read(func() (err error) { out, err = m.Journal.Known(ctx); return err })
	return out, err
}

func (m mortal) Absorb(ctx context.Context, v journal.Volume, entries []commit.Entry, head []byte, part ...tlog.Hash) error {
	return m.disk.write(func() error { return m.Journal.Absorb(ctx, v, entries, head, part...) })
}

func (m mortal) Back(ctx context.Context, maxBytes int) (b *tree.Back, err error) {
	err = m.disk.write(func() (err error) { b, err = m.Journal.Back(ctx, maxBytes); return err })
	return b, err
}

func (m mortal) AskAgain(ctx context.Context) error {
	return m.disk.write(func() error { return m.Journal.AskAgain(ctx) })
}
