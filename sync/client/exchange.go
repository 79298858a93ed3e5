package client

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// Sync sends what waits and takes what is new, until nothing is left. When it
// returns without an error, everything written before it was called is at the
// school, or has a verdict that is kept here.
func (c *Client) Sync(ctx context.Context) error {
	_, err := c.exchange(ctx)
	return err
}

// exchange is Sync; it returns how far the logs are here.
func (c *Client) exchange(ctx context.Context) (map[journal.Volume]uint64, error) {
	c.exchanging.Lock()
	defer c.exchanging.Unlock()
	l, id, err := c.linked(ctx)
	if err != nil {
		return nil, err
	}
	// Whoever is not at work here has gone: the PC seals for them.
	if err := c.journal.Seal(ctx, c.keys, true); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	after, err := c.journal.Durable(ctx)
	if err != nil {
		return nil, fmt.Errorf("read durable number: %w", err)
	}
	for stuck := 0; stuck < 3; {
		r, err := c.round(ctx, l, id, after)
		if err != nil {
			return nil, err
		}
		if r.idle {
			return r.cursors, nil
		}
		if stuck++; r.moved {
			stuck = 0
		}
		after, id.Epoch = r.durable, r.epoch
	}
	return nil, fault.New(fault.Internal, "Школьный сервер не берёт и не отдаёт записи. Сообщите администратору школы.")
}

// round is what one message and its answer brought.
type round struct {
	epoch   [16]byte
	durable uint64
	cursors map[journal.Volume]uint64
	idle    bool // nothing is left
	moved   bool // something was sent or taken
}

func (c *Client) round(ctx context.Context, l *link, id commit.Identity, after uint64) (r round, err error) {
	envelopes, err := c.journal.Unsent(ctx, after, wire.Push)
	if err != nil {
		return r, fmt.Errorf("read unsent: %w", err)
	}
	if r.cursors, err = c.journal.Cursors(ctx); err != nil {
		return r, fmt.Errorf("read cursors: %w", err)
	}
	var a wire.SyncAnswer
	if err := l.ask(ctx, wire.PathSync, compose(id.Epoch, envelopes, r.cursors), &a); err != nil {
		return r, err
	}
	r.epoch, r.durable = a.Epoch, a.Durable
	if a.Epoch != id.Epoch {
		r.moved = true
		return r, c.journal.SetEpoch(ctx, a.Epoch, a.Durable)
	}
	if err := c.settle(ctx, id.Device, envelopes, after, &a); err != nil {
		return r, err
	}
	took, err := c.absorb(ctx, envelopes, &a, r.cursors)
	if err != nil {
		return r, err
	}
	left, err := c.journal.Unsent(ctx, a.Durable, 1)
	if err != nil {
		return r, fmt.Errorf("read unsent: %w", err)
	}
	r.moved = took || a.Durable != after
	r.idle = len(left) == 0 && !a.More
	return r, nil
}

func compose(epoch [16]byte, envelopes []*commit.Envelope, cursors map[journal.Volume]uint64) *wire.Sync {
	m := &wire.Sync{Epoch: epoch}
	for _, e := range envelopes {
		m.Envelopes = append(m.Envelopes, wire.Seal(e))
	}
	for _, v := range slices.Sorted(maps.Keys(cursors)) {
		m.Cursors = append(m.Cursors, wire.Cursor{Volume: v, Position: cursors[v]})
	}
	return m
}

// settle keeps the verdicts, if they are about what was sent.
func (c *Client) settle(ctx context.Context, device journal.DeviceID, envelopes []*commit.Envelope, after uint64, a *wire.SyncAnswer) error {
	first, last := uint64(1), uint64(0)
	if n := len(envelopes); n > 0 {
		first, last = envelopes[0].First, envelopes[n-1].First+uint64(len(envelopes[n-1].Commits))-1
	} else if a.Durable == after {
		return nil // the ordinary quiet round writes nothing
	}
	verdicts := make([]commit.Verdict, len(a.Verdicts))
	for i := range a.Verdicts {
		if v := &a.Verdicts[i]; v.Number < first || v.Number > last || v.Number > a.Durable {
			return nonsense(fmt.Errorf("verdict for %d, sent %d to %d, durable %d", v.Number, first, last, a.Durable))
		}
		verdicts[i] = a.Verdicts[i].Verdict(device)
	}
	if err := c.journal.Settle(ctx, verdicts, a.Durable); err != nil {
		return fmt.Errorf("keep verdicts: %w", err)
	}
	return nil
}

// absorb keeps the news. Commits of ours that we have just sent come without
// their bytes, which are put back here.
func (c *Client) absorb(ctx context.Context, envelopes []*commit.Envelope, a *wire.SyncAnswer, cursors map[journal.Volume]uint64) (took bool, err error) {
	own := map[uint64][]byte{}
	for _, e := range envelopes {
		for i, raw := range e.Commits {
			own[e.First+uint64(i)] = raw
		}
	}
	for _, n := range a.News {
		if n.After != cursors[n.Volume] {
			return took, nonsense(fmt.Errorf("news of volume %d after %d, want %d", n.Volume, n.After, cursors[n.Volume]))
		}
		entries := make([]commit.Entry, len(n.Entries))
		for i, e := range n.Entries {
			entries[i] = commit.Entry{Position: n.After + uint64(i) + 1, Raw: e.Raw, Arrived: e.Arrived}
			if e.Own > 0 {
				entries[i].Raw = own[e.Own]
			}
			if len(entries[i].Raw) == 0 {
				return took, nonsense(fmt.Errorf("position %d of volume %d is empty", entries[i].Position, n.Volume))
			}
		}
		if len(entries) == 0 {
			continue
		}
		if err := c.journal.Absorb(ctx, n.Volume, entries); err != nil {
			return took, fmt.Errorf("take news: %w", err)
		}
		cursors[n.Volume] = n.After + uint64(len(entries))
		took = true
	}
	return took, nil
}

func nonsense(err error) error {
	return fault.Wrap(fault.Damaged, "Школьный сервер ответил непонятно. Записанное на этом компьютере цело. Сообщите администратору школы.", err)
}
