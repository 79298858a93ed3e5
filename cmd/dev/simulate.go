package main

import (
	"context"
	"flag"
	"fmt"
	"time"
)

// simulate runs the simulation of a school: one seed with its trace, or seed
// after seed for as long as asked, telling how many a second.
func simulate(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("simulate", flag.ContinueOnError)
	seed := flags.Uint64("seed", 0, "only this seed, with everything that happens in it")
	how := flags.Duration("for", 10*time.Minute, "how long to go on with new seeds")
	if err := parse(flags, args); err != nil {
		return err
	}
	run := []string{"test", "-tags", headless, "-count=1", "-timeout=0", "-run=^TestSeeds$", "-v", "./sync/simtest", "-args"}
	if *seed != 0 {
		run = append(run, fmt.Sprintf("-seed=%d", *seed))
	} else {
		run = append(run, fmt.Sprintf("-for=%v", *how))
	}
	return t.run(ctx, []string{pure}, "go", run...)
}
