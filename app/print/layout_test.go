package print_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func layout(t testing.TB, j *print.ClassJournal, o print.Options) *print.Document {
	t.Helper()
	d, err := j.Layout(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever class is printed: nothing leaves its frame, no text runs into
// another, every lesson and every pupil is there, left pages are left.
func TestEveryClassIsPrintedWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := printtest.Size{
			Pupils: rapid.IntRange(0, 45).Draw(t, "pupils"), Subjects: rapid.IntRange(0, 6).Draw(t, "subjects"),
			Weeks: rapid.IntRange(0, 34).Draw(t, "weeks"), Extra: rapid.IntRange(0, 2).Draw(t, "extra"),
		}
		o := print.Options{
			Simplex: rapid.Bool().Draw(t, "simplex"), Tight: rapid.Bool().Draw(t, "tight"), NoDetails: rapid.Bool().Draw(t, "no details"),
		}
		j := printtest.Class(rapid.Uint64().Draw(t, "seed"), size)
		d, err := j.Layout(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		s, err := j.SummarySheet(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []*print.Document{d, s} {
			for i := range d.Pages {
				checkPage(t, d, &d.Pages[i])
			}
		}
		checkLessons(t, j, d, o)
		checkContents(t, d)
	})
}

type failer interface{ Errorf(string, ...any) }

func checkPage(t failer, d *print.Document, p *print.Page) {
	f := d.Sheet.Frame(p.Number)
	const slack = 0.3
	inside := func(what string, x1, y1, x2, y2 float32) {
		top := f.Y - 8.5 // the running head stands in the upper margin
		if float64(x1) < f.X-slack || float64(x2) > f.Right()+slack || float64(y1) < top || float64(y2) > f.Bottom()+slack {
			t.Errorf("page %d: %s leaves the frame: %.1f %.1f – %.1f %.1f in %+v", p.Number, what, x1, y1, x2, y2, f)
		}
	}
	for _, r := range p.Fills {
		inside("a fill", r.X, r.Y, r.X+r.W, r.Y+r.H)
	}
	for _, l := range p.Lines {
		inside("a line", min(l.X1, l.X2), min(l.Y1, l.Y2), max(l.X1, l.X2), max(l.Y1, l.Y2))
		if l.Width < 0.4 {
			t.Errorf("page %d: a line of %.1f pt is too thin for a printer", p.Number, l.Width)
		}
	}
	type box struct {
		x1, y1, x2, y2 float32
		s              string
	}
	var boxes []box
	for i := range p.Texts {
		x1, y1, x2, y2 := p.Texts[i].Box()
		inside(fmt.Sprintf("%q", p.Texts[i].S), x1, y1, x2, y2)
		boxes = append(boxes, box{x1, y1, x2, y2, p.Texts[i].S})
	}
	slices.SortFunc(boxes, func(a, b box) int { return int(1000 * (a.y1 - b.y1)) })
	for i, a := range boxes {
		for _, b := range boxes[i+1:] {
			if b.y1 > a.y2-0.1 {
				break
			}
			if a.x1 < b.x2-0.1 && b.x1 < a.x2-0.1 && b.y2 > a.y1+0.1 {
				t.Errorf("page %d: %q runs into %q", p.Number, a.s, b.s)
			}
		}
	}
}

var day = regexp.MustCompile(`^\d\d\.\d\d$`)

// checkLessons counts what the spreads show.
func checkLessons(t *rapid.T, j *print.ClassJournal, d *print.Document, o print.Options) {
	want, left := 0, 0
	for _, s := range j.Subjects {
		times := max(1, (len(s.Rows)+39)/40) // a long list has the lessons again
		want += times * len(s.Lessons)
	}
	got := 0
	for i := range d.Pages {
		p := &d.Pages[i]
		texts := textsOf(p)
		if slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, "Учитель: ") }) {
			if !o.Simplex && p.Number%2 == 0 {
				t.Errorf("page %d: topics on a left page", p.Number)
			}
			for _, s := range texts {
				if day.MatchString(s) {
					got++
				}
			}
		}
		if slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, "н – ") }) {
			left++
			if !o.Simplex && p.Number%2 == 1 {
				t.Errorf("page %d: marks on a right page", p.Number)
			}
			checkPupils(t, j, p, texts)
		}
	}
	if got != want {
		t.Errorf("the topics pages have %d lessons; the journal has %d", got, want)
	}
	if len(j.Subjects) > 0 && left == 0 {
		t.Errorf("no marks page")
	}
}

func checkPupils(t *rapid.T, j *print.ClassJournal, p *print.Page, texts []string) {
	for _, s := range j.Subjects {
		if len(s.Rows) > 40 || !slices.Contains(texts, s.Name) {
			continue
		}
		for _, r := range s.Rows {
			if !slices.Contains(texts, j.Pupils[r.Pupil].Name) {
				t.Errorf("page %d: %s is missing", p.Number, j.Pupils[r.Pupil].Name)
			}
		}
	}
}

// checkContents follows every link and every outline entry.
func checkContents(t *rapid.T, d *print.Document) {
	links := 0
	for i := range d.Pages {
		for _, l := range d.Pages[i].Links {
			links++
			if l.Page < 1 || l.Page > len(d.Pages) || d.Pages[l.Page-1].Outline == "" {
				t.Errorf("a link leads to page %d, where nothing begins", l.Page)
			}
		}
	}
	outlines := 0
	for i := range d.Pages {
		if d.Pages[i].Outline != "" {
			outlines++
		}
	}
	if outlines != links+2 { // title page and contents themselves
		t.Errorf("%d outline entries for %d links", outlines, links)
	}
}

func textsOf(p *print.Page) []string {
	var all []string
	for _, t := range p.Texts {
		all = append(all, t.S)
	}
	return all
}

func TestDumpOfASmallClass(t *testing.T) {
	j := printtest.Class(3, printtest.Size{Pupils: 5, Subjects: 1, Weeks: 2})
	j.Seal.Code = j.Seal.Code[:1] // one line of modules shows that they are drawn
	d := layout(t, j, print.Options{})
	var b strings.Builder
	if err := d.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "small.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(got), len(old)) {
		if got[i] != old[i] {
			t.Fatalf("line %d is\n%s\nand was\n%s\nRun with -update if this is meant, and look at the pages.", i+1, got[i], old[i])
		}
	}
	if len(got) != len(old) {
		t.Errorf("%d lines; the golden file has %d", len(got), len(old))
	}
}

func TestCertificateCountsSheets(t *testing.T) {
	j := printtest.Class(1, printtest.Size{Pupils: 5, Subjects: 2, Weeks: 10})
	for name, o := range map[string]print.Options{"both sides": {}, "one side": {Simplex: true}} {
		t.Run(name, func(t *testing.T) {
			d := layout(t, j, o)
			pages := len(d.Pages) - 1
			sheets := pages
			if !o.Simplex {
				if sheets = pages / 2; pages%2 != 0 {
					t.Errorf("the certificate begins on the back of page %d", pages)
				}
			}
			want := fmt.Sprintf("%d (%s) %s", sheets, print.Words(sheets), journal.Plural(sheets, "лист", "листа", "листов"))
			if texts := textsOf(&d.Pages[pages]); !slices.Contains(texts, want) {
				t.Errorf("no %q in %q", want, texts)
			}
		})
	}
}

func TestBlankSidesAreNamed(t *testing.T) {
	d := layout(t, printtest.Class(1, printtest.Year), print.Options{})
	for i := range d.Pages {
		if len(d.Pages[i].Texts) < 4 {
			t.Errorf("page %d has nothing on it but its head: %q", i+1, textsOf(&d.Pages[i]))
		}
	}
}
