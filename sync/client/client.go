package client

import (
	"crypto/ed25519"
	"sync"
	"time"

	"uchitelskaya/app/journal"
)

// A Client keeps one PC in step with its school server. Its methods may be
// called from several goroutines.
type Client struct {
	journal Journal
	now     func() time.Time
	changed func(State)
	pace    Pace

	kicks chan struct{} // something was written here
	dirty chan struct{} // the state may have changed
	joins chan struct{} // this PC was enrolled

	exchanging sync.Mutex // one exchange at a time
	gait       gait
	giving     giving
	shared     shared
	wary       bool // the server took nothing last time: one envelope shows whether it does again
	forks      int  // how often this PC became another one

	mu       sync.Mutex
	link     *link
	sessions map[journal.StaffID]session
	up       bool // the server is listening to us
	busy     bool
	sent     time.Time // when everything was last at the school
	trouble  error     // what a person must know of, besides a silent server
	alarmed  error     // the server has rewritten the past; until it has a new epoch
	restored time.Time // when it was heard that the server was put back from a copy
	mended   bool      // it has what the copy lacked and is here
	clock    error     // the clock of this PC is wrong
	loading  loading   // how far the logs are here
}

// session is a person whose key is open on this PC, at the screen or parked.
type session struct {
	name    string
	key     ed25519.PrivateKey
	proof   [32]byte
	renewed time.Time // the grant
	unknown bool      // the server does not know the key on this PC: it seals nothing
}

// Pace is how patient the client is.
type Pace struct {
	First, Longest time.Duration // between tries when the server is silent: doubled each time
	Silence        time.Duration // of the event stream, before it counts as broken
	Tell           time.Duration // least time between two calls of the state callback
	Moment         time.Duration // a load that is over sooner is not told
}

// Ordinary is the pace of a school PC.
var Ordinary = Pace{First: 500 * time.Millisecond, Longest: 30 * time.Second, Silence: time.Minute, Tell: 200 * time.Millisecond, Moment: time.Second}

// New returns a client over the journal of this PC. now is the wall clock;
// changed is called when the state has changed, from a goroutine of Run, and
// must return at once; it may be nil.
func New(j Journal, now func() time.Time, changed func(State), pace Pace) *Client {
	if changed == nil {
		changed = func(State) {}
	}
	return &Client{
		journal: j, now: now, changed: changed, pace: pace, kicks: make(chan struct{}, 1), dirty: make(chan struct{}, 1),
		joins: make(chan struct{}, 1), sessions: map[journal.StaffID]session{},
	}
}

// Kick says that something was written on this PC: not for what the client itself
// has taken from the server. It returns at once.
func (c *Client) Kick() {
	wake(c.kicks)
	wake(c.dirty)
}

func wake(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// keys gives the open keys for sealing.
func (c *Client) keys(staff journal.StaffID) (ed25519.PrivateKey, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.sessions[staff]
	return s.key, ok && !s.unknown
}
