package server

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// A bench is everything that judging commits needs, read beforehand. It reads
// no clock and no store, so the same bench gives the same verdicts.
type bench struct {
	school   journal.SchoolID
	server   journal.DeviceID
	now      time.Time                      // of arrival, in the school's zone
	joined   map[journal.DeviceID]time.Time // when each PC was enrolled
	rosters  map[journal.Volume]*journal.Roster
	heads    map[journal.Volume]uint64
	rows     map[ledger.Entity]merge.Row
	accepted map[commit.ID]bool
	beyond   map[commit.ID]bool // commits that replace too much: see absent
	edges    map[journal.Volume]tree.Edge
	asked    map[journal.Volume]ledger.Asked // of the PC whose commits these are

	before map[journal.Volume]uint64 // heads of the volumes written, as they were
	judged []ledger.Judged
	laid   []ledger.Judged // requests granted
	dirty  map[ledger.Entity]bool
	grown  map[journal.Volume][][]tlog.Hash
}

// maxReplaced bounds of how many commits that do not stand any more a push may
// replace edits, because each is looked for in the store. It is more than a push
// of [wire.Push] bytes holds; only a single commit made to be slow has more.
const maxReplaced = 1 << 15

// bench reads what judging the commits needs. most bounds how many commits are
// looked for because these replace them.
func (s *School) bench(ctx context.Context, commits []*commit.Commit, most int) (*bench, error) {
	b := &bench{
		school: s.id, server: s.device, now: s.now(), rosters: s.rosters, heads: maps.Clone(s.heads), edges: maps.Clone(s.edges),
		before: map[journal.Volume]uint64{}, dirty: map[ledger.Entity]bool{}, grown: map[journal.Volume][][]tlog.Hash{},
		rows: map[ledger.Entity]merge.Row{}, joined: map[journal.DeviceID]time.Time{},
	}
	for _, c := range commits {
		if v := c.Volume; v != journal.Register && (v < firstYear || v > lastYear) {
			continue // refused, and no roster made for it
		}
		if _, err := s.roster(ctx, c.Volume); err != nil {
			return nil, err
		}
	}
	if err := s.readRows(ctx, b, commits); err != nil {
		return nil, err
	}
	asked := wanted(commits, b.rows)
	if len(asked) > 0 {
		if err := s.readRows(ctx, b, asked); err != nil {
			return nil, err
		}
	}
	ids, beyond := absent(slices.Concat(commits, asked), b.rows, most)
	b.beyond = beyond
	for _, c := range asked {
		ids = append(ids, c.ID)
	}
	var err error
	if b.accepted, err = s.store.Accepted(ctx, s.id, ids); err != nil {
		return nil, fmt.Errorf("read commits: %w", err)
	}
	return b, nil
}

// readRows reads what stands where the commits write, and when their PCs were
// enrolled.
func (s *School) readRows(ctx context.Context, b *bench, commits []*commit.Commit) error {
	of := entities(commits)
	pcs := map[journal.DeviceID]ledger.Entity{}
	for _, c := range commits {
		if _, asked := pcs[c.Device]; !asked {
			pcs[c.Device] = ledger.Entity{Kind: journal.KindDevice, Key: journal.IDKey(s.root(c.Device))}
			of = append(of, pcs[c.Device])
		}
	}
	rows, err := s.store.Rows(ctx, s.id, of)
	if err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	maps.Copy(b.rows, rows)
	for device, pc := range pcs {
		row := rows[pc]
		if heads := row.Field(journal.DeviceKey).Heads; len(heads) > 0 {
			b.joined[device] = time.Unix(heads[0].Entered*60, 0)
		}
	}
	return nil
}

// written are the rows that accepted commits touched.
func (b *bench) written() map[ledger.Entity]merge.Row {
	out := make(map[ledger.Entity]merge.Row, len(b.dirty))
	for e := range b.dirty {
		out[e] = b.rows[e]
	}
	return out
}
