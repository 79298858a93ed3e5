package client

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// A Question is one message to the server with what its answer is held against.
// Whatever carries it there and the answer back (a socket, a file on a stick),
// any number of times or never, [Client.Take] keeps no more than what is true.
type Question struct {
	Message *wire.Sync

	id          commit.Identity
	after       uint64            // what the server was known to have
	first, last uint64            // the numbers that were sent; first is beyond last when there are none
	sent        map[uint64][]byte // their bytes
	left        bool              // more waits than the message holds
	known       map[journal.Volume]tree.Known
	back        string // the first of what is given back
}

// Size bounds a question and its answer, in bytes of commits: at least one of
// either. With Send 0 nothing is sent.
type Size struct {
	Send, Take int
}

// Full is as much as one message holds.
var Full = Size{wire.Push, wire.Pull}

// Ask seals what waits and makes the next question. After an alarm it only asks
// which epoch the server is in.
func (c *Client) Ask(ctx context.Context, most Size) (*Question, error) {
	return c.ask(ctx, most, math.MaxUint64)
}

// ask is Ask of a server that has this PC's commits up to a number at most.
func (c *Client) ask(ctx context.Context, most Size, has uint64) (*Question, error) {
	q, err := c.question(ctx, has)
	if err != nil || c.alarm() != nil {
		return q, err // of no epoch: the answer tells the server's own
	}
	// Whoever is not at work here has gone: the PC seals for them.
	if err := c.journal.Seal(ctx, c.keys, true); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	var envelopes []*commit.Envelope
	if most.Send > 0 {
		if envelopes, err = c.journal.Unsent(ctx, q.after, most.Send); err != nil {
			return nil, fmt.Errorf("read unsent: %w", err)
		}
	}
	q.send(envelopes)
	c.load(func(l *loading, now time.Time) { l.begin(q.known, now) })
	if len(envelopes) > 0 {
		if q.left, err = c.waits(ctx, q.last); err != nil {
			return nil, err
		}
	}
	if err := q.compose(envelopes, most); err != nil {
		return nil, err
	}
	if most.Send > 0 {
		if q.Message.Back, q.back, err = c.back(ctx, q.id.Epoch, most.Send); err != nil {
			return nil, err
		}
	}
	if len(q.known) > 0 || len(envelopes) == 0 {
		return q, nil
	}
	return q, c.introduce(ctx, q.Message)
}

// question is what every question is held against: who asks, and what is here.
func (c *Client) question(ctx context.Context, has uint64) (*Question, error) {
	id, ok, err := c.journal.Identity(ctx)
	if err != nil {
		return nil, fmt.Errorf("read identity: %w", err)
	}
	if !ok {
		return nil, errApart
	}
	q := &Question{id: id, Message: &wire.Sync{}}
	if q.after, err = c.journal.Durable(ctx); err != nil {
		return nil, fmt.Errorf("read durable number: %w", err)
	}
	q.after = min(q.after, has)
	q.send(nil)
	if q.known, err = c.journal.Known(ctx); err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	return q, nil
}

// introduce tells a server of which this PC has no log yet whose signatures
// come from here: one put back from a copy may not know those who were here
// after it was made.
func (c *Client) introduce(ctx context.Context, m *wire.Sync) error {
	r, err := c.journal.Return(ctx)
	if err != nil {
		return fmt.Errorf("read keys: %w", err)
	}
	for _, k := range r.Keys[max(0, len(r.Keys)-wire.MaxKeys):] {
		m.Keys = append(m.Keys, wire.SignKey{Staff: k.Staff, Public: k.Public})
	}
	return nil
}

// send notes which commits the question holds.
func (q *Question) send(envelopes []*commit.Envelope) {
	q.first, q.last = q.after+1, q.after
	q.sent = map[uint64][]byte{}
	for i, e := range envelopes {
		if i == 0 {
			q.first = e.First
		}
		q.last = e.First + uint64(len(e.Commits)) - 1
		for i, raw := range e.Commits {
			q.sent[e.First+uint64(i)] = raw
		}
	}
}

// waits tells whether sealed commits follow a number.
func (c *Client) waits(ctx context.Context, after uint64) (bool, error) {
	left, err := c.journal.Unsent(ctx, after, 1)
	if err != nil {
		return false, fmt.Errorf("read unsent: %w", err)
	}
	return len(left) > 0, nil
}

// wrote tells whether commits follow a number here, sealed or not.
func (c *Client) wrote(ctx context.Context, after uint64) (bool, error) {
	had, err := c.journal.Durable(ctx)
	if err != nil {
		return false, fmt.Errorf("read durable number: %w", err)
	}
	n, err := c.journal.Count(ctx)
	if err != nil {
		return false, fmt.Errorf("count unsent: %w", err)
	}
	return had+uint64(n.Unsent) > after, nil
}

func (q *Question) compose(envelopes []*commit.Envelope, most Size) error {
	m := &wire.Sync{Epoch: q.id.Epoch, Sending: q.left}
	if most.Take < wire.Pull {
		m.Most = uint64(max(most.Take, 1))
	}
	for _, e := range envelopes {
		m.Envelopes = append(m.Envelopes, wire.Seal(e))
	}
	for _, v := range slices.Sorted(maps.Keys(q.known)) {
		k := q.known[v]
		p := wire.Place{Volume: v, Position: k.Edge.Size()}
		if len(k.Head) > 0 {
			size, err := tree.Size(k.Head)
			if err != nil {
				return own(err)
			}
			p.Known = size
		}
		m.Places = append(m.Places, p)
	}
	q.Message = m
	return nil
}

// Progress is what a question and its answer brought.
type Progress struct {
	Places map[journal.Volume]uint64 // up to where the logs are here
	Idle   bool                      // nothing is left, here or there
	Moved  bool                      // something was sent or taken
	Whole  bool                      // ask again with Message.Whole: for our own commits with their bytes
	has    uint64                    // up to which the server has our commits
}

// Take holds the answer against the question and keeps it: verdicts, then news.
// With an error the journal is as it was, or holds a true part of the answer.
func (c *Client) Take(ctx context.Context, q *Question, a *wire.SyncAnswer) (p Progress, err error) {
	if id, _, err := c.journal.Identity(ctx); err != nil {
		return p, fmt.Errorf("read identity: %w", err)
	} else if id.Epoch != q.id.Epoch || id.Device != q.id.Device { // put to a former server, or by the PC that this one was: ask again
		return Progress{Moved: true, has: math.MaxUint64}, nil
	}
	if a.Epoch != q.id.Epoch {
		if err := c.journal.SetEpoch(ctx, a.Epoch, a.Durable); err != nil {
			return p, err
		}
		c.giving = giving{}
		c.load(func(l *loading, _ time.Time) { l.forget() })
		c.restoredServer(len(q.known) > 0 || c.alarm() != nil)
		return Progress{Moved: true, has: a.Durable}, nil
	}
	if err := c.alarm(); err != nil {
		return p, err
	}
	news, whole, err := c.check(ctx, q, a) // before anything of the answer is believed
	if err != nil || whole {
		return Progress{Moved: true, has: q.after, Whole: whole}, err
	}
	durable, err := c.settle(ctx, q, a)
	if err != nil {
		return p, err
	}
	p.Places = make(map[journal.Volume]uint64, len(q.known))
	for v, k := range q.known {
		p.Places[v] = k.Edge.Size()
	}
	for _, n := range news {
		if err := c.journal.Absorb(ctx, n.volume, n.entries, n.known.Head, n.part...); err != nil {
			return p, fmt.Errorf("take news: %w", err)
		}
		p.Places[n.volume] = n.known.Edge.Size()
		c.load(func(l *loading, now time.Time) { l.take(n.volume, n.known.Edge.Size(), n.known.Head, now) })
	}
	owes, err := c.gave(ctx, q, a)
	if err != nil {
		return p, err
	}
	now, err := c.journal.Durable(ctx) // less when something is to be asked again
	if err != nil {
		return p, fmt.Errorf("read durable number: %w", err)
	}
	left, err := c.waits(ctx, min(durable, now))
	if err != nil {
		return p, err
	}
	p.has = a.Durable
	p.Moved = len(news) > 0 || durable != q.after || a.Taken
	p.Idle = !left && !a.More && !q.left && !owes
	if !p.Moved && !a.More && q.first <= q.last && q.first > a.Durable+1 {
		return p, fault.Wrap(fault.Approval, "Школьный сервер не знает части прежних записей этого компьютера, и здесь их тоже нет. Всё остальное цело. "+
			"Попросите у администратора код и подключите компьютер заново.", fmt.Errorf("commits begin with %d, the server has those up to %d", q.first, a.Durable))
	}
	return p, nil
}

// settle keeps the verdicts, if they are about what was sent, and returns the
// durable number that goes with them. A server that had more of what is here
// than was sent with this question is asked about the rest next time: this answer
// does not say what became of it.
func (c *Client) settle(ctx context.Context, q *Question, a *wire.SyncAnswer) (durable uint64, err error) {
	durable = a.Durable
	if durable > q.last {
		more, err := c.wrote(ctx, q.last)
		if err != nil {
			return 0, err
		}
		if more {
			durable = q.last
		}
	}
	if q.first > q.last && durable == q.after {
		return durable, nil // the ordinary quiet round writes nothing
	}
	verdicts := make([]commit.Verdict, len(a.Verdicts))
	for i := range a.Verdicts {
		if v := &a.Verdicts[i]; v.Number < q.first || v.Number > q.last || v.Number > a.Durable || v.Answer < commit.Accepted || v.Answer > commit.Refused {
			return 0, nonsense(fmt.Errorf("verdict %d for %d, sent %d to %d, durable %d", v.Answer, v.Number, q.first, q.last, a.Durable))
		}
		verdicts[i] = a.Verdicts[i].Verdict(q.id.Device)
	}
	if err := c.journal.Settle(ctx, verdicts, durable); err != nil {
		return 0, fmt.Errorf("keep verdicts: %w", err)
	}
	return durable, nil
}

func nonsense(err error) error {
	return fault.Wrap(fault.Damaged, "Школьный сервер ответил непонятно. Записанное на этом компьютере цело. Сообщите администратору школы.", err)
}
