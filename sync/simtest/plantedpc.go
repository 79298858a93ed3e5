package simtest

import (
	"context"
	"database/sql"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// A faultyBook is a PC's journal with a bug.
type faultyBook struct {
	book
	desk *desk
	sent uint64

	sendsOn bool // what was sent is not sent again
	forgets bool // of rivals only the one shown stays
	lazy    bool // saved is said before the disk has it
	deaf    bool // a full disk is not noticed
	splits  bool // a long commit is two
	half    bool // of an act in two volumes only one half is written
	unheard bool // verdicts are not kept
	hasty   bool // verdicts that were lost are not asked for
	tidies  bool // refused commits are deleted
	trusts  bool // a restored server is believed to have everything
	unputs  bool // what was put away is among the refused again after a restore
	leaves  bool // what waits is lost when it becomes another one
	follows bool // what a restored server lacks is deleted
	mean    bool // what others wrote is not given back
}

func faulty(plant func(*faultyBook)) func(*desk, book) book {
	return func(d *desk, b book) book {
		f := &faultyBook{book: b, desk: d}
		plant(f)
		return f
	}
}

func (b *faultyBook) Append(ctx context.Context, d commit.Draft) (*commit.Commit, error) {
	b.lags()
	if n := len(d.Changes); b.splits && n > 3 {
		first := d
		first.Changes, d.Changes = d.Changes[:n/2], d.Changes[n/2:]
		if _, err := b.book.Append(ctx, first); err != nil {
			return nil, err
		}
	}
	c, err := b.book.Append(ctx, d)
	if b.deaf && fault.CodeOf(err) == fault.DiskFull {
		return nil, nil
	}
	return c, err
}

func (b *faultyBook) AppendAll(ctx context.Context, d ...commit.Draft) ([]*commit.Commit, error) {
	b.lags()
	if b.half {
		d = d[:1]
	}
	return b.book.AppendAll(ctx, d...)
}

// lags keeps what the disk has: it will not have what is written now until the
// next exchange.
func (b *faultyBook) lags() {
	if disk := &b.desk.disk; b.lazy && disk.lazy == nil && !disk.dead {
		if im, err := takeImage(disk.dir(), disk.file); err == nil {
			disk.lazy = im
		}
	}
}

func (b *faultyBook) Seal(ctx context.Context, keys commit.Keys, leave bool) error {
	b.desk.disk.lazy = nil
	return b.book.Seal(ctx, keys, leave)
}

func (b *faultyBook) Unsent(ctx context.Context, after uint64, most int) ([]*commit.Envelope, error) {
	if !b.sendsOn {
		return b.book.Unsent(ctx, after, most)
	}
	out, err := b.book.Unsent(ctx, max(after, b.sent), most)
	for _, e := range out {
		b.sent = max(b.sent, e.First+uint64(len(e.Commits))-1)
	}
	return out, err
}

func (b *faultyBook) Settle(ctx context.Context, verdicts []commit.Verdict, durable uint64) error {
	b.desk.disk.lazy = nil
	if b.unheard {
		verdicts = nil
	}
	if b.hasty && len(verdicts) > 0 && b.desk.host.up {
		durable = max(durable, b.desk.host.standing(ctx, b.desk.device))
	}
	err := b.book.Settle(ctx, verdicts, durable)
	for _, v := range verdicts {
		if b.tidies && err == nil && v.Answer == commit.Refused {
			err = tamper(ctx, &b.desk.disk, "DELETE FROM commits WHERE device = 1 AND number = ?", int64(v.Commit.Number))
		}
	}
	return err
}

func (b *faultyBook) Absorb(ctx context.Context, v journal.Volume, entries []commit.Entry, head []byte, part ...tlog.Hash) error {
	b.desk.disk.lazy = nil
	err := b.book.Absorb(ctx, v, entries, head, part...)
	if b.forgets && err == nil {
		err = b.trim(ctx)
	}
	return err
}

func (b *faultyBook) SetEpoch(ctx context.Context, epoch [16]byte, durable uint64) error {
	b.desk.disk.lazy = nil
	if b.trusts {
		had, err := b.Durable(ctx)
		if err != nil {
			return err
		}
		durable = max(durable, had)
	}
	err := b.book.SetEpoch(ctx, epoch, durable)
	if b.unputs && err == nil {
		err = tamper(ctx, &b.desk.disk, "DELETE FROM asides")
	}
	if b.follows && err == nil {
		err = tamper(ctx, &b.desk.disk, "DELETE FROM commits WHERE device = 1 AND number > ?", int64(durable))
	}
	return err
}

func (b *faultyBook) Back(ctx context.Context, maxBytes int) (*tree.Back, error) {
	if b.mean {
		return nil, nil
	}
	return b.book.Back(ctx, maxBytes)
}

func (b *faultyBook) Become(ctx context.Context, id commit.Identity, verdicts []commit.Verdict) error {
	err := b.book.Become(ctx, id, verdicts)
	if b.leaves && err == nil {
		err = tamper(ctx, &b.desk.disk, "DELETE FROM commits WHERE device = 1 AND position IS NULL")
	}
	return err
}

// trim leaves in every cell only the value shown.
func (b *faultyBook) trim(ctx context.Context) error {
	disk := &b.desk.disk
	db, err := sql.Open("sqlite", "file:"+filepath.Join(disk.dir(), disk.file)+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	ids, err := readNames(ctx, db)
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, "SELECT heads FROM cell")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var was []byte
		var row merge.Row
		if err := rows.Scan(&was); err != nil {
			return err
		}
		if err := row.Unpack(was, ids); err != nil {
			return err
		}
		for i := range row {
			row[i].Heads = row[i].Heads[:min(1, len(row[i].Heads))]
		}
		if is := row.Pack(ids); string(is) != string(was) {
			if err := tamper(ctx, disk, "UPDATE cell SET heads = ? WHERE heads = ?", is, was); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}
