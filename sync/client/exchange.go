package client

import (
	"cmp"
	"context"
	"math"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// Sync sends what waits and takes what is new, until nothing is left. When it
// returns without an error, everything written before it was called is at the
// school, or has a verdict that is kept here.
func (c *Client) Sync(ctx context.Context) error {
	_, err := c.exchange(ctx, false)
	return err
}

// Send is [Client.Sync] without taking what is new.
func (c *Client) Send(ctx context.Context) error {
	_, err := c.exchange(ctx, true)
	return err
}

// exchange asks until nothing is left; it returns how far the logs are here. What
// the server does not take keeps no news away: it is asked for them alone, and
// what it said against the rest is returned when they are here.
func (c *Client) exchange(ctx context.Context, sendOnly bool) (map[journal.Volume]uint64, error) {
	c.exchanging.Lock()
	defer c.exchanging.Unlock()
	var refused error
	whole, has := false, uint64(math.MaxUint64)
	for stuck, epochs := 0, 0; stuck < 3 && epochs < 3; {
		size := c.gait.size()
		switch {
		case refused != nil:
			size.Send = 0
		case c.wary:
			size.Send = 1
		}
		q, err := c.ask(ctx, size, has)
		if err != nil {
			return nil, err
		}
		q.Message.Whole = whole
		if sendOnly {
			if len(q.sent) == 0 && c.alarm() == nil {
				return nil, nil
			}
			q.Message.Sending = true
		}
		var p Progress
		a, err := c.carry(ctx, q)
		if err == nil {
			p, err = c.Take(ctx, q, a)
		}
		if fault.CodeOf(err) == fault.Cloned {
			if err := c.fork(ctx, err); err != nil {
				return nil, err
			}
			whole, has, stuck, refused = false, math.MaxUint64, 0, nil
			continue
		} else if err != nil && c.Refused(q, err) {
			continue
		} else if a == nil && refused == nil && len(q.sent) > 0 && !sendOnly && lasting(err) != nil {
			refused, c.wary = err, true
			continue
		} else if err != nil {
			return nil, cmp.Or(refused, err)
		}
		c.wary = c.wary && len(q.sent) == 0
		if p.Idle || refused != nil && !a.More {
			if mended := refused == nil && !sendOnly && !c.giving.stopped; mended {
				c.stand(func() { c.mended = true })
			}
			return p.Places, refused
		}
		if a.Epoch != q.id.Epoch { // a server that changes it again and again would keep us for ever
			epochs++
		}
		if stuck++; p.Moved {
			stuck = 0
		}
		whole, has = whole || p.Whole, p.has
	}
	return nil, fault.New(fault.Internal, "Школьный сервер не берёт и не отдаёт записи. Сообщите администратору школы.")
}

// carry brings a question to the server and the answer back.
func (c *Client) carry(ctx context.Context, q *Question) (*wire.SyncAnswer, error) {
	l, _, err := c.linked(ctx)
	if err != nil {
		return nil, err
	}
	common, err := c.common(ctx, q)
	if err != nil {
		return nil, err
	}
	var a wire.SyncAnswer
	start := time.Now() // the timer's clock, which people do not set
	err = l.ask(ctx, wire.PathSync, q.Message, &a, common)
	if common != nil && fault.CodeOf(err) == fault.Damaged { // it may not have that dictionary
		c.shared.refused = q.id.Epoch
		a = wire.SyncAnswer{}
		err = l.ask(ctx, wire.PathSync, q.Message, &a, nil)
	}
	took := time.Since(start)
	c.gait = c.gait.after(took, err)
	if err != nil {
		return nil, err
	}
	c.compare(a.Now, took)
	return &a, nil
}

// A gait is how much is sent and asked for at a time: half, a quarter … of
// [Full]. A line that is cut again and again carries small pieces whole, and
// each piece that has come is kept; but the smaller a piece, the worse it packs.
type gait struct {
	steps int           // from the first: each doubles the piece
	least time.Duration // the shortest question yet: what even an empty one takes
}

// The first piece is that of a line of which nothing is known: it holds some
// thousand marks. A piece takes about as long to carry as lies between brisk and
// slow; from one that took a quarter of that, two steps are taken at a time.
const (
	longest, shortest = 3, -2
	brisk             = 800 * time.Millisecond
	slow              = 2 * brisk
)

func (g gait) size() Size {
	return Size{Full.Send >> (longest - g.steps), Full.Take >> (longest - g.steps)}
}

// after is the gait after a question that took so long.
func (g gait) after(took time.Duration, err error) gait {
	if err == nil && (g.least == 0 || took < g.least) {
		g.least = took
	}
	carried := took - g.least
	switch {
	case err != nil && fault.CodeOf(err) != fault.Offline: // says nothing of the line
	case err != nil && took < brisk: // nobody there
	case err != nil || carried > slow:
		g.steps = max(g.steps-1, shortest)
	case carried < brisk/4:
		g.steps = min(g.steps+2, longest)
	case carried < brisk:
		g.steps = min(g.steps+1, longest)
	}
	return g
}
