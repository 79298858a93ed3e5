package main

import (
	"context"
	"flag"
	"os"
)

// demo makes an invented school anew: the server's folder, the folder of an
// enrolled PC and the file with the demo accounts.
func demo(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	school := flags.String("school", "village", "which school: village (one year) or city (five years, takes longer)")
	dir := flags.String("dir", "", "where to make it; bin/demo-SCHOOL when empty")
	if err := parse(flags, args); err != nil {
		return err
	}
	if err := t.provide(ctx, false, "gl"); err != nil {
		return err
	}
	if err := t.buildServer(ctx); err != nil {
		return err
	}
	if err := t.buildDesktop(ctx); err != nil {
		return err
	}
	if *dir == "" {
		*dir = t.demoDir(*school)
		if err := os.RemoveAll(*dir); err != nil { // our own folder, made by this command
			return err
		}
	}
	return t.makeDemo(ctx, *school, *dir)
}

func (t tree) demoDir(school string) string { return t.path("bin/demo-" + school) }

// makeDemo asks the desktop program for a demo school in dir. The school appears
// under its name only when it is complete, so an interrupted start leaves none.
func (t tree) makeDemo(ctx context.Context, school, dir string) error {
	part := dir + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	say("making the demo school %s in %s", school, dir)
	if err := t.run(ctx, nil, t.program("uchitelskaya"), "demo", "-dir", part, "-school", school); err != nil {
		return err
	}
	return os.Rename(part, dir)
}
