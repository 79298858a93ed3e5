package wire

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal"
)

// A Dictionary is what both sides of an exchange have anyway: how the logs of the
// register and of a year begin, where pupils, pages and teachers get their names.
// Marks name little else, so packed with it a piece takes half, and a small piece,
// which passes through a bad line, is no worse than a large one.
type Dictionary struct {
	of     []Cursor
	number uint32
	pack   func() *zstd.Encoder
	unpack func() *zstd.Decoder
}

// Bounds of what a dictionary is made of.
const (
	MaxCommon     = 2         // logs
	CommonEntries = 512       // of each
	CommonBytes   = 128 << 10 // of each: as many whole entries as fit, or the first bytes of the first
	leastCommon   = 1 << 10   // bytes in all; with less it is not worth the trouble
	leastPlain    = 1 << 10   // bytes of a message that it is used for
)

// NewDictionary makes a dictionary of how logs begin: up to which entry, and the
// commits of each up to there, or as many as [CommonBytes] hold. It is nil when
// they are too short.
func NewDictionary(of []Cursor, logs [][][]byte) *Dictionary {
	var raw []byte
	for _, commits := range logs {
		raw = append(raw, beginning(commits)...)
	}
	if len(raw) < leastCommon {
		return nil
	}
	sum := sha256.Sum256(raw)
	d := &Dictionary{of: slices.Clone(of), number: binary.BigEndian.Uint32(sum[:])>>2 | 1<<30} // the lowest and the highest are zstd's own
	d.pack = sync.OnceValue(func() *zstd.Encoder {
		return must(zstd.NewWriter(nil, zstd.WithWindowSize(1<<20), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithEncoderDictRaw(d.number, raw)))
	})
	d.unpack = sync.OnceValue(func() *zstd.Decoder {
		return must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(MaxPlain), zstd.WithDecoderMaxWindow(MaxWindow),
			zstd.WithDecoderDictRaw(d.number, raw)))
	})
	return d
}

func beginning(commits [][]byte) (out []byte) {
	for i, raw := range commits {
		if i > 0 && len(out)+len(raw) > CommonBytes {
			break
		}
		out = append(out, raw...)
	}
	return out[:min(len(out), CommonBytes)]
}

// headerCommon names the dictionary that a request was packed with, or that its
// answer may be packed with: up to where it is made of which logs.
const headerCommon = "Uchitelskaya-Common"

// Say puts a dictionary on a request; without one nothing.
func (d *Dictionary) Say(h http.Header) {
	if d == nil {
		return
	}
	var list []string
	for _, c := range d.of {
		list = append(list, fmt.Sprintf("%d:%d", c.Volume, c.Position))
	}
	h.Set(headerCommon, strings.Join(list, ","))
}

// SaidCommon is of what a request says that a dictionary is made; nothing where
// it says nothing, or what no program says.
func SaidCommon(h http.Header) (of []Cursor) {
	list := strings.Split(h.Get(headerCommon), ",")
	if len(list) > MaxCommon {
		return nil
	}
	for _, s := range list {
		volume, position, _ := strings.Cut(s, ":")
		v, err := strconv.ParseUint(volume, 10, 16)
		n, err2 := strconv.ParseUint(position, 10, 16)
		if err != nil || err2 != nil || n == 0 || n > CommonEntries {
			return nil
		}
		of = append(of, Cursor{Volume: journal.Volume(v), Position: n})
	}
	return of
}

// Pack is [Pack] with what both sides have; d may be nil.
func (d *Dictionary) Pack(m Message) ([]byte, error) {
	raw, err := Encode(m)
	if err != nil {
		return nil, err
	}
	by := packing
	if d != nil && len(raw) >= leastPlain {
		by = d.pack()
	}
	return by.EncodeAll(raw, make([]byte, 0, len(raw)/2+64)), nil
}
