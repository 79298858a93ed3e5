package print

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"uchitelskaya/app/journal/fault"
)

// A sticky writer keeps the first error and refuses what comes after it,
// because gopdf ignores the errors of its writer. It also watches ctx.
type sticky struct {
	ctx context.Context
	w   io.Writer
	n   int64
	err error
}

func (s *sticky) Write(p []byte) (int, error) {
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	s.n += int64(n)
	s.err = err
	return n, err
}

// WriteFile writes the PDF to path. The file is whole or it is not there: it is
// written under another name in the same folder, brought safely to the disk and
// renamed; on any failure an older file of that name stays as it was.
func (d *Document) WriteFile(ctx context.Context, path string) error {
	data, err := d.pdf(ctx)
	if err != nil {
		return err
	}
	if err := writeFile(ctx, path, data); err != nil {
		return saveFault(err)
	}
	return nil
}

func writeFile(ctx context.Context, path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".print-*.part")
	if err != nil {
		return fmt.Errorf("create file in %s: %w", dir, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	s := &sticky{ctx: ctx, w: f}
	if _, err := s.Write(data); err != nil {
		return fmt.Errorf("write %s: %w", f.Name(), err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", f.Name(), err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close %s: %w", f.Name(), err)
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return fmt.Errorf("open %s to readers: %w", f.Name(), err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("rename to %s: %w", path, err)
	}
	// The new name is safe only when the folder is; not every system lets a
	// folder be synced, and then the rename stands all the same.
	if folder, err := os.Open(dir); err == nil {
		_ = folder.Sync()
		folder.Close()
	}
	return nil
}

// windowsDiskFull is ERROR_DISK_FULL, which has no portable name.
const windowsDiskFull = syscall.Errno(112)

// saveFault gives a failed save its sentence.
func saveFault(err error) error {
	switch {
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, syscall.ENOSPC) || runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull):
		return fault.Wrap(fault.DiskFull, "На диске нет места. Освободите место или выберите другую папку и сохраните снова.", err)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fault.Wrap(fault.ReadOnly, "В эту папку нельзя записывать. Выберите другую папку и сохраните снова.", err)
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(fault.NotFound, "Такой папки нет. Выберите другую папку и сохраните снова.", err)
	}
	return fault.Wrap(fault.Internal, "Файл не удалось сохранить. Выберите другую папку и сохраните снова.", err)
}
