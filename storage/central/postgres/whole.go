package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
)

// Whole runs f on the store in one transaction of a school: when f returns an
// error, or the program ends before it returns, nothing of what it wrote is
// there. The servers' role may delete nothing, so half a school would stay for
// ever. f works alone, with no school but this one, and watches nothing.
func (s *Store) Whole(ctx context.Context, school journal.SchoolID, f func(*Store) error) error {
	t, err := s.pool.BeginTx(ctx, begin(school))
	if err != nil {
		return problem(lost(err))
	}
	defer t.Rollback(context.WithoutCancel(ctx)) // nothing after the commit
	if _, err := t.Exec(ctx, "SET LOCAL idle_in_transaction_session_timeout = 0"); err != nil {
		return problem(fmt.Errorf("begin: %w", err))
	}
	if err := f(&Store{pool: s.pool, self: s.self, within: t}); err != nil {
		return err
	}
	if err := t.Commit(ctx); err != nil {
		return problem(lost(err))
	}
	s.tell(ctx, school)
	return nil
}

// begin begins a transaction of a school. An id is hexadecimal digits and
// hyphens, so it may stand in the text: beginning and naming the school are one
// round trip.
func begin(school journal.SchoolID) pgx.TxOptions {
	return pgx.TxOptions{BeginQuery: fmt.Sprintf("BEGIN; SET LOCAL app.school = '%s'", school)}
}

// part runs f as a part of the one transaction: what it wrote before an error is
// taken back.
func (s *Store) part(ctx context.Context, f func(context.Context, pgx.Tx) error) error {
	return problem(pgx.BeginFunc(ctx, s.within, func(t pgx.Tx) error { return f(ctx, t) }))
}

// askedWithin answers questions in the one transaction.
func (s *Store) askedWithin(ctx context.Context, list []question) error {
	var q pgx.Batch
	for _, one := range list {
		q.Queue(one.sql, one.args...)
	}
	answers := s.within.SendBatch(ctx, &q)
	return each(answers, list)
}
