package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"
)

// demoListen is where the server of the demo school listens: on this machine
// only. The PC of the demo school is enrolled at this address.
const demoListen = "127.0.0.1:8443"

// demoClock is the moment at which the clock of the program begins: a lesson of
// the last day to which the demo school is filled.
const demoClock = "2026-11-23T10:34"

// runDemo builds both programs, makes a demo school if there is none, starts its
// server and opens the desktop program on it. Where there is no display, the
// program walks through its story by itself and leaves pictures.
func runDemo(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	school := flags.String("school", "village", "demo school: village or city")
	tour := flags.Bool("tour", os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "",
		"walk through the story without a person, on a display of its own, and write pictures and the PDF")
	if err := parse(flags, args); err != nil {
		return err
	}
	needs := []string{"gl"}
	if *tour {
		needs = append(needs, "test")
	}
	if err := t.provide(ctx, false, needs...); err != nil {
		return err
	}
	if err := t.buildServer(ctx); err != nil {
		return err
	}
	if err := t.buildDesktop(ctx); err != nil {
		return err
	}
	dir := t.demoDir(*school)
	if *tour { // tells its story from the beginning
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if !exists(dir) {
		if err := t.makeDemo(ctx, *school, dir); err != nil {
			return err
		}
	}
	pc := []string{"-data", filepath.Join(dir, "pc1"), "-clock", demoClock}
	if *tour { // which starts the server itself, in the middle of the day
		return t.tour(ctx, pc)
	}
	stopServer, err := t.serveDemo(ctx, dir)
	if err != nil {
		return err
	}
	defer stopServer()
	say("opening the program; the accounts of the demo school are in %s", dir)
	return t.run(ctx, nil, t.program("uchitelskaya"), pc...)
}

// serveDemo starts the school server of a demo and waits until it answers.
func (t tree) serveDemo(ctx context.Context, dir string) (stop func(), err error) {
	if conn, err := net.DialTimeout("tcp", demoListen, time.Second); err == nil {
		conn.Close()
		return nil, fmt.Errorf("%s is taken: is another demo school running?", demoListen)
	}
	args := []string{"serve", "-data", filepath.Join(dir, "server"), "-listen", demoListen, "-clock", demoClock}
	say("$ %s &", line(nil, t.program("uchitelskaya-server"), args))
	stop, ended, err := t.start(nil, t.program("uchitelskaya-server"), args...)
	if err != nil {
		return nil, err
	}
	var died error
	answers := func() bool {
		select {
		case died = <-ended:
			return true
		default:
		}
		conn, err := net.DialTimeout("tcp", demoListen, time.Second)
		if err == nil {
			conn.Close()
		}
		return err == nil
	}
	if err := wait(ctx, 30*time.Second, answers); err != nil {
		stop()
		return nil, fmt.Errorf("school server: %w", err)
	}
	if died != nil {
		return nil, fmt.Errorf("school server ended at once: %w", died)
	}
	say("the school server is at %s", demoListen)
	return stop, nil
}

// tour lets the program show itself on a display without a screen.
func (t tree) tour(ctx context.Context, pc []string) error {
	say("no display is used: the program walks through its story by itself")
	env, stop, err := t.privateDisplay(ctx)
	if err != nil {
		return err
	}
	defer stop()
	folder := t.path("bin/tour")
	if err := os.RemoveAll(folder); err != nil { // the pictures of the last time
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
	defer cancel()
	if err := t.run(ctx, env, t.program("uchitelskaya"), append(pc, "-tour", folder)...); err != nil {
		return err
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("the tour ended but wrote nothing into %s", folder)
	}
	for _, f := range files {
		fmt.Println(filepath.Join(folder, f.Name()))
	}
	say("%d files, every screen and the printed journal, are in %s", len(files), folder)
	return nil
}
