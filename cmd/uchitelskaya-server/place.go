package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central"
	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
)

// A place is where a school's data are: a folder of this computer, which holds
// one school, or a PostgreSQL database, which holds any number of them and over
// which any number of servers may run.
type place struct {
	at string // folder, or postgres://…
	id string // of the school, where there are several
}

// database tells whether the place is one of PostgreSQL. Its address may hold a
// password, so it is never said.
func (p place) database() bool {
	return strings.HasPrefix(p.at, "postgres://") || strings.HasPrefix(p.at, "postgresql://")
}

// empty refuses a place that holds no school.
func (p place) empty() error {
	if p.database() {
		return fault.New(fault.NotFound, "В базе данных ещё нет школы. Создайте школу: uchitelskaya-server init.")
	}
	return fault.New(fault.NotFound, "В папке "+p.at+" нет данных школы. Создайте школу: uchitelskaya-server init.")
}

// open opens the store of a place. A folder is made when there is none.
func (p place) open(ctx context.Context) (central.Store, error) {
	if p.database() {
		return postgres.Open(ctx, p.at)
	}
	return sqlite.Open(ctx, p.at)
}

// whole opens the store of a place that has not this school yet and lets f fill
// it. When f fails, nothing of it is left: half a school is none.
func (p place) whole(ctx context.Context, school journal.SchoolID, f func(central.Store) error) error {
	if p.database() {
		store, err := postgres.Open(ctx, p.at)
		if err != nil {
			return err
		}
		return errors.Join(store.Whole(ctx, school, func(s *postgres.Store) error { return f(s) }), store.Close())
	}
	store, err := sqlite.Open(ctx, p.at)
	if err == nil {
		err = errors.Join(f(store), store.Close())
	}
	if err != nil {
		return errors.Join(err, sqlite.Remove(p.at))
	}
	return nil
}

// choose takes the school that was meant.
func (p place) choose(list []ledger.Founding) (ledger.Founding, error) {
	var ids strings.Builder
	for _, f := range list {
		if f.School.String() == p.id || p.id == "" && len(list) == 1 {
			return f, nil
		}
		fmt.Fprintf(&ids, "\n  %s, создана %s", f.School, time.UnixMilli(f.Made).Format("02.01.2006"))
	}
	switch {
	case len(list) == 0:
		return ledger.Founding{}, p.empty()
	case p.id == "":
		return ledger.Founding{}, fault.New(fault.Invalid, "Школ здесь несколько. Назовите номер одной из них (-school):"+ids.String())
	}
	return ledger.Founding{}, fault.New(fault.NotFound, "Школы с номером "+p.id+" здесь нет. Есть:"+ids.String())
}

// school opens the school in a place. f is what the server was founded with.
func (s *shell) school(ctx context.Context, p place) (school *server.School, f ledger.Founding, store central.Store, err error) {
	if !p.database() {
		if _, err := os.Stat(sqlite.Path(p.at)); errors.Is(err, os.ErrNotExist) {
			return nil, f, nil, p.empty()
		}
	}
	if store, err = p.open(ctx); err != nil {
		return nil, f, nil, err
	}
	list, err := store.Foundings(ctx)
	if err == nil {
		f, err = p.choose(list)
	}
	if err == nil {
		school, err = server.Open(ctx, store, f, s.now)
	}
	if err != nil {
		return nil, f, nil, errors.Join(err, store.Close())
	}
	return school, f, store, nil
}
