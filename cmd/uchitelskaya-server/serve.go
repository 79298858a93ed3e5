package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
)

const (
	defaultListen = ":8443"
	// farewell is how long requests under way may take when the server ends.
	farewell = 10 * time.Second
)

// serve answers the school's PCs until it is told to end.
func serve(ctx context.Context, s *shell, args []string) (err error) {
	f, data := s.flags("serve")
	listen := f.String("listen", defaultListen, "адрес, на котором отвечать")
	forAdmin := f.String("admin", defaultAdmin, "адрес для администратора: /health и /metrics без пароля; off: без него")
	at := f.String("clock", "", "с какого времени идут часы сервера, для показа: 2026-11-23T10:34")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if *at != "" {
		begin, err := time.ParseInLocation("2006-01-02T15:04", *at, time.Local)
		if err != nil {
			return fault.Wrap(fault.Invalid, "Время указывают так: 2026-11-23T10:34.", err)
		}
		start := time.Now()
		s.now = func() time.Time { return begin.Add(time.Since(start)) }
	}
	school, founding, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if !data.database() { // over a database any number may run
		lock := flock.New(filepath.Join(data.at, "serve.lock"))
		if held, err := lock.TryLock(); err != nil || !held {
			return fault.Wrap(fault.InUse, "Школьный сервер в этой папке уже работает.", err)
		}
		defer lock.Close()
	}
	cert, err := identity.ReadServerCert(founding.TLSKey, founding.TLSCert)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return fault.Wrap(fault.InUse, "Адрес "+*listen+" занят другой программой или недоступен.", err)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if *forAdmin != "off" {
		a := &admin{data: *data, school: school, store: store, now: s.now, since: s.now()}
		done, err := a.listen(ctx, *forAdmin, log)
		if err != nil { // another program has the port: no reason for a school to go without its server
			log.Warn("no address for the administrator", "address", *forAdmin, "error", err)
		} else {
			defer done()
		}
	}
	s.say("Школьный сервер отвечает на %s", l.Addr())
	err = school.Serve(ctx, l, cert, log, server.Ordinary, farewell)
	if ctx.Err() == nil {
		return fmt.Errorf("serve: %w", err)
	}
	return err
}
