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

func TestBy(t *testing.T) {
	stamp := commit.StampAt(morning) + 5
	for name, tt := range map[string]struct {
		arrived int64
		want    commit.Stamp
	}{
		"not arrived":                         {0, stamp},
		"arrived an hour later":               {morning.Add(time.Hour).UnixMilli(), stamp},
		"arrived an hour before it was given": {morning.Add(-time.Hour).UnixMilli(), commit.StampAt(morning.Add(-time.Hour))},
		"arrived before 1970":                 {-5, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := stamp.By(tt.arrived); got != tt.want {
				t.Errorf("By = %s, want %s", got, tt.want)
			}
		})
	}
}

// TestClock holds that stamps follow all that was seen, and each other until
// they were judged, whatever the wall clock does.
func TestClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := commit.NewClock(commit.StampAt(morning), 0)
		least := commit.StampAt(morning)
		seen := least
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			now := morning.Add(time.Duration(rapid.Int64Range(-1e15, 1e15).Draw(t, "now")))
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				s := commit.StampAt(now)
				c.See(s)
				seen, least = max(seen, s), max(least, s)
			case 1:
				c.Judged()
				least = seen
			default:
				got := c.Next(now)
				if got <= least || got > max(least+1, commit.StampAt(now)) {
					t.Errorf("at %s stamp %s follows %s", now, got, least)
				}
				least = got
			}
		}
		if got := c.Seen(); got != seen {
			t.Errorf("Seen = %s, want %s", got, seen)
		}
	})
}

// A clock that was years ahead for a moment is forgotten when all was judged.
func TestAClockThatWasYearsAhead(t *testing.T) {
	c := commit.NewClock(0, 0)
	wild := c.Next(morning.AddDate(30, 0, 0))
	if got := c.Next(morning); got <= wild {
		t.Errorf("before the first was judged %s follows %s", got, wild)
	}
	c.See(wild.By(morning.UnixMilli()))
	c.Judged()
	if got, want := c.Next(morning.Add(time.Second)), commit.StampAt(morning.Add(time.Second)); got != want {
		t.Errorf("afterwards comes %s, want %s", got, want)
	}
}
