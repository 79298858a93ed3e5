package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/migrate"
)

// The files of a journal's folder.
const (
	fileName    = "journal.db" // beside it SQLite keeps -wal and -shm
	lockName    = "journal.lock"
	ballastName = "journal.ballast"
	backupName  = "before-migration.db"
)

// checkedSize is up to which size a file is checked whole at every opening, in
// bytes; a larger one only after the program did not end properly.
const checkedSize = 64 << 20

var errInUse = fault.New(fault.InUse, "Журнал уже открыт другой программой на этом компьютере. Найдите её окно или закройте её и попробуйте снова.")

func unwritable(err error) error {
	return fault.Wrap(fault.ReadOnly, "Программа не может писать в папку журнала. Попросите администратора дать доступ к ней на запись.", err)
}

// use says what a connection is for.
type use int

const (
	writer use = iota // the one that writes
	reader            // a pool of those that only read
	copier            // the other end of a copy
)

// pragma is a setting of a connection and what it reads back as.
type pragma struct{ name, set, reads string }

var pragmas = []pragma{
	{"busy_timeout", "5000", "5000"},
	{"journal_mode", "WAL", "wal"},
	{"synchronous", "FULL", "2"},
	{"foreign_keys", "1", "1"},
	{"journal_size_limit", "4194304", "4194304"}, // what a large exchange leaves is given back
	{"temp_store", "2", "2"},
	{"cache_size", "-8000", "-8000"},
	{"trusted_schema", "0", "0"},
	{"cell_size_check", "1", "1"},
}

// connect is the only place that opens a database. Every pragma is read back:
// one that SQLite passed over would cost somebody's marks.
func connect(ctx context.Context, path string, u use) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, u))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	db.SetMaxOpenConns(1)
	if u == reader {
		db.SetMaxOpenConns(4)
		db.SetMaxIdleConns(4)
	}
	for _, p := range pragmas {
		if u != writer && p.name == "journal_mode" {
			continue
		}
		var got string
		if err := db.QueryRowContext(ctx, "PRAGMA "+p.name).Scan(&got); err != nil {
			return nil, errors.Join(fmt.Errorf("open %s: read %s: %w", filepath.Base(path), p.name, err), db.Close())
		}
		if got != p.reads {
			return nil, errors.Join(fmt.Errorf("open %s: %s is %s, want %s", filepath.Base(path), p.name, got, p.reads), db.Close())
		}
	}
	return db, nil
}

// dsn writes the address of a database file for the driver.
func dsn(path string, u use) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter of Windows
	}
	q := url.Values{"_defensive": {"1"}, "_dqs": {"0"}}
	if u == writer {
		q.Set("_txlock", "immediate")
	}
	for _, p := range pragmas {
		if u != writer && p.name == "journal_mode" {
			continue
		}
		q.Add("_pragma", p.name+"("+p.set+")")
	}
	if u == reader {
		q.Set("mode", "ro")
		q.Add("_pragma", "query_only(1)")
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// create makes an empty database file that the folder's group may write, and
// syncs the folder, so that the file itself outlives a power cut. It reports
// whether the file is to be checked before use.
func create(dir string) (check bool, err error) {
	path := filepath.Join(dir, fileName)
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o660)
		if err != nil {
			return false, unwritable(err)
		}
		_ = f.Chmod(0o660) // whatever the umask; SQLite gives its other files the same
		return false, errors.Join(f.Close(), syncFolder(dir))
	}
	if err != nil {
		return false, unwritable(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false, unwritable(err)
	}
	if err := f.Close(); err != nil {
		return false, unwritable(err)
	}
	if _, err := os.Stat(filepath.Join(dir, ballastName)); info.Size() == 0 && err == nil {
		return false, damaged("%s is empty", fileName) // the ballast is laid once the journal has been open
	}
	wal, err := os.Stat(path + "-wal")
	return info.Size() <= checkedSize || err == nil && wal.Size() > 0, nil
}

// prepareFile checks the file where that is due and brings it to our shape.
func (j *Journal) prepareFile(ctx context.Context, check bool) error {
	if check {
		if err := quickCheck(ctx, j.conn); err != nil {
			return err
		}
	}
	return migrate.Run(ctx, j.conn, migrations, func() error {
		return backup(ctx, j.conn, filepath.Join(j.dir, backupName))
	})
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// quickCheck asks SQLite whether the file is whole.
func quickCheck(ctx context.Context, db querier) error {
	var first string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&first); err != nil {
		return fmt.Errorf("check journal: %w", err)
	}
	if first != "ok" {
		return damaged("quick check: %s", first)
	}
	return nil
}

// leave checkpoints before closing, so that the next opening finds a file
// without a log beside it: the sign that all ended properly.
func (j *Journal) leave() error {
	ctx := context.Background()
	_, err := j.conn.ExecContext(ctx, "PRAGMA optimize")
	_, err2 := j.conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return errors.Join(err, err2)
}

// syncFolder makes the names in a folder durable. Windows has no such call.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && os.PathSeparator == '/' {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
