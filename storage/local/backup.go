package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

// Backup writes a copy of the whole journal to path while work goes on. The
// copy is made under another name, checked, and only then takes its name.
func (j *Journal) Backup(ctx context.Context, path string) error {
	conn, err := j.read.Conn(ctx)
	if err != nil {
		return problem(fmt.Errorf("back up journal: %w", err))
	}
	defer conn.Close()
	return problem(backup(ctx, conn, path))
}

// backup is the only place that copies a database out.
func backup(ctx context.Context, from *sql.Conn, path string) error {
	temp := path + ".part"
	if err := os.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("back up journal: %w", err)
	}
	err := from.Raw(func(c any) error {
		b, err := c.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		}).NewBackup(dsn(temp, copier))
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			more, err = b.Step(200)
			err = errors.Join(err, ctx.Err())
		}
		return errors.Join(err, b.Finish())
	})
	if err == nil {
		err = checkCopy(ctx, temp)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("back up journal: %w", err), os.Remove(temp))
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("back up journal: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// restore is the only place that brings a copy back, into a file that is not
// there yet.
func restore(ctx context.Context, from, path string) error {
	if err := checkCopy(ctx, from); err != nil {
		return problem(fmt.Errorf("restore journal: %w", err))
	}
	db, err := connect(ctx, from, copier)
	if err != nil {
		return problem(fmt.Errorf("restore journal: %w", err))
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return problem(fmt.Errorf("restore journal: %w", err))
	}
	defer conn.Close()
	return problem(backup(ctx, conn, path))
}

// checkCopy makes a copy durable and reads it again.
func checkCopy(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	db, err := connect(ctx, path, copier)
	if err != nil {
		return err
	}
	return errors.Join(quickCheck(ctx, db), db.Close())
}
