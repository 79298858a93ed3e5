package parcel_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/golden"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/wire"
)

// None of the bytes once written was changed or dropped.
func TestGoldenBytesAreKept(t *testing.T) { golden.Kept(t) }

// The plain form as this version writes it is read for ever.
func TestGoldenBody(t *testing.T) {
	var out bytes.Buffer
	b := parcel.NewBody(&out, line)
	for _, m := range question() {
		if err := b.Put(parcel.KindSync, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Seal(key('p')); err != nil {
		t.Fatal(err)
	}
	kept := golden.Bytes(t, "v1/to_school.cborseq", out.Bytes())
	items := 0
	signer, err := parcel.Scan(bytes.NewReader(kept), line, func(parcel.Kind, []byte, [32]byte) error { items++; return nil })
	if err != nil || items != 2 || trusts(t, key('p').Public())(line, signer) != nil {
		t.Errorf("%d items, %v", items, err)
	}
	if got := line.String(); got != "uchitelskaya-parcel/1 to-school 01020300000000000000000000000000 04050600000000000000000000000000 1795430000000 28060e54\n" {
		t.Errorf("line %q", got)
	}
}

// A file once written is opened for ever. No two are encrypted alike, so only
// reading is held.
func TestGoldenFile(t *testing.T) {
	const name = "v1/to_school.parcel"
	made, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		made = write(t, public(key('s')), key('p')) // for -update
	}
	p, err := parcel.Open(bytes.NewReader(golden.Bytes(t, name, made)), key('s'), trusts(t, key('p').Public()))
	if err != nil || p.Line != line {
		t.Errorf("Open = %+v, %v", p, err)
	}
}

// FuzzScan gives any bytes as a body: it ends with a sentence, or with a seal
// that fits.
func FuzzScan(f *testing.F) {
	if golden, err := os.ReadFile(filepath.Join("testdata", "v1", "to_school.cborseq")); err == nil {
		f.Add(golden)
		f.Add(golden[:len(golden)/2])
	}
	f.Add([]byte{0x82, 1, 0x43, 1, 2, 3, 0x82, 5, 0x40})
	f.Fuzz(func(t *testing.T, b []byte) {
		var items [][]byte
		_, err := parcel.Scan(bytes.NewReader(b), line, func(k parcel.Kind, raw []byte, _ [32]byte) error {
			items = append(items, raw)
			var m wire.Sync
			_ = wire.Decode(raw, &m)
			return nil
		})
		if err != nil && fault.CodeOf(err) == fault.Internal {
			t.Errorf("no sentence: %v", err)
		}
		for _, raw := range items {
			if len(raw) > len(b) {
				t.Errorf("an item of %d bytes out of %d", len(raw), len(b))
			}
		}
	})
}

// FuzzReadLine gives any bytes as a first line: what is read is written the same.
func FuzzReadLine(f *testing.F) {
	f.Add(line.String())
	f.Add("uchitelskaya-parcel/1 to-school\n")
	f.Fuzz(func(t *testing.T, s string) {
		l, err := parcel.ReadLine(strings.NewReader(s))
		switch {
		case err == nil && !strings.HasPrefix(s, l.String()):
			t.Errorf("%q is read as %q", s, l)
		case err != nil && fault.CodeOf(err) == fault.Internal:
			t.Errorf("no sentence: %v", err)
		}
	})
}
