package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"uchitelskaya/app/journal/fault"
)

// A command is a subcommand that needs no window.
type command struct {
	name string
	run  func(ctx context.Context, out io.Writer, args []string) error
}

var commands = []command{
	{"enrol", enrol},
	{"sync", syncOnce},
	{"parcel", parcel},
	{"print", printClass},
	{"import", importFiles},
	{"verify", verify},
	{"demo", makeDemo},
	{"version", func(_ context.Context, out io.Writer, _ []string) error {
		_, err := fmt.Fprintln(out, version)
		return err
	}},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, fault.TextOf(err))
		if fault.CodeOf(err) == fault.Internal {
			fmt.Fprintln(os.Stderr, err)
		}
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	if len(args) > 0 {
		for _, c := range commands {
			if c.name == args[0] {
				return c.run(ctx, out, args[1:])
			}
		}
	}
	return window(ctx, args)
}
