package local

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"uchitelskaya/app/journal/fault"
)

var (
	errClosed      = errors.New("journal is closed")
	errNotEnrolled = fault.New(fault.Forbidden, "Этот компьютер ещё не подключён к школе. Пока записывать некуда.")
)

// problem gives an error of the database the code and the sentence that a
// person can act on.
func problem(err error) error {
	var known *fault.Error
	var e *sqlite.Error
	if err == nil || errors.As(err, &known) || !errors.As(err, &e) {
		return err
	}
	switch {
	case isFull(err):
		return fault.Wrap(fault.DiskFull, "На диске этого компьютера закончилось место. Последняя запись не сохранена. Освободите место и повторите её.", err)
	case isDamaged(err):
		return fault.Wrap(fault.Damaged, "Файл журнала на этом компьютере повреждён. Закройте программу и откройте её снова: она восстановит журнал.", err)
	case primary(e) == lib.SQLITE_READONLY, primary(e) == lib.SQLITE_CANTOPEN, primary(e) == lib.SQLITE_PERM:
		return fault.Wrap(fault.ReadOnly, "Программа не может писать в папку журнала. Попросите администратора дать доступ к ней на запись.", err)
	case primary(e) == lib.SQLITE_BUSY:
		return fault.Wrap(fault.InUse, "Журнал занят другой программой. Закройте её и повторите.", err)
	}
	return err
}

func primary(e *sqlite.Error) int { return e.Code() & 0xFF }

// isFull reports whether the disk took no more. A quota or a limit on the size
// of files shows as a write that failed.
func isFull(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (primary(e) == lib.SQLITE_FULL || e.Code() == lib.SQLITE_IOERR_WRITE)
}

func isDamaged(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (primary(e) == lib.SQLITE_CORRUPT || primary(e) == lib.SQLITE_NOTADB)
}

func damaged(format string, args ...any) error {
	return fault.Wrap(fault.Damaged, "Файл журнала на этом компьютере повреждён.", fmt.Errorf(format, args...))
}
