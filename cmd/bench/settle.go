//go:build linux && cgo && !ci

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// alike is the share of its pixels that may change while the screen rests: a
// caret blinks.
const alike = 0.002

// settle waits until the screen has changed and then rested for a while. It
// returns the moment of the painting that made it what it is since. before is
// what was on it; ended may end the waiting.
func (d *display) settle(ctx context.Context, before []byte, rest time.Duration, ended <-chan error) (shown time.Time, err error) {
	changed := time.Now()
	limit := changed.Add(30 * time.Second)
	for shown.IsZero() || time.Since(changed) < rest {
		select {
		case at := <-d.painted:
			now, err := d.pixels()
			if err != nil {
				return shown, err
			}
			if differ(now, before) > alike {
				before, shown, changed = now, at, time.Now()
			}
		case err := <-ended:
			return shown, fmt.Errorf("the program ended by itself: %w", err)
		case <-ctx.Done():
			return shown, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(limit) {
			return shown, errors.New("the screen shows nothing new or does not rest")
		}
	}
	return shown, nil
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
