package client_test

import (
	"testing"

	"uchitelskaya/app/journal/fault"
)

// A log that holds what only a later program reads stops nothing: what is
// written here goes out, the sentence says to update, and nothing is lost.
func TestALogOfALaterVersion(t *testing.T) {
	l := newLiar(t)
	l.others(1, 3)
	whole := l.log[1]
	later := append([]byte{}, whole...)
	later[1] = 2
	l.log[1] = later
	for range 2 {
		if err := l.client.Sync(t.Context()); fault.CodeOf(err) != fault.Outdated || fault.TextOf(err) == "" {
			t.Errorf("Sync = %v", err)
		}
		if n := l.unsent(); n != 0 {
			t.Errorf("%d unsent", n)
		}
		l.write(5)
	}
	l.must(l.book.Verify(t.Context()))
}
