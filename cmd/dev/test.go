package main

import (
	"context"
	"flag"
	"strings"
)

// concurrent are the packages where goroutines meet; the race detector is slow,
// so only these run under it.
var concurrent = []string{"./sync/...", "./storage/...", "./app/desk/..."}

// windowTest drives the real program by key presses. It is compiled only under
// the build tag "window".
const windowTest = "./cmd/uchitelskaya/windowtest"

// test runs all the tests. With packages named, only the fast tests of these.
func test(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	short := flags.Bool("short", false, "only the fast tests, without the long ones among them")
	if err := parse(flags, args); err != nil {
		return err
	}
	if *short || flags.NArg() > 0 {
		packages := flags.Args()
		if len(packages) == 0 {
			packages = []string{"./..."}
		}
		return t.fastTests(ctx, *short, packages)
	}
	return runStages(ctx, []stage{
		{"install what tests need", func(ctx context.Context) error { return t.provide(ctx, false, "gl", "test") }},
		{"server without a C compiler", t.buildServer},
		{"fast tests", func(ctx context.Context) error { return t.fastTests(ctx, false, []string{"./..."}) }},
		{"race detector", func(ctx context.Context) error {
			return t.run(ctx, []string{"CGO_ENABLED=1"}, "go", append([]string{"test", "-race", "-shuffle=on", "-timeout=30m"}, concurrent...)...)
		}},
		{"desktop program", t.buildDesktop},
		{"real window", t.windowTests},
	})
}

// fastTests need neither a C compiler nor a display.
func (t tree) fastTests(ctx context.Context, short bool, packages []string) error {
	args := []string{"test", "-tags", headless, "-shuffle=on", "-timeout=20m"}
	if short {
		args = append(args, "-short")
	}
	return t.run(ctx, []string{pure}, "go", append(args, packages...)...)
}

// windowTests run on displays of their own, one for each of two PCs, even where
// there is a screen: they must not type into a person's windows. The tests find
// the two programs in bin; they themselves need neither a C compiler nor Fyne.
func (t tree) windowTests(ctx context.Context) error {
	env := []string{pure, "UCHITELSKAYA_BIN=" + t.path("bin")}
	var names []string
	for range 2 {
		display, stop, err := t.privateDisplay(ctx)
		if err != nil {
			return err
		}
		defer stop()
		for _, e := range display {
			if name, is := strings.CutPrefix(e, "DISPLAY="); is {
				names = append(names, name)
			}
		}
		env = append(env, display...)
	}
	env = append(env, "UCHITELSKAYA_DISPLAYS="+strings.Join(names, " "))
	return t.run(ctx, env, "go", "test", "-count=1", "-v", "-timeout=20m", "-tags", "window", windowTest)
}
