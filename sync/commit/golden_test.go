package commit_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/golden"
)

// None of the bytes once written was changed or dropped.
func TestGoldenBytesAreKept(t *testing.T) { golden.Kept(t) }

// full is a commit with every part filled.
func full() *commit.Commit {
	c := mark(9)
	c.Reason, c.Undoes, c.Entered = "Отметка за работу, а не за поведение.", 7, time.UnixMilli(-5).UTC()
	other := commit.EditID{Device: journal.DeviceID{0xD1}, Number: 300, Index: 12}
	c.Edits = append(c.Edits,
		commit.Edit{Kind: journal.KindCell, Key: c.Edits[0].Key, Field: journal.CellNote, Value: journal.TextValue("Контрольная № 2"), Replaces: []commit.EditID{{Device: c.Device, Number: 7}, other}},
		commit.Edit{Kind: journal.KindCell, Key: c.Edits[0].Key, Field: journal.CellSecond, Replaces: []commit.EditID{other}},
		commit.Edit{Kind: 900, Key: "of a later version", Field: 77, Value: journal.BytesValue([]byte{0, 1, 2})},
		commit.Edit{Kind: 900, Key: "of a later version", Field: 78, Value: journal.IntValue(-70_000)})
	return c
}

// Commits and envelopes that were written once read for ever, and mean the same.
func TestGoldenBytes(t *testing.T) {
	for name, c := range map[string]*commit.Commit{"commit": mark(7), "commit_full": full()} {
		t.Run(name, func(t *testing.T) {
			raw, err := commit.Encode(c)
			if err != nil {
				t.Fatal(err)
			}
			back, err := commit.Decode(golden.Bytes(t, "v1/"+name+".cbor", raw))
			if err != nil || !reflect.DeepEqual(back, c) {
				t.Errorf("Decode = %+v, %v; want %+v", back, err, c)
			}
		})
	}
	t.Run("envelope", func(t *testing.T) {
		e := sealed(t, 4, 3, [32]byte{9})
		raw, err := cbor.Marshal([]any{e.Signature, e.Commits})
		if err != nil {
			t.Fatal(err)
		}
		var kept struct {
			_         struct{} `cbor:",toarray"`
			Signature []byte
			Commits   [][]byte
		}
		if err := cbor.Unmarshal(golden.Bytes(t, "v1/envelope.cbor", raw), &kept); err != nil {
			t.Fatal(err)
		}
		e.Signature, e.Commits = kept.Signature, kept.Commits
		if list, err := e.Verify(public(key(1))); err != nil || len(list) != 3 {
			t.Errorf("Verify = %v, %v", list, err)
		}
	})
}

// A commit of a later form is told from a damaged one.
func TestACommitOfALaterVersion(t *testing.T) {
	raw, err := commit.Encode(mark(1))
	if err != nil {
		t.Fatal(err)
	}
	later := append([]byte{raw[0], 2}, raw[2:]...)
	longer := append(append([]byte{raw[0] + 1, 2}, raw[2:]...), 0)
	for name, tt := range map[string]struct {
		raw   []byte
		later bool
	}{
		"version 2":                 {later, true},
		"version 2, one part more":  {longer, true},
		"version 1, one part more":  {append([]byte{raw[0] + 1}, raw[1:]...), false},
		"version 0":                 {append([]byte{raw[0], 0}, raw[2:]...), false},
		"nothing":                   {nil, false},
		"a value that is a decimal": {append(append([]byte{}, raw[:len(raw)-2]...), 0xF9, 0, 0, 0x80), false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := commit.Decode(tt.raw)
			if err == nil || commit.Later(tt.raw) != tt.later {
				t.Errorf("Decode = %v, later %t", err, commit.Later(tt.raw))
			}
		})
	}
}
