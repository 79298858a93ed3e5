package postgres

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"uchitelskaya/app/journal/fault"
)

// errLost marks what failed because the database is not there.
var errLost = errors.New("no connection to the database")

func lost(err error) error { return fmt.Errorf("%w: %w", errLost, err) }

// state is the SQLSTATE that the database answered, empty when it did not.
func state(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// again reports whether the transaction may succeed if it begins anew: it
// crossed another (40001, 40P01), or both took the same place in the list of schools.
func again(err error) bool {
	s := state(err)
	return s == "40001" || s == "40P01" || taken(err, "schools_no_key")
}

// taken reports that a row with the key of a constraint is there.
func taken(err error, constraint string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505" && e.ConstraintName == constraint
}

// refused reports that the database is there and does not let us in.
func refused(err error) bool {
	s := state(err)
	return strings.HasPrefix(s, "28") || s == "3D000"
}

func badAddress(err error) error {
	return fault.Wrap(fault.Invalid, "Адрес базы данных не подходит, нужен вид postgres://роль@компьютер:5432/база.", err)
}

// problem gives what goes wrong its code and sentence.
func problem(err error) error {
	var f *fault.Error
	if err == nil || errors.As(err, &f) {
		return err
	}
	switch s := state(err); {
	case s == "42P01":
		return fault.Wrap(fault.NotFound, "В базе данных нет таблиц школьного сервера. Создайте их: uchitelskaya-server migrate.", err)
	case s == "3D000":
		return fault.Wrap(fault.NotFound, "Такой базы данных на PostgreSQL нет. Создайте её: см. uchitelskaya-server migrate -h.", err)
	case s == "42704":
		return fault.Wrap(fault.NotFound, "Такой роли на PostgreSQL нет. Создайте её: см. uchitelskaya-server migrate -h.", err)
	case s == "42501", refused(err):
		return fault.Wrap(fault.Forbidden, "База данных не пускает школьный сервер. Проверьте роль и пароль; права роли даёт uchitelskaya-server migrate.", err)
	case s == "53100":
		return fault.Wrap(fault.DiskFull, "На диске базы данных кончилось место. Освободите место.", err)
	case strings.HasPrefix(s, "XX"):
		return fault.Wrap(fault.Damaged, "База данных повреждена. Восстановите её из последней копии.", err)
	case errors.Is(err, errLost), s == "25006", strings.HasPrefix(s, "53"), strings.HasPrefix(s, "57P"), strings.HasPrefix(s, "08"), connectFailed(err):
		return fault.Wrap(fault.Offline, "База данных школьного сервера сейчас не отвечает. Записанное цело: компьютеры передадут его, когда она ответит.", err)
	}
	return err
}

func connectFailed(err error) bool {
	var e *pgconn.ConnectError
	return errors.As(err, &e)
}
