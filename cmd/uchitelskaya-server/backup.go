package main

import (
	"context"
	"fmt"
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
	s.say("Копия записана и проверена: %s", *to)
	return nil
}
