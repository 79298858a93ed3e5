package desk

import (
	"context"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Book is what the desk needs of the local store.
type Book interface {
	// Roster is the living roster of a year together with the register: it
	// follows every commit written or received.
	Roster(ctx context.Context, v journal.Volume) (*journal.Roster, error)

	// AppendAll makes the commits of one act, one for each volume that it reaches
	// into: numbers, stamps and encodes them, folds them into the projection and
	// returns when all are durable, or none. Drafts that change nothing make none.
	AppendAll(ctx context.Context, drafts ...commit.Draft) ([]*commit.Commit, error)

	// Lessons, Cells and TermMarks read one page; days are both included.
	Lessons(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Lesson, error)
	Cells(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Cell, error)
	TermMarks(ctx context.Context, v journal.Volume, p journal.PageID) ([]journal.TermMark, error)

	// Heads returns what stands in a field, the shown value first.
	Heads(ctx context.Context, v journal.Volume, f commit.FieldRef) ([]commit.Past, error)
	// History returns every value that a field had, newest first, with all that
	// was replaced; commits that the server did not take are among them.
	History(ctx context.Context, v journal.Volume, f commit.FieldRef) ([]commit.Past, error)
	// Disputes returns the fields in which several different values stand.
	Disputes(ctx context.Context, v journal.Volume) ([]commit.FieldRef, error)

	// Requests returns requests of a year, at most limit: those that wait for a
	// decision, by arrival, or those decided, the latest arrival first.
	Requests(ctx context.Context, v journal.Volume, decided bool, limit int) ([]commit.Request, error)
	// CountRequests returns how many wait.
	CountRequests(ctx context.Context, v journal.Volume) (int, error)

	// Own returns the latest commits of an author on this PC, newest first.
	Own(ctx context.Context, author journal.StaffID, limit int) ([]*commit.Commit, error)
	// Before returns what sets back a commit of this PC.
	Before(ctx context.Context, id commit.ID) (commit.Former, error)

	// Waiting returns this PC's commits of one fate, the latest first.
	Waiting(ctx context.Context, q commit.Query) ([]commit.Waiting, error)
	// Count returns how many of each there are, without reading them; Tally
	// those of each author.
	Count(ctx context.Context) (commit.Counts, error)
	Tally(ctx context.Context) (map[journal.StaffID]commit.Counts, error)
	// PutAway takes refused commits out of the list by hand, BringBack puts them
	// there again; Told notes that a person knows which of them the school has
	// accepted all the same.
	PutAway(ctx context.Context, by journal.StaffID, at time.Time, numbers ...uint64) error
	BringBack(ctx context.Context, numbers ...uint64) error
	Told(ctx context.Context, numbers ...uint64) error
	// Retry says anew what refused commits said: all of them or none.
	Retry(ctx context.Context, tries ...commit.Retry) ([]*commit.Commit, error)
	// Watch calls f after every change of the store, with what changed, from
	// whichever goroutine made it; f must return at once. stop ends it.
	Watch(f func(commit.News)) (stop func())
}
