package server

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// Store is what the server needs of its store; storage/central says what each
// method must hold.
type Store interface {
	Apply(ctx context.Context, b *ledger.Batch) error
	Standing(ctx context.Context, school journal.SchoolID, device journal.DeviceID) (ledger.Standing, error)
	PCs(ctx context.Context, school journal.SchoolID) (map[journal.DeviceID]ledger.PC, error)
	Saw(ctx context.Context, school journal.SchoolID, device journal.DeviceID, program int) error
	Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) ([]ledger.Judged, error)
	EachJudged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, numbers []uint64, f func(ledger.Judged) error) error
	Followed(ctx context.Context, school journal.SchoolID, device journal.DeviceID, author journal.StaffID, hash [32]byte) (bool, error)
	Requests(ctx context.Context, school journal.SchoolID, after commit.ID, maxBytes int) ([]ledger.Judged, error)
	Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (map[commit.ID]bool, error)
	Heads(ctx context.Context, school journal.SchoolID) (map[journal.Volume]uint64, error)
	Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, maxBytes int) ([]commit.Entry, error)
	Signed(ctx context.Context, school journal.SchoolID, v journal.Volume) ([]byte, error)
	Hashes(ctx context.Context, school journal.SchoolID, v journal.Volume, at []int64) ([]tlog.Hash, error)
	Rows(ctx context.Context, school journal.SchoolID, of []ledger.Entity) (map[ledger.Entity]merge.Row, error)
	EachRow(ctx context.Context, school journal.SchoolID, v journal.Volume, below journal.Kind, f func(ledger.Entity, merge.Row) error) error

	PutAccount(ctx context.Context, a ledger.Account) error
	ChangeAccount(ctx context.Context, was, a ledger.Account) error
	Account(ctx context.Context, school journal.SchoolID, name string) (ledger.Account, error)
	Accounts(ctx context.Context, school journal.SchoolID) ([]ledger.Account, error)
	PutCode(ctx context.Context, c ledger.Code) error
	SpendCode(ctx context.Context, school journal.SchoolID, hash [32]byte, device journal.DeviceID, now int64) error
}

// A Watcher is a store that notices what other processes write. What comes over
// the channel is only a hint to look; it may be missed.
type Watcher interface {
	Watch(ctx context.Context, school journal.SchoolID) <-chan struct{}
}
