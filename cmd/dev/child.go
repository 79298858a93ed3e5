package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// patience is how long a child may take to end after it was asked to.
const patience = 10 * time.Second

// child prepares a program with its working directory at the root, the standard
// streams of dev (but no input), and env added to the environment. When ctx
// ends, the child is asked to stop, and killed if it does not.
func (t tree) child(ctx context.Context, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = t.root
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.WaitDelay = patience
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return cmd.Process.Kill() // Windows knows no polite way
		}
		return nil
	}
	return cmd
}

// run prints the command line, runs it and waits.
func (t tree) run(ctx context.Context, env []string, name string, args ...string) error {
	say("$ %s", line(env, name, args))
	if err := t.child(ctx, env, name, args...).Run(); err != nil {
		return fmt.Errorf("%s: %w", line(nil, name, args), err)
	}
	return nil
}

// output runs a program silently and returns what it printed, trimmed. What it
// said on its standard error becomes part of the error.
func (t tree) output(ctx context.Context, env []string, name string, args ...string) (string, error) {
	cmd := t.child(ctx, env, name, args...)
	cmd.Stdout, cmd.Stderr = nil, nil
	out, err := cmd.Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		err = fmt.Errorf("%s: %w\n%s", name, err, exit.Stderr)
	}
	return strings.TrimSpace(string(out)), err
}

// start runs a program in the background with its output to the standard error.
// The returned function asks it to stop and waits for its end; it may be called
// again, and after the program has ended.
func (t tree) start(env []string, name string, args ...string) (stop func(), ended <-chan error, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	cmd := t.child(ctx, env, name, args...)
	cmd.Stdout = os.Stderr
	return begin(cancel, cmd)
}

// begin starts a prepared child; cancel must end the context it was made with.
func begin(cancel func(), cmd *exec.Cmd) (stop func(), ended <-chan error, err error) {
	if err := cmd.Start(); err != nil {
		cancel()
		return nil, nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	done := make(chan error, 1)
	gone := make(chan struct{})
	go func() {
		done <- cmd.Wait()
		close(gone)
	}()
	return func() { cancel(); <-gone }, done, nil
}

// line writes a command as a person would type it.
func line(env []string, name string, args []string) string {
	return strings.Join(append(append(append([]string{}, env...), name), args...), " ")
}

// wait asks ready again and again until it says yes, for at most limit.
func wait(ctx context.Context, limit time.Duration, ready func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !ready() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return errors.New("not ready after " + limit.String())
		}
	}
	return nil
}
