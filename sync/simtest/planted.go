package simtest

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// Syncer is what the server makes of a message.
type Syncer func(context.Context, journal.DeviceID, *wire.Sync) (*wire.SyncAnswer, error)

// A Bug is one fault of a program, put in from outside: it stands between a
// program and its store, or between the server and the line. The zero Bug is none.
type Bug struct {
	Name string

	book    func(*desk, book) book                   // of a PC's journal
	store   func(*host, server.Store) server.Store   // of the server's store
	sync    func(*host, Syncer) Syncer               // of the server
	anybody bool                                     // the server asks nobody who they are
	remake  func(*rebuild.School, []rebuild.Journal) // of the making of a new server
	unsaid  bool                                     // a restored server does not sign its heads anew
}

// Bugs are those that the simulation must find, most of them known from other
// programs that keep copies in step.
func Bugs() []Bug {
	return []Bug{
		{Name: "the server keeps the later of two rivals only", store: planted(func(s *faultyStore) { s.apply = latest })},
		{Name: "the server keeps what came last only", store: planted(func(s *faultyStore) { s.apply = arrival })},
		{Name: "the server drops what it does not know", store: planted(func(s *faultyStore) { s.apply = unknownKinds })},
		{Name: "the server's cursor is a time", store: planted(func(s *faultyStore) { s.byTime = true })},
		{Name: "the server answers before its disk has it", store: planted(func(s *faultyStore) { s.lazy = true })},
		{Name: "the server's full disk passes for written", store: planted(func(s *faultyStore) { s.deaf = true })},
		{Name: "the server judges anew what it had judged", store: planted(func(s *faultyStore) { s.fickle = true })},
		{Name: "the server mends an entry in place", store: planted(func(s *faultyStore) { s.mends = true })},
		{Name: "the server takes a repeated push for a new one", sync: forgetful},
		{Name: "the server does not look at the epoch", sync: anyEpoch},
		{Name: "the server wants keys, which earlier PCs do not tell", sync: needsKeys},
		{Name: "the server leaves an entry out of the news", sync: leavesOut},
		{Name: "the server's restored heads have the old signature", unsaid: true},
		{Name: "a remade server lacks what was not signed", remake: func(_ *rebuild.School, list []rebuild.Journal) {
			for i := range list {
				list[i].PC.Unsealed = nil
			}
		}},
		{Name: "a remade server judges anew what former ones had accepted", remake: func(known *rebuild.School, _ []rebuild.Journal) { known.More = nil }},
		{Name: "the server serves whom it has shut out", anybody: true},
		{Name: "a gap in the numbers is accepted", book: faulty(func(b *faultyBook) { b.sendsOn = true }), sync: overGaps},
		{Name: "a PC takes sent for received", book: faulty(func(b *faultyBook) { b.sendsOn = true })},
		{Name: "the server takes a copied disk's commits for those it has", sync: takesCopies},
		{Name: "a PC that becomes another one leaves behind what waits", book: faulty(func(b *faultyBook) { b.leaves = true })},
		{Name: "a PC forgets what was put away when the server is restored", book: faulty(func(b *faultyBook) { b.unputs = true })},
		{Name: "a PC keeps the later of two rivals only", book: faulty(func(b *faultyBook) { b.forgets = true })},
		{Name: "a PC says saved before its disk has it", book: faulty(func(b *faultyBook) { b.lazy = true })},
		{Name: "a PC's full disk passes for written", book: faulty(func(b *faultyBook) { b.deaf = true })},
		{Name: "a PC splits a paste", book: faulty(func(b *faultyBook) { b.splits = true })},
		{Name: "a PC writes half of an act", book: faulty(func(b *faultyBook) { b.half = true })},
		{Name: "a PC drops verdicts", book: faulty(func(b *faultyBook) { b.unheard = true })},
		{Name: "a PC passes over verdicts that were lost", book: faulty(func(b *faultyBook) { b.hasty = true })},
		{Name: "a PC throws away what was refused", book: faulty(func(b *faultyBook) { b.tidies = true })},
		{Name: "a PC does not send again to a restored server", book: faulty(func(b *faultyBook) { b.trusts = true })},
		{Name: "a PC gives nothing back to a restored server", book: faulty(func(b *faultyBook) { b.mean = true })},
		{Name: "a PC deletes what a restored server lacks", book: faulty(func(b *faultyBook) { b.follows = true })},
	}
}

// tamper changes a database from outside, as the program that is wrong would
// have done inside.
func tamper(ctx context.Context, d *disk, query string, args ...any) error {
	if d.dead {
		return errDead
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(d.dir(), d.file)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("plant bug: %w", err)
	}
	return nil
}
