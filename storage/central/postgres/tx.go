package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// attempts bounds how often a transaction begins again because the database
// says so: two crossed each other.
const attempts = 10

// as runs f in one transaction that sees and writes only the rows of a school.
// There is no other way to the tables. f may run more than once.
func (s *Store) as(ctx context.Context, school journal.SchoolID, mode pgx.TxAccessMode, f func(context.Context, pgx.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// An id is hexadecimal digits and hyphens, so it may stand in the text:
	// beginning and naming the school are one round trip.
	begin := pgx.TxOptions{BeginQuery: fmt.Sprintf("BEGIN %s; SET LOCAL app.school = '%s'", mode, school)}
	var err error
	for range attempts {
		if err = s.once(ctx, begin, f); !again(err) {
			break
		}
	}
	return problem(err)
}

func (s *Store) once(ctx context.Context, begin pgx.TxOptions, f func(context.Context, pgx.Tx) error) error {
	tx, err := s.pool.BeginTx(ctx, begin)
	if err != nil && ctx.Err() == nil && !refused(err) {
		// The database was started anew under the idle connections. Nothing has
		// been asked yet, so a fresh one may try.
		s.pool.Reset()
		tx, err = s.pool.BeginTx(ctx, begin)
	}
	if err != nil {
		return lost(err)
	}
	err = f(ctx, tx)
	if err == nil {
		err = tx.Commit(ctx)
	}
	if err == nil {
		return nil
	}
	gone := tx.Conn().IsClosed()
	_ = tx.Rollback(context.WithoutCancel(ctx)) // nothing to be done if the line is cut
	if gone {
		return lost(err)
	}
	return err
}

// read runs f in a transaction that changes nothing; [ledger.ErrNone] for a
// school that is not there.
func (s *Store) read(ctx context.Context, school journal.SchoolID, f func(context.Context, pgx.Tx) error) error {
	return s.as(ctx, school, readOnly, func(ctx context.Context, t pgx.Tx) error {
		if err := s.exists(ctx, t, school); err != nil {
			return err
		}
		return f(ctx, t)
	})
}

// update runs f in a durable transaction. Once begun it is not interrupted: a
// cancelled request leaves no doubt. Doubt remains only when the line is cut in
// the moment of the commit; then the caller reads again what is there.
func (s *Store) update(ctx context.Context, school journal.SchoolID, f func(context.Context, pgx.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.as(context.WithoutCancel(ctx), school, readWrite, func(ctx context.Context, t pgx.Tx) error {
		if err := s.exists(ctx, t, school); err != nil {
			return err
		}
		return f(ctx, t)
	})
}

// exists asks once whether a school is there.
func (s *Store) exists(ctx context.Context, t pgx.Tx, school journal.SchoolID) error {
	if _, ok := s.known.Load(school); ok {
		return nil
	}
	var there bool
	if err := t.QueryRow(ctx, "SELECT EXISTS (SELECT FROM schools WHERE school = $1)", uuidOf(school)).Scan(&there); err != nil {
		return fmt.Errorf("find school: %w", err)
	}
	if !there {
		return fmt.Errorf("school %s: %w", school, ledger.ErrNone)
	}
	s.known.Store(school, true)
	return nil
}
