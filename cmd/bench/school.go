package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// seed of the invented schools that are measured.
const seed = 20260901

// A school is an invented school in a journal file of its own.
type school struct {
	*demo.School
	book *local.Journal
	dir  string
	made time.Duration // how long filling it took, when that was done now
}

func (s *school) close() error { return s.book.Close() }

// done closes a school that was only read.
func (s *school) done() { _ = s.close() }

// bytes is the size of the journal with its write-ahead log.
func (s *school) bytes() int64 {
	var n int64
	for _, name := range []string{"journal.db", "journal.db-wal"} {
		if info, err := os.Stat(filepath.Join(s.dir, name)); err == nil {
			n += info.Size()
		}
	}
	return n
}

// city opens the journal of the city school: five years, over 1.5 million marks
// and absences. It is made once for each state of the generator, in the user's
// cache folder, because that takes minutes.
func city(ctx context.Context) (*school, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	told := demo.City(seed, demo.Today)
	dir := filepath.Join(cache, "uchitelskaya-bench", "city-"+generator(told))
	if _, err := os.Stat(dir); err == nil {
		book, err := local.Open(ctx, dir, today)
		if err != nil {
			return nil, fmt.Errorf("open %s (delete the folder to make it anew): %w", dir, err)
		}
		return &school{School: told, book: book, dir: dir}, nil
	}
	part := dir + ".part" // left by a run that was ended
	if err := os.RemoveAll(part); err != nil {
		return nil, err
	}
	s, err := fill(ctx, told, part)
	if err != nil {
		return nil, err
	}
	if err := s.close(); err != nil {
		return nil, err
	}
	stale, err := filepath.Glob(filepath.Join(cache, "uchitelskaya-bench", "city-*"))
	if err != nil {
		return nil, err
	}
	for _, old := range stale { // half a gigabyte each
		if old != part {
			if err := os.RemoveAll(old); err != nil {
				return nil, err
			}
		}
	}
	if err := os.Rename(part, dir); err != nil {
		return nil, err
	}
	s.dir = dir
	s.book, err = local.Open(ctx, dir, today)
	return s, err
}

// generator names the state of the generator: what it tells of the village and
// of the city's first months.
func generator(city *demo.School) string {
	h := sha256.New()
	add := func(s *demo.School, most int) {
		for d := range s.Drafts() {
			if most--; most < 0 {
				return
			}
			for _, c := range d.Changes {
				fmt.Fprintf(h, "%v %d %s %d %v\n", d.Volume, c.Kind, c.Key, c.Field, c.Value)
			}
		}
	}
	add(demo.Village(seed, demo.Today), 1<<30)
	add(city, 5000)
	return fmt.Sprintf("%x", h.Sum(nil)[:6])
}

// fill makes a journal of a school's story, all of it through the store's own
// way of writing.
func fill(ctx context.Context, told *demo.School, dir string) (*school, error) {
	book, err := openFresh(ctx, dir, told.ID())
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := demo.Load(ctx, book, told.Drafts()); err != nil {
		book.Close()
		return nil, err
	}
	return &school{School: told, book: book, dir: dir, made: time.Since(start)}, nil
}

// openFresh opens a new journal enrolled at a school that has no server.
func openFresh(ctx context.Context, dir string, id journal.SchoolID) (*local.Journal, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	book, err := local.Open(ctx, dir, today)
	if err != nil {
		return nil, err
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	if err := book.Enrol(ctx, commit.Identity{School: id, Device: journal.NewID[journal.Device](), Name: "bench", Key: key}); err != nil {
		book.Close()
		return nil, err
	}
	return book, nil
}

// today is the wall clock on the day up to which the schools are filled.
func today() time.Time { return clock.at(time.Now()) }

// clock shifts the wall clock to ten in the morning of demo.Today.
var clock = shift{time.Now(), demo.Today.Time().Add(10 * time.Hour)}

type shift struct{ from, to time.Time }

func (s shift) at(t time.Time) time.Time { return s.to.Add(t.Sub(s.from)) }
