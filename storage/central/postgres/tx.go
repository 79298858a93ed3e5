package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// attempts bounds how often a transaction begins again because the database
// says so: two crossed each other.
const attempts = 10

// as runs f in one transaction that writes only rows of a school, and sees no
// others. Besides [Store.read] there is no other way to the tables. f may run
// more than once.
func (s *Store) as(ctx context.Context, school journal.SchoolID, f func(context.Context, pgx.Tx) error) error {
	if s.within != nil {
		return s.part(ctx, f)
	}
	begin := begin(school)
	return s.try(ctx, func(ctx context.Context) error {
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
	})
}

// try runs f within the bounds of time, again when it crossed another.
func (s *Store) try(ctx context.Context, f func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for range attempts {
		if err = f(ctx); !again(err) {
			break
		}
	}
	return problem(err)
}

// A question is one statement that changes nothing, and what to do with its
// rows: each may be called more than once, from the beginning.
type question struct {
	each func(pgx.Rows) error
	sql  string
	args []any
}

func ask(each func(pgx.Rows) error, sql string, args ...any) question {
	return question{each, sql, args}
}

// read asks questions in one transaction that sees only the rows of a school;
// they go there and back together. [ledger.ErrNone] for a school that is not there.
func (s *Store) read(ctx context.Context, school journal.SchoolID, list ...question) error {
	if err := s.exists(ctx, school); err != nil {
		return err
	}
	return s.look(ctx, school, list...)
}

// look is read also for a school that may not be there.
func (s *Store) look(ctx context.Context, school journal.SchoolID, list ...question) error {
	return s.try(ctx, func(ctx context.Context) error {
		err := s.once(ctx, school, list)
		if errors.Is(err, errLost) && ctx.Err() == nil {
			// Perhaps the database was started anew under the idle connections; to
			// ask again does no harm.
			s.pool.Reset()
			err = s.once(ctx, school, list)
		}
		return err
	})
}

func (s *Store) once(ctx context.Context, school journal.SchoolID, list []question) error {
	if s.within != nil {
		return s.askedWithin(ctx, list)
	}
	var q pgx.Batch
	q.Queue("BEGIN READ ONLY")
	q.Queue("SELECT set_config('app.school', $1, true)", school.String())
	for _, one := range list {
		q.Queue(one.sql, one.args...)
	}
	q.Queue("COMMIT")
	c, err := s.pool.Acquire(ctx)
	if err != nil {
		return lost(err)
	}
	defer c.Release() // closes it where the transaction did not end
	answers := c.SendBatch(ctx, &q)
	for range 2 {
		if err == nil {
			_, err = answers.Exec()
		}
	}
	if err == nil {
		err = each(answers, list)
	} else {
		_ = answers.Close()
	}
	if err != nil && c.Conn().IsClosed() {
		return lost(err)
	}
	return err
}

// each hands the answers to those who asked.
func each(answers pgx.BatchResults, list []question) (err error) {
	for _, one := range list {
		if err == nil {
			var rows pgx.Rows
			rows, err = answers.Query()
			if err == nil {
				err = one.each(rows)
			}
		}
	}
	if ended := answers.Close(); err == nil {
		err = ended
	}
	return err
}

// update runs f in a durable transaction. Once begun it is not interrupted: a
// cancelled request leaves no doubt. Doubt remains only when the line is cut in
// the moment of the commit; then the caller reads again what is there.
func (s *Store) update(ctx context.Context, school journal.SchoolID, f func(context.Context, pgx.Tx) error) error {
	if err := s.exists(ctx, school); err != nil {
		return err
	}
	return s.as(context.WithoutCancel(ctx), school, f)
}

// exists asks once whether a school is there.
func (s *Store) exists(ctx context.Context, school journal.SchoolID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, ok := s.known.Load(school); ok {
		return nil
	}
	var there bool
	err := s.look(ctx, school, ask(func(rows pgx.Rows) (err error) {
		there, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool])
		return err
	}, "SELECT EXISTS (SELECT FROM schools WHERE school = $1)", uuidOf(school)))
	switch {
	case err != nil:
		return fmt.Errorf("find school: %w", err)
	case !there:
		return fmt.Errorf("school %s: %w", school, ledger.ErrNone)
	}
	s.known.Store(school, true)
	return nil
}
