package client

import (
	"math/rand/v2"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/wire"
)

// A plan says what to do next. It is a value without clock, sockets or
// goroutines: everything it knows comes in through step.
type plan struct {
	pace       Pace
	connecting bool
	up         bool // the event stream stands
	syncing    bool
	want       bool // there may be something to send or to take
	failures   int  // in a row
	retry      time.Time
	seen       map[journal.Volume]uint64 // how far the logs are here
	told       map[journal.Volume]uint64 // how far they go, heard since the last exchange began
}

// input is what happened.
type input struct {
	what  event
	heads map[journal.Volume]uint64 // with heard and synced
	word  *wire.Heads               // with heard
}

type event int

const (
	started event = iota
	kicked        // something was written here
	heard         // the server said how far its logs go
	broken        // the event stream ended
	synced        // an exchange is done, or news were taken
	missed        // news that were heard could not be taken
	failed        // an exchange was not
	ticked        // the time asked for has come
)

// action is what the shell shall do. wake, when not zero, is when it shall
// come back with ticked.
type action struct {
	connect, sync bool
	take          *wire.Heads // its news
	wake          time.Time
}

// step takes note of what happened and says what to do.
func (p plan) step(in input, now time.Time, random *rand.Rand) (plan, action) {
	switch in.what {
	case started, kicked:
		p.want = true
	case heard:
		if !p.up {
			p.up, p.connecting, p.failures, p.retry = true, false, 0, time.Time{}
			p.want = true // whatever happened while we were apart
		}
		p.told = in.heads
	case broken:
		p.up, p.connecting = false, false
		p = p.back(now, random)
	case synced:
		p.syncing, p.failures, p.retry, p.seen = false, 0, time.Time{}, in.heads
	case missed:
		p.syncing, p.want = false, true
	case failed:
		p.syncing, p.want = false, true
		p = p.back(now, random)
	}
	var do action
	if now.Before(p.retry) {
		do.wake = p.retry
		return p, do
	}
	if !p.up && !p.connecting {
		p.connecting, do.connect = true, true
	}
	if p.up && !p.syncing && (p.want || p.behind()) {
		if !p.want && in.word != nil && p.follow(in.word.News) {
			do.take = in.word
		} else {
			do.sync = true
		}
		p.want, p.told, p.syncing = false, nil, true
	}
	return p, do
}

// behind tells whether something was announced that is not here. An exchange
// that brought it meanwhile, be it our own echo, has answered the announcement.
func (p *plan) behind() bool {
	for v, at := range p.told {
		if at > p.seen[v] {
			return true
		}
	}
	return false
}

// follow tells whether news bring everything that is announced and not here.
func (p *plan) follow(list []wire.News) bool {
	brought := map[journal.Volume]uint64{}
	for _, n := range list {
		if n.After == p.seen[n.Volume] {
			brought[n.Volume] = n.After + uint64(len(n.Entries))
		}
	}
	for v, at := range p.told {
		if at > max(p.seen[v], brought[v]) {
			return false
		}
	}
	return true
}

// back puts off the next try: twice as long each time, with half of it left to
// chance, so that a school's PCs do not come back all at once.
func (p plan) back(now time.Time, random *rand.Rand) plan {
	d := min(p.pace.First<<min(p.failures, 20), p.pace.Longest)
	p.failures++
	p.retry = now.Add(d/2 + time.Duration(random.Int64N(int64(d/2)+1)))
	return p
}
