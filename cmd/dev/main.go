package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// A command is one word after "dev". Its run gets the arguments after the word.
type command struct {
	name string
	does string
	run  func(ctx context.Context, t tree, args []string) error
}

func commands() []command {
	return []command{
		{"setup", "install what building and testing need", setup},
		{"run", "build, make a demo school, start its server and the program", runDemo},
		{"demo", "make a demo school", demo},
		{"test", "run all the tests", test},
		{"lint", "check the rules of the code; compile everything for Windows", lint},
		{"simulate", "run the simulated school, one seed or many", simulate},
		{"bench", "measure; one JSON line for each measurement", bench},
		{"package", "make the archives that a school installs", pack},
	}
}

// errUsage marks a wrong command line; it ends the program with status 2.
var errUsage = errors.New("see go run ./cmd/dev help")

func main() {
	os.Exit(start(os.Args[1:]))
}

// start runs one command and returns the status for the shell: 0 when all is
// well, 1 when something failed, 2 when the command line was wrong.
func start(args []string) int {
	// The second Ctrl+C ends the program at once, whatever hangs.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	defer stop()

	err := dispatch(ctx, args)
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return 0
	case ctx.Err() != nil:
		say("stopped")
		return 1
	}
	say("%v", err)
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage()
		if len(args) == 0 {
			return fmt.Errorf("which command? %w", errUsage)
		}
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			t, err := findTree()
			if err != nil {
				return err
			}
			return c.run(ctx, t, args[1:])
		}
	}
	return fmt.Errorf("no command %q; %w", args[0], errUsage)
}

func usage() {
	var b strings.Builder
	b.WriteString("usage: go run ./cmd/dev COMMAND [arguments]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-8s  %s\n", c.name, c.does)
	}
	fmt.Fprint(os.Stderr, b.String())
}

// say prints one line of dev's own on the standard error.
func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "dev: "+format+"\n", args...)
}

// parse reads the flags of a command. A wrong flag has been explained by then.
func parse(flags *flag.FlagSet, args []string) error {
	flags.SetOutput(os.Stderr)
	err := flags.Parse(args)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	return fmt.Errorf("%s: %w", flags.Name(), errUsage)
}
