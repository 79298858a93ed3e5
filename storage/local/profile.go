package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Profile is what this PC keeps of one person who works on it.
type Profile = commit.Profile

// PutProfile keeps the profile of a person in place of a former one.
func (j *Journal) PutProfile(ctx context.Context, p commit.Profile) error {
	return j.update(ctx, func(t *tx) error { return t.putProfile(p) })
}

func (t *tx) putProfile(p Profile) error {
	return t.exec("REPLACE INTO profiles (staff, name, blob, used) VALUES (?, ?, ?, ?)", p.Staff[:], p.Name, p.Blob, p.Used.UnixMilli())
}

// DropProfile forgets a person on this PC; what she wrote stays.
func (j *Journal) DropProfile(ctx context.Context, staff journal.StaffID) error {
	return j.update(ctx, func(t *tx) error { return t.exec("DELETE FROM profiles WHERE staff = ?", staff[:]) })
}

// Profile returns the profile of one person, [fault.NotFound] when she has none
// on this PC.
func (j *Journal) Profile(ctx context.Context, staff journal.StaffID) (commit.Profile, error) {
	p := commit.Profile{Staff: staff}
	err := j.look(ctx, func(w view) error {
		var used int64
		err := w.one("SELECT name, blob, used FROM profiles WHERE staff = ?", []any{staff[:]}, &p.Name, &p.Blob, &used)
		p.Used = time.UnixMilli(used).UTC()
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return commit.Profile{}, fault.Wrap(fault.NotFound, "На этом компьютере вы ещё не входили. Для первого входа нужен школьный сервер.", err)
	}
	return p, err
}

// Profiles returns the people who work on this PC, who was here last first.
func (j *Journal) Profiles(ctx context.Context) ([]commit.Profile, error) {
	var out []commit.Profile
	err := j.look(ctx, func(w view) error {
		return w.each("SELECT staff, name, blob, used FROM profiles ORDER BY used DESC, staff", nil, func(scan func(...any) error) error {
			var p commit.Profile
			var staff []byte
			var used int64
			if err := scan(&staff, &p.Name, &p.Blob, &used); err != nil {
				return err
			}
			if copy(p.Staff[:], staff) != len(p.Staff) {
				return fmt.Errorf("read profile: id of %d bytes", len(staff))
			}
			p.Used = time.UnixMilli(used).UTC()
			out = append(out, p)
			return nil
		})
	})
	return out, err
}
