package commit

import (
	"crypto/sha256"

	"uchitelskaya/app/journal"
)

// Stray is what an accepted commit becomes whose number now stands for another
// one: the server and the PC were both put back from copies, and the number was
// given again. It says the same, by the same person at the same time, under a
// PC's number that follows from its bytes; so whoever makes it makes the same.
func Stray(raw []byte) (*Commit, []byte, error) {
	c, err := Decode(raw)
	if err != nil {
		return nil, nil, err
	}
	c.ID = StrayID(raw)
	c.Undoes = 0 // of the same PC: not here
	raw, err = Encode(c)
	return c, raw, err
}

// StrayID is the id of the stray of a commit.
func StrayID(raw []byte) ID {
	sum := sha256.Sum256(append([]byte("uchitelskaya/stray/1"), raw...))
	return ID{Device: journal.DeviceID(sum[:16]), Number: 1}
}
