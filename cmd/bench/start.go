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

// starts is how often the program is started, settled how long the screen must
// rest until it counts as shown, and alike the share of its pixels that may
// still change then: a caret blinks.
const (
	starts  = 7
	settled = 2 * time.Second
	alike   = 0.002
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

// a frame is what was on the screen after a painting.
type frame struct {
	at     time.Time
	pixels []byte
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
	frames := []frame{{start, before}}
	for changed, limit := start, start.Add(30*time.Second); len(frames) < 2 || time.Since(changed) < settled; {
		select {
		case at := <-out.painted:
			f := frame{at: at}
			if f.pixels, err = out.pixels(); err != nil {
				return 0, 0, err
			}
			if differ(f.pixels, frames[len(frames)-1].pixels) > alike {
				frames, changed = append(frames, f), time.Now()
			}
		case err := <-ended:
			return 0, 0, fmt.Errorf("the program ended by itself: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(limit) {
			return 0, 0, errors.New("the screen shows nothing or does not rest")
		}
	}
	peak, err := peakOf(strconv.Itoa(cmd.Process.Pid))
	cancel()
	if end := <-ended; err == nil && !errors.Is(end, context.Canceled) {
		err = fmt.Errorf("end the program: %w", end)
	}
	return frames[len(frames)-1].at.Sub(start), peak, err
}

// differ is the share of pixels in which two pictures differ.
func differ(a, b []byte) float64 {
	n := 0
	for i := 0; i+4 <= min(len(a), len(b)); i += 4 {
		if a[i] != b[i] || a[i+1] != b[i+1] || a[i+2] != b[i+2] {
			n++
		}
	}
	return float64(n) * 4 / float64(len(a))
}
