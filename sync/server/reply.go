package server

import (
	"context"
	"crypto"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// A reply is a parcel to a PC as it grows.
type reply struct {
	Carried
	school *School
	device journal.DeviceID
	out    *parcel.Writer
	begun  bool
	closed bool // nothing more is taken of the PC; it is told the news
	ended  bool // nothing more is answered
	room   int  // for news, in bytes of commits
}

func (s *School) reply(to io.Writer, pc journal.Device, serial uint64) (*reply, error) {
	r := &reply{school: s, device: pc.ID, room: parcel.Full}
	r.Device = pc.Name
	r.Line = parcel.Line{Direction: parcel.FromSchool, Device: pc.ID, Epoch: s.epoch, Serial: serial}
	var err error
	r.out, err = parcel.NewWriter(to, r.Line, pc.Public)
	return r, err
}

// begin says what is answered.
func (r *reply) begin(a wire.Asked) error {
	r.begun = true
	return r.out.Put(parcel.KindAsked, &a)
}

// item answers one item of a parcel.
func (r *reply) item(ctx context.Context, k parcel.Kind, raw []byte) error {
	if k != parcel.KindSync {
		return nil
	}
	var m wire.Sync
	if err := wire.Decode(raw, &m); err != nil {
		return err
	}
	if !r.begun {
		if err := r.begin(wire.Asked{Epoch: m.Epoch, Places: m.Places}); err != nil {
			return err
		}
	}
	return r.sync(ctx, &m)
}

// sync answers one question, and as many more as the news take. What is not taken
// keeps no news away.
func (r *reply) sync(ctx context.Context, m *wire.Sync) error {
	for !r.ended {
		if r.closed {
			m.Envelopes, m.Back = nil, nil
		}
		a, err := r.school.Sync(ctx, r.device, m)
		if err != nil {
			if err = r.refuse(err); err != nil {
				return err
			}
			continue
		}
		a.Sums = sums(m, a)
		if err := r.out.Put(parcel.KindAnswer, a); err != nil {
			return err
		}
		r.count(m, a)
		if a.More && r.room <= 0 {
			r.Left = true
		}
		if !a.More || r.Left {
			return nil
		}
		m = &wire.Sync{Epoch: m.Epoch, Places: follow(m.Places, a.News), Whole: m.Whole}
	}
	return nil
}

// sums are those of the commits that were judged: days later the PC can tell
// whether they are what it has.
func sums(m *wire.Sync, a *wire.SyncAnswer) (out []byte) {
	sent := map[uint64][]byte{}
	for _, e := range m.Envelopes {
		for i, raw := range e.Commits {
			sent[e.First+uint64(i)] = raw
		}
	}
	for _, v := range a.Verdicts {
		sum := sha256.Sum256(sent[v.Number])
		out = append(out, sum[:]...)
	}
	return out
}

// follow is where a PC is when it has taken the news.
func follow(places []wire.Place, list []wire.News) (out []wire.Place) {
	at := map[journal.Volume]wire.Place{}
	for _, p := range places {
		at[p.Volume] = p
	}
	for _, n := range list {
		end := n.After + uint64(len(n.Entries))
		head, _ := tree.Size(n.Head) // our own: it reads
		at[n.Volume] = wire.Place{Volume: n.Volume, Position: end, Known: max(end, head)}
	}
	for _, v := range slices.Sorted(maps.Keys(at)) {
		out = append(out, at[v])
	}
	return out
}

// count keeps what the administrator is told, and finds what came too early.
func (r *reply) count(m *wire.Sync, a *wire.SyncAnswer) {
	for _, v := range a.Verdicts {
		switch v.Answer {
		case commit.Accepted:
			r.Accepted++
		case commit.Requested:
			r.Requested++
		case commit.Refused:
			r.Refused++
		}
	}
	for _, n := range a.News {
		r.Entries += len(n.Entries)
		for _, e := range n.Entries {
			r.room -= len(e.Raw)
		}
	}
	if n := len(m.Envelopes); n > 0 && r.Told == nil && m.Envelopes[n-1].First > a.Durable {
		r.Told = fault.New(fault.Gap, fmt.Sprintf("В школу ещё не пришли записи этого компьютера с № %d, поэтому следующие отложены. Передайте сначала более ранний файл.", a.Durable+1))
	}
}

// refuse notes what the PC would be told on a socket. What is wrong on this side
// alone is no answer.
func (r *reply) refuse(err error) error {
	switch code := fault.CodeOf(err); code {
	case fault.Cloned: // the PC takes no news before it has become another one
		r.Told, r.ended = parcel.ErrCopied, true
	case fault.Alarm, fault.Damaged, fault.Epoch, fault.Forbidden, fault.Invalid, fault.TooLarge:
		r.Told, r.closed, r.ended = err, true, r.closed
	default:
		return err
	}
	return nil
}

// former answers a parcel that was written for this server before it was put
// back from a copy: the PC learns the new epoch and reads the logs anew.
func (r *reply) former(ctx context.Context, epoch [16]byte, by crypto.Signer) (Carried, error) {
	r.Former = true
	if err := r.begin(wire.Asked{Epoch: epoch}); err != nil {
		return r.Carried, err
	}
	for _, m := range []*wire.Sync{{Epoch: epoch}, {Epoch: r.school.epoch, Whole: true}} {
		if err := r.sync(ctx, m); err != nil {
			return r.Carried, err
		}
	}
	return r.end(by)
}

// end signs the parcel.
func (r *reply) end(by crypto.Signer) (Carried, error) {
	if r.Told != nil {
		if err := r.out.Put(parcel.KindProblem, wire.ProblemOf(r.Told)); err != nil {
			return r.Carried, err
		}
	}
	return r.Carried, r.out.Seal(by)
}
