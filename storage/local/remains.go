package local

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
)

// remains are what a damaged file still tells.
type remains struct {
	meta      meta
	profiles  []Profile
	envelopes []sealed
	commits   map[uint64][]byte // of this PC beyond durable
	last      uint64
}

// sealed is a row of envelopes with its author's id.
type sealed struct {
	first, last uint64
	author      journal.StaffID
	prev, hash  []byte
	byPC        bool
	signature   []byte
}

// readRemains reads a copy of a damaged file, so that the file itself stays as
// it is. Whatever does not read is passed over: a part is better than nothing.
func readRemains(ctx context.Context, path string) remains {
	left := remains{meta: meta{}, commits: map[uint64][]byte{}}
	dir, err := os.MkdirTemp(filepath.Dir(path), "salvage")
	if err != nil {
		return left
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, fileName)
	for _, suffix := range []string{"", "-wal"} {
		if raw, err := os.ReadFile(path + suffix); err == nil {
			_ = os.WriteFile(file+suffix, raw, 0o600)
		}
	}
	db, err := connect(ctx, file, copier)
	if err != nil {
		return left
	}
	defer db.Close()
	for _, name := range []string{metaSchool, metaDevice, metaName, metaKey, metaServer, metaPin, metaEpoch, metaDurable, metaLast, metaClock} {
		var value any
		if db.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = ?", name).Scan(&value) == nil {
			left.meta[name] = value
		}
	}
	left.readProfiles(ctx, db)
	left.readEnvelopes(ctx, db)
	left.readCommits(ctx, db)
	return left
}

func (r *remains) readProfiles(ctx context.Context, db *sql.DB) {
	rows, err := db.QueryContext(ctx, "SELECT staff, name, blob, used FROM profiles")
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var p Profile
		var staff []byte
		var used int64
		if rows.Scan(&staff, &p.Name, &p.Blob, &used) == nil && copy(p.Staff[:], staff) == 16 {
			p.Used = time.UnixMilli(used)
			r.profiles = append(r.profiles, p)
		}
	}
}

func (r *remains) readEnvelopes(ctx context.Context, db *sql.DB) {
	rows, err := db.QueryContext(ctx, "SELECT first, last, id, prev, by_pc, hash, signature FROM envelopes JOIN ids ON ids.number = author ORDER BY first")
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var s sealed
		var author []byte
		if rows.Scan(&s.first, &s.last, &author, &s.prev, &s.byPC, &s.hash, &s.signature) == nil && copy(s.author[:], author) == 16 {
			r.envelopes = append(r.envelopes, s)
		}
	}
}

// readCommits reads one by one, so that a damaged page costs only what is on it.
func (r *remains) readCommits(ctx context.Context, db *sql.DB) {
	durable := r.meta.uint(metaDurable)
	r.last = max(durable, r.meta.uint(metaLast))
	var last int64
	if db.QueryRowContext(ctx, "SELECT number FROM commits WHERE device = 1 ORDER BY number DESC LIMIT 1").Scan(&last) == nil {
		r.last = max(r.last, uint64(last))
	}
	for _, s := range r.envelopes {
		r.last = max(r.last, s.last)
	}
	const farthest = 1000 // numbers that do not read in a row: then there are no more
	for n, failed := durable+1, 0; n <= r.last || failed < farthest; n++ {
		var body []byte
		var check int64
		err := db.QueryRowContext(ctx, "SELECT body, sum FROM commits WHERE device = 1 AND number = ?", int64(n)).Scan(&body, &check)
		if err == nil {
			if _, err = decode(body, check); err == nil {
				r.commits[n], r.last, failed = body, max(r.last, n), 0
				continue
			}
		}
		if failed++; errors.Is(err, sql.ErrNoRows) && n > r.last {
			break
		}
	}
}
