package client

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// Journal is what the client needs of the local store. All methods are durable
// when they return.
type Journal interface {
	// Identity returns what the PC knows of itself; ok is false before enrolment.
	Identity(ctx context.Context) (id commit.Identity, ok bool, err error)
	// Enrol keeps the identity given by the server. It is refused when the PC
	// belongs to another school.
	Enrol(ctx context.Context, id commit.Identity) error
	// Return is what a server must hear that does not know this PC.
	Return(ctx context.Context) (commit.Return, error)
	// SetEpoch keeps the server's epoch. With an epoch other than the one known
	// every commit of this PC that the server does not name durable is unsent again.
	SetEpoch(ctx context.Context, epoch [16]byte, durable uint64) error

	// Seal puts every commit not yet sealed into envelopes: with the author's
	// key where keys has it; else, when leave is set, with the PC's own key.
	Seal(ctx context.Context, keys commit.Keys, leave bool) error
	// SealAtOnce seals what is written from now on as it is kept, as Seal with
	// leave would right after; without keys that ends.
	SealAtOnce(keys commit.Keys)
	// Unsent returns sealed envelopes that follow the number after, oldest
	// first, up to about maxBytes of commits (at least one envelope if any).
	Unsent(ctx context.Context, after uint64, maxBytes int) ([]*commit.Envelope, error)
	// Bodies returns the bytes of commits of this PC by their numbers; what is
	// not here is left out.
	Bodies(ctx context.Context, numbers []uint64) (map[uint64][]byte, error)
	// Durable is the number up to which the server has this PC's commits.
	Durable(ctx context.Context) (uint64, error)
	// Settle keeps verdicts and moves Durable on. Edits of commits that were not
	// accepted leave the projection; the commits stay with their content.
	Settle(ctx context.Context, verdicts []commit.Verdict, durable uint64) error

	// Fork returns the key under which this PC becomes another, the same as long
	// as it has not, and which of its commits may not be at the server.
	Fork(ctx context.Context) (commit.Fork, error)
	// Become makes this PC the one of the given identity: its commits that the
	// verdicts name stay the former one's, all others not in a log are written anew.
	Become(ctx context.Context, id commit.Identity, verdicts []commit.Verdict) error

	// Known returns for each volume up to where its log is here, and the last
	// head that was signed in the server's present epoch.
	Known(ctx context.Context) (map[journal.Volume]tree.Known, error)
	// Absorb folds log entries that follow those of a volume that are here, and
	// keeps the signed head that came with them and the proof that it extends the
	// log up to the last of them. Entries of this PC are only given their position.
	Absorb(ctx context.Context, v journal.Volume, entries []commit.Entry, head []byte, part ...tlog.Hash) error
	// Beginning returns the commits of a volume's log up to a position, which is
	// no more than [wire.CommonEntries], or as many as maxBytes hold; at least one.
	Beginning(ctx context.Context, v journal.Volume, upto uint64, maxBytes int) ([][]byte, error)
	// Back returns what former servers had accepted and the logs here lack, up to
	// about maxBytes; nil when there is nothing.
	Back(ctx context.Context, maxBytes int) (*tree.Back, error)
	// AskAgain lowers Durable before commits of which it is not known here what
	// became of them, if there are any when the logs are here.
	AskAgain(ctx context.Context) error

	// Count returns how many commits and fields wait for what.
	Count(ctx context.Context) (commit.Counts, error)
	// Profiles returns the people who work on this PC, who was here last first.
	Profiles(ctx context.Context) ([]commit.Profile, error)
	// PutProfile keeps the profile of a person in place of a former one.
	PutProfile(ctx context.Context, p commit.Profile) error
}
