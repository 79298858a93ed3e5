package client

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// giving is how a PC gives back what a former server had accepted: when it has
// read the present one's logs and knows what they lack.
type giving struct {
	abreast [16]byte // the epoch whose logs are here
	last    string   // the first of what the server took last
	stopped bool     // the server does not take it, or not so that it stands: until the next start
}

// back is what to give back with a question in an epoch, and its name.
func (c *Client) back(ctx context.Context, epoch [16]byte, most int) (*wire.Back, string, error) {
	if c.giving.stopped || c.giving.abreast != epoch {
		return nil, "", nil
	}
	b, err := c.journal.Back(ctx, most)
	if err != nil {
		return nil, "", fmt.Errorf("read former logs: %w", err)
	}
	if b == nil {
		return nil, "", nil
	}
	b.Entries = b.Entries[:min(len(b.Entries), wire.MaxBack)]
	name := nameOf(b)
	if c.giving.stopped = name == c.giving.last; c.giving.stopped {
		return nil, "", nil
	}
	return wire.GiveBack(b), name, nil
}

func nameOf(b *tree.Back) string { return fmt.Sprintf("%d of %s", b.Entries[0].Position, b.Head) }

// gave takes note of what became of it, and tells whether more is to be given.
func (c *Client) gave(ctx context.Context, q *Question, a *wire.SyncAnswer) (more bool, err error) {
	if q.Message.Back != nil {
		if c.giving.last = q.back; !a.Taken { // a server of a version that knows nothing of it
			c.giving.stopped = true
		}
	}
	if a.More || q.Message.Sending {
		c.giving.abreast = [16]byte{} // what is missing is known when all is here again
		return false, nil
	}
	c.giving.abreast = a.Epoch
	b, _, err := c.back(ctx, a.Epoch, 1)
	if b == nil && err == nil {
		err = c.journal.AskAgain(ctx)
	}
	return b != nil, err
}

// Refused takes note of what a server said instead of an answer. It reports true
// when the question is to be asked again, without what it gave back: that stays
// here, and all else goes on.
func (c *Client) Refused(q *Question, err error) bool {
	if code := fault.CodeOf(err); q.Message.Back == nil || code != fault.Invalid && code != fault.Outdated {
		return false
	}
	c.giving.stopped = true
	return true
}
