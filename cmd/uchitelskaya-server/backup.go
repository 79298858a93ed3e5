package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/server"
)

// backup writes a checked copy of everything into one file.
func backup(ctx context.Context, s *shell, args []string) error {
	f, dir := s.flags("backup")
	to := f.String("to", "", "файл копии; его ещё не должно быть")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if *to == "" {
		return fmt.Errorf("назовите файл копии (-to); %w", errUsage)
	}
	_, _, store, err := s.school(ctx, *dir)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Backup(ctx, *to); err != nil {
		return err
	}
	if err := noteBackup(*dir, s.now()); err != nil {
		return err
	}
	s.say("Копия записана и проверена: %s", *to)
	return nil
}

// restore makes a folder of a copy. The PCs see that the server is another one
// than they knew and send again whatever the copy lacks.
func restore(ctx context.Context, s *shell, args []string) error {
	f, dir := s.flags("restore")
	from := f.String("from", "", "файл копии")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if *from == "" {
		return fmt.Errorf("назовите файл копии (-from); %w", errUsage)
	}
	if _, err := os.Stat(sqlite.Path(*dir)); err == nil {
		return fault.New(fault.Invalid, "В папке "+*dir+" уже есть школа. Копию можно развернуть только в пустой папке.")
	}
	if err := sqlite.Restore(ctx, *from, *dir); err != nil {
		return err
	}
	if err := s.renew(ctx, *dir); err != nil {
		return errors.Join(err, sqlite.Remove(*dir))
	}
	s.say("Копия развёрнута: %s", *dir)
	s.say("Компьютеры школы сами передадут то, чего в копии нет.")
	return nil
}

// renew gives the restored server its new keys.
func (s *shell) renew(ctx context.Context, dir string) error {
	_, founding, store, err := s.school(ctx, dir)
	if err != nil {
		return err
	}
	defer store.Close()
	epoch, key, err := server.NewKeys()
	if err != nil {
		return err
	}
	if err := store.Renew(ctx, founding.School, epoch, key); err != nil {
		return err
	}
	founding.Epoch, founding.Key = epoch, key
	school, err := server.Open(ctx, store, founding, s.now)
	if err != nil {
		return err
	}
	return school.Introduce(ctx)
}
