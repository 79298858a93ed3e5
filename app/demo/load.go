package demo

import (
	"context"
	"fmt"
	"iter"

	"uchitelskaya/sync/commit"
)

// A Book takes drafts; the local store is one.
type Book interface {
	Append(ctx context.Context, d commit.Draft) (*commit.Commit, error)
}

// Bulk is a Book that takes many drafts in one durable step, each as a commit of
// its own, or none of them.
type Bulk interface {
	AppendAll(ctx context.Context, drafts ...commit.Draft) ([]*commit.Commit, error)
}

// batch is how many changes go into one durable step.
const batch = 20_000

// Load writes drafts into a book, in large steps where the book has them. When
// it fails the book holds all drafts up to the step that failed.
func Load(ctx context.Context, b Book, drafts iter.Seq[commit.Draft]) error {
	bulk, ok := b.(Bulk)
	if !ok {
		for d := range drafts {
			if _, err := b.Append(ctx, d); err != nil {
				return fmt.Errorf("load demo school: %w", err)
			}
		}
		return nil
	}
	var step []commit.Draft
	changes := 0
	flush := func() error {
		if len(step) == 0 {
			return nil
		}
		if _, err := bulk.AppendAll(ctx, step...); err != nil {
			return fmt.Errorf("load demo school: %w", err)
		}
		step, changes = step[:0], 0
		return nil
	}
	for d := range drafts {
		step = append(step, d)
		if changes += len(d.Changes); changes >= batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
