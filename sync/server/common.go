package server

import (
	"context"
	"fmt"
	"sync"

	"uchitelskaya/sync/wire"
)

// commons remembers the last dictionaries that PCs have named: most of a school's
// name the same.
type commons struct {
	mu sync.Mutex
	of map[string]*wire.Dictionary
}

// maxCommons bounds how many are remembered; each takes some megabytes when used.
const maxCommons = 4

// common is the dictionary made of how the logs begin, up to the entries that a
// PC has named; nil when the logs do not go so far here, or cannot be read now:
// then answers go without, and what was packed with it is sent again without.
func (s *School) common(ctx context.Context, of []wire.Cursor) *wire.Dictionary {
	if len(of) == 0 {
		return nil
	}
	name := fmt.Sprint(of)
	s.commons.mu.Lock()
	defer s.commons.mu.Unlock()
	if d, here := s.commons.of[name]; here {
		return d
	}
	heads := s.stream.heads()
	logs := make([][][]byte, len(of))
	for i, c := range of {
		if c.Position > heads[c.Volume] {
			return nil
		}
		entries, err := s.store.Entries(ctx, s.id, c.Volume, 0, wire.CommonBytes)
		if err != nil {
			return nil
		}
		for _, e := range entries[:min(len(entries), int(c.Position))] {
			logs[i] = append(logs[i], e.Raw)
		}
	}
	if s.commons.of == nil || len(s.commons.of) >= maxCommons {
		s.commons.of = map[string]*wire.Dictionary{}
	}
	d := wire.NewDictionary(of, logs)
	s.commons.of[name] = d
	return d
}
