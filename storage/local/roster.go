package local

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"uchitelskaya/app/journal"
)

// rosters are the rosters read so far, by year.
type rosters struct {
	mu  sync.RWMutex
	all map[journal.Volume]*journal.Roster
}

// put lets the rosters learn what a transaction changed.
func (s *rosters) put(list []shown) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, x := range list {
		for year, r := range s.all {
			switch {
			case x.volume != rosterVolume(x.kind, year):
			case x.field == 0:
				r.Drop(x.kind, x.key)
			default:
				r.Put(x.kind, x.key, x.field, x.value)
			}
		}
	}
}

// rosterVolume is the volume from which the roster of a year takes a kind.
func rosterVolume(k journal.Kind, year journal.Volume) journal.Volume {
	if journal.SpecOf(k).InRegister() {
		return journal.Register
	}
	return year
}

// Roster is the living roster of a year together with the register: it follows
// every commit written or received. The first call reads it, later ones give
// the same one.
func (j *Journal) Roster(ctx context.Context, v journal.Volume) (*journal.Roster, error) {
	j.rosters.mu.RLock()
	r := j.rosters.all[v]
	j.rosters.mu.RUnlock()
	if r != nil {
		return r, nil
	}
	j.mu.Lock() // nothing may be written between reading and following
	defer j.mu.Unlock()
	if r := j.rosters.all[v]; r != nil {
		return r, nil
	}
	if j.conn == nil {
		return nil, errClosed
	}
	r = journal.NewRoster(v)
	for _, s := range journal.Specs() {
		if !journal.Holds(s.Kind) {
			continue
		}
		if err := j.fill(ctx, r, s); err != nil {
			return nil, problem(fmt.Errorf("read roster of %d: %s: %w", v, s.Name, err))
		}
	}
	j.rosters.mu.Lock()
	defer j.rosters.mu.Unlock()
	if j.rosters.all == nil {
		j.rosters.all = map[journal.Volume]*journal.Roster{}
	}
	j.rosters.all[v] = r
	return r, nil
}

// fill reads the entities of one kind into a roster.
func (j *Journal) fill(ctx context.Context, r *journal.Roster, s *journal.Spec) error {
	rows, err := j.conn.QueryContext(ctx, tables[s.Kind].scan, int64(rosterVolume(s.Kind, r.Year())))
	if err != nil {
		return err
	}
	defer rows.Close()
	cells := make([]any, len(s.Key)+len(s.Fields))
	dest := make([]any, len(cells))
	for i := range cells {
		dest[i] = &cells[i]
	}
	parts := make([]journal.Value, len(s.Key))
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		for i := range parts {
			parts[i] = valueOf(cells[i])
		}
		key := s.JoinKey(parts)
		for i, f := range s.Fields {
			r.Put(s.Kind, key, f.No, valueOf(cells[len(parts)+i]))
		}
	}
	return rows.Err()
}

// Volumes returns the school years that the journal holds, oldest first.
func (j *Journal) Volumes(ctx context.Context) ([]journal.Volume, error) {
	var out []journal.Volume
	for _, s := range journal.Specs() {
		if s.InRegister() {
			continue
		}
		for last := int64(0); ; {
			var next *int64
			err := j.read.QueryRowContext(ctx, "SELECT min(volume) FROM "+s.Name+" WHERE volume > ?", last).Scan(&next)
			if err != nil {
				return nil, problem(fmt.Errorf("read volumes: %w", err))
			}
			if next == nil {
				break
			}
			last = *next
			out = append(out, journal.Volume(last))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
