package print_test

import (
	"os"
	"testing"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

func layout(t testing.TB, j *print.ClassJournal, o print.Options) *print.Document {
	t.Helper()
	d, err := j.Layout(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLook(t *testing.T) {
	out := os.Getenv("PRINT_LOOK")
	if out == "" {
		t.Skip()
	}
	j := printtest.Class(1, printtest.Year)
	d := layout(t, j, print.Options{})
	if err := d.WriteFile(t.Context(), out+"/journal.pdf"); err != nil {
		t.Fatal(err)
	}
	s, err := j.SummarySheet(t.Context(), print.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.WriteFile(t.Context(), out+"/summary.pdf"); err != nil {
		t.Fatal(err)
	}
	t.Log(len(d.Pages), len(s.Pages), d.Notes)
}
