// Package fault pairs what a program switches on with what a person reads.
package fault

import "errors"

// Code is what a program switches on. It also travels on the wire, so a code
// once released is never renamed.
type Code string

// The codes. Each names what is wrong, not where.
const (
	NotFound    Code = "not_found"    // there is no such thing
	Invalid     Code = "invalid"      // a value that cannot be
	Forbidden   Code = "forbidden"    // this person may not do this
	TermClosed  Code = "term_closed"  // the term is locked; a request may be made
	Rejected    Code = "rejected"     // the deputy has rejected the request
	SignIn      Code = "sign_in"      // unknown name, wrong password, expired grant
	NewPassword Code = "new_password" // the one-time password must be changed first
	TooMany     Code = "too_many"     // tried too often; wait
	TooLarge    Code = "too_large"    // over a stated bound
	Damaged     Code = "damaged"      // bytes that do not check out
	DiskFull    Code = "disk_full"    // the disk took no more
	ReadOnly    Code = "read_only"    // the folder cannot be written
	InUse       Code = "in_use"       // another program holds it
	Offline     Code = "offline"      // the school server does not answer
	Gap         Code = "gap"          // numbers do not follow each other
	Epoch       Code = "epoch"        // the server was restored; send again
	Cloned      Code = "cloned"       // another PC has written under this PC's number: its disk was copied or put back
	Alarm       Code = "alarm"        // the same number with other bytes
	Approval    Code = "approval"     // another server, or one that does not know this PC: an administrator decides
	Clock       Code = "clock"        // the clock of this PC is wrong
	Outdated    Code = "outdated"     // this program, or the server's, must be updated first
	Internal    Code = "internal"     // a fault of the program
)

// An Error pairs a code with a sentence for the person at the screen. Text is
// shown as it is, in Russian: what happened, then what to do. Err goes to the
// log and never to the screen.
type Error struct {
	Code Code
	Text string
	Err  error
}

// New returns an error with a sentence and no cause.
func New(code Code, text string) *Error { return &Error{Code: code, Text: text} }

// Wrap returns an error with a sentence and its cause.
func Wrap(code Code, text string, err error) *Error {
	return &Error{Code: code, Text: text, Err: err}
}

// Error is for the log: code, sentence and cause.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Text
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is compare codes, so that a test can ask for a kind of fault.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code && t.Text == "" && t.Err == nil
}

// CodeOf returns the code carried by err, [Internal] for any other error and
// the empty code for nil.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return Internal
}

// TextOf returns the sentence to show for err.
func TextOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Text
	}
	return "Программа не смогла это сделать. Записанное не пострадало. Сообщите администратору школы."
}
