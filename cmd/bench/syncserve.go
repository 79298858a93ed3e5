package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"uchitelskaya/storage/central"
	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
)

// A schoolServer is the school server over its store, with all its checks.
type schoolServer struct {
	*server.School
	store central.Store
	cert  tls.Certificate
}

// What a stage finds in its environment when the server keeps the school not in
// its folder.
const (
	inDatabase = "POSTGRES"    // address of a database with tables and without schools
	secondPort = "SECOND_PORT" // of one more server over that database; half of the PCs know it
	behindPort = "BEHIND_PORT" // of the server, when a line stands where the PCs ask
)

// openStore opens a folder or a database.
func openStore(ctx context.Context, at string) (central.Store, error) {
	if strings.HasPrefix(at, "postgres://") {
		return postgres.Open(ctx, at)
	}
	return sqlite.Open(ctx, at)
}

// portsOf are where the school's servers answer.
func portsOf(port int) []int {
	if second, err := strconv.Atoi(os.Getenv(secondPort)); err == nil {
		return []int{port, second}
	}
	return []int{port}
}

// openServer opens the school in a folder, or in the database of the environment.
func openServer(ctx context.Context, dir string) (s *schoolServer, err error) {
	store, err := openStore(ctx, cmp.Or(os.Getenv(inDatabase), dir))
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

// run answers on the port until ctx ends.
func (s *schoolServer) run(ctx context.Context, port int, ready func()) error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return err
	}
	ready()
	err = s.Serve(ctx, l, s.cert, slog.New(slog.NewTextHandler(os.Stderr, nil)), server.Ordinary, 3*time.Second)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil // what did not end by then was cut off
	}
	return err
}

// serve is the server's process, until it is told to end.
func serve(ctx context.Context, port int, dir string) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	var err error
	if os.Getenv(inDatabase) == "" {
		err = take(ctx, port, "server", dir)
	} else {
		_, err = prepared(ctx, port, dir)
	}
	if err != nil {
		return err
	}
	s, err := openServer(ctx, dir)
	if err != nil {
		return err
	}
	if at, err := strconv.Atoi(os.Getenv(behindPort)); err == nil {
		port = at
	}
	return errors.Join(s.run(ctx, port, func() { fmt.Println("READY") }), s.store.Close())
}
