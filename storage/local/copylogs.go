package local

import (
	"database/sql"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// readLogs reads what servers had taken: at the places of their logs, and what has
// none there. Of this PC's own that is what the server has and did not refuse.
func (c *Copy) readLogs(w view) (err error) {
	if c.Server, err = readHeads(w, c.Identity.Epoch); err != nil {
		return err
	}
	err = w.each(`SELECT body, sum, ifnull(position, 0), delay, device <> 1 OR c.number <= ? AND v.number IS NULL
		FROM commits c LEFT JOIN verdicts v ON device = 1 AND v.number = c.number ORDER BY c.volume, position`,
		[]any{int64(w.j.state.Load().durable)}, func(scan func(...any) error) error {
			var e commit.Entry
			var late sql.NullInt64
			var taken bool
			k, raw, err := scanBody(scan, &e.Position, &late, &taken)
			if err != nil {
				return err
			}
			e.Raw, e.Arrived = raw, arrival(k, late)
			if !c.add(k.Volume, e) && (e.Position > 0 || taken) {
				c.Loose = append(c.Loose, e)
			}
			return nil
		})
	if err != nil {
		return err
	}
	return c.readFormer(w)
}

// add puts an entry at the next place of a log, if it stands there.
func (s *Server) add(v journal.Volume, e commit.Entry) bool {
	log := s.Logs[v]
	if e.Position != uint64(len(log.Entries))+1 {
		return false
	}
	log.Entries = append(log.Entries, e)
	s.Logs[v] = log
	return true
}

// readFormer reads the logs of former servers. Where one is not whole any more,
// the rest has no place.
func (c *Copy) readFormer(w view) error {
	var epochs [][16]byte
	err := w.each("SELECT DISTINCT epoch FROM former ORDER BY epoch", nil, func(scan func(...any) error) error {
		var epoch []byte
		err := scan(&epoch)
		epochs = append(epochs, [16]byte(append(epoch, make([]byte, 16)...)))
		return err
	})
	if err != nil {
		return err
	}
	for _, epoch := range epochs {
		s, err := readHeads(w, epoch)
		if err != nil {
			return err
		}
		err = w.each(`SELECT f.position, f.delay, ifnull(f.body, c.body) FROM former f LEFT JOIN commits c ON c.device = f.device AND c.number = f.number
			WHERE epoch = ? ORDER BY f.volume, f.position`, []any{epoch[:]}, func(scan func(...any) error) error {
			var e commit.Entry
			var late sql.NullInt64
			var body maybe
			if err := scan(&e.Position, &late, &body); err != nil || body.raw == nil {
				return err
			}
			k, err := commit.Decode(body.raw)
			if err != nil {
				return damaged("commit: %w", err)
			}
			e.Raw, e.Arrived = body.raw, arrival(k, late)
			if !s.add(k.Volume, e) {
				c.Loose = append(c.Loose, e)
			}
			return nil
		})
		if err != nil {
			return err
		}
		c.Former = append(c.Former, s)
	}
	return nil
}

// readHeads reads what a server has signed last.
func readHeads(w view, epoch [16]byte) (Server, error) {
	s := Server{epoch, map[journal.Volume]Log{}}
	err := w.each("SELECT volume, note, ifnull(part, x'') FROM heads WHERE epoch = ?", []any{epoch[:]}, func(scan func(...any) error) error {
		var v journal.Volume
		var l Log
		var part []byte
		if err := scan(&v, &l.Head, &part); err != nil {
			return err
		}
		l.Part, _ = tree.Split(part) // what does not read proves nothing
		s.Logs[v] = l
		return nil
	})
	return s, err
}
