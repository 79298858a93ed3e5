package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// Unpacked is what parcels have brought that was not here.
type Unpacked struct {
	Files                        int
	Accepted, Requested, Refused int // commits of this PC
	Entries                      int // places of the school's logs
	Restored                     bool
}

func (u *Unpacked) add(v Unpacked) {
	u.Files += v.Files
	u.Accepted += v.Accepted
	u.Requested += v.Requested
	u.Refused += v.Refused
	u.Entries += v.Entries
	u.Restored = u.Restored || v.Restored
}

// ReadParcels takes the answers at a path, a file or a folder, the earliest
// first. Those for other PCs that lie in a folder are passed over; one that
// cannot be taken does not stop the others.
func (c *Client) ReadParcels(ctx context.Context, path string) (sum Unpacked, err error) {
	id, ok, err := c.journal.Identity(ctx)
	if err != nil {
		return sum, fmt.Errorf("read identity: %w", err)
	}
	if !ok {
		return sum, errApart
	}
	files, err := parcel.Find(path, parcel.FromSchool)
	if err != nil {
		return sum, err
	}
	var errs []error
	var broken error // of whom, nobody knows
	for _, f := range files {
		if f.Err != nil {
			broken = f.Err
			continue
		}
		if f.Line.Device != id.Device && f.Path != path {
			continue
		}
		u, err := c.unpackFile(ctx, f.Path)
		sum.add(u)
		errs = append(errs, err)
	}
	if len(errs) == 0 && broken != nil {
		return sum, broken
	}
	if len(errs) == 0 {
		return sum, fault.New(fault.NotFound, "Здесь нет файлов из школы для этого компьютера. Их названия кончаются словами «из школы».")
	}
	return sum, errors.Join(errs...)
}

func (c *Client) unpackFile(ctx context.Context, path string) (u Unpacked, err error) {
	f, err := os.Open(path)
	if err != nil {
		return u, fault.Wrap(fault.NotFound, "Файл не читается. Проверьте, вставлена ли флешка.", err)
	}
	defer f.Close()
	return c.Unpack(ctx, f)
}

// Unpack takes one parcel from the school, with the checks of [Client.Take] and
// against what is here now: days may have passed since the question, and the
// network or a later parcel may have brought the same. What is known is passed
// over.
//
// Nothing is kept of a parcel that is damaged ([fault.Damaged]) or of another
// PC ([fault.Forbidden]); [fault.Cloned] is [parcel.ErrCopied]. [fault.Gap] says that something earlier must come
// first; what could be taken was. [fault.Epoch] says that the answer is of a
// server that was put back from a copy since.
func (c *Client) Unpack(ctx context.Context, file io.ReadSeeker) (Unpacked, error) {
	c.exchanging.Lock()
	defer c.exchanging.Unlock()
	id, ok, err := c.journal.Identity(ctx)
	if err != nil {
		return Unpacked{}, fmt.Errorf("read identity: %w", err)
	}
	if !ok {
		return Unpacked{}, errApart
	}
	p, err := parcel.Open(file, id.Key, func(l parcel.Line, signer []byte) error {
		if l.Direction != parcel.FromSchool || l.Device != id.Device || sha256.Sum256(signer) != id.Pin {
			return fault.Wrap(fault.Forbidden, "Этот файл записала не ваша школа, или не для этого компьютера. Из него ничего не взято.",
				fmt.Errorf("parcel %s for %s, signed by %x", l.Direction, l.Device, signer))
		}
		return nil
	})
	if err != nil {
		return Unpacked{}, err
	}
	t := &taking{client: c, shown: map[journal.Volume]uint64{}}
	err = p.Each(func(k parcel.Kind, raw []byte) error { return t.item(ctx, k, raw) })
	if fault.CodeOf(err) == fault.Cloned { // as the server would say
		err = fault.Wrap(fault.Cloned, parcel.ErrCopied.Text, err)
	}
	if err != nil {
		return t.Unpacked, err
	}
	t.Files = 1
	if t.told == nil && t.gap {
		t.told = fault.New(fault.Gap, "В этом файле не хватает более раннего. Загрузите предыдущий файл «из школы» или запишите для школы новый.")
	}
	return t.Unpacked, t.told
}

// A taking is one parcel on its way in.
type taking struct {
	Unpacked
	client *Client
	asked  wire.Asked
	shown  map[journal.Volume]uint64 // the heads that the proofs of the next news begin at
	gap    bool                      // something earlier is missing here
	told   error                     // what the school says besides
}

func (t *taking) item(ctx context.Context, k parcel.Kind, raw []byte) error {
	switch k {
	case parcel.KindAsked:
		if err := wire.Decode(raw, &t.asked); err != nil {
			return err
		}
		for _, p := range t.asked.Places {
			t.shown[p.Volume] = p.Known
		}
	case parcel.KindAnswer:
		var a wire.SyncAnswer
		if err := wire.Decode(raw, &a); err != nil {
			return err
		}
		return t.answer(ctx, &a)
	case parcel.KindProblem:
		var p wire.Problem
		if err := wire.Decode(raw, &p); err != nil {
			return err
		}
		t.told = p.Err()
	}
	return nil
}

// answer takes one answer as if it were that to a question asked now.
func (t *taking) answer(ctx context.Context, a *wire.SyncAnswer) error {
	q := &Question{Message: &wire.Sync{Whole: true}}
	var err error
	if q.id, _, err = t.client.journal.Identity(ctx); err != nil {
		return fmt.Errorf("read identity: %w", err)
	}
	if q.known, err = t.client.journal.Known(ctx); err != nil {
		return fmt.Errorf("read places: %w", err)
	}
	t.client.load(func(l *loading, now time.Time) { l.begin(q.known, now) })
	if q.after, err = t.client.journal.Durable(ctx); err != nil {
		return fmt.Errorf("read durable number: %w", err)
	}
	q.send(nil)
	if a.Epoch != q.id.Epoch {
		if t.asked.Epoch != q.id.Epoch { // not the next epoch, for all we know: perhaps a former one
			return fault.New(fault.Epoch, "С тех пор школьный сервер восстановлен из копии, и этот файл устарел. Запишите для школы новый.")
		}
		t.Restored = true
		_, err := t.client.Take(ctx, q, a)
		return err
	}
	now := *a
	if now.Verdicts, err = t.verdicts(ctx, q, a); err != nil {
		return err
	}
	now.Durable, now.News = q.last, t.news(q, a.News)
	if _, err := t.client.Take(ctx, q, &now); err != nil {
		return err
	}
	for _, v := range now.Verdicts {
		switch v.Answer {
		case commit.Accepted:
			t.Accepted++
		case commit.Requested:
			t.Requested++
		case commit.Refused:
			t.Refused++
		}
	}
	for _, n := range now.News {
		t.Entries += len(n.Entries)
	}
	return nil
}

// verdicts are those that follow the durable number without a gap: one left out
// would never be heard. Each is held against the bytes that are here: this file
// may have been put back from a copy and gone on otherwise.
func (t *taking) verdicts(ctx context.Context, q *Question, a *wire.SyncAnswer) (out []wire.Verdict, err error) {
	if len(a.Sums) != sha256.Size*len(a.Verdicts) {
		return nil, nonsense(fmt.Errorf("%d bytes of sums for %d verdicts", len(a.Sums), len(a.Verdicts)))
	}
	sums := map[uint64][]byte{}
	var numbers []uint64
	for i, v := range a.Verdicts {
		if v.Number <= q.last {
			continue
		}
		if v.Number != q.last+1 {
			t.gap = true
			break
		}
		q.last = v.Number
		numbers = append(numbers, v.Number)
		sums[v.Number] = a.Sums[sha256.Size*i : sha256.Size*(i+1)]
		out = append(out, v)
	}
	if q.sent, err = t.client.journal.Bodies(ctx, numbers); err != nil {
		return nil, fmt.Errorf("read own commits: %w", err)
	}
	for n, raw := range q.sent {
		if sum := sha256.Sum256(raw); string(sum[:]) != string(sums[n]) {
			return nil, fault.Wrap(fault.Cloned, parcel.ErrCopied.Text, fmt.Errorf("commit %d was judged with other bytes", n))
		}
	}
	return out, nil
}

// news are those that go on where the logs end here. Of what begins earlier the
// known part is left out. What cannot be proved from the head that is known now
// is left for a new question.
func (t *taking) news(q *Question, list []wire.News) (out []wire.News) {
	for _, n := range list {
		k := q.known[n.Volume]
		at, end := k.Edge.Size(), n.After+uint64(len(n.Entries))
		head, _ := tree.Size(k.Head) // 0: none is known
		shown := t.shown[n.Volume]
		t.shown[n.Volume], _ = tree.Size(n.Head) // one that does not read is refused below
		switch {
		case end <= at:
			continue
		case n.After > at, head > end && head != shown:
			t.gap = true
			continue
		}
		n.Entries, n.After = n.Entries[at-n.After:], at
		out = append(out, n)
	}
	return out
}
