package wire_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/golden"
	"uchitelskaya/sync/wire"
)

// messages is one of each, with every field filled.
func messages() map[string]wire.Message {
	id := func(b byte) (out [16]byte) {
		for i := range out {
			out[i] = b
		}
		return out
	}
	b32 := bytes.Repeat([]byte{7}, 32)
	return map[string]wire.Message{
		"sync": &wire.Sync{
			Epoch:     id(1),
			Envelopes: []wire.Envelope{{Device: id(2), Author: id(3), First: 41, Prev: [32]byte{9}, ByPC: true, Signature: []byte("signature"), Commits: [][]byte{[]byte("one"), []byte("two")}}},
			Places:    []wire.Place{{Volume: 0, Position: 12, Known: 12}, {Volume: 2026, Position: 70_000, Known: 70_001}},
		},
		"sync_answer": &wire.SyncAnswer{
			Epoch: id(1), Durable: 42,
			Verdicts: []wire.Verdict{
				{Number: 41, Answer: commit.Accepted, Volume: 2026, Position: 70_001},
				{Number: 42, Answer: commit.Requested, Volume: 2026, Code: fault.TermClosed, Text: "I четверть закрыта."},
			},
			News: []wire.News{{Volume: 2026, After: 70_000, Entries: []wire.Entry{{Arrived: 1_790_000_000_000, Own: 41}, {Raw: []byte("commit"), Arrived: 1_790_000_000_001}}, Head: []byte("head"), Proof: b32, Part: b32}},
			More: true,
		},
		"enrol":       &wire.Enrol{Token: []byte("0123456789"), Name: "Учительская, у окна"},
		"enrol_again": &wire.Enrol{Token: []byte("0123456789"), Name: "Учительская", School: bytes.Repeat([]byte{4}, 16), From: 300},
		"sync_keys":   &wire.Sync{Epoch: id(1), Keys: []wire.SignKey{{Staff: id(5), Public: bytes.Repeat([]byte{6}, 32)}}},
		"fork":        &wire.Fork{Key: b32, Proof: bytes.Repeat([]byte{8}, 64), Numbers: []uint64{40, 41}, Sums: bytes.Repeat([]byte{9}, 64)},
		"sync_pieces": &wire.Sync{Epoch: id(1), Most: 32 << 10, Sending: true, Whole: true},
		"sync_back": &wire.Sync{Epoch: id(1), Back: &wire.Back{
			Head: []byte("head"), Size: 70_000, Root: [32]byte(b32), Part: b32, Entries: []wire.Returned{{Position: 69_999, Arrived: 1_790_000_000_000, Raw: []byte("commit"), Proof: b32}},
		}},
		"sync_answer_taken": &wire.SyncAnswer{Epoch: id(1), Durable: 42, Taken: true},
		"sync_answer_now":   &wire.SyncAnswer{Epoch: id(1), Durable: 42, Now: 1_790_000_000_123},
		"heads_now":         &wire.Heads{Heads: []wire.Cursor{{Volume: 0, Position: 12}}, Now: 1_790_000_000_123},
		"heads_news": &wire.Heads{
			Heads: []wire.Cursor{{Volume: 2026, Position: 70_001}}, Now: 1_790_000_000_123, Epoch: bytes.Repeat([]byte{1}, 16),
			News: []wire.News{{Volume: 2026, After: 70_000, Entries: []wire.Entry{{Raw: []byte("commit"), Arrived: 1_790_000_000_001}}, Head: []byte("head")}},
		},
		"problem_outdated": &wire.Problem{Code: fault.Outdated, Text: "Программа на этом компьютере устарела."},
		"asked":            &wire.Asked{Epoch: id(1), Places: []wire.Place{{Volume: 2026, Position: 70_000, Known: 70_001}}},
		"sync_answer_parcel": &wire.SyncAnswer{
			Epoch: id(1), Durable: 41, Verdicts: []wire.Verdict{{Number: 41, Answer: commit.Accepted, Volume: 2026, Position: 70_001}}, Sums: b32,
		},
		"fork_answer": &wire.ForkAnswer{
			Device: id(6), Name: "Учительская (копия)", Verdicts: []wire.Verdict{{Number: 40, Answer: commit.Accepted, Volume: 2026, Position: 70_001}},
		},
		"enrol_answer":    &wire.EnrolAnswer{School: id(4), Device: id(2), Epoch: id(1), Title: "Школа № 1"},
		"ask":             &wire.Ask{Name: "Ковальчук"},
		"ask_answer":      &wire.AskAnswer{Lock: "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA"},
		"prove":           &wire.Prove{Name: "Ковальчук", Proof: b32, SignKey: b32, NewLock: "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA", NewProof: b32},
		"prove_answer":    &wire.ProveAnswer{Staff: id(3), Name: "Ковальчук", Grant: []byte("grant"), ServerKey: b32},
		"accounts":        &wire.Accounts{Author: id(3), Order: []byte("order"), Signature: bytes.Repeat([]byte{8}, 64)},
		"accounts_order":  &wire.AccountsOrder{Op: wire.AccountReset, Staff: [][16]byte{id(3), id(5)}, At: 1_790_000_000_000, Epoch: id(1)},
		"accounts_answer": &wire.AccountsAnswer{Accounts: []wire.Account{{Staff: id(3), Name: "Ковальчук", Password: "k3mn-ab7c-9xyz"}}},
		"heads":           &wire.Heads{Heads: []wire.Cursor{{Volume: 0, Position: 12}, {Volume: 2026, Position: 70_002}}},
		"health":          &wire.Health{Epoch: id(1)},
		"problem":         &wire.Problem{Code: fault.Forbidden, Text: "Этот компьютер не подключён к школе."},
	}
}

// fresh is an empty message of the same type.
func fresh(m wire.Message) wire.Message {
	return reflect.New(reflect.TypeOf(m).Elem()).Interface().(wire.Message)
}

// None of the bytes once written was changed or dropped.
func TestGoldenBytesAreKept(t *testing.T) { golden.Kept(t) }

// Bytes that once were sent are read for ever, and mean the same.
func TestGolden(t *testing.T) {
	for name, m := range messages() {
		t.Run(name, func(t *testing.T) {
			raw, err := wire.Encode(m)
			if err != nil {
				t.Fatal(err)
			}
			want := golden.Bytes(t, "v1/"+name+".cbor", raw)
			got := fresh(m)
			if err := wire.Decode(want, got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, m) {
				t.Errorf("read %+v, want %+v", got, m)
			}
		})
	}
}

func pack(t *testing.T, m wire.Message) []byte {
	t.Helper()
	body, err := wire.Pack(m)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// Whatever happens to a message under way, it is refused with a code, or it
// reads as what was sent.
func TestEveryByteFlippedOrCut(t *testing.T) {
	for name, m := range messages() {
		body := pack(t, m)
		for i := range body {
			for _, broken := range [][]byte{body[:i], flipped(body, i), append(append([]byte{}, body[:i]...), body[max(i-1, 0):]...)} {
				got := fresh(m)
				err := wire.Unpack(bytes.NewReader(broken), wire.MaxBody, got)
				if code := fault.CodeOf(err); err == nil && !reflect.DeepEqual(got, m) || err != nil && code != fault.Damaged && code != fault.TooLarge {
					t.Errorf("%s with byte %d changed: %v, %+v", name, i, err, got)
				}
			}
		}
	}
}

func flipped(b []byte, i int) []byte {
	out := bytes.Clone(b)
	out[i] ^= 0x41
	return out
}

func TestBounds(t *testing.T) {
	bomb := func(size int) []byte {
		w, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return w.EncodeAll(make([]byte, size), nil)
	}
	nested := bytes.Repeat([]byte{0x81}, 10_000)
	plain := func(raw []byte) []byte {
		w, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return w.EncodeAll(raw, nil)
	}
	many := &wire.Sync{Places: make([]wire.Place, wire.MaxVolumes+1)}
	backwards := &wire.Sync{Places: []wire.Place{{Volume: 2026, Position: 5, Known: 4}}}
	for name, tt := range map[string]struct {
		body  []byte
		limit int64
		want  fault.Code
	}{
		"a body over the limit":                        {make([]byte, 1001), 1000, fault.TooLarge},
		"a small body that unpacks to half a gigabyte": {bomb(512 << 20), wire.MaxBody, fault.TooLarge},
		"lists nested ten thousand deep":               {plain(nested), wire.MaxBody, fault.Damaged},
		"a list that says it has 2^60 elements":        {plain([]byte{0xA1, 0x02, 0x9B, 0x10, 0, 0, 0, 0, 0, 0, 0}), wire.MaxBody, fault.Damaged},
		"an indefinite length":                         {plain([]byte{0xBF, 0xFF}), wire.MaxBody, fault.Damaged},
		"the same field twice":                         {plain([]byte{0xA2, 0x05, 0xF5, 0x05, 0xF5}), wire.MaxBody, fault.Damaged},
		"something after the message":                  {plain([]byte{0xA0, 0x00}), wire.MaxBody, fault.Damaged},
		"nothing":                                      {nil, wire.MaxBody, fault.Damaged},
		"more places than there are volumes":           {pack(t, many), wire.MaxBody, fault.Damaged},
		"a head known behind the log":                  {pack(t, backwards), wire.MaxBody, fault.Damaged},
		"an envelope without commits":                  {pack(t, &wire.Sync{Envelopes: []wire.Envelope{{First: 1}}}), wire.MaxBody, fault.Damaged},
		"an envelope that begins at number 0":          {pack(t, &wire.Sync{Envelopes: []wire.Envelope{{Commits: [][]byte{{1}}}}}), wire.MaxBody, fault.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			err := wire.Unpack(bytes.NewReader(tt.body), tt.limit, &wire.Sync{})
			if fault.CodeOf(err) != tt.want || !strings.HasPrefix(fault.TextOf(err), "Сообщение") {
				t.Errorf("Unpack = %v, want code %s", err, tt.want)
			}
		})
	}
}

// A later version may say more than this one understands.
func TestUnknownFieldsArePassedOver(t *testing.T) {
	raw := []byte{0xA2, 0x02, 0x18, 0x2A, 0x18, 0x63, 0x81, 0x61, 0x78} // {2: 42, 99: ["x"]}
	var a wire.SyncAnswer
	if err := wire.Decode(raw, &a); err != nil || a.Durable != 42 {
		t.Errorf("Decode = %v, %+v", err, a)
	}
}

func TestFrames(t *testing.T) {
	var b bytes.Buffer
	m := messages()["heads"]
	for range 2 {
		if err := wire.WriteFrame(&b, m); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		var got wire.Heads
		if err := wire.ReadFrame(&b, &got); err != nil || !reflect.DeepEqual(&got, m) {
			t.Fatalf("ReadFrame = %v, %+v", err, got)
		}
	}
	if err := wire.ReadFrame(&b, &wire.Heads{}); err == nil {
		t.Error("a frame out of nothing")
	}
	if err := wire.ReadFrame(strings.NewReader("\xFF\xFF"), &wire.Heads{}); fault.CodeOf(err) != fault.TooLarge {
		t.Errorf("a frame of 64 KiB: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range messages() {
		raw, err := wire.Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for name, m := range messages() {
			got := fresh(m)
			if wire.Decode(raw, got) != nil {
				continue
			}
			again, err := wire.Encode(got)
			if err != nil {
				t.Fatalf("%s: read but not written: %v", name, err)
			}
			if err := wire.Decode(again, fresh(m)); err != nil {
				t.Fatalf("%s: written but not read: %v", name, err)
			}
		}
	})
}

func FuzzUnpack(f *testing.F) {
	for _, m := range messages() {
		body, err := wire.Pack(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if err := wire.Unpack(bytes.NewReader(body), wire.MaxBody, &wire.Sync{}); err != nil && fault.CodeOf(err) == fault.Internal {
			t.Fatalf("no code: %v", err)
		}
	})
}

// FuzzReadFrame reads any bytes as an event stream.
func FuzzReadFrame(f *testing.F) {
	var b bytes.Buffer
	if err := wire.WriteFrame(&b, messages()["heads"]); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("\xFF\xFF"))
	f.Add(append([]byte{0x27, 0x10}, bytes.Repeat([]byte{0x81}, 10_000)...))
	f.Fuzz(func(t *testing.T, stream []byte) {
		r := bytes.NewReader(stream)
		for {
			var m wire.Heads
			before := r.Len()
			if wire.ReadFrame(r, &m) != nil {
				return
			}
			if len(m.Heads) > before { // each takes a byte at least
				t.Fatalf("%d heads out of %d bytes", len(m.Heads), before)
			}
		}
	})
}
