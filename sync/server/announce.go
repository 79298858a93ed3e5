package server

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// Bounds of one commit of the server that makes requests known.
const (
	maxTold      = 1000
	maxToldBytes = 4 << 20
)

// announce makes requests known to all PCs, by commits of the server itself.
// What is known already is left out, so it may be done again at any time. What
// it did not come to stays owed. The caller holds mu.
func (s *School) announce(ctx context.Context) error {
	for len(s.owed) > 0 {
		v := s.owed[0].Volume
		var changes []commit.Change
		n, size := 0, 0
		for ; n < len(s.owed) && n < maxTold && s.owed[n].Volume == v && (n == 0 || size+len(s.owed[n].Raw) <= maxToldBytes); n++ {
			j := &s.owed[n]
			key := journal.RequestKey(j.Commit.Device, j.Commit.Number)
			changes = append(changes,
				commit.Set(journal.KindRequest, key, journal.RequestBody, journal.BytesValue(j.Raw)),
				commit.Set(journal.KindRequest, key, journal.RequestArrived, journal.IntValue(j.Arrived)))
			size += len(j.Raw)
		}
		if err := s.enter(ctx, v, changes); err != nil {
			return fmt.Errorf("announce requests: %w", err)
		}
		s.owed = s.owed[n:]
	}
	s.owed = nil
	return nil
}

// recall announces the requests that are not known yet: of a server that ended
// before it could make them known, of a disk that was full, of a commit in doubt.
func (s *School) recall(ctx context.Context) (err error) {
	note := func(recalled bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.recalled = recalled
	}
	note(true) // before anything is read: what comes into doubt meanwhile is for the next time
	defer func() {
		if err != nil {
			note(false)
		}
	}()
	for at := (commit.ID{}); ; {
		page, err := s.store.Requests(ctx, s.id, at, maxToldBytes)
		if err != nil {
			return fmt.Errorf("recall requests: %w", err)
		}
		if len(page) == 0 {
			return nil
		}
		at = page[len(page)-1].Commit
		of, here := make([]ledger.Entity, len(page)), make(map[commit.ID]bool, len(page))
		for i, j := range page {
			here[j.Commit] = true
			of[i] = ledger.Entity{Volume: j.Volume, Kind: journal.KindRequest, Key: journal.RequestKey(j.Commit.Device, j.Commit.Number)}
		}
		rows, err := s.store.Rows(ctx, s.id, of)
		if err != nil {
			return fmt.Errorf("recall requests: %w", err)
		}
		s.mu.Lock()
		s.owed = slices.DeleteFunc(s.owed, func(j ledger.Judged) bool { return here[j.Commit] }) // not twice
		for i := range page {
			if rows[of[i]].Value(journal.RequestBody).IsNull() {
				s.owed = append(s.owed, page[i])
			}
		}
		err = s.announce(ctx)
		s.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// owes reports whether requests wait to be made known, or may wait.
func (s *School) owes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.owed) > 0 || !s.recalled
}
