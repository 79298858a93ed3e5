package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
)

// errDump says who copies a database. Row-level security hides the rows from
// everybody but its administrator.
var errDump = fault.New(fault.Invalid, "Копию базы данных делает и восстанавливает администратор PostgreSQL: pg_dump -Fc и pg_restore под его ролью. "+
	"Серверы школы на время восстановления остановите, а после него выполните для каждой школы uchitelskaya-server renew.")

// backup writes a checked copy of everything into one file.
func backup(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("backup")
	to := f.String("to", "", "файл копии; его ещё не должно быть")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if *to == "" {
		return fmt.Errorf("назовите файл копии (-to); %w", errUsage)
	}
	if data.database() {
		return errDump
	}
	_, _, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.(*sqlite.Store).Backup(ctx, *to); err != nil {
		return err
	}
	if err := noteBackup(data.at, s.now()); err != nil {
		return err
	}
	s.say("Копия записана и проверена: %s", *to)
	return nil
}

// restore makes a folder of a copy. The PCs see that the server is another one
// than they knew and send again whatever the copy lacks.
func restore(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("restore")
	from := f.String("from", "", "файл копии")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if *from == "" {
		return fmt.Errorf("назовите файл копии (-from); %w", errUsage)
	}
	if data.database() {
		return errDump
	}
	if _, err := os.Stat(sqlite.Path(data.at)); err == nil {
		return fault.New(fault.Invalid, "В папке "+data.at+" уже есть школа. Копию можно развернуть только в пустой папке.")
	}
	if err := sqlite.Restore(ctx, *from, data.at); err != nil {
		return err
	}
	if err := s.renew(ctx, *data); err != nil {
		return errors.Join(err, sqlite.Remove(data.at))
	}
	s.say("Копия развёрнута: %s", data.at)
	s.say("Компьютеры школы сами передадут то, чего в копии нет.")
	return nil
}
