package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/time/rate"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// A door is the real handler over the real store, without the sockets: for what
// is sent to it by the ten thousand.
type door struct {
	*bed
	http.Handler
	cert *x509.Certificate // of the PC that sends
}

// door opens the handler to a PC that may send as often as it likes.
func (d *desk) door() *door { return d.doorFor(d.key) }

func (b *bed) doorFor(key ed25519.PrivateKey) *door {
	b.t.Helper()
	pair, err := identity.ClientCert(key)
	b.must(err)
	cert, err := x509.ParseCertificate(pair.Certificate[0])
	b.must(err)
	limits, often := server.Ordinary, server.Allowance{Rate: rate.Inf, AtOnce: 100}
	limits.Sync, limits.SignIn, limits.Stranger, limits.Events = often, often, often, often
	return &door{b, b.HandlerWithin(limits, slog.New(slog.DiscardHandler)), cert}
}

// post sends a body and returns the code, empty for a yes, and the answer. Any
// other answer than a code and a sentence, or a yes, fails the test.
func (d *door) post(what, path string, body []byte) (fault.Code, []byte) {
	d.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "https://school"+path, bytes.NewReader(body))
	r.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{d.cert}}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if w.Code == http.StatusOK {
		return "", w.Body.Bytes()
	}
	var p wire.Problem
	if err := wire.Unpack(w.Body, wire.MaxSmall, &p); err != nil || p.Text == "" || p.Code == fault.Internal || w.Code == http.StatusInternalServerError {
		d.t.Errorf("%s: status %d, %+v, %v", what, w.Code, p, err)
	}
	return p.Code, nil
}

// state is everything that a message could have changed.
func (d *desk) state() string {
	d.t.Helper()
	ctx := context.Background() // also after the test's own
	heads, err := d.store.Heads(ctx, d.ID())
	d.must(err)
	standing, err := d.store.Standing(ctx, d.ID(), d.device)
	d.must(err)
	kept, err := d.store.Judged(ctx, d.ID(), d.device, 1, 1000)
	d.must(err)
	accounts, err := d.store.Accounts(ctx, d.ID())
	d.must(err)
	return fmt.Sprint(heads, standing, len(kept), accounts)
}

var (
	squeeze, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	expand, _  = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<20))
)

// spoilt calls f with every way in which one byte of b can be changed in one
// bit pattern, b can be cut, and a piece of it can come twice.
func spoilt(b []byte, f func(how string, b []byte)) {
	for i := range b {
		for _, x := range []byte{0x01, 0x20, 0xFF} {
			c := bytes.Clone(b)
			c[i] ^= x
			f(fmt.Sprintf("byte %d ^ %#x", i, x), c)
		}
		f(fmt.Sprintf("cut at %d", i), bytes.Clone(b[:i]))
		for _, n := range []int{1, 16} {
			if i+n <= len(b) {
				f(fmt.Sprintf("%d bytes at %d twice", n, i), bytes.Join([][]byte{b[:i+n], b[i:]}, nil))
			}
		}
	}
}

// hostile are good messages of a PC, of which none has been sent yet.
func (d *desk) hostile() map[string]wire.Message {
	d.t.Helper()
	key := d.signKey(d.teacher)
	accounts, err := d.Accounts(d.t.Context(), wire.AccountAdd, []journal.StaffID{d.other})
	d.must(err)
	asked, err := d.Ask(d.t.Context(), &wire.Ask{Name: accounts[0].Name})
	d.must(err)
	lock, err := identity.ParseLock(asked.Lock)
	d.must(err)
	proof := lock.Derive(accounts[0].Password).Proof
	code, err := d.NewCode(d.t.Context(), "127.0.0.1:1", [32]byte{})
	d.must(err)
	order, err := wire.Encode(&wire.AccountsOrder{Op: wire.AccountAdd, Staff: [][16]byte{d.deputy}, At: d.now.UnixMilli(), Epoch: d.epoch()})
	d.must(err)
	admin := d.signKey(d.admin)
	signed := &wire.Accounts{Author: d.admin, Order: order}
	signed.Signature = ed25519.Sign(admin, signed.Signed(d.device))
	fork := newKey(d.t)
	forked := &wire.Fork{Key: fork.Public().(ed25519.PublicKey), Numbers: []uint64{1, 2}, Sums: make([]byte, 64)}
	forked.Proof = ed25519.Sign(fork, forked.Signed(d.device))
	return map[string]wire.Message{
		wire.PathFork: forked,
		wire.PathSync: &wire.Sync{Epoch: d.epoch(), Envelopes: []wire.Envelope{
			wire.Seal(d.sealWith(key, false, d.commit(d.teacher, year, d.mark(7, 5)), d.commit(d.teacher, year, d.mark(8, 4)))),
		}},
		wire.PathAsk:      &wire.Ask{Name: accounts[0].Name},
		wire.PathProve:    &wire.Prove{Name: accounts[0].Name, Proof: proof[:], SignKey: admin.Public().(ed25519.PublicKey), NewLock: asked.Lock, NewProof: make([]byte, 32)},
		wire.PathAccounts: signed,
		wire.PathEnrol:    &wire.Enrol{Token: code.Token[:], Name: "Третий"},
	}
}

// same reports whether spoilt bytes say what the good message says where it
// matters: then the server cannot know that they were spoilt, and TLS has to.
func same(raw []byte, good wire.Message) bool {
	got := reflect.New(reflect.TypeOf(good).Elem()).Interface().(wire.Message)
	if wire.Decode(raw, got) != nil {
		return false
	}
	switch good := good.(type) {
	case *wire.Sync:
		return reflect.DeepEqual(got.(*wire.Sync).Envelopes, good.Envelopes) && reflect.DeepEqual(got.(*wire.Sync).Back, good.Back)
	case *wire.Prove: // who shows the proof is let in
		return bytes.Equal(got.(*wire.Prove).Proof, good.Proof) && journal.Normal(got.(*wire.Prove).Name) == journal.Normal(good.Name)
	case *wire.Fork: // who has shown the new key becomes another PC, whatever it asks about
		return bytes.Equal(got.(*wire.Fork).Key, good.Key) && bytes.Equal(got.(*wire.Fork).Proof, good.Proof)
	case *wire.Enrol: // who has the code is enrolled
		return bytes.Equal(got.(*wire.Enrol).Token, good.Token)
	}
	return reflect.DeepEqual(got, good)
}

// Whatever happens to a message under way, it is answered with a code and a
// sentence or, when it still makes sense, with a yes; and nothing is kept.
func TestEveryByteOfEveryMessage(t *testing.T) {
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			b := newBed(t)
			d := b.newDesk("Второй")
			good := d.hostile()[path]
			door := d.door()
			if path == wire.PathEnrol {
				_, key, err := ed25519.GenerateKey(rand.Reader)
				b.must(err)
				door = b.doorFor(key)
			}
			raw, err := wire.Encode(good)
			b.must(err)
			before, n := d.state(), 0
			send := func(how string, plain, body []byte) {
				if plain != nil && same(plain, good) {
					return
				}
				n++
				if path == wire.PathProve {
					b.now = b.now.Add(identity.Delay(100)) // nobody has to wait for having guessed
				}
				door.post(how, path, body)
				if after := d.state(); after != before {
					t.Fatalf("%s was kept:\n%s\n%s", how, before, after)
				}
			}
			spoilt(raw, func(how string, plain []byte) { send(how, plain, squeeze.EncodeAll(plain, nil)) })
			spoilt(pack(t, good), func(how string, body []byte) {
				plain, err := expand.DecodeAll(body, nil)
				if err != nil {
					plain = nil
				}
				send("packed, "+how, plain, body)
			})
			if n < 200 {
				t.Errorf("only %d messages were spoilt", n)
			}
			if code, _ := door.post("the good message", path, pack(t, good)); code != "" {
				t.Errorf("the good message afterwards: %q", code)
			}
			if after := d.state(); (after == before) != (path == wire.PathAsk) {
				t.Errorf("after the good message: %s", after)
			}
		})
	}
}

// What is made to be expensive is cheap to refuse.
func TestMessagesMadeToBeExpensive(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	door := d.door()
	before := d.state()
	list := expensive()
	list["a bomb of a gigabyte"] = costly{squeeze.EncodeAll(make([]byte, 1<<30), nil), 2 << 20}
	list["a bomb that does not tell its size"] = costly{unsized(), 2 << 20}
	for name, tt := range list {
		for _, path := range paths {
			var at, then runtime.MemStats
			runtime.ReadMemStats(&at)
			code, _ := door.post(name, path, tt.body)
			runtime.ReadMemStats(&then)
			if code != fault.Damaged && code != fault.TooLarge && (code != "" || path != wire.PathAsk) { // a question about nobody may be asked
				t.Errorf("%s at %s: %q", name, path, code)
			}
			if took := int64(then.TotalAlloc - at.TotalAlloc); took > tt.most {
				t.Errorf("%s at %s took %d KiB, want at most %d", name, path, took>>10, tt.most>>10)
			}
		}
	}
	if after := d.state(); after != before {
		t.Errorf("something was kept:\n%s\n%s", before, after)
	}
}

type costly struct {
	body []byte
	most int64 // bytes that refusing it may take
}

// expensive are bodies that want much for little.
func expensive() map[string]costly {
	long := func(head ...byte) []byte { return squeeze.EncodeAll(head, nil) }
	huge := []byte{0x10, 0, 0, 0, 0, 0, 0, 0} // 2^60
	const one = 2 << 20
	return map[string]costly{
		"a thousand bombs":                    {bytes.Repeat(squeeze.EncodeAll(make([]byte, 1<<20), nil), 1000), one},
		"a hundred thousand small frames":     {bytes.Repeat(squeeze.EncodeAll(make([]byte, 300), nil), 100_000), 16 << 20},
		"a window of two gigabytes":           {[]byte{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0, 0}, one},
		"lists nested 10,000 deep":            {squeeze.EncodeAll(bytes.Repeat([]byte{0x81}, 10_000), nil), one},
		"maps nested 10,000 deep":             {squeeze.EncodeAll(bytes.Repeat([]byte{0xA1, 0x01}, 10_000), nil), one},
		"tags nested 10,000 deep":             {squeeze.EncodeAll(bytes.Repeat([]byte{0xC1}, 10_000), nil), one},
		"a field nested 10,000 deep":          {squeeze.EncodeAll(append([]byte{0xA1, 0x02}, bytes.Repeat([]byte{0x81}, 10_000)...), nil), one},
		"an unknown field nested 10,000 deep": {squeeze.EncodeAll(append([]byte{0xA1, 0x18, 0x63}, bytes.Repeat([]byte{0x81}, 10_000)...), nil), one},
		"a list of 2^60":                      {long(append([]byte{0xA1, 0x02, 0x9B}, huge...)...), one},
		"a map of 2^60":                       {long(append([]byte{0xBB}, huge...)...), one},
		"a text of 2^60 bytes":                {long(append([]byte{0xA1, 0x01, 0x7B}, huge...)...), one},
		"bytes of 2^60 bytes":                 {long(append([]byte{0xA1, 0x02, 0x5B}, huge...)...), one},
		"a million of nothing":                {squeeze.EncodeAll(append([]byte{0xA1, 0x02, 0x9A, 0, 0x10, 0, 0}, bytes.Repeat([]byte{0x80}, 1<<20)...), nil), 16 << 20},
		"a field twice":                       {long(0xA2, 0x01, 0x40, 0x01, 0x40), one},
		"an unknown field twice":              {long(0xA2, 0x18, 0x63, 0x01, 0x18, 0x63, 0x01), one},
		"a length without end":                {long(0xBF, 0x01, 0x40, 0xFF), one},
	}
}

// unsized is a frame of a gigabyte that does not tell its size: only unpacking
// would.
func unsized() []byte {
	var out bytes.Buffer
	w, _ := zstd.NewWriter(&out, zstd.WithWindowSize(8<<20), zstd.WithEncoderConcurrency(1))
	for range 1024 {
		_, _ = w.Write(make([]byte, 1<<20))
	}
	_ = w.Close()
	return out.Bytes()
}
