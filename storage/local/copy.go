package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// A Copy is all that one journal knows of its school.
type Copy struct {
	Identity commit.Identity
	Server                      // that it knew last
	Former   []Server           // those before it, as long as its logs lack some of theirs
	Loose    []commit.Entry     // taken by a server once, at no place of these logs
	Own      []*commit.Envelope // sealed here, in the order of numbers, as far as they are whole
	Unsealed [][]byte           // written here, under no signature
	NotTaken []NotTaken         // written here and not accepted
	Return   commit.Return
	Profiles []commit.Profile
	Salvaged *Salvage // of a damaged file: what could be read; nil: it is whole
}

// NotTaken is a commit that the server did not accept, with what it said.
type NotTaken struct {
	commit.Verdict
	Raw []byte
}

// A Server is one of the school's as far as a journal knows it.
type Server struct {
	Epoch [16]byte
	Logs  map[journal.Volume]Log
}

// A Log is a volume as far as a journal has it.
type Log struct {
	Entries []commit.Entry // at the places 1, 2 …
	Head    []byte         // last signed by the server
	Part    tlog.TreeProof // that a head of more places extends them; empty: not known
}

// ReadCopy reads a journal without touching it: its folder, or the file of a
// [Journal.Backup]. now is the wall clock. Of a damaged file it gives what could
// be read. The code is [fault.NotFound] when there is no journal,
// [fault.InUse] when a program has the folder open, [fault.Invalid] when the PC
// was never enrolled.
func ReadCopy(ctx context.Context, path string, now func() time.Time) (c *Copy, err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if err := unused(path); err != nil {
			return nil, err
		}
		path = filepath.Join(path, fileName)
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, fault.Wrap(fault.NotFound, "Журнала нет: "+path+".", err)
	}
	dir, err := os.MkdirTemp("", "uchitelskaya-copy")
	if err != nil {
		return nil, unwritable(err)
	}
	defer os.RemoveAll(dir)
	if err := copyFiles(path, filepath.Join(dir, fileName)); err != nil {
		return nil, fmt.Errorf("copy journal: %w", err)
	}
	j, err := Open(ctx, dir, now)
	var salvaged *Salvage
	if fault.CodeOf(err) == fault.Damaged {
		salvaged = new(Salvage)
		if *salvaged, err = SetAside(ctx, dir, now, ""); err == nil {
			j, err = Open(ctx, dir, now)
		}
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	if !j.state.Load().enrolled {
		return nil, fault.New(fault.Invalid, "Этот журнал не знает школы: "+path+".")
	}
	c = &Copy{Identity: j.state.Load().identity, Salvaged: salvaged}
	if err := j.look(ctx, func(w view) error { return c.read(ctx, w) }); err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return c, nil
}

// unused makes sure that no program writes into a folder while it is read. A
// folder that cannot be written is nobody's.
func unused(dir string) error {
	path := filepath.Join(dir, lockName)
	if _, err := os.Stat(path); err != nil {
		return nil //nolint:nilerr // never opened here
	}
	lock := flock.New(path)
	held, err := lock.TryLock()
	if err == nil && !held {
		return errInUse
	}
	return lock.Close()
}

// copyFiles copies a database with what was not yet written back into it.
func copyFiles(from, to string) error {
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(from + suffix)
		if suffix != "" && errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(to+suffix, raw, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// read takes everything out of one moment's view.
func (c *Copy) read(ctx context.Context, w view) (err error) {
	if err := c.readLogs(w); err != nil {
		return err
	}
	if c.Return.From, err = w.wholeFrom(); err != nil {
		return err
	}
	if c.Return.Keys, err = w.signKeys(); err != nil {
		return err
	}
	sealed := map[uint64]bool{}
	for last := uint64(0); ; {
		e, upto, err := w.envelope(last)
		if err != nil {
			return err
		}
		if e == nil {
			break
		}
		c.Own, last = append(c.Own, e), upto
		for i := range e.Commits {
			sealed[e.First+uint64(i)] = true
		}
	}
	err = w.each("SELECT body, sum FROM commits WHERE device = 1 AND position IS NULL ORDER BY number", nil, func(scan func(...any) error) error {
		k, raw, err := scanBody(scan)
		if err == nil && !sealed[k.Number] {
			c.Unsealed = append(c.Unsealed, raw)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = w.each("SELECT body, sum, v.number, answer, volume, code, text FROM verdicts v JOIN commits c ON c.device = 1 AND c.number = v.number ORDER BY v.number", nil,
		func(scan func(...any) error) error {
			n := NotTaken{Verdict: commit.Verdict{Commit: commit.ID{Device: c.Identity.Device}}}
			var err error
			_, n.Raw, err = scanBody(scan, &n.Commit.Number, &n.Answer, &n.Volume, &n.Code, &n.Text)
			c.NotTaken = append(c.NotTaken, n)
			return err
		})
	if err != nil {
		return err
	}
	c.Profiles, err = w.j.Profiles(ctx)
	return err
}

// scanBody reads the columns body and sum: the commit and its bytes.
func scanBody(scan func(...any) error, more ...any) (*commit.Commit, []byte, error) {
	var body packed
	var check int64
	if err := scan(append([]any{&body, &check}, more...)...); err != nil {
		return nil, nil, err
	}
	c, err := decode(body, check)
	return c, body, err
}
