package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
)

// measureYear plays a whole school year of the village school, up to its last
// day, act by act: each a durable commit of its own, as people make them.
func measureYear(ctx context.Context, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-year")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	told := demo.Village(seed, journal.MakeDate(2027, time.June, 30))
	book, err := openFresh(ctx, dir, told.ID())
	if err != nil {
		return err
	}
	s := &school{School: told, book: book, dir: dir}
	defer s.done()
	acts := 0
	start := time.Now()
	for d := range told.Drafts() {
		if _, err := book.Append(ctx, d); err != nil {
			return fmt.Errorf("act %d: %w", acts, err)
		}
		acts++
	}
	wall := time.Since(start)
	say(line{Name: "year.play.wall", Value: wall.Seconds(), Unit: "s", N: acts, Note: "every act of the year a durable commit; load " + loadNow()})
	say(line{Name: "year.file.size", Value: mib(s.bytes()), Unit: "MiB", N: acts, Note: "with the write-ahead log"})
	return nil
}
