package commit

import (
	"fmt"
	"sync"
	"time"
)

// A Stamp is a hybrid logical clock reading: milliseconds since 1970 in the
// upper 48 bits, a counter in the lower 16. Stamps order what is shown; they
// never decide what is kept.
type Stamp uint64

// maxMilli is the last millisecond that a stamp can hold, in the year 6429.
const maxMilli = 1<<47 - 1

// StampAt is the smallest stamp of a moment; a clock set before 1970 or to the
// end of time gives the nearest moment that has one.
func StampAt(t time.Time) Stamp { return Stamp(min(max(t.UnixMilli(), 0), maxMilli)) << 16 }

// Time is the wall-clock part.
func (s Stamp) Time() time.Time { return time.UnixMilli(int64(s >> 16)).UTC() }

// Minute is the wall-clock part in Unix minutes.
func (s Stamp) Minute() int64 { return int64(s>>16) / 60_000 }

// String is for logs.
func (s Stamp) String() string {
	return fmt.Sprintf("%s+%d", s.Time().Format("2006-01-02T15:04:05.000"), s&0xFFFF)
}

// MaxAhead bounds how far a stamp of another PC may move this PC's clock.
const MaxAhead = 24 * time.Hour

// A Clock gives stamps that never go back, whatever the wall clock does.
type Clock struct {
	mu   sync.Mutex
	last Stamp
}

// NewClock continues after the last stamp known.
func NewClock(last Stamp) *Clock { return &Clock{last: last} }

// Next returns a stamp after every one given or witnessed before.
func (c *Clock) Next(now time.Time) Stamp {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = max(c.last+1, StampAt(now))
	return c.last
}

// Last is the latest stamp given or witnessed.
func (c *Clock) Last() Stamp {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

// Witness takes note of a stamp from elsewhere. One that lies more than
// [MaxAhead] after now moves nothing: a PC whose clock is years ahead must not
// drag the others along.
func (c *Clock) Witness(s Stamp, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s > c.last && s <= StampAt(now.Add(MaxAhead)) {
		c.last = s
	}
}
