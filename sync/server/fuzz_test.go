package server_test

import (
	"reflect"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// paths are where a PC posts to; the fuzzer chooses one by its number.
var paths = []string{wire.PathSync, wire.PathAsk, wire.PathProve, wire.PathAccounts, wire.PathEnrol, wire.PathFork}

// FuzzHandler posts any CBOR to the real handler over a real store: the answer is
// a yes, or a code and a sentence, and no log grows, because nobody but the PC
// can sign for it. packed sends the bytes as they are.
func FuzzHandler(f *testing.F) {
	b := newBed(f)
	d := b.newDesk("Второй")
	messages := d.hostile()
	door := d.door()
	for n, path := range paths {
		raw, err := wire.Encode(messages[path])
		b.must(err)
		f.Add(n, false, raw)
		f.Add(n, true, pack(f, messages[path]))
		door.post("seed", path, pack(f, messages[path])) // so that the seeds themselves change nothing
	}
	for _, tt := range expensive() {
		if len(tt.body) < 64<<10 {
			f.Add(0, true, tt.body)
		}
	}
	heads, err := b.store.Heads(f.Context(), b.ID())
	b.must(err)
	f.Fuzz(func(t *testing.T, n int, packed bool, body []byte) {
		door.t = t
		if !packed {
			body = squeeze.EncodeAll(body, nil)
		}
		path := paths[uint(n)%uint(len(paths))]
		door.post("fuzzed", path, body)
		after, err := b.store.Heads(t.Context(), b.ID())
		if path != wire.PathProve && path != wire.PathEnrol && (err != nil || !reflect.DeepEqual(after, heads)) {
			t.Errorf("heads %v, then %v, %v", heads, after, err)
		}
		heads = after
	})
}

// FuzzRevoked posts what a PC of the school may say, and any bytes, in the name of
// one that was shut out: it is refused before its message is looked at.
func FuzzRevoked(f *testing.F) {
	b := newBed(f)
	d := b.newDesk("Второй")
	messages := d.hostile()
	door := d.door()
	b.must(b.Revoke(f.Context(), d.device))
	for n, path := range paths {
		f.Add(n, pack(f, messages[path]))
	}
	f.Add(0, []byte("junk"))
	before := d.state()
	f.Fuzz(func(t *testing.T, n int, body []byte) {
		door.t = t
		path := paths[uint(n)%uint(len(paths))]
		// A new code would let in whoever has it, under another key: enrolling reads its message.
		if code, _ := door.post("fuzzed", path, body); code == "" || path != wire.PathEnrol && code != fault.Forbidden {
			t.Errorf("%s: %q", path, code)
		}
		if after := d.state(); after != before {
			t.Errorf("something was kept:\n%s\n%s", before, after)
		}
	})
}
