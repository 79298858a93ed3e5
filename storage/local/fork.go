package local

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
)

// Another PC writes under our number: this file, or that PC's, was put back from
// an old copy or made from its disk. Then this PC becomes another one. What the
// school has under the former number stays that of the former PC; everything
// else that was written here is written anew under the new one.

// Fork returns the key under which this PC becomes another, and which of its
// commits may not be at the server. The key follows from the former one and the
// first of these commits, so whatever happens in between, the same is asked for
// again; and copies made after that commit was typed become one PC, under which
// it is in the log once, before they part again. When the log that one has read
// holds what another wrote as that PC, it becomes the next one.
func (j *Journal) Fork(ctx context.Context) (out commit.Fork, err error) {
	err = j.update(ctx, func(t *tx) error {
		list, err := t.unplaced()
		seed := append([]byte("uchitelskaya/fork/1"), t.state.identity.Key.Seed()...)
		begun := false
		for _, u := range list {
			if u.answer == commit.Refused {
				continue
			}
			sum := sha256.Sum256(u.body)
			out.Numbers, out.Sums = append(out.Numbers, u.Number), append(out.Sums, sum)
			if u.answer == 0 && !begun {
				begun, seed = true, append(seed, sum[:]...)
			}
		}
		for known := true; known; {
			sum := sha256.Sum256(seed)
			out.Key = ed25519.NewKeyFromSeed(sum[:])
			_, known = t.idNumber(identity.DeviceID(out.Key.Public().(ed25519.PublicKey)))
			seed = append(seed, sum[:]...)
		}
		return err
	})
	return out, err
}

// Become makes this PC the one of the given identity, in one transaction:
// verdicts are of those commits that the server has under the former number.
//
// Requests that wait for the deputy stay the former PC's and come with the log
// when they are granted; one that a server put back from a copy has forgotten is
// written anew. Refused commits come along with their verdicts, to be judged once
// more.
func (j *Journal) Become(ctx context.Context, id commit.Identity, verdicts []commit.Verdict) error {
	return j.update(ctx, func(t *tx) error {
		if t.state.identity.Device == id.Device {
			return nil
		}
		for _, v := range verdicts {
			if err := t.settle(v); err != nil {
				return fmt.Errorf("settle %s: %w", v.Commit, err)
			}
		}
		list, err := t.unplaced()
		if err != nil {
			return err
		}
		for i, u := range list {
			if u.answer == commit.Requested && !slices.ContainsFunc(verdicts, func(v commit.Verdict) bool { return v.Commit == u.ID }) {
				list[i].answer = 0
			}
		}
		if err := t.leaveNumber(id, list); err != nil {
			return fmt.Errorf("leave the former number: %w", err)
		}
		if err := t.writeAnew(id.Device, list); err != nil {
			return fmt.Errorf("write anew: %w", err)
		}
		if err := t.reloadMissed(); err != nil {
			return err
		}
		t.news.counts = true
		for _, v := range list {
			t.news.of(v.Volume).Roster = true
		}
		t.anew = true
		return nil
	})
}

// unplaced is a commit of this PC that is in no log.
type unplaced struct {
	*commit.Commit
	body         []byte
	answer       commit.Answer // 0: none yet
	code, text   string
	staff, aside sql.NullInt64 // who dealt with it by hand, and when
	retry        sql.NullInt64
	told         sql.NullInt64
}

// unplaced reads those commits, by number.
func (t *tx) unplaced() (out []unplaced, err error) {
	s, err := t.j.stmt(`SELECT c.body, c.sum, ifnull(v.answer, 0), ifnull(v.code, ''), ifnull(v.text, ''), a.staff, a.at, a.retry, a.told
		FROM commits c LEFT JOIN verdicts v ON v.number = c.number LEFT JOIN asides a ON a.number = c.number
		WHERE c.device = 1 AND c.position IS NULL ORDER BY c.number`)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(context.Background())
	if err != nil {
		return nil, fmt.Errorf("read commits: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var u unplaced
		if u.Commit, u.body, err = scanBody(rows.Scan, &u.answer, &u.code, &u.text, &u.staff, &u.aside, &u.retry, &u.told); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

// leaveNumber takes the commits listed away and leaves all others to the PC that
// this one was.
func (t *tx) leaveNumber(id commit.Identity, list []unplaced) error {
	for _, u := range list {
		err := t.setFormerBody(1, int64(u.Number))
		if err == nil {
			err = t.exec("DELETE FROM commits WHERE device = 1 AND number = ?", int64(u.Number))
		}
		if err != nil {
			return err
		}
	}
	former, n := t.state.identity.Device, t.nextID()
	err := errors.Join(
		t.exec("DELETE FROM verdicts"), t.exec("DELETE FROM asides"), t.exec("DELETE FROM envelopes"),
		t.exec("UPDATE commits SET device = ? WHERE device = 1", n),
		t.exec("UPDATE former SET device = ? WHERE device = 1", n),
		t.exec("UPDATE ids SET id = ? WHERE number = 1", id.Device[:]),
		t.exec("INSERT INTO ids (number, id) VALUES (?, ?)", n, former[:]))
	if t.fresh == nil {
		t.fresh = map[[16]byte]int64{}
	}
	t.fresh[id.Device], t.fresh[former] = 1, n
	for name, value := range map[string]any{metaDevice: id.Device[:], metaName: id.Name, metaKey: []byte(id.Key)} {
		err = errors.Join(err, t.meta(name, value))
	}
	t.state.identity = id
	return err
}

// writeAnew makes commits of the new PC of those listed: the same person, moment
// and content in the same order, under numbers from 1.
func (t *tx) writeAnew(device journal.DeviceID, list []unplaced) error {
	former := map[uint64]uint64{} // number there → number here
	for _, u := range list {
		if u.answer != commit.Requested {
			former[u.Number] = uint64(len(former) + 1)
		}
	}
	for _, u := range list {
		if u.answer == commit.Requested {
			continue
		}
		c := u.Commit
		for i := range c.Edits {
			for k, r := range c.Edits[i].Replaces {
				if n := former[r.Number]; r.Device == c.Device && n > 0 {
					c.Edits[i].Replaces[k].Device, c.Edits[i].Replaces[k].Number = device, n
				}
			}
		}
		c.Device, c.Number, c.Undoes = device, former[c.Number], former[c.Undoes]
		raw, err := commit.Encode(c)
		if err != nil {
			return fmt.Errorf("commit %d: %w", c.Number, err)
		}
		if _, err := t.insert(c, raw, nil); err != nil {
			return err
		}
		if err := t.verdictAnew(u, former); err != nil {
			return fmt.Errorf("verdict of %d: %w", c.Number, err)
		}
	}
	t.state.last, t.state.durable = uint64(len(former)), 0
	return errors.Join(t.meta(metaDurable, 0), t.meta(metaLast, int64(len(former))))
}

// verdictAnew keeps the verdict on a refused commit, and what was done about it.
func (t *tx) verdictAnew(u unplaced, former map[uint64]uint64) error {
	if u.answer != 0 {
		if err := t.exec("INSERT INTO verdicts (number, answer, code, text) VALUES (?, ?, ?, ?)", int64(u.Number), int64(u.answer), u.code, u.text); err != nil {
			return err
		}
	}
	if !u.staff.Valid {
		return nil
	}
	var retry any
	if n := former[uint64(u.retry.Int64)]; u.retry.Valid && n > 0 {
		retry = int64(n)
	}
	return t.exec("INSERT INTO asides (number, staff, at, retry, told) VALUES (?, ?, ?, ?, ?)", int64(u.Number), u.staff.Int64, u.aside.Int64, retry, u.told.Int64)
}
