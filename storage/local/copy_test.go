package local_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
)

// A journal is read for a rebuilt server while nobody has it open, from its
// folder or from a copy, and stays as it is.
func TestReadCopy(t *testing.T) {
	j := openIn(t, t.TempDir(), 1)
	sent := put(t, j, markChange(day, pupil, 5))
	if err := j.Seal(t.Context(), nobody, true); err != nil {
		t.Fatal(err)
	}
	loose := put(t, j, markChange(day, pupil, 4))
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := j.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if _, err := local.ReadCopy(t.Context(), j.Dir(), clock); fault.CodeOf(err) != fault.InUse {
		t.Errorf("an open journal: %v", err)
	}
	if _, err := local.ReadCopy(t.Context(), filepath.Join(t.TempDir(), "none"), clock); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("no journal: %v", err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, j.Dir()} {
		before := sums(t, path)
		c, err := local.ReadCopy(t.Context(), path, clock)
		if err != nil {
			t.Fatal(err)
		}
		if c.Identity.Device != sent.Device || c.Salvaged != nil || c.Return.From != 1 {
			t.Errorf("%+v", c)
		}
		if len(c.Own) != 1 || string(c.Own[0].Commits[0]) != string(encoded(t, sent)) || len(c.Unsealed) != 1 || string(c.Unsealed[0]) != string(encoded(t, loose)) {
			t.Errorf("own %+v, not signed %x", c.Own, c.Unsealed)
		}
		if after := sums(t, path); before != after {
			t.Errorf("%s was written", path)
		}
	}
}

// sums names the bytes of the journal at a path.
func sums(t *testing.T, path string) [32]byte {
	t.Helper()
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "journal.db")
	}
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return sha256.Sum256(raw)
}
