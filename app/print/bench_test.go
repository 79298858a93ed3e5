package print_test

import (
	"io"
	"testing"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/peer"
	"uchitelskaya/app/print/printtest"
)

// A thick class: 30 pupils, 24 pages of subjects, more than 200 pages.
func thick(b *testing.B) (*print.ClassJournal, *print.Document) {
	j := printtest.Class(7, printtest.Thick)
	d := layout(b, j, print.Options{})
	if len(d.Pages) < 200 {
		b.Fatalf("the thick class has only %d pages", len(d.Pages))
	}
	return j, d
}

func BenchmarkClass200Pages(b *testing.B) {
	j, _ := thick(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := layout(b, j, print.Options{}).WritePDF(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLayout200Pages(b *testing.B) {
	j, _ := thick(b)
	b.ReportAllocs()
	for b.Loop() {
		layout(b, j, print.Options{})
	}
}

func BenchmarkWritePDF200Pages(b *testing.B) {
	_, d := thick(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := d.WritePDF(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFpdf200Pages(b *testing.B) {
	_, d := thick(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := peer.Write(d, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// What compressing the same operators costs on one processor.
func BenchmarkFloor200Pages(b *testing.B) {
	_, d := thick(b)
	streams, err := peer.Operators(pdf(b, d))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := peer.Floor(streams); err != nil {
			b.Fatal(err)
		}
	}
}

// The marks page of a full spread at 96 dpi, glyphs already drawn once.
func BenchmarkPreviewPage(b *testing.B) {
	_, d := thick(b)
	v, err := print.NewPreview(d, 96, 1)
	if err != nil {
		b.Fatal(err)
	}
	v.Page(&d.Pages[3])
	for b.Loop() {
		v.Page(&d.Pages[3])
	}
}

// The first page that a preview shows, with no glyph drawn before.
func BenchmarkPreviewFirstPage(b *testing.B) {
	_, d := thick(b)
	for b.Loop() {
		v, err := print.NewPreview(d, 144, 1)
		if err != nil {
			b.Fatal(err)
		}
		v.Page(&d.Pages[3])
	}
}
