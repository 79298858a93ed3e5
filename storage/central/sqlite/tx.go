package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// A tx is one write transaction.
type tx struct {
	s     *Store
	fresh map[pc]int64 // PCs given numbers here
}

// update runs f in one durable transaction; with an error nothing has
// happened. Once begun it is not interrupted: a cancelled request leaves no doubt.
func (s *Store) update(ctx context.Context, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil {
		return errors.New("store is closed")
	}
	t := &tx{s: s, fresh: map[pc]int64{}}
	if err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return problem(err)
	}
	err := f(t)
	if err == nil {
		err = t.exec("COMMIT")
	}
	if err != nil {
		_ = t.exec("ROLLBACK") // after a full disk SQLite has rolled back by itself, and this fails
		return problem(err)
	}
	s.ids.Lock()
	for k, n := range t.fresh {
		s.pcs[k] = n
	}
	s.ids.Unlock()
	return nil
}

// stmt returns a statement of the writer's connection, prepared once.
func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if st := t.s.stmts[query]; st != nil {
		return st, nil
	}
	st, err := t.s.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	t.s.stmts[query] = st
	return st, nil
}

func (t *tx) exec(query string, args ...any) error {
	st, err := t.stmt(query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(context.Background(), args...)
	return err
}

// changed is exec that also tells whether any row was changed.
func (t *tx) changed(query string, args ...any) (bool, error) {
	st, err := t.stmt(query)
	if err != nil {
		return false, err
	}
	r, err := st.ExecContext(context.Background(), args...)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

func (t *tx) one(query string, args []any, dest ...any) error {
	st, err := t.stmt(query)
	if err != nil {
		return err
	}
	return st.QueryRowContext(context.Background(), args...).Scan(dest...)
}

// pc returns the number of a PC, giving it one when it has none.
func (t *tx) pc(school int64, device journal.DeviceID) (int64, error) {
	key := pc{school, device}
	t.s.ids.RLock()
	n, ok := t.s.pcs[key]
	t.s.ids.RUnlock()
	if !ok {
		n, ok = t.fresh[key]
	}
	if ok {
		return n, nil
	}
	if err := t.exec("INSERT INTO pcs (school, id, last) VALUES (?, ?, 0) ON CONFLICT DO NOTHING", school, device[:]); err != nil {
		return 0, err
	}
	if err := t.one("SELECT no FROM pcs WHERE school = ? AND id = ?", []any{school, device[:]}, &n); err != nil {
		return 0, err
	}
	t.fresh[key] = n
	return n, nil
}

// prepared returns a statement of the readers, prepared once.
func (s *Store) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := s.reading.Load(query); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := s.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	if other, loaded := s.reading.LoadOrStore(query, st); loaded {
		st.Close()
		return other.(*sql.Stmt), nil
	}
	return st, nil
}

func (s *Store) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// look lets f ask one prepared query many times, seeing one moment: taking the
// locks of a read once for all is half of its cost. Asked often, it had better
// be with a context that nobody ends: to watch one costs a goroutine a question.
func (s *Store) look(ctx context.Context, query string, f func(*sql.Stmt) error) error {
	st, err := s.prepared(ctx, query)
	if err != nil {
		return problem(err)
	}
	c, err := s.read.Conn(ctx)
	if err != nil {
		return problem(err)
	}
	defer c.Close()
	ctx = context.WithoutCancel(ctx)
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return problem(err)
	}
	err = f(tx.StmtContext(ctx, st))
	return problem(errors.Join(err, tx.Rollback()))
}

// school returns the number of a school.
func (s *Store) school(ctx context.Context, id journal.SchoolID) (int64, error) {
	s.ids.RLock()
	n, ok := s.schools[id]
	s.ids.RUnlock()
	if ok {
		return n, nil
	}
	err := s.read.QueryRowContext(ctx, "SELECT no FROM schools WHERE id = ?", id[:]).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("school %s: %w", id, ledger.ErrNone)
	} else if err != nil {
		return 0, problem(err)
	}
	s.ids.Lock()
	s.schools[id] = n
	s.ids.Unlock()
	return n, nil
}

// known returns the number of a PC, 0 for one that never wrote.
func (s *Store) known(ctx context.Context, school int64, device journal.DeviceID) (int64, error) {
	key := pc{school, device}
	s.ids.RLock()
	n, ok := s.pcs[key]
	s.ids.RUnlock()
	if ok {
		return n, nil
	}
	st, err := s.prepared(ctx, "SELECT no FROM pcs WHERE school = ? AND id = ?") // each time, for a PC that only reads
	if err != nil {
		return 0, problem(err)
	}
	err = st.QueryRowContext(ctx, school, device[:]).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	} else if err != nil {
		return 0, problem(err)
	}
	s.ids.Lock()
	s.pcs[key] = n
	s.ids.Unlock()
	return n, nil
}
