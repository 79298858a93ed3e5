package local

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/migrate"
	"uchitelskaya/sync/commit"
)

// remains are what a damaged file still tells.
type remains struct {
	meta      meta
	profiles  []Profile
	envelopes []sealed
	missed    []missedRow
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

// missedRow is a commit of this PC that the server did not take, with what a
// person did about it.
type missedRow struct {
	verdict commit.Verdict // the device is missing
	body    []byte
	by      []byte // id of who put it away or said it again; nil: nobody
	at      int64
	retry   sql.NullInt64
	told    bool
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
	if err := copyDamaged(ctx, path, file); err != nil {
		return left
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
	left.readMissed(ctx, db)
	left.readCommits(ctx, db)
	return left
}

// copyDamaged copies a damaged file so that SQLite looks into it at all. Where
// the first page is no longer one, and where the file is cut off, it takes the
// pages of an empty journal, which define the same tables at the same places;
// what is cut off beyond them becomes empty pages.
func copyDamaged(ctx context.Context, from, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	fresh, err := emptyJournal(ctx, to+".fresh")
	if err != nil {
		return err
	}
	raw = raw[:len(raw)/pageSize*pageSize]
	if len(raw) < len(fresh) {
		raw = append(raw, fresh[len(raw):]...)
	}
	if string(raw[:len(magic)]) != magic {
		copy(raw, fresh[:pageSize])
		binary.BigEndian.PutUint32(raw[pagesAt:], uint32(len(raw)/pageSize))
	}
	size := int(binary.BigEndian.Uint32(raw[pagesAt:])) * pageSize
	if size > len(raw) && size < len(raw)+1<<30 {
		raw = append(raw, make([]byte, size-len(raw))...)
	}
	if log, err := os.ReadFile(from + "-wal"); err == nil {
		if err := os.WriteFile(to+"-wal", log, 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(to, raw, 0o600)
}

// What the header of a database file says, by https://www.sqlite.org/fileformat.html.
const (
	magic    = "SQLite format 3\x00"
	pageSize = 4096
	pagesAt  = 28 // how many pages the file has, big end first
)

// emptyJournal makes a database with our tables and returns its bytes.
func emptyJournal(ctx context.Context, path string) ([]byte, error) {
	db, err := connect(ctx, path, writer)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(migrate.Run(ctx, db, migrations, nil), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
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
	_ = rows.Err() // what could be read is all there is
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
	_ = rows.Err() // as above
}

func (r *remains) readMissed(ctx context.Context, db *sql.DB) {
	rows, err := db.QueryContext(ctx, `SELECT v.number, answer, code, text, body, sum, ids.id, ifnull(a.at, 0), a.retry, ifnull(a.told, 0)
		FROM verdicts v JOIN commits c ON c.device = 1 AND c.number = v.number
		LEFT JOIN asides a ON a.number = v.number LEFT JOIN ids ON ids.number = a.staff ORDER BY v.number`)
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var m missedRow
		var check int64
		v := &m.verdict
		if rows.Scan(&v.Commit.Number, &v.Answer, &v.Code, &v.Text, &m.body, &check, &m.by, &m.at, &m.retry, &m.told) != nil {
			continue
		}
		if _, err := decode(m.body, check); err == nil {
			r.missed = append(r.missed, m)
		}
	}
	_ = rows.Err() // as above
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
		var body packed
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
