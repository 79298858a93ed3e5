package screens

import (
	"context"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal/fault"
)

// A Door is what stands before a session: the people who use this PC, and the
// enrolment of the PC itself.
type Door interface {
	// Enrolled reports whether the school knows this PC.
	Enrolled() bool
	// Enrol makes this PC one of the school's with a one-time code; pc is what
	// it is to be called, empty for one that keeps its name. It needs the server.
	// A PC of the school goes over to the server of the code.
	Enrol(ctx context.Context, code, pc string) error
	// About names the school and this PC; empty before enrolment.
	About() (school, pc string)
	// People are those who have used this PC, by last use. Nothing of pupils.
	People() []Tile
	// SignIn opens a session. It returns [ErrOneTime] when the password is a
	// one-time password, which has to be changed first.
	SignIn(ctx context.Context, name, password string) (*desk.Session, error)
	// Renew signs in with a one-time password and puts another in its place.
	Renew(ctx context.Context, name, oneTime, password string) (*desk.Session, error)
	// SignOut ends a session: its key leaves the memory, its entries go on
	// being sent.
	SignOut(*desk.Session)
	// Server says how things stand with the school server.
	Server() ServerState
}

// ErrOneTime asks for a password of one's own.
var ErrOneTime = fault.New(fault.SignIn, "Этот пароль одноразовый. Придумайте свой.")

// A Tile is a person who has used this PC.
type Tile struct {
	Name                string // for signing in
	Last, First, Middle string
	What                string // subjects or position
	Waiting             int    // entries not yet at school
}

// ServerState says whether the school server answers and when it did last.
type ServerState struct {
	Answers  bool
	Last     time.Time // zero: never
	Approval string    // why an administrator's code is needed, as a sentence; empty: it is not
	Trouble  string    // what else an administrator is needed for, as a sentence; empty: nothing
	Load     Load
}

// A Load is how many records of the school are here while a new PC takes them
// in, or one long away; zero at all other times.
type Load struct{ Here, There uint64 }

// A Line tells how sending goes on this PC.
type Line interface {
	State() LineState
	// Watch calls f after every change, from whichever goroutine made it.
	Watch(f func()) (stop func())
	// SendNow asks to send what waits without delay.
	SendNow()
}

// LineState is what the status pill shows beside the counts.
type LineState struct {
	Sending bool
	Sent    time.Time // when everything of this PC was at school last
	Broken  string    // why this PC cannot save, as a sentence; empty: it can
	Load    Load      // records of the school that are being taken in
	Trouble string    // what else waiting does not mend, as a sentence; empty: nothing
	// Restored is when this PC heard that the server was put back from a copy; zero:
	// it was not. Mended: what the copy lacked and is here was given to it.
	Restored time.Time
	Mended   bool
}
