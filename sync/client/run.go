package client

import (
	"bytes"
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// Run keeps the PC in step until ctx ends: it sends what is written (see
// [Client.Kick]), takes what the server announces, and tries again when the
// server is silent. Before enrolment it waits for it.
func (c *Client) Run(ctx context.Context) {
	var tasks sync.WaitGroup
	defer tasks.Wait()
	tasks.Go(func() { c.publish(ctx) })
	defer c.stands(plan{})

	inputs := make(chan input)
	give := func(in input) {
		select {
		case inputs <- in:
		case <-ctx.Done():
		}
	}
	p := plan{pace: c.pace}
	random := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	timer := time.NewTimer(0)
	defer timer.Stop()
	for in := (input{what: started}); ; {
		var do action
		p, do = p.step(in, time.Now(), random) // the timer's clock, which people do not set
		c.stands(p)
		if do.connect {
			tasks.Go(func() { give(c.follow(ctx, give)) })
		}
		if do.take != nil {
			tasks.Go(func() { give(c.hear(ctx, do.take)) })
		}
		if do.sync {
			tasks.Go(func() { give(c.try(ctx)) })
		}
		if !do.wake.IsZero() {
			timer.Reset(time.Until(do.wake))
		}
		select {
		case <-ctx.Done():
			return
		case in = <-inputs:
		case <-c.kicks:
			in = input{what: kicked}
		case <-timer.C:
			in = input{what: ticked}
		}
	}
}

// stands shows how a plan stands. While the server listens, what is written is
// sealed as it is kept.
func (c *Client) stands(p plan) {
	was := false
	c.stand(func() { was, c.up, c.busy = c.up, p.up, p.syncing })
	switch {
	case p.up && !was:
		c.journal.SealAtOnce(c.keys)
	case was && !p.up:
		c.journal.SealAtOnce(nil)
	}
}

// enrolled waits until this PC is one of the school's.
func (c *Client) enrolled(ctx context.Context) error {
	for {
		if _, ok, err := c.journal.Identity(ctx); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-c.joins:
		}
	}
}

// follow hears the event stream until it breaks.
func (c *Client) follow(ctx context.Context, give func(input)) input {
	if err := c.enrolled(ctx); err != nil {
		return input{what: broken}
	}
	l, _, err := c.linked(ctx)
	if err == nil {
		err = l.listen(ctx, c.pace.Silence, func(m *wire.Heads) {
			c.compare(m.Now, 0)
			heads := make(map[journal.Volume]uint64, len(m.Heads))
			for _, h := range m.Heads {
				heads[h.Volume] = h.Position
			}
			c.load(func(l *loading, now time.Time) { l.announce(heads, now) })
			give(input{what: heard, heads: heads, word: m})
		})
	}
	c.stand(func() { c.trouble = lasting(err) })
	return input{what: broken}
}

// hear takes what a word brought; what does not do is asked for.
func (c *Client) hear(ctx context.Context, word *wire.Heads) input {
	p, err := c.Hear(ctx, word)
	if err != nil || !p.Idle {
		return input{what: missed}
	}
	return input{what: synced, heads: p.Places}
}

// Hear takes the news that came with a word of the event stream, as if they were
// the answer to a question: it believes them no more, and no less. Without
// [Progress.Idle] there is something to be asked.
func (c *Client) Hear(ctx context.Context, word *wire.Heads) (p Progress, err error) {
	c.exchanging.Lock()
	defer c.exchanging.Unlock()
	q, err := c.question(ctx, math.MaxUint64)
	if err != nil || !bytes.Equal(word.Epoch, q.id.Epoch[:]) { // only a question learns of another epoch
		return p, err
	}
	return c.Take(ctx, q, &wire.SyncAnswer{Epoch: q.id.Epoch, Durable: q.after, News: word.News})
}

// try makes one exchange.
func (c *Client) try(ctx context.Context) input {
	places, err := c.exchange(ctx, false)
	c.stand(func() {
		c.trouble = lasting(err)
		if err == nil {
			c.sent = c.now()
		}
	})
	if err != nil {
		return input{what: failed}
	}
	c.renew(ctx)
	return input{what: synced, heads: maps.Clone(places)}
}

// renew asks for fresh grants for those who work here, so that they can go on
// signing in without the server. A person shut out loses the old one.
func (c *Client) renew(ctx context.Context) {
	c.mu.Lock()
	sessions := maps.Clone(c.sessions)
	c.mu.Unlock()
	for staff, s := range sessions {
		if !s.unknown && c.now().Sub(s.renewed).Abs() < 24*time.Hour {
			continue
		}
		err := c.prolong(ctx, staff, s)
		if code := fault.CodeOf(err); code == fault.SignIn || code == fault.NewPassword {
			c.expire(ctx, staff)
		}
	}
}
