package print_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

var small = printtest.Size{Pupils: 12, Subjects: 3, Weeks: 12}

func pdf(t testing.TB, d *print.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WritePDF(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tool runs a program over the PDF and returns what it prints; the test is
// skipped where the program is not installed.
func tool(t *testing.T, data []byte, name string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = file
		}
	}
	out, err := exec.CommandContext(t.Context(), path, args...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("%s: %v\n%s%s", name, err, out, exit.Stderr)
		}
		t.Fatal(err)
	}
	return out
}

// documents are all kinds that the package makes.
func documents(t *testing.T) map[string]*print.Document {
	j := printtest.Class(5, small)
	arms := image.NewNRGBA(image.Rect(0, 0, 40, 50))
	for i := range 40 {
		arms.SetNRGBA(i, i, color.NRGBA{R: 200, A: 128})
	}
	j.School.Arms = arms
	sheet, err := j.SummarySheet(t.Context(), print.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*print.Document{
		"journal": layout(t, j, print.Options{}), "simplex": layout(t, j, print.Options{Simplex: true, Tight: true}), "summary sheet": sheet,
	}
}

func TestFilesAreSound(t *testing.T) {
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			data := pdf(t, d)
			out := string(tool(t, data, "qpdf", "--check", "FILE"))
			if !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Error(out)
			}
			pages := string(tool(t, data, "qpdf", "--show-npages", "FILE"))
			if strings.TrimSpace(pages) != fmt.Sprint(len(d.Pages)) {
				t.Errorf("the file has %s pages; the document %d", pages, len(d.Pages))
			}
		})
	}
}

// What the file shows is what the model holds: every letter of every page, ё,
// №, « and » among them, can be read back.
func TestTextsOfTheFileAreTheModels(t *testing.T) {
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			pages := strings.Split(string(tool(t, pdf(t, d), "pdftotext", "-raw", "FILE", "-")), "\f")
			for i := range d.Pages {
				if got, want := letters(pages[i]), letters(strings.Join(textsOf(&d.Pages[i]), "")); got != want {
					t.Fatalf("page %d reads\n%s\nwant\n%s", i+1, got, want)
				}
			}
		})
	}
}

// letters sorts a text's runes, white space left out: readers join and order
// the cells of a table as they like.
func letters(s string) string {
	r := []rune(strings.Join(strings.Fields(s), ""))
	slices.Sort(r)
	return string(r)
}

// Whole words, too, where a page is running text.
func TestWordsOfTheTitlePage(t *testing.T) {
	d := layout(t, printtest.Class(5, small), print.Options{})
	got := strings.Fields(string(tool(t, pdf(t, d), "pdftotext", "-l", "1", "FILE", "-")))
	want := strings.Fields(strings.Join(textsOf(&d.Pages[0]), " "))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// Ghostscript keeps the text only when the ToUnicode maps are mended.
func TestTextSurvivesGhostscript(t *testing.T) {
	d := layout(t, printtest.Class(5, printtest.Size{Pupils: 3, Subjects: 1, Weeks: 2}), print.Options{})
	again := tool(t, pdf(t, d), "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-dPDFA=2", "-dPDFACompatibilityPolicy=1", "-sOutputFile=-", "FILE")
	out := string(tool(t, again, "pdftotext", "-l", "1", "FILE", "-"))
	if !strings.Contains(out, "КЛАССНЫЙ ЖУРНАЛ") {
		t.Errorf("the title page reads %q", out)
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	sum := func(d *print.Document) [32]byte {
		var b bytes.Buffer
		if err := d.WritePDF(t.Context(), &b); err != nil {
			t.Error(err)
		}
		return sha256.Sum256(b.Bytes())
	}
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			want := sum(d)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					if sum(d) != want {
						t.Error("another file from the same document")
					}
				})
			}
			wg.Wait()
		})
	}
	first, second := sum(documents(t)["journal"]), sum(documents(t)["journal"])
	if first != second {
		t.Error("another file from the same values")
	}
}

// fullDisk takes n bytes and then fails, as a disk does.
type fullDisk struct{ n int }

var errFull = errors.New("disk full")

func (w *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), w.n)
	w.n -= n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

// shortWriter loses bytes without saying so.
type shortWriter struct{ n int }

func (w *shortWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.n)
	w.n -= n
	return n, nil
}

func TestAFailingWriterIsAlwaysAnError(t *testing.T) {
	d := layout(t, printtest.Class(5, printtest.Size{Pupils: 3, Subjects: 1, Weeks: 2}), print.Options{})
	size := len(pdf(t, d))
	for n := 0; n < size; n += max(1, size/97) {
		if err := d.WritePDF(t.Context(), &fullDisk{n}); !errors.Is(err, errFull) {
			t.Errorf("after %d of %d bytes: %v", n, size, err)
		}
		if err := d.WritePDF(t.Context(), &shortWriter{n}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("short after %d of %d bytes: %v", n, size, err)
		}
	}
	if err := d.WritePDF(t.Context(), &fullDisk{size}); err != nil {
		t.Errorf("a writer with room enough: %v", err)
	}
	if err := d.Dump(t.Context(), &fullDisk{100}); !errors.Is(err, errFull) {
		t.Errorf("dump: %v", err)
	}
}

func TestWriteFile(t *testing.T) {
	d := layout(t, printtest.Class(5, printtest.Size{Pupils: 3, Subjects: 1, Weeks: 2}), print.Options{})
	dir := t.TempDir()
	path := filepath.Join(dir, "журнал 9-А.pdf")
	if err := d.WriteFile(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, pdf(t, d)) {
		t.Error("the file is not what WritePDF writes")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := d.WriteFile(stopped, path); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := d.WriteFile(t.Context(), filepath.Join(dir, "нет", "журнал.pdf")); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("no such folder: %v", err)
	}
	if err := d.WriteFile(t.Context(), filepath.Join(path, "журнал.pdf")); err == nil {
		t.Error("a file is no folder")
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, first) {
		t.Errorf("the old file did not stay: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// countdown is a context that ends at its nth question.
type countdown struct {
	context.Context
	mu   sync.Mutex
	n    int
	late int
}

func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n--; c.n >= 0 {
		return nil
	}
	c.late++
	return context.Canceled
}

func TestCancelStopsWithinAPage(t *testing.T) {
	j := printtest.Class(5, small)
	d := layout(t, j, print.Options{})
	for n := 0; n < len(d.Pages); n += 5 {
		ctx := &countdown{Context: t.Context(), n: n}
		if _, err := j.Layout(ctx, print.Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("layout cancelled at page %d: %v", n, err)
		}
		ctx = &countdown{Context: t.Context(), n: n}
		if err := d.WritePDF(ctx, io.Discard); !errors.Is(err, context.Canceled) {
			t.Errorf("writing cancelled at page %d: %v", n, err)
		} else if ctx.late > 2 {
			t.Errorf("writing went on for %d steps after the cancel at page %d", ctx.late, n)
		}
	}
}
