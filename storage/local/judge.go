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
	days    journal.Date // after which an entry is late
	zone    *time.Location
	missed  map[entity]uint64
	names   merge.Names
	row     merge.Row // read into again and again

	minute int64 // the last one asked for, and its day
	date   journal.Date
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
	return judge{
		device: s.identity.Device, durable: s.durable, days: journal.Date(days), zone: j.now().Location(), missed: s.missed, names: &j.ids,
	}, nil
}

// state reads the state of an entity out of its heads. day is that of the
// lesson; zero where nothing can be late. missed is the latest commit for the
// entity that the server did not take.
func (g *judge) state(heads []byte, day journal.Date, missed uint64) (s journal.CellState, err error) {
	if err := g.row.Unpack(heads, g.names); err != nil {
		return 0, damaged("heads: %w", err)
	}
	for i := range g.row {
		f := &g.row[i].Field
		if f.Rivals() {
			s |= journal.Rivals
		}
		for i := range f.Heads {
			h := &f.Heads[i]
			if h.ID.Device == g.device {
				if h.ID.Number > g.durable {
					s |= journal.Unsent
				}
				if h.ID.Number > missed {
					missed = 0 // written again since
				}
			}
			if i == 0 && day != 0 && !h.Value.IsNull() && g.entered(h.Entered)-day > g.days {
				s |= journal.Late
			}
		}
	}
	if missed > 0 {
		s |= journal.Refused
	}
	return s, nil
}

// entered is the day of a minute; most entries of a page lie within few days,
// so the last answer is kept.
func (g *judge) entered(minute int64) journal.Date {
	if minute != g.minute || g.date == 0 {
		g.minute, g.date = minute, journal.DateOf(time.Unix(minute*60, 0).In(g.zone))
	}
	return g.date
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
