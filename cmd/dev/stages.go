package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// A stage is one named step of a long command.
type stage struct {
	name string
	run  func(context.Context) error
}

// runStages runs every stage, also those after a failed one, so that a single
// run shows all that is wrong. It then lists the stages with their times.
func runStages(ctx context.Context, stages []stage) error {
	var failed []string
	var table strings.Builder
	began := time.Now()
	for _, s := range stages {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		say("== %s", s.name)
		at := time.Now()
		err := s.run(ctx)
		verdict := "ok"
		switch {
		case errors.As(err, new(notChecked)):
			verdict = err.Error()
		case err != nil:
			say("%s: %v", s.name, err)
			verdict = "FAILED"
			failed = append(failed, s.name)
		}
		fmt.Fprintf(&table, "dev:   %7.1f s  %-32s %s\n", time.Since(at).Seconds(), s.name, verdict)
	}
	say("stages:\n%sdev:   %7.1f s  in all", table.String(), time.Since(began).Seconds())
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

// notChecked says why a stage could not look at all. It is no failure, but the
// list of stages repeats it.
type notChecked string

func (n notChecked) Error() string { return "NOT CHECKED: " + string(n) }
