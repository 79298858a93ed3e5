// Package golden keeps the bytes that every version must read for ever: of
// messages, commits, signatures. It serves tests alone.
//
// A package has them under testdata in a folder for each version of the
// protocol. SHA256SUMS beside them lists their digests, so that none is changed
// or dropped unnoticed; -update writes those that are missing and no others.
package golden

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden bytes that are missing")

const sums = "SHA256SUMS"

// Bytes returns the golden bytes of a name, such as «v1/sync.cbor». It fails the
// test when made, which is what this version writes, is something else.
func Bytes(t *testing.T, name string, made []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	want, err := os.ReadFile(path)
	if *update && errors.Is(err, os.ErrNotExist) {
		if err := write(path, made); err != nil {
			t.Fatal(err)
		}
		want, err = made, nil
	}
	if err != nil {
		t.Fatal(err)
	}
	if string(made) != string(want) {
		t.Errorf("%s is written as %x, want %x", name, made, want)
	}
	return want
}

// write keeps new bytes and their digest.
func write(path string, raw []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(filepath.Dir(path), sums), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, line(filepath.Base(path), raw))
	return errors.Join(err, f.Close(), os.WriteFile(path, raw, 0o644))
}

func line(name string, raw []byte) string { return fmt.Sprintf("%x  %s", sha256.Sum256(raw), name) }

// Kept holds that the golden bytes of every version are those listed, all of
// them and no others.
func Kept(t *testing.T) {
	t.Helper()
	lists, err := filepath.Glob(filepath.Join("testdata", "v*", sums))
	if err != nil || len(lists) == 0 {
		t.Fatalf("no golden bytes: %v", err)
	}
	for _, list := range lists {
		raw, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for l := range strings.Lines(string(raw)) {
			listed[strings.TrimSpace(l)] = true
		}
		files, err := os.ReadDir(filepath.Dir(list))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Name() == sums {
				continue
			}
			raw, err := os.ReadFile(filepath.Join(filepath.Dir(list), f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			l := line(f.Name(), raw)
			if !listed[l] {
				t.Errorf("%s: %s is not as it was written once", list, f.Name())
			}
			delete(listed, l)
		}
		for l := range listed {
			t.Errorf("%s lists %s, which is not there", list, l)
		}
	}
}
