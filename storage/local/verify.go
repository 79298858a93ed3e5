package local

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/tree"
)

// Verify reads the whole journal and checks every page, the bytes of every
// commit, that no number of this PC is missing among those not yet at the
// server, and that every log is here without a gap and is the one whose head
// the server signed. The error has the code [fault.Damaged] when something does not check
// out. It takes seconds for years of a large school; work goes on meanwhile.
func (j *Journal) Verify(ctx context.Context) error {
	return j.look(ctx, func(w view) error {
		var first string
		if err := w.one("PRAGMA integrity_check(1)", nil, &first); err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		if first != "ok" {
			return damaged("integrity check: %s", first)
		}
		logs, err := readLogs(w)
		if err != nil {
			return fmt.Errorf("verify commits: %w", err)
		}
		if err := j.verifyLogs(w, logs); err != nil {
			return err
		}
		var n, last int64
		durable := j.state.Load().durable
		if err := w.one("SELECT count(*), ifnull(max(number), 0) FROM commits WHERE device = 1 AND number > ?", []any{int64(durable)}, &n, &last); err != nil {
			return fmt.Errorf("verify numbers: %w", err)
		}
		if n > 0 && uint64(n) != uint64(last)-durable {
			return damaged("%d commits between %d and %d", n, durable, last)
		}
		return nil
	})
}

// readLogs reads every commit and returns the leaf of every place of the logs;
// the same leaf twice at a place is left to the tree to tell.
func readLogs(w view) (map[journal.Volume][]tlog.Hash, error) {
	logs := map[journal.Volume][]tlog.Hash{}
	return logs, w.each("SELECT body, sum, volume, ifnull(position, 0) FROM commits", nil, func(scan func(...any) error) error {
		var body packed
		var check int64
		var v journal.Volume
		var position int
		if err := scan(&body, &check, &v, &position); err != nil {
			return err
		}
		if _, err := decode(body, check); err != nil || position <= 0 || position > maxLog {
			return err
		}
		log := logs[v]
		for len(log) < position {
			log = append(log, tlog.Hash{})
		}
		if log[position-1] != (tlog.Hash{}) {
			return damaged("two commits at position %d of volume %d", position, v)
		}
		log[position-1], logs[v] = tree.Leaf(body), log
		return nil
	})
}

// maxLog bounds a position that is believed, so that a damaged one takes no memory.
const maxLog = 1 << 26

// verifyLogs hashes the logs anew and holds them against what is kept.
func (j *Journal) verifyLogs(w view, logs map[journal.Volume][]tlog.Hash) error {
	id := j.state.Load().identity
	kept := map[journal.Volume]tree.Known{}
	if err := known(w, id.Epoch, kept); err != nil {
		return fmt.Errorf("verify logs: %w", err)
	}
	for v, k := range kept {
		log := logs[v]
		if uint64(len(log)) < k.Edge.Size() {
			return damaged("log of volume %d ends at %d, want %d", v, len(log), k.Edge.Size())
		}
		var edge tree.Edge
		for i, leaf := range log[:k.Edge.Size()] {
			if leaf == (tlog.Hash{}) {
				return damaged("position %d of volume %d is empty", i+1, v)
			}
			edge.Add(leaf)
		}
		if edge.Root() != k.Edge.Root() {
			return damaged("log of volume %d is not the one that was taken", v)
		}
		if err := k.Check(tree.Of{School: id.School, Volume: v, Epoch: id.Epoch}); err != nil {
			return damaged("volume %d: %w", v, err)
		}
	}
	return nil
}
