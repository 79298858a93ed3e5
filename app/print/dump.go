package print

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
)

// Dump writes the document as text, a line for each operation, so that a golden
// file shows in a readable way what moved. Lengths are in millimetres.
func (d *Document) Dump(ctx context.Context, w io.Writer) error {
	b := bufio.NewWriter(&sticky{ctx: ctx, w: w})
	fmt.Fprintf(b, "%s | %s | %d pages\n", d.Title, d.Author, len(d.Pages))
	for _, note := range d.Notes {
		fmt.Fprintf(b, "note %s\n", note)
	}
	for i := range d.Pages {
		d.Pages[i].dump(b)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("dump %s: %w", d.Title, err)
	}
	return nil
}

func (p *Page) dump(w io.Writer) {
	fmt.Fprintf(w, "\npage %d", p.Number)
	if p.Outline != "" {
		fmt.Fprintf(w, " «%s»", p.Outline)
	}
	fmt.Fprintln(w)
	for _, f := range p.Fills {
		fmt.Fprintf(w, "fill %.1f %.1f %.1f×%.1f gray %.3f\n", f.X, f.Y, f.W, f.H, f.Gray)
	}
	for _, l := range p.Lines {
		fmt.Fprintf(w, "line %.1f %.1f – %.1f %.1f %.1fpt\n", l.X1, l.Y1, l.X2, l.Y2, l.Width)
	}
	for _, im := range p.Images {
		fmt.Fprintf(w, "image %.1f %.1f %.1f×%.1f\n", im.X, im.Y, im.W, im.H)
	}
	for _, l := range p.Links {
		fmt.Fprintf(w, "link %.1f %.1f %.1f×%.1f → %d\n", l.X, l.Y, l.W, l.H, l.Page)
	}
	// Down the page and then across, as a person reads, not as it was drawn.
	texts := slices.Clone(p.Texts)
	slices.SortStableFunc(texts, func(a, b Text) int {
		switch {
		case a.Y != b.Y:
			return sign(a.Y - b.Y)
		default:
			return sign(a.X - b.X)
		}
	})
	for _, t := range texts {
		up := ""
		if t.Up {
			up = " up"
		}
		fmt.Fprintf(w, "text %.1f %.1f %s %.1f%s %q\n", t.X, t.Y, t.Font, t.Size, up, t.S)
	}
}

func sign(v float32) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}
