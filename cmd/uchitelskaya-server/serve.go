package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
)

const (
	defaultListen = ":8443"
	// otherProcess is how often the server looks for what the commands beside
	// it have written.
	otherProcess = time.Second
	// farewell is how long requests under way may take when the server ends.
	farewell = 10 * time.Second
)

// serve answers the school's PCs until it is told to end.
func serve(ctx context.Context, s *shell, args []string) (err error) {
	f, dir := s.flags("serve")
	listen := f.String("listen", defaultListen, "адрес, на котором отвечать")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	school, founding, store, err := s.school(ctx, *dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	lock := flock.New(filepath.Join(*dir, "serve.lock"))
	if held, err := lock.TryLock(); err != nil || !held {
		return fault.Wrap(fault.InUse, "Школьный сервер в этой папке уже работает.", err)
	}
	defer lock.Close()
	cert, err := identity.ReadServerCert(founding.TLSKey, founding.TLSCert)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return fault.Wrap(fault.InUse, "Адрес "+*listen+" занят другой программой или недоступен.", err)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	h := &http.Server{
		Handler:           school.Handler(log),
		TLSConfig:         identity.ServerTLS(cert),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the event streams
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	following := make(chan struct{})
	go func() { defer close(following); school.Follow(ctx, otherProcess) }()
	ended := make(chan error, 1)
	go func() { ended <- h.ServeTLS(l, "", "") }()
	s.say("Школьный сервер отвечает на %s", l.Addr())
	select {
	case err = <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	<-following
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	if err := h.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("end: %w", err), h.Close())
	}
	return nil
}
