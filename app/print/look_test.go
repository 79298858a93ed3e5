package print_test

import (
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

// TestWriteForTheEye puts PDF files into the folder that PRINT_LOOK names. Look
// at them after every change of a layout: no other test sees whether a page is
// beautiful.
func TestWriteForTheEye(t *testing.T) {
	out := os.Getenv("PRINT_LOOK")
	if out == "" {
		t.Skip("PRINT_LOOK names no folder")
	}
	year := printtest.Class(1, printtest.Year)
	sheet, err := year.SummarySheet(t.Context(), print.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]*print.Document{
		"journal": layout(t, year, print.Options{}),
		"simplex": layout(t, year, print.Options{Simplex: true, Tight: true}),
		"sheet":   sheet,
		"arms":    documents(t)["journal"],
		"many":    layout(t, printtest.Class(1, printtest.Size{Pupils: 45, Subjects: 3, Weeks: 6}), print.Options{}),
	} {
		if err := d.WriteFile(t.Context(), filepath.Join(out, name+".pdf")); err != nil {
			t.Fatal(err)
		}
	}
}
