package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// A loaded run is many PCs at work, all in this process and on its one clock.
type loaded struct {
	pcs  []*livePC
	base uint64 // position of the year before the work begins
	errs atomic.Int64
	last atomic.Pointer[error]
	asks atomic.Int64 // exchanges
}

// livePC is a thin PC with its event stream.
type livePC struct {
	*thinPC
	run   *loaded
	kicks chan time.Time // one for each mark typed, when

	mu      sync.Mutex
	told    uint64 // position of the year that the server has announced
	reached []moment
	typed   []mark
}

// moment is when a PC had the year's log up to a position.
type moment struct {
	upto uint64
	at   time.Time
}

// mark is one that was typed here.
type mark struct {
	at, durable time.Time
}

func (l *loaded) fail(err error) {
	l.errs.Add(1)
	l.last.Store(&err)
}

// connect brings every PC up to everything and opens its event stream.
func (l *loaded) connect(ctx context.Context, s *loadSchool, port int) error {
	for n := range s.Keys {
		thin, err := newThinPC(s, n, port)
		if err != nil {
			return err
		}
		p := &livePC{thinPC: thin, run: l, kicks: make(chan time.Time, 1000)}
		if n == loadPCs-1 {
			p.number, p.sent = 2, 2 // it has furnished the school
		}
		for more := true; more; {
			if more, err = p.exchange(ctx); err != nil {
				return fmt.Errorf("PC %d: %w", n, err)
			}
		}
		l.pcs = append(l.pcs, p)
	}
	l.base = l.pcs[0].places[syncYear].Position
	heard := make(chan error, len(l.pcs))
	for _, p := range l.pcs {
		go p.listen(ctx, heard)
	}
	for range l.pcs {
		if err := <-heard; err != nil {
			return err
		}
	}
	return nil
}

// listen hears the event stream, takes the news that come with its words and asks
// for others; what is typed here is sent as soon as nothing else is under way.
func (p *livePC) listen(ctx context.Context, heard chan<- error) {
	r, err := p.do(ctx, "GET", wire.PathEvents, nil) //nolint:bodyclose // it is, below
	if err != nil {
		heard <- err
		return
	}
	defer r.Body.Close()
	news := make(chan []wire.News, 1)
	go func() {
		for {
			var h wire.Heads
			if err := wire.ReadFrame(r.Body, &h); err != nil {
				if ctx.Err() == nil {
					p.run.fail(err)
				}
				return
			}
			p.mu.Lock()
			for _, c := range h.Heads {
				if c.Volume == syncYear {
					p.told = c.Position
				}
			}
			p.mu.Unlock()
			select {
			case <-news: // it was slower than the words, and asks
			default:
			}
			news <- h.News
		}
	}()
	heard <- nil
	var typed []time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case at := <-p.kicks:
			typed = append(typed, at)
		case list := <-news:
			p.hear(list)
		}
		for len(p.kicks) > 0 {
			typed = append(typed, <-p.kicks)
		}
		typed = p.catchUp(ctx, typed)
	}
}

// hear takes news that follow what is here.
func (p *livePC) hear(list []wire.News) {
	for _, n := range list {
		if n.After != p.places[n.Volume].Position {
			return
		}
	}
	if err := p.take(&wire.SyncAnswer{News: list}); err != nil {
		p.run.fail(err)
	}
	p.arrive()
}

// arrive notes how far the log of the year is here now.
func (p *livePC) arrive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reached = append(p.reached, moment{p.places[syncYear].Position, time.Now()})
}

// catchUp writes what was typed and exchanges until nothing is left; a server
// that has no time is asked again later. It returns what could not be sent.
func (p *livePC) catchUp(ctx context.Context, typed []time.Time) []time.Time {
	for _, at := range typed {
		cell := journal.CellKey(journal.PageIDOf(syncPage[len(p.typed)%syncPages]), firstDay+journal.Date(len(p.typed)/syncPages%syncDays), 1, journal.PupilID(p.device))
		if err := p.write(at, syncYear, p.author, commit.Set(journal.KindCell, cell, journal.CellMark, journal.IntValue(int64(2+p.number%4)))); err != nil {
			p.run.fail(err)
		}
		p.typed = append(p.typed, mark{at: at})
	}
	for more := true; more && ctx.Err() == nil; {
		p.mu.Lock()
		behind := p.told > p.places[syncYear].Position
		p.mu.Unlock()
		if !behind && p.number == p.sent {
			return nil
		}
		first := p.sent
		var err error
		p.run.asks.Add(1)
		if more, err = p.exchange(ctx); err != nil {
			if ctx.Err() == nil {
				p.run.fail(err)
			}
			time.Sleep(time.Duration(250+rand.IntN(250)) * time.Millisecond)
			more = true
			continue
		}
		now := time.Now()
		for n := first; n < p.sent; n++ {
			p.typed[n].durable = now
		}
		p.arrive()
	}
	return nil
}
