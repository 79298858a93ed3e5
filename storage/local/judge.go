package local

import (
	"context"
	"strconv"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/merge"
)

// judge says what is special about a cell on this PC.
type judge struct {
	device  journal.DeviceID
	durable uint64
	days    int // after which an entry is late
	zone    *time.Location
	missed  map[entity]uint64
}

func (j *Journal) judge(ctx context.Context, v journal.Volume) (judge, error) {
	r, err := j.Roster(ctx, v)
	if err != nil {
		return judge{}, err
	}
	days, err := strconv.Atoi(r.Setting(journal.SettingLateDays))
	if err != nil {
		days = 1 << 20 // a rule that does not read marks nobody late
	}
	s := j.state.Load()
	return judge{s.identity.Device, s.durable, days, j.now().Location(), s.missed}, nil
}

// state reads the state of an entity out of its heads. day is that of the
// lesson; zero where nothing can be late.
// missed is the latest commit for the entity that the server did not take.
func (g judge) state(heads []byte, day journal.Date, missed uint64) (s journal.CellState, err error) {
	var row merge.Row
	if err := row.UnmarshalBinary(heads); err != nil {
		return 0, damaged("heads: %w", err)
	}
	for _, f := range row {
		if f.Rivals() {
			s |= journal.Rivals
		}
		for i, h := range f.Heads {
			if h.ID.Device == g.device {
				if h.ID.Number > g.durable {
					s |= journal.Unsent
				}
				if h.ID.Number > missed {
					missed = 0 // written again since
				}
			}
			if i == 0 && day != 0 && !h.Value.IsNull() && int(journal.DateOf(time.Unix(h.Entered*60, 0).In(g.zone))-day) > g.days {
				s |= journal.Late
			}
		}
	}
	if missed > 0 {
		s |= journal.Refused
	}
	return s, nil
}

// missedOn returns the entities of a kind on a page that lack what the server
// did not take, each with the latest such commit.
func (g judge) missedOn(v journal.Volume, k journal.Kind, p journal.PageID) map[journal.Key]uint64 {
	out := map[journal.Key]uint64{}
	for e, n := range g.missed {
		if page, ok := pageOf(e); ok && page == p && e.volume == v && e.kind == k {
			out[e.key] = n
		}
	}
	return out
}
