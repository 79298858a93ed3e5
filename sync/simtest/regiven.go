package simtest

import (
	"bytes"
	"context"
	"database/sql"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"uchitelskaya/sync/commit"
)

// A PC and the server were both put back, and a number stands for two commits.
// Neither may be lost while anybody has it.

// debt is a commit whose number another one has in the log: as long as one of
// those who have it is there, it comes back under a number of its own.
type debt struct {
	stray commit.ID
	of    commit.ID
	raw   []byte
	to    []witness
}

// witness is a PC that has a commit, unless its disk is put back.
type witness struct {
	*desk
	backs int
}

// displaces looks at the other commits under the number of one that is in the log
// now: those that were in a former server's.
func (t *truth) displaces(id commit.ID, in *saved) {
	for _, s := range t.told[id] {
		d := debt{stray: commit.StrayID(s.raw), of: id, raw: s.raw}
		if s == in || t.strays[d.stray] == nil {
			continue
		}
		t.note("number given again after both were put back")
		for _, x := range t.desks {
			if t.holds(x, id, s.raw) {
				d.to = append(d.to, witness{x, x.backs})
			}
		}
		t.owed = append(t.owed, d)
		s.lost = len(s.on) == 0
	}
}

// holds tells whether a PC's file has a commit with these bytes.
func (w *world) holds(d *desk, id commit.ID, raw []byte) bool {
	bodies, err := bodiesOf(w.ctx, d.disk.dir(), id)
	w.must("read commits", err)
	for _, b := range bodies {
		if bytes.Equal(b, raw) {
			return true
		}
	}
	return false
}

var unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))

// bodiesOf reads what a journal's file has under a number, now or formerly. A long
// one is kept packed.
func bodiesOf(ctx context.Context, dir string, id commit.ID) (out [][]byte, err error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "journal.db")+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT body FROM commits JOIN ids ON ids.number = device WHERE id = ?1 AND commits.number = ?2
		UNION SELECT body FROM former JOIN ids ON ids.number = device WHERE id = ?1 AND former.number = ?2 AND body IS NOT NULL`, id.Device[:], int64(id.Number))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		if raw, err := unpacker.DecodeAll(b, nil); err == nil {
			b = raw
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// compareDebts: what lost its number is in the log under one of its own, or as the
// PC wrote it anew that became another one; or the school did not take that, and
// its author finds it there.
func (w *world) compareDebts() {
	for _, d := range w.truth.owed {
		for _, x := range d.to {
			switch {
			case w.truth.in[d.stray], w.truth.again(d.raw), x.desk.backs != x.backs, w.truth.revoked(x.desk), w.refusedThere(x.desk, d.raw):
			case w.host.remade > 1 && w.holds(x.desk, d.of, d.raw): // the server does not know the one that had it
			default:
				w.breaks("%v had commit %d of %s, whose number was given again, and it is not in the log", x.desk, d.of.Number, w.nameOf(d.of.Device))
				return
			}
		}
	}
}

// refusedThere tells whether a PC shows what a commit said as not taken.
func (w *world) refusedThere(d *desk, raw []byte) bool {
	for _, fate := range []commit.Fate{commit.AtDeputy, commit.NotTaken, commit.PutAway} {
		list, err := d.local.Waiting(w.ctx, commit.Query{Fate: fate})
		if !w.must("read waiting", err) {
			return false
		}
		for _, x := range list {
			if sameWork(x.Commit, raw) {
				return true
			}
		}
	}
	return false
}

// again tells whether the log says what a commit said, by the same person at the
// same moment.
func (t *truth) again(raw []byte) bool {
	for id, c := range t.ever {
		if t.in[id] && sameWork(c, raw) {
			return true
		}
	}
	return false
}
