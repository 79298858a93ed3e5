package desk

import (
	"context"

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

	// Own returns the latest commits of an author on this PC, newest first.
	Own(ctx context.Context, author journal.StaffID, limit int) ([]*commit.Commit, error)
	// Before returns what sets back a commit of this PC.
	Before(ctx context.Context, number uint64) (commit.Former, error)

	// Waiting returns this PC's commits that are not in the school's log:
	// unsent, turned into requests, refused.
	Waiting(ctx context.Context) ([]commit.Waiting, error)
	// Count returns how many of each there are, without reading them.
	Count(ctx context.Context) (commit.Counts, error)
	// Watch calls f after every change of the store, with what changed, from
	// whichever goroutine made it; f must return at once. stop ends it.
	Watch(f func(commit.News)) (stop func())
}
