package client

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/wire"
)

// shared is the dictionary that the server should have, too.
type shared struct {
	epoch      [16]byte // in which it was made
	of         []wire.Cursor
	dictionary *wire.Dictionary
	refused    [16]byte // the epoch of a server that could not read what was packed with one
}

// common is the dictionary to ask with: how the register and the latest year
// begin, as far as they are here. It grows with the logs, eight times as long each
// time, until it holds enough; so the PCs of a school have few different ones.
func (c *Client) common(ctx context.Context, q *Question) (*wire.Dictionary, error) {
	if c.shared.refused == q.id.Epoch || q.Message.Epoch != q.id.Epoch {
		return nil, nil
	}
	latest := journal.Register
	for v := range q.known {
		latest = max(latest, v)
	}
	var of []wire.Cursor
	for _, v := range slices.Compact([]journal.Volume{journal.Register, latest}) {
		k := q.known[v]
		if n := k.Edge.Size(); n > 0 {
			of = append(of, wire.Cursor{Volume: v, Position: min(uint64(1)<<((bits.Len64(n)-1)/3*3), wire.CommonEntries)})
		}
	}
	if len(of) == 0 {
		return nil, nil
	}
	if c.shared.epoch == q.id.Epoch && slices.Equal(of, c.shared.of) {
		return c.shared.dictionary, nil
	}
	logs := make([][][]byte, len(of))
	for i, at := range of {
		var err error
		if logs[i], err = c.journal.Beginning(ctx, at.Volume, at.Position, wire.CommonBytes); err != nil {
			return nil, fmt.Errorf("read the beginning of volume %d: %w", at.Volume, err)
		}
	}
	c.shared.epoch, c.shared.of, c.shared.dictionary = q.id.Epoch, of, wire.NewDictionary(of, logs)
	return c.shared.dictionary, nil
}
