package commit_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"uchitelskaya/sync/commit"
)

var morning = time.Date(2026, 11, 23, 9, 15, 0, 0, time.UTC)

func TestStampAt(t *testing.T) {
	for name, at := range map[string]time.Time{
		"an ordinary day":       morning,
		"a clock before 1970":   time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC),
		"a clock in year 9999":  time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC),
		"a millisecond of 1970": time.UnixMilli(1),
	} {
		t.Run(name, func(t *testing.T) {
			c := mark(1)
			c.Stamp = commit.StampAt(at)
			if _, err := commit.Encode(c); err != nil {
				t.Errorf("a commit with stamp %s does not encode: %v", c.Stamp, err)
			}
		})
	}
	if got := commit.StampAt(morning).Time(); !got.Equal(morning) {
		t.Errorf("StampAt(%v).Time() = %v", morning, got)
	}
	if got, want := commit.StampAt(morning).Minute(), morning.Unix()/60; got != want {
		t.Errorf("Minute = %d, want %d", got, want)
	}
}

// TestClock holds that stamps never go back, whatever the wall clock does and
// other PCs say.
func TestClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := commit.NewClock(commit.StampAt(morning))
		last := commit.StampAt(morning)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			now := morning.Add(time.Duration(rapid.Int64Range(-1e15, 1e15).Draw(t, "now")))
			if rapid.Bool().Draw(t, "witness") {
				seen := commit.StampAt(morning.Add(time.Duration(rapid.Int64Range(-1e15, 1e15).Draw(t, "seen"))))
				before := c.Last()
				c.Witness(seen, now)
				if after := c.Last(); after != before && (after != seen || seen > commit.StampAt(now.Add(commit.MaxAhead))) {
					t.Errorf("witnessing %s at %s moved the clock to %s", seen, now, after)
				}
				last = max(last, c.Last())
				continue
			}
			got := c.Next(now)
			if got <= last {
				t.Errorf("stamp %s follows %s", got, last)
			}
			last = got
		}
	})
}

func TestClockFollowsWhatItSaw(t *testing.T) {
	c := commit.NewClock(0)
	c.Next(morning)
	c.Witness(commit.StampAt(morning.Add(time.Hour)), morning)
	if got := c.Next(morning); got <= commit.StampAt(morning.Add(time.Hour)) {
		t.Errorf("after a stamp of an hour ahead comes %s", got)
	}
	c.Witness(commit.StampAt(morning.AddDate(5, 0, 0)), morning)
	if got := c.Next(morning); got > commit.StampAt(morning.Add(commit.MaxAhead)) {
		t.Errorf("a clock five years ahead dragged ours to %s", got)
	}
}
