package client

import (
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/tree"
)

// Load says how many records of the school's logs are here while a PC takes in
// much of them: a new one, or one long away. Zero at all other times.
type Load struct {
	Here, There uint64
}

// far is from how many missing records on it is a load and not the news.
const far = 1000

// loading follows how far the logs are here.
type loading struct {
	here, there map[journal.Volume]uint64
	since       time.Time // a load goes on; by the timer's clock
}

// begin notes what a PC knows before it asks.
func (l *loading) begin(known map[journal.Volume]tree.Known, now time.Time) {
	l.here = map[journal.Volume]uint64{}
	for v, k := range known {
		l.here[v] = k.Edge.Size()
		if size, err := tree.Size(k.Head); err == nil {
			l.reach(v, size)
		}
	}
	l.weigh(now)
}

// take notes that the log of a volume is here up to a place, and how long the
// server says it is. Nothing may have been asked before: a stick brought it.
func (l *loading) take(v journal.Volume, here uint64, head []byte, now time.Time) {
	if l.here == nil {
		l.here = map[journal.Volume]uint64{}
	}
	l.here[v] = here
	if size, err := tree.Size(head); err == nil {
		l.reach(v, size)
	}
	l.weigh(now)
}

// announce notes how long the server says that its logs are.
func (l *loading) announce(heads map[journal.Volume]uint64, now time.Time) {
	for v, size := range heads {
		l.reach(v, size)
	}
	l.weigh(now)
}

func (l *loading) reach(v journal.Volume, size uint64) {
	if l.there == nil {
		l.there = map[journal.Volume]uint64{}
	}
	l.there[v] = max(l.there[v], size)
}

// forget begins anew with a server of another epoch: its logs may be shorter.
func (l *loading) forget() { *l = loading{} }

// weigh tells whether a load begins or is over.
func (l *loading) weigh(now time.Time) {
	switch n := l.sum(); {
	case n.Here >= n.There:
		l.since = time.Time{}
	case l.since.IsZero() && n.There-n.Here >= far:
		l.since = now
	}
}

func (l *loading) sum() (n Load) {
	for v, there := range l.there {
		n.There += there
		n.Here += min(l.here[v], there)
	}
	return n
}

// shown is what a person is told: nothing of what is over in a moment.
func (l *loading) shown(now time.Time, moment time.Duration) Load {
	if l.since.IsZero() || now.Sub(l.since) < moment {
		return Load{}
	}
	return l.sum()
}

// load changes what is known of how far the logs are here.
func (c *Client) load(f func(l *loading, now time.Time)) {
	c.stand(func() { f(&c.loading, time.Now()) }) // the timer's clock, which people do not set
}
