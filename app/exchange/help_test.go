package exchange_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

const year journal.Volume = 2026

// september is the day of the imports in the tests.
var september = journal.MakeDate(2026, 9, 1)

// book makes a workbook of one sheet.
func book(t testing.TB, sheet string, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	return save(t, f)
}

func save(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a file that must be readable.
func read(t testing.TB, name string, data []byte) *exchange.File {
	t.Helper()
	f, err := exchange.Read(name, bytes.NewReader(data))
	if err != nil {
		t.Fatalf("Read(%s): %v", name, err)
	}
	return f
}

func csv(t testing.TB, name string, lines ...string) *exchange.File {
	t.Helper()
	return read(t, name, []byte(strings.Join(lines, "\r\n")))
}

func plan(r *journal.Roster, files ...*exchange.File) *exchange.Plan {
	return answered(r, nil, files...)
}

func answered(r *journal.Roster, a map[string]exchange.Answer, files ...*exchange.File) *exchange.Plan {
	return exchange.MakePlan(r, files, exchange.Options{On: september, Answers: a})
}

// take folds a plan into a roster, as a store does.
func take(r *journal.Roster, p *exchange.Plan) {
	for _, c := range p.Changes() {
		r.Put(c.Kind, c.Key, c.Field, c.Value)
	}
}

// show is a plan as a person sees it, for comparison.
func show(p *exchange.Plan) string {
	var b strings.Builder
	for _, it := range p.Items {
		fmt.Fprintf(&b, "%d %s: %s", it.Row, it.Thing, it.Title)
		if it.Thing == exchange.ThingPupil {
			fmt.Fprintf(&b, " %s %s", it.Born, it.Class)
		}
		fmt.Fprintf(&b, " = %s", it.Fate)
		if it.Why != "" {
			fmt.Fprintf(&b, " (%s)", it.Why)
		}
		b.WriteByte('\n')
	}
	for _, pr := range p.Problems {
		fmt.Fprintf(&b, "! %s\n", pr)
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "· %s\n", n)
	}
	return b.String()
}
