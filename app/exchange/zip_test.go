package exchange_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// flip changes one byte inside a part of a zip file.
func flip(t *testing.T, data []byte, part string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(data)
	for _, f := range z.File {
		if f.Name == part {
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			out[at+int64(f.CompressedSize64)/2] ^= 0x10
		}
	}
	return out
}

// rezip changes the contents of one part.
func rezip(t *testing.T, data []byte, part string, change func([]byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			body = change(body)
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a small archive whose part unpacks to size zeros.
func bomb(t *testing.T, part string, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, n := range map[string]int64{"xl/workbook.xml": 10, part: size} {
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(p, zeros{}, n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// liar sets the sizes that an archive declares for its parts to 100 bytes.
func liar(data []byte) []byte {
	out := bytes.Clone(data)
	for i := 0; ; i += 4 {
		n := bytes.Index(out[i:], []byte("PK\x01\x02")) // an entry of the directory
		if n < 0 {
			return out
		}
		i += n
		copy(out[i+24:], []byte{100, 0, 0, 0})
	}
}

// rename is an archive of one file.
func rename(t *testing.T, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if _, err := w.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
