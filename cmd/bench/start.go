//go:build linux && cgo && !ci

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/sync/commit"
)

// starts is how often the program is started, and settled how long the screen
// must rest until it counts as shown.
const (
	starts  = 7
	settled = 2 * time.Second
)

// windowGroups measure what a person sees in a window.
var windowGroups = []group{{"grid", measureGrid}, {"start", measureStart}}

// measureStart starts the program itself on a journal of the village school and
// watches the screen from outside: the sign-in is shown with the first painting
// after which the screen stays as it is.
func measureStart(ctx context.Context, say func(line)) error {
	program := os.Getenv("UCHITELSKAYA_BIN")
	if program == "" {
		return errors.New("no program: run it as go run ./cmd/dev bench start")
	}
	program = filepath.Join(program, "uchitelskaya")
	dir, err := os.MkdirTemp("", "bench-start")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := staffRoom(ctx, dir); err != nil {
		return err
	}
	out, err := openDisplay()
	if err != nil {
		return err
	}
	defer out.close()
	stop, err := out.watch(out.root)
	if err != nil {
		return err
	}
	defer stop()
	var took times
	var peak float64
	for range starts {
		shown, rss, err := startOnce(ctx, out, program, dir)
		if err != nil {
			return err
		}
		took, peak = append(took, shown), max(peak, rss)
	}
	note := "from the start of the process to the sign-in painted, village journal; load " + loadNow()
	say(line{Name: "start.signin.p50", Value: ms(took.at(0.5)), Unit: "ms", N: starts, Bar: "<= 1000", Note: note})
	say(line{Name: "start.signin.max", Value: ms(took.at(1)), Unit: "ms", N: starts})
	say(line{Name: "start.rss", Value: peak, Unit: "MiB", N: starts, Bar: "<= 250", Note: "the most held until the sign-in rests, of all starts"})
	return nil
}

// staffRoom makes the journal of a PC of the village school on which several
// people work.
func staffRoom(ctx context.Context, dir string) error {
	s, err := fill(ctx, demo.Village(seed, demo.Today), dir)
	if err != nil {
		return err
	}
	for _, a := range s.Accounts()[:8] {
		if err := s.book.PutProfile(ctx, commit.Profile{Staff: a.Staff.ID, Name: a.Name, Blob: []byte{0}, Used: today()}); err != nil {
			return errors.Join(err, s.close())
		}
	}
	return s.close()
}

// startOnce starts the program, waits until the screen rests and returns how
// long the picture that stays took, and the most memory held by then, in MiB.
func startOnce(ctx context.Context, out *display, program, dir string) (time.Duration, float64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-data", dir, "-clock", today().Format("2006-01-02T15:04"))
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	for len(out.painted) > 0 {
		<-out.painted
	}
	before, err := out.pixels()
	if err != nil {
		return 0, 0, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	shown, err := out.settle(ctx, before, settled, ended)
	if err != nil {
		return 0, 0, err
	}
	peak, err := peakOf(strconv.Itoa(cmd.Process.Pid))
	cancel()
	if end := <-ended; err == nil && !errors.Is(end, context.Canceled) {
		err = fmt.Errorf("end the program: %w", end)
	}
	return shown.Sub(start), peak, err
}
