package local_test

import (
	"testing"

	"uchitelskaya/sync/commit"
)

// TestWithdrawnInTheMiddle: of three marks typed one after another the server
// refuses the second. The PC that typed them then shows what every other shows:
// the first and the third side by side, because nobody there saw the one between.
func TestWithdrawnInTheMiddle(t *testing.T) {
	mine, theirs := t.TempDir(), t.TempDir()
	j, other := openIn(t, mine, 1), openIn(t, theirs, 2)
	first, second, third := put(t, j, markChange(day, pupil, 3)), put(t, j, markChange(day, pupil, 4)), put(t, j, markChange(day, pupil, 5))
	settle(t, j, 3, verdict(first, commit.Accepted, 1), verdict(second, commit.Refused, 0), verdict(third, commit.Accepted, 2))
	log := []commit.Entry{{Position: 1, Raw: encoded(t, first)}, {Position: 2, Raw: encoded(t, third)}}
	if err := other.Absorb(t.Context(), year, log, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := dump(t, mine), dump(t, theirs); got != want {
		t.Errorf("the PC that typed shows\n%s\nthe other\n%s", got, want)
	}
	if n := count(t, j); n.Disputes != 1 || n.Refused != 1 {
		t.Errorf("counted %+v", n)
	}
}
