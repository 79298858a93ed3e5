package commit_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// released is a commit as it was first released: it must read for ever.
const released = "8b0150d001000000000000000000000000000007505c0000000000000000000000000000001907ea50a00000000000000000000000000000001b01a207afee2000001b000001a207afee206000818518795826010000000000000000000000000000000000512c000302000000000000000000000000000000010580"

func TestGolden(t *testing.T) {
	raw, err := commit.Encode(mark(7))
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(raw); got != released {
		t.Errorf("Encode = %s, want %s", got, released)
	}
	old, err := hex.DecodeString(released)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := commit.Decode(old); err != nil || !reflect.DeepEqual(c, mark(7)) {
		t.Errorf("Decode = %+v, %v", c, err)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCommit(t)
		raw, err := commit.Encode(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := commit.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, c) {
			t.Errorf("decoded %+v, want %+v", back, c)
		}
		if want := byLibrary(t, c); !bytes.Equal(raw, want) {
			t.Errorf("encoded %x, the library %x", raw, want)
		}
	})
}

// byLibrary encodes a commit with a library of deterministic CBOR.
func byLibrary(t *rapid.T, c *commit.Commit) []byte {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	edits := []any{}
	for _, e := range c.Edits {
		var v any
		switch e.Value.Type() {
		case journal.Int:
			v = e.Value.Int()
		case journal.Text:
			v = e.Value.Text()
		case journal.Bytes:
			v = e.Value.Bytes()
		}
		replaces := []any{}
		for _, r := range e.Replaces {
			device := r.Device[:]
			if r.Device == c.Device {
				device = []byte{}
			}
			replaces = append(replaces, []any{device, r.Number, r.Index})
		}
		edits = append(edits, []any{e.Kind, []byte(e.Key), e.Field, v, replaces})
	}
	raw, err := mode.Marshal([]any{
		1, c.Device[:], c.Number, c.School[:], c.Volume, c.Author[:], c.Stamp, c.Entered.UnixMilli(), c.Reason, c.Undoes, edits,
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestEncodeRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*commit.Commit){
		"a commit without a number":         func(c *commit.Commit) { c.Number = 0 },
		"a commit without a device":         func(c *commit.Commit) { c.Device = journal.DeviceID{} },
		"a commit without a school":         func(c *commit.Commit) { c.School = journal.SchoolID{} },
		"a commit without edits":            func(c *commit.Commit) { c.Edits = nil },
		"too many edits":                    func(c *commit.Commit) { c.Edits = make([]commit.Edit, commit.MaxEdits+1) },
		"an edit without a key":             func(c *commit.Commit) { c.Edits[0].Key = "" },
		"an edit with a long key":           func(c *commit.Commit) { c.Edits[0].Key = journal.Key(strings.Repeat("k", 301)) },
		"an edit without a field":           func(c *commit.Commit) { c.Edits[0].Field = 0 },
		"a text that is no UTF-8":           func(c *commit.Commit) { c.Edits[0].Value = journal.TextValue("\xff") },
		"a reason that is no UTF-8":         func(c *commit.Commit) { c.Reason = "\xff" },
		"a reason of 501 characters":        func(c *commit.Commit) { c.Reason = strings.Repeat("ж", 501) },
		"taking back itself":                func(c *commit.Commit) { c.Undoes = c.Number },
		"replacing an edit of no commit":    func(c *commit.Commit) { c.Edits[0].Replaces = []commit.EditID{{Device: home}} },
		"replacing an edit of no device":    func(c *commit.Commit) { c.Edits[0].Replaces = []commit.EditID{{Number: 1}} },
		"replacing an edit beyond the last": func(c *commit.Commit) { c.Edits[0].Replaces = []commit.EditID{{home, 1, commit.MaxEdits}} },
	} {
		t.Run(name, func(t *testing.T) {
			c := mark(7)
			spoil(c)
			if _, err := commit.Encode(c); !errors.Is(err, commit.ErrForm) {
				t.Errorf("Encode = %v, want ErrForm", err)
			}
		})
	}
}

// TestDecodeRefuses holds that there is one form for one content.
func TestDecodeRefuses(t *testing.T) {
	raw, err := commit.Encode(mark(7))
	if err != nil {
		t.Fatal(err)
	}
	number := bytes.IndexByte(raw, 7)
	for name, in := range map[string][]byte{
		"nothing":                    nil,
		"one byte short":             raw[:len(raw)-1],
		"one byte more":              append(bytes.Clone(raw), 0),
		"another version":            append([]byte{raw[0], 2}, raw[2:]...),
		"a number in a longer form":  bytes.Join([][]byte{raw[:number], {0x18}, raw[number:]}, nil),
		"an array without end":       append([]byte{0x9F}, append(bytes.Clone(raw[1:]), 0xFF)...),
		"a value that is a fraction": append(bytes.Clone(raw[:len(raw)-2]), 0xF9, 0, 0, 0x80),
		"the empty text as a value":  append(bytes.Clone(raw[:len(raw)-2]), 0x60, 0x80),
		"an array too long to be":    append(bytes.Clone(raw[:len(raw)-1]), 0x9A, 0xFF, 0xFF, 0xFF, 0xFF),
	} {
		t.Run(name, func(t *testing.T) {
			if c, err := commit.Decode(in); !errors.Is(err, commit.ErrForm) {
				t.Errorf("Decode = %+v, %v, want ErrForm", c, err)
			}
		})
	}
}

// FuzzDecode holds that whatever decodes has exactly one form.
func FuzzDecode(f *testing.F) {
	raw, err := commit.Encode(mark(7))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add(raw[:20])
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := commit.Decode(in)
		if err != nil {
			return
		}
		again, err := commit.Encode(c)
		if err != nil || !bytes.Equal(again, in) {
			t.Errorf("%x decodes, and encodes to %x, %v", in, again, err)
		}
	})
}

func BenchmarkEncodeMark(b *testing.B) {
	c := mark(7)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := commit.Encode(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeMark(b *testing.B) {
	raw, err := commit.Encode(mark(7))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := commit.Decode(raw); err != nil {
			b.Fatal(err)
		}
	}
}
