package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/postgres/pgtest"
	"uchitelskaya/sync/ledger"
)

const year = journal.Volume(2026)

// founded makes a school.
func founded(t *testing.T, s *postgres.Store) journal.SchoolID {
	t.Helper()
	f := ledger.Founding{School: journal.NewID[journal.School](), Key: []byte("key"), TLSKey: []byte("k"), TLSCert: []byte("c")}
	if err := s.Found(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	return f.School
}

// wakes waits for a word on the channel, or makes sure that none comes.
func wakes(t *testing.T, news <-chan struct{}, want bool, when string) {
	t.Helper()
	limit := 30 * time.Second
	if !want {
		limit = 300 * time.Millisecond
	}
	select {
	case <-news:
		if !want {
			t.Errorf("%s: a word that is not news", when)
		}
	case <-time.After(limit):
		if want {
			t.Fatalf("%s: no word", when)
		}
	}
}

func TestWatch(t *testing.T) {
	cluster := pgtest.Start(t)
	name := database(t, cluster)
	one, two := open(t, cluster, name), open(t, cluster, name)
	school, neighbour := founded(t, one), founded(t, one)
	device := journal.NewID[journal.Device]()
	after := uint64(0)
	write := func(s *postgres.Store, school journal.SchoolID) {
		t.Helper()
		if err := s.Apply(t.Context(), &ledger.Batch{School: school, Device: device, After: after, Skip: 1}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	news := two.Watch(ctx, school)
	wakes(t, news, true, "at the beginning something may have been missed")
	write(one, school)
	wakes(t, news, true, "another process has written")
	write(one, neighbour)
	wakes(t, news, false, "another school")
	after = 1
	write(two, school)
	wakes(t, news, false, "the own writing")
	if err := cluster.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cluster.Start(); err != nil {
		t.Fatal(err)
	}
	wakes(t, news, true, "the database came back, and something may have been missed")
	after = 2
	write(one, school)
	wakes(t, news, true, "another process has written after that")
}

// A store whose database is away says so, and works when it is back.
func TestTheDatabaseIsAway(t *testing.T) {
	cluster := pgtest.Start(t)
	s := open(t, cluster, database(t, cluster))
	school, device := founded(t, s), journal.NewID[journal.Device]()
	for n, end := range []func() error{cluster.Stop, cluster.Kill} {
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Heads(t.Context(), school); fault.CodeOf(err) != fault.Offline {
			t.Errorf("Heads = %v", err)
		}
		batch := &ledger.Batch{School: school, Device: device, After: uint64(n), Skip: 1}
		if err := s.Apply(t.Context(), batch); fault.CodeOf(err) != fault.Offline {
			t.Errorf("Apply = %v", err)
		}
		if err := cluster.Start(); err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(t.Context(), batch); err != nil {
			t.Errorf("Apply when it is back = %v", err)
		}
	}
}

// Two transactions wait for each other; the one that the database ends begins again.
func TestACrossingIsTriedAgain(t *testing.T) {
	cluster := pgtest.Start(t)
	name := database(t, cluster)
	s := open(t, cluster, name)
	school, device := founded(t, s), journal.NewID[journal.Device]()
	first := &ledger.Batch{School: school, Device: device, Skip: 1, Heads: map[journal.Volume]uint64{year: 0}}
	if err := s.Apply(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	other := connect(t, cluster.Admin(name))
	err := pgx.BeginFunc(t.Context(), other, func(tx pgx.Tx) error {
		for _, sql := range []string{"SET LOCAL deadlock_timeout = '1h'", "SELECT FROM volumes FOR UPDATE"} {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				return err
			}
		}
		ended := make(chan error, 1)
		go func() {
			ended <- s.Apply(t.Context(), &ledger.Batch{School: school, Device: device, After: 1, Skip: 1, Heads: map[journal.Volume]uint64{year: 0}})
		}()
		// It has the PC and waits for the volume; now we want the PC as well.
		waiting := connect(t, cluster.Admin(name))
		for n := 0; n == 0; time.Sleep(5 * time.Millisecond) {
			if err := waiting.QueryRow(t.Context(), "SELECT count(*) FROM pg_locks WHERE NOT granted").Scan(&n); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(t.Context(), "SELECT FROM pcs FOR UPDATE"); err != nil {
			return err
		}
		if err := tx.Commit(t.Context()); err != nil {
			return err
		}
		return <-ended
	})
	if err != nil && !errors.Is(err, pgx.ErrTxClosed) { // it is committed already
		t.Fatal(err)
	}
	var deadlocks int
	for end := time.Now().Add(30 * time.Second); deadlocks == 0 && time.Now().Before(end); { // an idle connection tells its counters after ten seconds at the latest
		if err := other.QueryRow(t.Context(), "SELECT deadlocks FROM pg_stat_database WHERE datname = $1", name).Scan(&deadlocks); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if standing, err := s.Standing(t.Context(), school, device); err != nil || standing.Last != 2 || deadlocks == 0 {
		t.Errorf("standing %+v, %v, %d deadlocks", standing, err, deadlocks)
	}
}

// Several servers of a new version are started at once.
func TestMigrateTogether(t *testing.T) {
	cluster := pgtest.Start(t)
	name, err := cluster.Database()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if err := postgres.Migrate(t.Context(), cluster.Address(pgtest.Owner, name), pgtest.Server); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	founded(t, open(t, cluster, name))
}
