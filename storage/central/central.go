package central

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// A Store keeps schools. Its methods may be called from several goroutines and
// from several processes over one database. What a method has written is
// durable when it returns without an error; otherwise nothing has changed.
type Store interface {
	// Found keeps a new school; [ledger.ErrExists] when it is there.
	Found(ctx context.Context, f ledger.Founding) error
	// Foundings returns the schools in the order of their making.
	Foundings(ctx context.Context) ([]ledger.Founding, error)

	// Renew gives a school a new epoch and new keys of the server, the present one
	// and the former ones, after a restore, and the heads of its volumes signed
	// with them.
	Renew(ctx context.Context, f ledger.Founding, heads map[journal.Volume][]byte) error

	// Apply makes a batch durable: log entries at the positions that its
	// verdicts name with the hashes of their tree, signed heads, commits not
	// accepted, seals, chains, rows, the PC's last number and day, and the heads of
	// the volumes; of commits that stand, nothing. It returns [ledger.ErrStale] and
	// changes nothing unless After is the PC's last number and Heads are the
	// heads of the volumes at that moment.
	Apply(ctx context.Context, b *ledger.Batch) error
	// Standing is how far a PC's commits are here; zero for an unknown PC.
	Standing(ctx context.Context, school journal.SchoolID, device journal.DeviceID) (ledger.Standing, error)
	// PCs returns the PCs that have ever sent or asked.
	PCs(ctx context.Context, school journal.SchoolID) (map[journal.DeviceID]ledger.PC, error)
	// Saw keeps which program a PC runs.
	Saw(ctx context.Context, school journal.SchoolID, device journal.DeviceID, program int) error
	// Judged returns the PC's commits from one number to another, both included,
	// in order, with the verdicts once given, also for a request granted since;
	// fewer when there are not so many.
	Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) ([]ledger.Judged, error)
	// EachJudged calls f for those of the PC's commits with one of the numbers, in
	// order, as Judged gives them, in one question however far apart they are. When
	// the question had to be asked anew, f hears of a commit again.
	EachJudged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, numbers []uint64, f func(ledger.Judged) error) error
	// Followed reports whether one of the author's envelopes on the PC names the
	// hash as that of its predecessor; all zero is that of the first one.
	Followed(ctx context.Context, school journal.SchoolID, device journal.DeviceID, author journal.StaffID, hash [32]byte) (bool, error)
	// Requests returns commits that became requests, ordered by PC and number and
	// following one of them, up to about maxBytes; at least one if there is any.
	Requests(ctx context.Context, school journal.SchoolID, after commit.ID, maxBytes int) ([]ledger.Judged, error)
	// Accepted returns which of the commits are in the log.
	Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (map[commit.ID]bool, error)

	// Heads is the last position of every volume that has any.
	Heads(ctx context.Context, school journal.SchoolID) (map[journal.Volume]uint64, error)
	// Entries returns what follows a position, in order, up to about maxBytes of
	// commits; at least one if there is any.
	Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, maxBytes int) ([]commit.Entry, error)

	// Signed returns the signed head of a volume, as of the last batch; nil when
	// nothing is in its log.
	Signed(ctx context.Context, school journal.SchoolID, v journal.Volume) ([]byte, error)
	// Hashes returns stored hashes of a volume's tree by their numbers in tlog.
	Hashes(ctx context.Context, school journal.SchoolID, v journal.Volume, at []int64) ([]tlog.Hash, error)

	// Rows returns the merge state of the entities; unknown ones are left out.
	Rows(ctx context.Context, school journal.SchoolID, of []ledger.Entity) (map[ledger.Entity]merge.Row, error)
	// EachRow calls f for every entity of a volume whose kind is below a bound.
	EachRow(ctx context.Context, school journal.SchoolID, v journal.Volume, below journal.Kind, f func(ledger.Entity, merge.Row) error) error

	// PutAccount keeps an account in place of the person's former one;
	// [ledger.ErrExists] when another person has the name.
	PutAccount(ctx context.Context, a ledger.Account) error
	// ChangeAccount keeps a person's password and whether it is one-time and
	// blocked; [ledger.ErrStale] when the account is not as it was any more.
	ChangeAccount(ctx context.Context, was, a ledger.Account) error
	// Account finds an account by name, however it is spelt (journal.Normal);
	// [ledger.ErrNone] when there is none.
	Account(ctx context.Context, school journal.SchoolID, name string) (ledger.Account, error)
	// Accounts returns all accounts by name.
	Accounts(ctx context.Context, school journal.SchoolID) ([]ledger.Account, error)

	// PutCode keeps a one-time code.
	PutCode(ctx context.Context, c ledger.Code) error
	// SpendCode gives the code to a PC for ever. It returns [ledger.ErrNone] for a code
	// that is unknown, run out at that moment (Unix milliseconds) or given to
	// another PC; the same PC may come again.
	SpendCode(ctx context.Context, school journal.SchoolID, hash [32]byte, device journal.DeviceID, now int64) error

	Close() error
}
