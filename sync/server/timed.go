package server

import (
	"context"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// timed is a store that notes how long its calls last.
type timed struct {
	Store
	meter *meter
}

func (t timed) took(call string, since time.Time) { t.meter.took("store_seconds", "call", call, since) }

func (t timed) Apply(ctx context.Context, b *ledger.Batch) error {
	defer t.took("apply", time.Now())
	return t.Store.Apply(ctx, b)
}

func (t timed) Standing(ctx context.Context, school journal.SchoolID, device journal.DeviceID) (ledger.Standing, error) {
	defer t.took("standing", time.Now())
	return t.Store.Standing(ctx, school, device)
}

func (t timed) Heads(ctx context.Context, school journal.SchoolID) (map[journal.Volume]uint64, error) {
	defer t.took("heads", time.Now())
	return t.Store.Heads(ctx, school)
}

func (t timed) Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, maxBytes int) ([]commit.Entry, error) {
	defer t.took("entries", time.Now())
	return t.Store.Entries(ctx, school, v, after, maxBytes)
}

func (t timed) Rows(ctx context.Context, school journal.SchoolID, of []ledger.Entity) (map[ledger.Entity]merge.Row, error) {
	defer t.took("rows", time.Now())
	return t.Store.Rows(ctx, school, of)
}
