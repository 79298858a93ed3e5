package main

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// copyFile copies a small file.
func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o644)
}

// zipFolder packs the files of a folder, sorted and without times, so that the
// same files give the same archive.
func zipFolder(folder, to string) error {
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	z := zip.NewWriter(out)
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: "uchitelskaya/" + f.Name(), Method: zip.Deflate})
		if err != nil {
			return err
		}
		if err := copyInto(w, filepath.Join(folder, f.Name())); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return out.Close()
}

func copyInto(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// checksums writes SHA256SUMS for the archives, as sha256sum -c reads it, and
// prints it.
func (r release) checksums(context.Context) error {
	archives, err := filepath.Glob(filepath.Join(r.dist, "uchitelskaya-*"))
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, a := range archives {
		h := sha256.New()
		if err := copyInto(h, a); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", h.Sum(nil), filepath.Base(a))
	}
	fmt.Print(sums.String())
	return os.WriteFile(filepath.Join(r.dist, "SHA256SUMS"), []byte(sums.String()), 0o644)
}
