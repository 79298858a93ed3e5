package commit

import (
	"crypto/ed25519"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// Answer is what the server says of a commit. A number once released keeps its
// meaning.
type Answer uint8

// The answers.
const (
	Accepted  Answer = 1 // in the log at Position
	Requested Answer = 2 // became a заявка на исправление for the deputy
	Refused   Answer = 3 // may not be done; kept with its content
)

// A Verdict is the server's answer to one commit, given once and for ever: the
// same commit sent again gets the same verdict.
type Verdict struct {
	Commit   ID
	Answer   Answer
	Volume   journal.Volume
	Position uint64     // in the volume's log, from 1; 0 unless accepted
	Code     fault.Code // why not; empty when accepted
	Text     string     // the sentence to show; empty when accepted
}

// An Entry is one place of a volume's log.
type Entry struct {
	Position uint64 // from 1, without a gap
	Raw      []byte // the commit's bytes
	Arrived  int64  // when the server got it, Unix milliseconds
}

// Identity is what a PC knows of itself and its server after enrolment.
type Identity struct {
	School journal.SchoolID
	Device journal.DeviceID
	Name   string             // as the administrator sees it
	Key    ed25519.PrivateKey // the PC's own
	Server string             // host:port
	Pin    [32]byte           // SHA-256 of the server's public key (SubjectPublicKeyInfo)
	Epoch  [16]byte           // of the server, last seen
}

// A Return is what a PC tells a server that does not know it, besides its key.
type Return struct {
	From uint64    // number from which all its commits are there, to be sent
	Keys []SignKey // that people had on it, as former servers had taken them, in order
}

// A SignKey is a person's public key on one PC.
type SignKey struct {
	Staff  journal.StaffID
	Public ed25519.PublicKey
}

// A Fork is what a PC needs that becomes another because its number is used by
// another one too.
type Fork struct {
	Key     ed25519.PrivateKey // its new one
	Numbers []uint64           // own commits that may not be at the server, ascending
	Sums    [][32]byte         // SHA-256 of each
}

// A Profile is what a PC keeps of one person who works on it. What Blob means,
// the sign-in knows.
type Profile struct {
	Staff journal.StaffID
	Name  string // for sign-in, as it is shown
	Blob  []byte
	Used  time.Time // when the person was last here
}

// Keys gives the unlocked key of a person who works on this PC now.
type Keys func(journal.StaffID) (ed25519.PrivateKey, bool)
