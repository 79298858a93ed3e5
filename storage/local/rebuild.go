package local

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// sum is the checksum that is kept beside the bytes of a commit.
func sum(raw []byte) int64 {
	h := commit.Hash(raw)
	return int64(binary.BigEndian.Uint64(h[:8]))
}

// decode reads a kept commit and refuses bytes that have changed on the disk.
func decode(raw []byte, check int64) (*commit.Commit, error) {
	if sum(raw) != check {
		return nil, damaged("bytes of a commit have changed")
	}
	c, err := commit.Decode(raw)
	if err != nil {
		return nil, damaged("commit: %w", err)
	}
	return c, nil
}

// schema names the projection that this version makes. A file made by a version
// with other kinds or fields gets its projection anew at opening, and so shows
// what that version kept without knowing.
var schema = func() string {
	h := sha256.New()
	fmt.Fprintln(h, "stamps by arrival")
	for _, s := range journal.Specs() {
		fmt.Fprintln(h, s.Kind, s.Name, s.Key)
		for _, f := range s.Fields {
			fmt.Fprintln(h, f.No, f.Name, f.Type)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}()

// place is where a commit stands in the table of commits.
type place struct{ device, number int64 }

func (p place) before(q place) bool {
	return p.device < q.device || p.device == q.device && p.number < q.number
}

// Rebuild makes the whole projection anew from the commits, in one transaction.
func (j *Journal) Rebuild(ctx context.Context) error {
	return j.update(ctx, (*tx).rebuild)
}

func (t *tx) rebuild() error {
	for _, table := range projection() {
		if err := t.exec("DELETE FROM " + table); err != nil {
			return fmt.Errorf("empty %s: %w", table, err)
		}
	}
	for at := (place{}); ; {
		batch, err := t.following(at, 1000)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for _, k := range batch {
			at = k.place
			t.upto = &at
			if err := t.foldAll(k.Commit, k.arrived); err != nil {
				return err
			}
		}
	}
	t.upto = nil
	return t.meta(metaSchema, schema)
}

// projection names the tables made from the commits.
func projection() []string {
	out := []string{"disputes", "others"}
	for _, s := range journal.Specs() {
		out = append(out, s.Name)
	}
	return out
}

// placed is a commit and where it stands.
type placed struct {
	*commit.Commit
	place
	arrived int64
}

// following reads the next standing commits.
func (t *tx) following(at place, limit int) ([]placed, error) {
	s, err := t.j.stmt(`SELECT device, number, body, sum, delay FROM commits c
		WHERE (device, number) > (?, ?) AND NOT (device = 1 AND EXISTS (SELECT 1 FROM verdicts v WHERE v.number = c.number))
		ORDER BY device, number LIMIT ?`)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(context.Background(), at.device, at.number, limit)
	if err != nil {
		return nil, fmt.Errorf("read commits: %w", err)
	}
	defer rows.Close()
	var out []placed
	for rows.Next() {
		var p placed
		var body packed
		var check int64
		var delay sql.NullInt64
		if err := rows.Scan(&p.device, &p.number, &body, &check, &delay); err != nil {
			return nil, fmt.Errorf("read commits: %w", err)
		}
		if p.Commit, err = decode(body, check); err != nil {
			return nil, err
		}
		p.arrived = arrival(p.Commit, delay)
		out = append(out, p)
	}
	return out, rows.Err()
}
