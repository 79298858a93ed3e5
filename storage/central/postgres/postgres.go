package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central"
	"uchitelskaya/storage/migrate"
)

// Bounds by the clock of the sockets.
const (
	connecting = 5 * time.Second  // to be let in
	patience   = 30 * time.Second // for one transaction
)

// A Store is one PostgreSQL database.
type Store struct {
	pool   *pgxpool.Pool
	within pgx.Tx   // the only transaction; see [Store.Whole]
	self   string   // tells our own notifications from those of others
	known  sync.Map // journal.SchoolID → true: schools that are there; none ever goes
}

var _ central.Store = (*Store)(nil)

// Open opens the store at an address postgres://…, as the role of the servers.
// The tables must be there in the shape that this version knows; see [Migrate].
func Open(ctx context.Context, address string) (*Store, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, badAddress(err)
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connecting
	}
	// What is acknowledged is on the disk, whatever the database's own default.
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "on"
	config.ConnConfig.RuntimeParams["application_name"] = "uchitelskaya-server"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, problem(fmt.Errorf("open store: %w", err))
	}
	s := &Store{pool: pool, self: rand.Text()}
	if err := s.check(ctx); err != nil {
		pool.Close()
		return nil, problem(fmt.Errorf("open store: %w", err))
	}
	return s, nil
}

// check makes sure that what is acknowledged outlives a power cut, that the
// tables are ours, and that the role cannot step over the policies.
func (s *Store) check(ctx context.Context) error {
	files, err := migrationFiles()
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	if err := migrate.Check(ctx, db, files); err != nil {
		return err
	}
	var durable, above, owner bool
	err = s.pool.QueryRow(ctx, `SELECT current_setting('fsync')::boolean AND current_setting('synchronous_commit') = 'on',
		(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),
		(SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'schools'::regclass)`).Scan(&durable, &above, &owner)
	switch {
	case err != nil:
		return err
	case !durable:
		return fault.Wrap(fault.Invalid, "База данных настроена так, что при отключении света записи пропадут. Включите fsync в настройках PostgreSQL.", errors.New("fsync or synchronous_commit is off"))
	case above || owner:
		return fault.Wrap(fault.Forbidden, "Роль, под которой сервер входит в базу данных, видит чужие школы. Назовите роль сервера, а не владельца: см. uchitelskaya-server migrate -h.",
			fmt.Errorf("superuser or bypasses row-level security: %t, owner: %t", above, owner))
	}
	return nil
}

// Close ends all connections.
func (s *Store) Close() error {
	if s.within == nil {
		s.pool.Close()
	}
	return nil
}

// uuidOf writes an id as the driver knows ids.
func uuidOf[T any](id journal.ID[T]) [16]byte { return [16]byte(id) }
