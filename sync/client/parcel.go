package client

import (
	"context"
	"crypto/ed25519"
	"io"
	"math"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// FullParcel is about how many bytes of commits one parcel holds.
const FullParcel = parcel.Full

// Packed is what went into a parcel.
type Packed struct {
	Path    string // of the file, where there is one
	Line    parcel.Line
	Commits int
	Last    uint64 // number of the last commit inside, or up to which the server is known to have them
	Left    bool   // more waits than went in
}

// Pack writes one parcel for the school: what waits after a number, about most
// bytes of commits, and up to where the logs are here. Nothing is noted: packing
// again gives the same commits, and what was sent over the network meanwhile
// does no harm at the server.
//
// serial names the parcel, in Unix milliseconds. The error's code is
// [fault.NotFound] when this PC has never had news and so knows no key of the
// server.
func (c *Client) Pack(ctx context.Context, w io.Writer, after, serial uint64, most int) (p Packed, err error) {
	q, err := c.ask(ctx, Size{Send: 1, Take: wire.Pull}, math.MaxUint64)
	if err != nil {
		return p, err
	}
	if err := c.alarm(); err != nil {
		return p, err
	}
	server, ok := serverKey(q)
	if !ok {
		return p, fault.New(fault.NotFound, "Этот компьютер ещё ничего не получал из школы. Попросите у администратора файл с новым для него.")
	}
	p.Line = parcel.Line{Direction: parcel.ToSchool, Device: q.id.Device, Epoch: q.id.Epoch, Serial: serial}
	out, err := parcel.NewWriter(w, p.Line, server)
	if err != nil {
		return p, err
	}
	// Days may pass: our own commits come back whole, should this file be put back
	// from a copy meanwhile.
	m := wire.Sync{Epoch: q.id.Epoch, Places: q.Message.Places, Sending: true, Whole: true}
	p.Last = max(after, q.after)
	for left := most; left > 0; {
		envelopes, err := c.journal.Unsent(ctx, p.Last, min(left, wire.Push))
		if err != nil {
			return p, err
		}
		if len(envelopes) == 0 {
			break
		}
		m.Envelopes = m.Envelopes[:0]
		for _, e := range envelopes {
			m.Envelopes = append(m.Envelopes, wire.Seal(e))
			p.Commits += len(e.Commits)
			p.Last = e.First + uint64(len(e.Commits)) - 1
			for _, raw := range e.Commits {
				left -= len(raw)
			}
		}
		if err := out.Put(parcel.KindSync, &m); err != nil {
			return p, err
		}
	}
	if p.Left, err = c.waits(ctx, p.Last); err != nil {
		return p, err
	}
	m.Envelopes, m.Sending = nil, false
	if m.Back, _, err = c.back(ctx, q.id.Epoch, wire.Push); err != nil {
		return p, err
	}
	if err := out.Put(parcel.KindSync, &m); err != nil {
		return p, err
	}
	return p, out.Seal(q.id.Key)
}

// serverKey is the key of the server in the epoch that this PC knows: every
// signed head names it, and the epoch vouches for it.
func serverKey(q *Question) (ed25519.PublicKey, bool) {
	for _, k := range q.known {
		if key, ok := tree.KeyOf(k.Head, q.id.Epoch); ok {
			return key, true
		}
	}
	return nil, false
}

// WriteParcels packs everything that waits into as many files as it takes, most
// bytes of commits in each. path is a folder, or the name of a file; no other
// file is written over.
func (c *Client) WriteParcels(ctx context.Context, path string, most int) (out []Packed, err error) {
	id, ok, err := c.journal.Identity(ctx)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errApart
	}
	dir, name := parcel.Split(path)
	p := Packed{Left: true}
	for p.Left {
		serial := max(uint64(c.now().UnixMilli()), p.Line.Serial+1)
		file, err := parcel.Create(dir, func(w io.Writer) (parcel.Line, string, error) {
			if p, err = c.Pack(ctx, w, p.Last, serial, most); err != nil {
				return p.Line, "", err
			}
			if name == "" {
				return p.Line, p.Line.Name(id.Name, c.now().Location()), nil
			}
			return p.Line, name, nil
		})
		if err != nil {
			return out, err
		}
		p.Path = file
		out = append(out, p)
	}
	return out, nil
}
