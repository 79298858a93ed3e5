package peer_test

import (
	"bytes"
	"testing"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/peer"
	"uchitelskaya/app/print/printtest"
)

// The yardsticks measure the same pages as our own file.
func TestThePeersDrawEveryPage(t *testing.T) {
	d, err := printtest.Class(1, printtest.Size{Pupils: 5, Subjects: 2, Weeks: 5}).Layout(t.Context(), print.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ours, theirs bytes.Buffer
	if err := d.WritePDF(t.Context(), &ours); err != nil {
		t.Fatal(err)
	}
	if err := peer.Write(d, &theirs); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(theirs.Bytes(), []byte("/Type /Page\n")); n != len(d.Pages) {
		t.Errorf("fpdf has %d pages; want %d", n, len(d.Pages))
	}
	streams, err := peer.Operators(ours.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(streams) != len(d.Pages) {
		t.Errorf("%d page streams; want %d", len(streams), len(d.Pages))
	}
	if n, err := peer.Floor(streams); err != nil || n == 0 {
		t.Errorf("floor: %d bytes, %v", n, err)
	}
}
