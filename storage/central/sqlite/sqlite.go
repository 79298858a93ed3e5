package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central"
	"uchitelskaya/storage/migrate"
	"uchitelskaya/sync/ledger"
)

//go:embed migrations/*.sql
var migrations embed.FS

// FileName is the file of the store in the server's folder.
const FileName = "school.db"

// A Store is one SQLite file.
type Store struct {
	path  string
	write *sql.DB
	read  *sql.DB

	mu    sync.Mutex           // held by the one who writes
	conn  *sql.Conn            // the only connection of write
	stmts map[string]*sql.Stmt // of conn, prepared once

	reading sync.Map // query → *sql.Stmt of read

	ids     sync.RWMutex // guards the two maps
	schools map[journal.SchoolID]int64
	pcs     map[pc]int64
}

// pc names a PC of a school.
type pc struct {
	school int64
	device journal.DeviceID
}

var _ central.Store = (*Store)(nil)

// Open opens the store in a folder, making it when there is none.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, problem(err)
	}
	s := &Store{path: Path(dir), stmts: map[string]*sql.Stmt{}, schools: map[journal.SchoolID]int64{}, pcs: map[pc]int64{}}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(problem(err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) (err error) {
	if s.write, err = sql.Open("sqlite", dsn(s.path, "&_txlock=immediate")); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	s.write.SetMaxOpenConns(1)
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := migrate.Run(ctx, s.write, files, nil); err != nil {
		return err
	}
	if s.conn, err = s.write.Conn(ctx); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := s.checkPragmas(ctx); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(s.path)); err != nil { // a new file's name, too, must outlive a power cut
		return fmt.Errorf("open store: %w", err)
	}
	if s.read, err = sql.Open("sqlite", dsn(s.path, "&_txlock=deferred&_pragma=query_only(1)")); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	return nil
}

func dsn(path, more string) string {
	return address(path) + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-32000)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)" +
		"&_defensive=1&_dqs=0" + more
}

// address writes a path as the driver wants it, whatever signs are in a
// folder's name.
func address(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter of Windows
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// checkPragmas makes sure that an acknowledged commit is on the disk: a
// misspelt pragma would be passed over in silence.
func (s *Store) checkPragmas(ctx context.Context) error {
	for name, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		if err := s.conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if got != want {
			return fmt.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	return nil
}

// Close writes the log back into the file and closes it.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	for _, st := range s.stmts {
		errs = append(errs, st.Close())
	}
	if s.conn != nil {
		_, err := s.conn.ExecContext(context.Background(), "PRAGMA optimize")
		errs = append(errs, err, s.conn.Close())
		s.conn = nil
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// problem gives what goes wrong with the disk its code and sentence.
func problem(err error) error {
	var e *sqlite.Error
	switch {
	case err == nil, errors.Is(err, ledger.ErrStale), errors.Is(err, ledger.ErrNone), errors.Is(err, ledger.ErrExists):
		return err
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(fault.ReadOnly, "В папку школьного сервера нельзя записать. Проверьте права на папку.", err)
	case !errors.As(err, &e):
		return err
	}
	switch e.Code() & 0xFF {
	case sqlite3.SQLITE_FULL:
		return fault.Wrap(fault.DiskFull, "На диске школьного сервера кончилось место. Освободите место.", err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fault.Wrap(fault.ReadOnly, "В папку школьного сервера нельзя записать. Проверьте права на папку.", err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.Wrap(fault.Damaged, "Файл школьного сервера повреждён. Восстановите его из последней копии.", err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Wrap(fault.InUse, "Файл школьного сервера занят другой программой. Попробуйте ещё раз.", err)
	}
	return err
}
