package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// The workload is that of the comparison to the last byte, and holds what its
// oracle says.
func TestWorkloadIsThatOfTheComparison(t *testing.T) {
	for _, tt := range []struct {
		n, bytes, cells, several, differ int
		sum                              string
	}{
		{10_000, 1_370_101, 9_512, 427, 325, "cb553661065082ec7b450a1c623c4bf3ff89839f66d4fb363d96d69950c1a438"},
		{100_000, 13_701_690, 95_067, 4_220, 3_254, "4e2abc109a622015bf26b4fde349e3fc88e6eb96b3f143155806d594a0a017e2"},
	} {
		list := generate(tt.n)
		var b bytes.Buffer
		if err := writeWorkload(&b, list); err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(b.Bytes()); b.Len() != tt.bytes || hex.EncodeToString(sum[:]) != tt.sum {
			t.Errorf("%d changes: %d bytes, SHA-256 %x", tt.n, b.Len(), sum)
		}
		if o := foretell(list); o.cells != tt.cells || o.several != tt.several || o.differ != tt.differ {
			t.Errorf("%d changes: %+v", tt.n, o)
		}
	}
}
