package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"uchitelskaya/app/journal/fault"
)

// Path is the file of the store in a folder.
func Path(dir string) string { return filepath.Join(dir, FileName) }

// Remove deletes a store that was never used.
func Remove(dir string) error {
	var errs []error
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(Path(dir) + end); !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Backup writes a copy of the store as it stands at one moment, while work
// goes on. The copy has the given name only when it is whole, checked and on
// the disk.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fault.New(fault.Invalid, "Файл копии уже есть: "+path+". Назовите другой.")
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return problem(fmt.Errorf("remove half a copy: %w", err))
	}
	// A connection of its own: the readers may not even write a copy, and the
	// writer goes on while this one sees the same moment throughout.
	db, err := sql.Open("sqlite", dsn(s.path, "&_txlock=deferred"))
	if err != nil {
		return fmt.Errorf("copy store: %w", err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return errors.Join(problem(fmt.Errorf("copy store: %w", err)), os.Remove(part))
	}
	if err := checkCopy(ctx, part); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	for _, step := range []func() error{
		func() error { return syncFile(part) },
		func() error { return os.Rename(part, path) },
		func() error { return syncFolder(filepath.Dir(path)) },
	} {
		if err := step(); err != nil {
			return problem(fmt.Errorf("keep copy: %w", err))
		}
	}
	return nil
}

// Restore puts a checked copy into a folder as its store.
func Restore(ctx context.Context, from, dir string) error {
	if _, err := os.Stat(from); err != nil {
		return fault.Wrap(fault.NotFound, "Файл копии не найден: "+from+".", err)
	}
	if err := checkCopy(ctx, from); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return problem(err)
	}
	part := Path(dir) + ".part"
	for _, step := range []func() error{
		func() error { return copyFile(from, part) },
		func() error { return os.Rename(part, Path(dir)) },
		func() error { return syncFolder(dir) },
	} {
		if err := step(); err != nil {
			return problem(fmt.Errorf("put copy in place: %w", err))
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func checkCopy(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", address(path)+"?mode=ro")
	if err != nil {
		return fmt.Errorf("open copy: %w", err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return problem(fmt.Errorf("check copy: %w", err))
	}
	if verdict != "ok" {
		return fault.Wrap(fault.Damaged, "Копия не сошлась с проверкой и не сохранена.", errors.New(verdict))
	}
	return nil
}

// syncFile puts a file on the disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder puts the names in a folder on the disk, where folders can be asked
// for that: Windows does it by itself.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && os.PathSeparator == '/' {
		return err
	}
	return nil
}
