package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
)

// A schoolServer is the school server over its store, with all its checks.
type schoolServer struct {
	*server.School
	store *sqlite.Store
	cert  tls.Certificate
}

func openServer(ctx context.Context, dir string) (s *schoolServer, err error) {
	store, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			store.Close()
		}
	}()
	list, err := store.Foundings(ctx)
	if err != nil || len(list) != 1 {
		return nil, fmt.Errorf("%d schools in %s: %w", len(list), dir, err)
	}
	cert, err := identity.ReadServerCert(list[0].TLSKey, list[0].TLSCert)
	if err != nil {
		return nil, err
	}
	school, err := server.Open(ctx, store, list[0], time.Now)
	if err != nil {
		return nil, err
	}
	return &schoolServer{school, store, cert}, nil
}

// run answers on the port until ctx ends, and closes the store.
func (s *schoolServer) run(ctx context.Context, port int, ready func()) error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return errors.Join(err, s.store.Close())
	}
	ready()
	err = s.Serve(ctx, l, s.cert, slog.New(slog.NewTextHandler(os.Stderr, nil)), server.Ordinary, 3*time.Second)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil // what did not end by then was cut off
	}
	return errors.Join(err, s.store.Close())
}

// serve is the server's process, until it is told to end.
func serve(ctx context.Context, port int, dir string) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	if err := take(ctx, port, "server", dir); err != nil {
		return err
	}
	s, err := openServer(ctx, dir)
	if err != nil {
		return err
	}
	return s.run(ctx, port, func() { fmt.Println("READY") })
}
