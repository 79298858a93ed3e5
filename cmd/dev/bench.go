package main

import (
	"context"
	"flag"
	"slices"
)

// windowGroups of measurements open a real window.
var windowGroups = []string{"grid", "start"}

// bench runs cmd/bench and passes its lines through. With no group named it
// measures everything.
func bench(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	if err := parse(flags, args); err != nil {
		return err
	}
	window := flags.NArg() == 0
	for _, g := range flags.Args() {
		window = window || slices.Contains(windowGroups, g)
	}
	if !window {
		return t.run(ctx, []string{pure}, "go", append([]string{"run", "-tags", headless, "./cmd/bench"}, flags.Args()...)...)
	}
	if err := t.provide(ctx, false, "gl", "test"); err != nil {
		return err
	}
	if err := t.buildServer(ctx); err != nil {
		return err
	}
	if err := t.buildDesktop(ctx); err != nil {
		return err
	}
	env, stop, err := t.privateDisplay(ctx)
	if err != nil {
		return err
	}
	defer stop()
	env = append(env, "CGO_ENABLED=1", "UCHITELSKAYA_BIN="+t.path("bin"))
	return t.run(ctx, env, "go", append([]string{"run", "-tags", realWindow(), "./cmd/bench"}, flags.Args()...)...)
}
