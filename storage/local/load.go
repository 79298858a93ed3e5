package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/sync/commit"
)

// The names in the table meta.
const (
	metaSchool  = "school"
	metaDevice  = "device"
	metaName    = "name"
	metaKey     = "key"
	metaServer  = "server"
	metaPin     = "pin"
	metaEpoch   = "epoch"
	metaDurable = "durable"
	metaLast    = "last"  // the least that the last number is: a salvaged journal may hold fewer commits
	metaClock   = "clock" // the latest stamp seen in the logs, as it counts there
	metaSchema  = "schema"
)

// load reads what the PC knows of itself into memory.
func (j *Journal) load(ctx context.Context) error {
	m, err := readMeta(ctx, j.conn)
	if err != nil {
		return err
	}
	if err := j.loadIDs(ctx); err != nil {
		return err
	}
	s := &state{identity: m.identity(), durable: m.uint(metaDurable), last: m.uint(metaLast)}
	s.enrolled = !s.identity.Device.IsZero()
	var given commit.Stamp
	c, err := scanCommit(j.conn.QueryRowContext(ctx, "SELECT body, sum FROM commits WHERE device = 1 ORDER BY number DESC LIMIT 1").Scan)
	if err == nil {
		s.last = max(s.last, c.Number)
		if c.Number > s.durable {
			given = c.Stamp
		}
	} else if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read last commit: %w", err)
	}
	if s.missed, err = j.loadMissed(ctx); err != nil {
		return err
	}
	if err := j.conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM former)").Scan(&s.owes); err != nil {
		return fmt.Errorf("read former logs: %w", err)
	}
	j.clock = commit.NewClock(commit.Stamp(m.uint(metaClock)), given)
	j.state.Store(s)
	if m.text(metaSchema) != schema {
		return j.Rebuild(ctx)
	}
	return nil
}

// missedBodies are the commits that the server did not take, but for those that
// a person has dealt with.
const missedBodies = `SELECT body, sum FROM verdicts v JOIN commits c ON c.device = 1 AND c.number = v.number
	WHERE v.number NOT IN (SELECT number FROM asides)`

// loadMissed reads which entities lack what the server did not take.
func (j *Journal) loadMissed(ctx context.Context) (map[entity]uint64, error) {
	out := map[entity]uint64{}
	err := j.look(ctx, func(w view) error {
		return w.each(missedBodies, nil, func(scan func(...any) error) error {
			c, err := scanCommit(scan)
			if err == nil {
				miss(out, c)
			}
			return err
		})
	})
	return out, err
}

// miss notes that the entities of a commit lack what it wrote.
func miss(missed map[entity]uint64, c *commit.Commit) {
	for _, e := range c.Edits {
		at := entity{c.Volume, e.Kind, e.Key}
		missed[at] = max(missed[at], c.Number)
	}
}

func (j *Journal) loadIDs(ctx context.Context) error {
	rows, err := j.conn.QueryContext(ctx, "SELECT number, id FROM ids ORDER BY number")
	if err != nil {
		return fmt.Errorf("read ids: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var id []byte
		if err := rows.Scan(&n, &id); err != nil {
			return fmt.Errorf("read ids: %w", err)
		}
		if n != int64(j.ids.len()+1) || len(id) != 16 {
			return damaged("id %d of %d bytes follows %d", n, len(id), j.ids.len())
		}
		j.ids.add([16]byte(id), n)
	}
	return rows.Err()
}

// meta is the table meta in memory.
type meta map[string]any

func readMeta(ctx context.Context, db querier) (meta, error) {
	rows, err := db.QueryContext(ctx, "SELECT name, value FROM meta")
	if err != nil {
		return nil, fmt.Errorf("read meta: %w", err)
	}
	defer rows.Close()
	m := meta{}
	for rows.Next() {
		var name string
		var value any
		if err := rows.Scan(&name, &value); err != nil {
			return nil, fmt.Errorf("read meta: %w", err)
		}
		m[name] = value
	}
	return m, rows.Err()
}

func (m meta) bytes(name string) []byte { b, _ := m[name].([]byte); return b }
func (m meta) text(name string) string  { s, _ := m[name].(string); return s }
func (m meta) uint(name string) uint64  { n, _ := m[name].(int64); return uint64(n) }

// identity is zero before enrolment.
func (m meta) identity() (id commit.Identity) {
	copy(id.School[:], m.bytes(metaSchool))
	copy(id.Device[:], m.bytes(metaDevice))
	copy(id.Pin[:], m.bytes(metaPin))
	copy(id.Epoch[:], m.bytes(metaEpoch))
	id.Name, id.Server, id.Key = m.text(metaName), m.text(metaServer), m.bytes(metaKey)
	return id
}
