package parcel_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/crypto/ssh"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/wire"
)

// key is an Ed25519 key, the same for the same letter.
func key(letter byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{letter}, ed25519.SeedSize))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

var line = parcel.Line{Direction: parcel.ToSchool, Device: journal.DeviceID{1, 2, 3}, Epoch: [16]byte{4, 5, 6}, Serial: 1_795_430_000_000}

// question is two messages as a PC writes them.
func question() []*wire.Sync {
	return []*wire.Sync{
		{Epoch: line.Epoch, Envelopes: []wire.Envelope{{Device: line.Device, First: 1, Signature: []byte("signature"), Commits: [][]byte{bytes.Repeat([]byte("commit "), 50)}}}, Sending: true, Whole: true},
		{Epoch: line.Epoch, Places: []wire.Place{{Volume: 2026, Position: 7, Known: 9}}, Whole: true},
	}
}

// write makes a parcel of the question.
func write(t testing.TB, to ed25519.PublicKey, by crypto.Signer) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := parcel.NewWriter(&out, line, to)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range question() {
		if err := w.Put(parcel.KindSync, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Seal(by); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// trusts accepts one signer.
func trusts(t testing.TB, by crypto.PublicKey) func(parcel.Line, []byte) error {
	want, err := x509.MarshalPKIXPublicKey(by)
	if err != nil {
		t.Fatal(err)
	}
	return func(_ parcel.Line, signer []byte) error {
		if !bytes.Equal(want, signer) {
			return errors.New("another signer")
		}
		return nil
	}
}

func TestWhatIsPutIsRead(t *testing.T) {
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, by := range map[string]crypto.Signer{"signed by a PC": key('p'), "signed by a server": ec} {
		t.Run(name, func(t *testing.T) {
			p, err := parcel.Open(bytes.NewReader(write(t, public(key('s')), by)), key('s'), trusts(t, by.Public()))
			if err != nil {
				t.Fatal(err)
			}
			if p.Line != line {
				t.Errorf("line %+v", p.Line)
			}
			for range 2 {
				var got []wire.Sync
				err := p.Each(func(k parcel.Kind, raw []byte) error {
					var m wire.Sync
					got = append(got, m)
					return wire.Decode(raw, &got[len(got)-1])
				})
				if err != nil || len(got) != 2 || len(got[0].Envelopes) != 1 || got[1].Places[0].Known != 9 {
					t.Fatalf("%+v, %v", got, err)
				}
			}
			if _, err := parcel.Open(bytes.NewReader(write(t, public(key('s')), by)), key('s'), trusts(t, key('x').Public())); err == nil {
				t.Error("a parcel of somebody else was opened")
			}
		})
	}
}

// Every byte of the file is held by something: wherever one is flipped or the
// file ends, nothing is given out.
func TestEveryByteCounts(t *testing.T) {
	whole := write(t, public(key('s')), key('p'))
	open := func(b []byte) error {
		_, err := parcel.Open(bytes.NewReader(b), key('s'), trusts(t, key('p').Public()))
		if err != nil && fault.CodeOf(err) == fault.Internal {
			t.Errorf("no sentence: %v", err)
		}
		return err
	}
	if err := open(whole); err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		for _, bit := range []byte{1, 0x20, 0x80} {
			b := bytes.Clone(whole)
			b[at] ^= bit
			if open(b) == nil {
				t.Errorf("byte %d of %d was flipped by %#x", at, len(whole), bit)
			}
		}
		if open(whole[:at]) == nil {
			t.Errorf("%d bytes of %d did", at, len(whole))
		}
	}
	for name, b := range map[string][]byte{
		"a byte more":        append(bytes.Clone(whole), 0),
		"twice in one file":  append(bytes.Clone(whole), whole...),
		"a million of zeros": append(bytes.Clone(whole), make([]byte, 1<<20)...),
	} {
		if open(b) == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// pack encrypts what is no body as a parcel does.
func pack(t *testing.T, write func(w io.Writer)) []byte {
	t.Helper()
	to, err := ssh.NewPublicKey(public(key('s')))
	if err != nil {
		t.Fatal(err)
	}
	recipient, err := agessh.NewEd25519Recipient(to)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	out.WriteString(line.String())
	secret, err := age.Encrypt(&out, recipient)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := zstd.NewWriter(secret)
	if err != nil {
		t.Fatal(err)
	}
	write(packed)
	if err := errors.Join(packed.Close(), secret.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is hostile inside costs little and gives nothing.
func TestHostileBodies(t *testing.T) {
	item := func(n int) []byte { return append([]byte{0x82, 1, 0x59, byte(n >> 8), byte(n)}, make([]byte, n)...) }
	writes := func(raw []byte) func(io.Writer) {
		return func(w io.Writer) { _, _ = w.Write(raw) }
	}
	for name, tt := range map[string]struct {
		write func(w io.Writer)
		want  fault.Code
	}{
		"nothing":                  {func(io.Writer) {}, fault.Damaged},
		"an item without its end":  {writes([]byte{0x82, 1, 0x58, 100, 1, 2, 3}), fault.Damaged},
		"a head that claims 1 GB":  {writes([]byte{0x82, 1, 0x5A, 0x40, 0, 0, 0}), fault.TooLarge},
		"a head that claims 2^63":  {writes([]byte{0x82, 1, 0x5B, 0x80, 0, 0, 0, 0, 0, 0, 0}), fault.Damaged},
		"a length in a long form":  {writes(append([]byte{0x82, 1, 0x59, 0, 3}, 1, 2, 3)), fault.Damaged},
		"no signature":             {writes(item(300)), fault.Damaged},
		"a signature that is none": {writes(append(item(300), 0x82, 5, 0x43, 1, 2, 3)), fault.Damaged},
		"a zstd bomb": {func(w io.Writer) {
			zeros := item(1 << 15)
			for range (600 << 20) / len(zeros) {
				if _, err := w.Write(zeros); err != nil {
					t.Fatal(err)
				}
			}
		}, fault.TooLarge},
		"a million of nothing": {func(w io.Writer) {
			writes(bytes.Repeat([]byte{0x82, 1, 0x40}, 1<<20))(w)
		}, fault.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			file := pack(t, tt.write)
			if len(file) > 8<<20 {
				t.Fatalf("the file has %d bytes", len(file))
			}
			_, err := parcel.Open(bytes.NewReader(file), key('s'), trusts(t, key('p').Public()))
			if fault.CodeOf(err) != tt.want {
				t.Errorf("Open = %v", err)
			}
		})
	}
}

func TestNotForHere(t *testing.T) {
	whole := string(write(t, public(key('s')), key('p')))
	for name, tt := range map[string]struct {
		file string
		want fault.Code
	}{
		"encrypted to another":  {string(write(t, public(key('z')), key('p'))), fault.Forbidden},
		"a photograph":          {"\xff\xd8\xff\xe0" + whole, fault.Invalid},
		"empty":                 {"", fault.Damaged},
		"a few bytes of one":    {"uchitelskaya-p", fault.Damaged},
		"a later version":       {strings.Replace(whole, "parcel/1", "parcel/2", 1), fault.Invalid},
		"a line without an end": {"uchitelskaya-parcel/1 " + strings.Repeat("x", 500), fault.Damaged},
		"a line of its own":     {"uchitelskaya-parcel/1 to-school 00 00 0 00000000\n" + whole, fault.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parcel.Open(strings.NewReader(tt.file), key('s'), trusts(t, key('p').Public()))
			if fault.CodeOf(err) != tt.want {
				t.Errorf("Open = %v", err)
			}
		})
	}
}
