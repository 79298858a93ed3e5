package peer

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/zlib"
)

// Operators returns the page streams of a file of ours, uncompressed. To
// compress them anew is the least that any writer of the same pages must do.
func Operators(pdf []byte) ([][]byte, error) {
	var all [][]byte
	for {
		_, rest, found := bytes.Cut(pdf, []byte("<</Filter/FlateDecode/Length "))
		if !found {
			return all, nil
		}
		length, rest, _ := bytes.Cut(rest, []byte(">>\nstream\n"))
		n, err := strconv.Atoi(string(length))
		if err != nil || n > len(rest) {
			return nil, fmt.Errorf("stream length %q", length)
		}
		z, err := zlib.NewReader(bytes.NewReader(rest[:n]))
		if err != nil {
			return nil, fmt.Errorf("open stream: %w", err)
		}
		ops, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("read stream: %w", err)
		}
		all, pdf = append(all, ops), rest[n:]
	}
}

// Floor compresses the streams on one processor and returns how many bytes they
// take.
func Floor(streams [][]byte) (int, error) {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	sum := 0
	for _, s := range streams {
		out.Reset()
		z.Reset(&out)
		if _, err := z.Write(s); err != nil {
			return 0, fmt.Errorf("compress stream: %w", err)
		}
		if err := z.Close(); err != nil {
			return 0, fmt.Errorf("compress stream: %w", err)
		}
		sum += out.Len()
	}
	return sum, nil
}
