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

// By is the stamp as it counts once the server has the commit: no later than
// the moment of its arrival, in Unix milliseconds; 0 while it has not arrived.
// So a clock that runs ahead wins over nothing that came later.
func (s Stamp) By(arrived int64) Stamp {
	if arrived == 0 {
		return s
	}
	return min(s, StampAt(time.UnixMilli(arrived)))
}

// A Clock gives the stamps of one PC. They never go back behind what was seen in
// the logs, nor behind one that is on its way to the server, whatever the wall
// clock does.
//
// A stamp in the logs counts by its arrival ([Stamp.By]) and so can be believed.
// One of our own may come from a clock that was years ahead for a moment: it is
// forgotten when the server has judged all that were given.
type Clock struct {
	mu    sync.Mutex
	seen  Stamp // latest in the logs, as it counts there
	given Stamp // latest of this PC, not judged
}

// NewClock continues after the latest stamp seen in the logs and the latest
// given that was not judged; zero where there is none.
func NewClock(seen, given Stamp) *Clock { return &Clock{seen: seen, given: given} }

// Next returns a stamp after every one seen, and after those given that were
// not judged.
func (c *Clock) Next(now time.Time) Stamp {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.given = max(c.seen+1, c.given+1, StampAt(now))
	return c.given
}

// Seen is the latest stamp seen in the logs.
func (c *Clock) Seen() Stamp {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen
}

// See takes note of a stamp in the log, as it counts there.
func (c *Clock) See(s Stamp) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen = max(c.seen, s)
}

// Judged says that the server has judged everything given.
func (c *Clock) Judged() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.given = 0
}
