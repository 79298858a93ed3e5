package wire_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"reflect"
	"testing"

	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// name is an id out of nothing, which no other part of a message helps to pack.
func name(what string, n int) []byte {
	sum := sha256.Sum256(fmt.Append(nil, what, n))
	return sum[:16]
}

// roster is how a log begins: commits that name a hundred pupils each.
func roster(commits int) (out [][]byte) {
	for c := range commits {
		var raw []byte
		for n := range 100 {
			raw = append(raw, name("pupil", 100*c+n)...)
		}
		out = append(out, raw)
	}
	return out
}

// marks is a message of marks of these pupils.
func marks() *wire.SyncAnswer {
	n := wire.News{Volume: 2026}
	for i := range 300 {
		n.Entries = append(n.Entries, wire.Entry{Raw: append(name("pupil", i), byte(i%4)), Arrived: 1_790_000_000_000})
	}
	return &wire.SyncAnswer{News: []wire.News{n}}
}

var ofRoster = []wire.Cursor{{Volume: 0, Position: 8}, {Volume: 2026, Position: 512}}

func TestDictionary(t *testing.T) {
	d := wire.NewDictionary(ofRoster, [][][]byte{roster(8)})
	plain, err := wire.Pack(marks())
	if err != nil {
		t.Fatal(err)
	}
	body, err := d.Pack(marks())
	if err != nil {
		t.Fatal(err)
	}
	if 3*len(body) > len(plain) {
		t.Errorf("%d bytes with the dictionary, %d without", len(body), len(plain))
	}
	again := wire.NewDictionary(ofRoster, [][][]byte{roster(8)}) // as the other side makes it
	for what, packed := range map[string][]byte{"with it": body, "without": plain} {
		var got wire.SyncAnswer
		if err := again.Unpack(bytes.NewReader(packed), wire.MaxBody, &got); err != nil || !reflect.DeepEqual(&got, marks()) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, other := range map[string]*wire.Dictionary{"none": nil, "another": wire.NewDictionary(ofRoster, [][][]byte{roster(7)})} {
		if err := other.Unpack(bytes.NewReader(body), wire.MaxBody, &wire.SyncAnswer{}); fault.CodeOf(err) != fault.Damaged {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range body {
		bad := bytes.Clone(body)
		bad[i] ^= 1
		var got wire.SyncAnswer
		if err := again.Unpack(bytes.NewReader(bad), wire.MaxBody, &got); err == nil && !reflect.DeepEqual(&got, marks()) {
			t.Fatalf("byte %d turned: another message", i)
		} else if err != nil && fault.CodeOf(err) == fault.Internal {
			t.Fatalf("byte %d turned: no code: %v", i, err)
		}
		if err := again.Unpack(bytes.NewReader(body[:i]), wire.MaxBody, &got); err == nil {
			t.Fatalf("%d of %d bytes make a message", i, len(body))
		}
	}
}

// What is short is packed as ever, and of what is short no dictionary is made.
func TestShortThingsNeedNoDictionary(t *testing.T) {
	if wire.NewDictionary(ofRoster, [][][]byte{{[]byte("commit")}, nil}) != nil {
		t.Error("a dictionary of six bytes")
	}
	d := wire.NewDictionary(ofRoster, [][][]byte{roster(8)})
	m := &wire.SyncAnswer{Durable: 7}
	body, err := d.Pack(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := wire.Unpack(bytes.NewReader(body), wire.MaxBody, &wire.SyncAnswer{}); err != nil {
		t.Errorf("a short message wants the dictionary: %v", err)
	}
}

// However long the logs are, a dictionary is bounded, and so is what a frame
// that names it unpacks to.
func TestDictionaryIsBounded(t *testing.T) {
	long := make([]byte, 3*wire.CommonBytes)
	for i := range long {
		long[i] = name("noise", i/16)[i%16]
	}
	first, cut := wire.NewDictionary(ofRoster, [][][]byte{{long}}), wire.NewDictionary(ofRoster, [][][]byte{{long[:wire.CommonBytes]}})
	behind := wire.NewDictionary(ofRoster, [][][]byte{{long[:wire.CommonBytes], {1, 2, 3}}})
	for _, d := range []*wire.Dictionary{first, behind} {
		body, err := d.Pack(marks())
		if err != nil {
			t.Fatal(err)
		}
		if err := cut.Unpack(bytes.NewReader(body), wire.MaxBody, &wire.SyncAnswer{}); err != nil {
			t.Errorf("not the same dictionary: %v", err)
		}
	}
	bomb, err := zstd.NewWriter(nil, zstd.WithEncoderDictRaw(77777, long[:wire.CommonBytes]))
	if err != nil {
		t.Fatal(err)
	}
	body := bomb.EncodeAll(make([]byte, wire.MaxPlain+1), nil)
	if err := cut.Unpack(bytes.NewReader(body), wire.MaxBody, &wire.SyncAnswer{}); fault.CodeOf(err) != fault.TooLarge {
		t.Errorf("a bomb: %v", err)
	}
}

func TestSaidCommon(t *testing.T) {
	h := http.Header{}
	wire.NewDictionary(ofRoster, [][][]byte{roster(8)}).Say(h)
	if got := wire.SaidCommon(h); !reflect.DeepEqual(got, ofRoster) {
		t.Errorf("said %v, heard %v", ofRoster, got)
	}
	(*wire.Dictionary)(nil).Say(http.Header{})
	for text, want := range map[string][]wire.Cursor{
		"":                       nil,
		"0:1":                    {{Volume: 0, Position: 1}},
		"0:0":                    nil,
		"0:513":                  nil,
		"2026:512,0:1":           {{Volume: 2026, Position: 512}, {Volume: journal.Register, Position: 1}},
		"0:1,1:1,2:1":            nil,
		"-1:1":                   nil,
		"99999:1":                nil,
		"0:1,":                   nil,
		"0":                      nil,
		"0:1:1":                  nil,
		"0:18446744073709551617": nil,
		"школа":                  nil,
	} {
		h := http.Header{"Uchitelskaya-Common": {text}}
		if got := wire.SaidCommon(h); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func FuzzDictionary(f *testing.F) {
	d := wire.NewDictionary(ofRoster, [][][]byte{roster(8)})
	for _, m := range append([]wire.Message{marks()}, messages()["sync"]) {
		body, err := d.Pack(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if err := d.Unpack(bytes.NewReader(body), wire.MaxBody, &wire.SyncAnswer{}); err != nil && fault.CodeOf(err) == fault.Internal {
			t.Fatalf("no code: %v", err)
		}
	})
}
