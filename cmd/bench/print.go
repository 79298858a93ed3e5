package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/peer"
	"uchitelskaya/app/print/printtest"
)

// rounds is how often a whole document is made.
const rounds = 9

// measurePrint makes the class journal of a thick class: laid out and written
// to the disk; and the same pages by go-pdf/fpdf, and nothing but compressed,
// turn by turn.
func measurePrint(ctx context.Context, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-print")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	class := printtest.Class(7, printtest.Thick)
	d, err := class.Layout(ctx, print.Options{})
	if err != nil {
		return err
	}
	pages := fmt.Sprintf("%d pages", len(d.Pages))

	var wall times
	for range rounds {
		start := time.Now()
		if _, err := printThick(ctx, filepath.Join(dir, "class.pdf")); err != nil {
			return err
		}
		wall = append(wall, time.Since(start))
	}
	say(line{Name: "print.class.wall", Value: ms(wall.at(0.5)), Unit: "ms", N: rounds, Bar: "<= 500", Note: pages + ", laid out, written and synced to the disk"})
	rss, err := inChild(ctx, "print", filepath.Join(dir, "child.pdf"))
	if err != nil {
		return err
	}
	say(line{Name: "print.class.rss", Value: rss, Unit: "MiB", N: 1, Bar: "<= 100", Note: pages + ", the most that a process of its own held"})
	if err := beside(ctx, d, pages, say); err != nil {
		return err
	}
	return preview(d, say)
}

// printThick writes the class journal of an invented thick class.
func printThick(ctx context.Context, path string) (*print.Document, error) {
	d, err := printtest.Class(7, printtest.Thick).Layout(ctx, print.Options{})
	if err != nil {
		return nil, err
	}
	return d, d.WriteFile(ctx, path)
}

// beside compares writing the file with the peer and the floor.
func beside(ctx context.Context, d *print.Document, pages string, say func(line)) error {
	var file memory
	if err := d.WritePDF(ctx, &file); err != nil {
		return err
	}
	operators, err := peer.Operators(file)
	if err != nil {
		return err
	}
	var ours, fpdf, floor times
	for range rounds {
		for _, way := range []struct {
			into *times
			run  func() error
		}{
			{&ours, func() error { return d.WritePDF(ctx, io.Discard) }},
			{&fpdf, func() error { return peer.Write(d, io.Discard) }},
			{&floor, func() error { _, err := peer.Floor(operators); return err }},
		} {
			start := time.Now()
			if err := way.run(); err != nil {
				return err
			}
			*way.into = append(*way.into, time.Since(start))
		}
	}
	mid := ours.at(0.5)
	say(line{Name: "print.class.write", Value: ms(mid), Unit: "ms", N: rounds, Note: "the file alone, of pages laid out"})
	say(line{Name: "print.class.vs_fpdf", Value: ratio(mid, fpdf.at(0.5)), Unit: "ratio", N: rounds, Bar: "<= 1", Note: pages + ", writing alone, of medians"})
	say(line{Name: "print.class.vs_floor", Value: ratio(mid, floor.at(0.5)), Unit: "ratio", N: rounds, Note: "deflate of the same operators on one processor"})
	return nil
}

// memory is a file in memory.
type memory []byte

func (m *memory) Write(p []byte) (int, error) { *m = append(*m, p...); return len(p), nil }

// preview draws every page of the document for the screen, as somebody who
// leafs through it from the first page.
func preview(d *print.Document, say func(line)) error {
	v, err := print.NewPreview(d, 96, 1)
	if err != nil {
		return err
	}
	var drawn times
	for i := range d.Pages {
		start := time.Now()
		v.Page(&d.Pages[i])
		drawn = append(drawn, time.Since(start))
	}
	say(line{Name: "print.preview.p50", Value: ms(drawn.at(0.5)), Unit: "ms", N: len(drawn), Bar: "<= 50", Note: "a page at 96 dpi, leafing from the first"})
	say(line{Name: "print.preview.p99", Value: ms(drawn.at(0.99)), Unit: "ms", N: len(drawn)})
	return nil
}
