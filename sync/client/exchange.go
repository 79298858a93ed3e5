package client

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// Sync sends what waits and takes what is new, until nothing is left. When it
// returns without an error, everything written before it was called is at the
// school, or has a verdict that is kept here.
func (c *Client) Sync(ctx context.Context) error {
	_, err := c.exchange(ctx)
	return err
}

// exchange is Sync; it returns how far the logs are here. After an alarm it
// sends nothing until the server has a new epoch.
func (c *Client) exchange(ctx context.Context) (map[journal.Volume]uint64, error) {
	c.exchanging.Lock()
	defer c.exchanging.Unlock()
	l, id, err := c.linked(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.stopped(ctx, l, id.Epoch); err != nil {
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
	for stuck, epochs := 0, 0; stuck < 3 && epochs < 3; {
		r, err := c.round(ctx, l, id, after)
		if err != nil {
			return nil, err
		}
		if r.idle {
			return r.places, nil
		}
		if r.epoch != id.Epoch { // a server that changes it again and again would keep us for ever
			epochs++
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
	places  map[journal.Volume]uint64 // up to where the logs are here
	idle    bool                      // nothing is left
	moved   bool                      // something was sent or taken
}

func (c *Client) round(ctx context.Context, l *link, id commit.Identity, after uint64) (r round, err error) {
	envelopes, err := c.journal.Unsent(ctx, after, wire.Push)
	if err != nil {
		return r, fmt.Errorf("read unsent: %w", err)
	}
	known, err := c.journal.Known(ctx)
	if err != nil {
		return r, fmt.Errorf("read places: %w", err)
	}
	m, err := compose(id.Epoch, envelopes, known)
	if err != nil {
		return r, err
	}
	var a wire.SyncAnswer
	if err := l.ask(ctx, wire.PathSync, m, &a); err != nil {
		return r, err
	}
	r.epoch, r.durable = a.Epoch, a.Durable
	if a.Epoch != id.Epoch {
		r.moved = true
		if err := c.journal.SetEpoch(ctx, a.Epoch, a.Durable); err != nil {
			return r, err
		}
		c.restoredServer(len(known) > 0)
		return r, nil
	}
	news, err := c.check(id, envelopes, &a, known) // before anything of the answer is believed
	if err != nil {
		return r, err
	}
	if err := c.settle(ctx, id.Device, envelopes, after, &a); err != nil {
		return r, err
	}
	for _, n := range news {
		if err := c.journal.Absorb(ctx, n.volume, n.entries, n.known.Head); err != nil {
			return r, fmt.Errorf("take news: %w", err)
		}
		known[n.volume] = n.known
	}
	r.places = make(map[journal.Volume]uint64, len(known))
	for v, k := range known {
		r.places[v] = k.Edge.Size()
	}
	left, err := c.journal.Unsent(ctx, a.Durable, 1)
	if err != nil {
		return r, fmt.Errorf("read unsent: %w", err)
	}
	r.moved = len(news) > 0 || a.Durable != after
	r.idle = len(left) == 0 && !a.More
	return r, nil
}

func compose(epoch [16]byte, envelopes []*commit.Envelope, known map[journal.Volume]tree.Known) (*wire.Sync, error) {
	m := &wire.Sync{Epoch: epoch}
	for _, e := range envelopes {
		m.Envelopes = append(m.Envelopes, wire.Seal(e))
	}
	for _, v := range slices.Sorted(maps.Keys(known)) {
		k := known[v]
		p := wire.Place{Volume: v, Position: k.Edge.Size()}
		if len(k.Head) > 0 {
			size, err := tree.Size(k.Head)
			if err != nil {
				return nil, own(err)
			}
			p.Known = size
		}
		m.Places = append(m.Places, p)
	}
	return m, nil
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

func nonsense(err error) error {
	return fault.Wrap(fault.Damaged, "Школьный сервер ответил непонятно. Записанное на этом компьютере цело. Сообщите администратору школы.", err)
}
