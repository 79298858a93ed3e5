package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// A seen is what stands at one place, in a form that PCs and server share.
type seen struct {
	cells, disputes []string
}

// sum names everything that stands.
func (s *seen) sum() string {
	slices.Sort(s.cells)
	slices.Sort(s.disputes)
	h := sha256.New()
	_, _ = io.WriteString(h, strings.Join(s.cells, "\n")+"\n\n"+strings.Join(s.disputes, "\n"))
	return hex.EncodeToString(h.Sum(nil))
}

func (s *seen) field(k journal.Key, f journal.FieldNo, v journal.Value) {
	if !v.IsNull() {
		s.cells = append(s.cells, fmt.Sprintf("%x %d %s", k, f, v))
	}
}

func (s *seen) dispute(k journal.Key, f journal.FieldNo) {
	s.disputes = append(s.disputes, fmt.Sprintf("%x %d", k, f))
}

// seenAt reads what a PC shows, page by page as a screen does.
func seenAt(ctx context.Context, book *local.Journal) (*seen, error) {
	s := &seen{}
	for _, page := range syncPage {
		cells, err := book.Cells(ctx, syncYear, journal.PageIDOf(page), firstDay, firstDay+syncDays-1)
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			if c.Mark != 0 {
				s.field(c.Key(), journal.CellMark, journal.IntValue(int64(c.Mark)))
			}
			s.field(c.Key(), journal.CellAbsence, journal.TextValue(c.Absence))
			s.field(c.Key(), journal.CellNote, journal.TextValue(c.Note))
		}
	}
	disputes, err := book.Disputes(ctx, syncYear)
	for _, d := range disputes {
		s.dispute(d.Key, d.Field)
	}
	return s, err
}

// seenByServer reads the rows of the server's store.
func seenByServer(ctx context.Context, store central.Store, school journal.SchoolID) (*seen, error) {
	s := &seen{}
	err := store.EachRow(ctx, school, syncYear, journal.KindTermMark, func(e ledger.Entity, row merge.Row) error {
		if !ofWorkload(e.Kind, e.Key) {
			return nil
		}
		for i := range row {
			s.field(e.Key, row[i].No, row[i].Value())
			if row[i].Rivals() {
				s.dispute(e.Key, row[i].No)
			}
		}
		return nil
	})
	return s, err
}

// tell puts what a PC holds in the end into the result, and closes its journal.
func tell(ctx context.Context, book *local.Journal, dir string, r result) (err error) {
	if r["rss"], err = peakOf("self"); err != nil { // before what only the proof needs
		return err
	}
	s, err := seenAt(ctx, book)
	r["disk"] = sizeOf(dir)
	if err == nil {
		r["root"], r["docs"], r["conflicted_docs"] = s.sum(), len(s.cells), len(s.disputes)
		err = book.Close()
	} else {
		book.Close()
	}
	if err != nil {
		return err
	}
	r["history"], err = historyAt(ctx, dir)
	return err
}

// historyAt counts the changes of cells in the commits that a PC keeps.
func historyAt(ctx context.Context, dir string) (n int, err error) {
	all, err := local.ReadCopy(ctx, dir, time.Now)
	if err != nil {
		return 0, err
	}
	for _, e := range all.Logs[syncYear].Entries {
		c, err := commit.Decode(e.Raw)
		if err != nil {
			return 0, err
		}
		n += cellEdits(c)
	}
	return n, nil
}

func cellEdits(c *commit.Commit) (n int) {
	for _, e := range c.Edits {
		if ofWorkload(e.Kind, e.Key) {
			n++
		}
	}
	return n
}

// ofWorkload reports whether an entity is a cell of the workload, not one that
// two PCs look at live.
func ofWorkload(k journal.Kind, key journal.Key) bool {
	if k != journal.KindCell {
		return false
	}
	parts, err := journal.SpecOf(k).Parts(key)
	return err == nil && parts[1].Date() < firstDay+liveDay
}

// A proof is what the server's store holds in the end.
type proof struct {
	seen
	history, doubled int
	kept             map[journal.DeviceID]uint64 // accepted commits of each PC without a gap from 1
}

// prove reads the whole log and the rows, whether or not a server runs.
func prove(ctx context.Context, at string) (p proof, err error) {
	store, err := openStore(ctx, at)
	if err != nil {
		return p, err
	}
	defer store.Close()
	list, err := store.Foundings(ctx)
	if err != nil || len(list) != 1 {
		return p, fmt.Errorf("%d schools: %w", len(list), err)
	}
	all := map[commit.ID]bool{}
	for _, v := range []journal.Volume{journal.Register, syncYear} {
		for after := uint64(0); ; {
			entries, err := store.Entries(ctx, list[0].School, v, after, 1<<20)
			if err != nil {
				return p, err
			}
			if len(entries) == 0 {
				break
			}
			for _, e := range entries {
				c, err := commit.Decode(e.Raw)
				if err != nil || e.Position != after+1 {
					return p, fmt.Errorf("entry %d after %d: %w", e.Position, after, err)
				}
				after = e.Position
				if all[c.ID] {
					p.doubled++
				}
				all[c.ID] = true
				p.history += cellEdits(c)
			}
		}
	}
	p.kept = map[journal.DeviceID]uint64{}
	for id := range all {
		for all[commit.ID{Device: id.Device, Number: p.kept[id.Device] + 1}] {
			p.kept[id.Device]++
		}
	}
	s, err := seenByServer(ctx, store, list[0].School)
	if err == nil {
		p.seen = *s
	}
	return p, err
}
