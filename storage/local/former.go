package local

import (
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A server that was put back from a copy lacks what it had accepted since. The
// authors' PCs send their own again; but a PC may be gone, or put back itself. So
// each PC keeps the former logs as it had them, and gives back what the present
// ones lack when it has read them. Nothing of it is dropped before it stands there.

// leaveEpoch keeps the logs of the server that is no more.
func (t *tx) leaveEpoch(epoch [16]byte) error {
	t.state.owes = true
	return t.exec(`INSERT OR IGNORE INTO former (epoch, volume, position, device, number, delay)
		SELECT ?, c.volume, c.position, device, number, delay FROM commits c JOIN cursors k ON k.volume = c.volume
		WHERE c.position <= k.position`, epoch[:])
}

// takeAlong writes anew what this PC wrote before it became another one and knows
// to be in a former log that it never read up to there: of that it has no proof,
// unless it stands in one before that.
func (t *tx) takeAlong() error {
	type own struct {
		*commit.Commit
		device int64
	}
	var list []own
	err := t.each(`SELECT body, sum, device FROM commits c WHERE device <> 1 AND position > ifnull((SELECT position FROM cursors k WHERE k.volume = c.volume), 0)
		AND NOT EXISTS (SELECT 1 FROM former f WHERE f.device = c.device AND f.number = c.number AND f.body IS NULL) ORDER BY device, number`, nil, func(scan func(...any) error) error {
		var o own
		var err error
		o.Commit, _, err = scanBody(scan, &o.device)
		list = append(list, o)
		return err
	})
	if err != nil {
		return fmt.Errorf("read commits: %w", err)
	}
	for _, o := range list {
		if err := t.exec("DELETE FROM commits WHERE device = ? AND number = ?", o.device, int64(o.Number)); err != nil {
			return err
		}
		t.anew = true
		t.state.last++
		o.ID, o.Undoes = commit.ID{Device: t.state.identity.Device, Number: t.state.last}, 0
		raw, err := commit.Encode(o.Commit)
		if err != nil {
			return fmt.Errorf("write anew: %w", err)
		}
		if _, err := t.insert(o.Commit, raw, nil); err != nil {
			return err
		}
	}
	return nil
}

// leave takes a commit out of the table of commits into the former log.
func (t *tx) leave(c *commit.Commit, device int64) error {
	if err := t.setFormerBody(device, int64(c.Number)); err != nil {
		return err
	}
	t.fade(c)
	return t.exec("DELETE FROM commits WHERE device = ? AND number = ?", device, int64(c.Number))
}

// setFormerBody keeps the bytes of a commit that leaves the table of commits.
func (t *tx) setFormerBody(device, number int64) error {
	err := t.exec("UPDATE former SET body = (SELECT body FROM commits c WHERE c.device = former.device AND c.number = former.number) WHERE device = ? AND number = ? AND body IS NULL", device, number)
	if err != nil {
		return fmt.Errorf("keep former commit: %w", err)
	}
	return nil
}

// fade notes that a commit stands no more: the projection is made anew.
func (t *tx) fade(c *commit.Commit) {
	t.anew = true
	t.news.of(c.Volume).Roster = true
	for _, e := range c.Edits {
		if journal.Holds(e.Kind) {
			t.shown = append(t.shown, shown{entity{c.Volume, e.Kind, e.Key}, e.Field, journal.Value{}})
		}
	}
}

// supplant puts an entry of the log in place of a commit that a former server had
// accepted under the same number, and which is given back from there.
func (t *tx) supplant(c *commit.Commit, e *commit.Entry) (bool, error) {
	device, err := t.number(c.Device)
	if err != nil {
		return false, err
	}
	var n int
	err = t.one("SELECT 1 FROM former f JOIN commits c USING (device, number) WHERE f.device = ? AND f.number = ? AND c.position IS NULL LIMIT 1", []any{device, int64(c.Number)}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	} else if err != nil {
		return false, fmt.Errorf("look for former commit: %w", err)
	}
	old, err := find(t, c.ID)
	if err != nil {
		return false, err
	}
	if err := t.leave(old.Commit, device); err != nil {
		return false, err
	}
	if _, err = t.insert(c, e.Raw, e); err != nil {
		return false, err
	}
	return true, errors.Join(t.foldAll(c, e.Arrived), t.heedAll(c))
}
