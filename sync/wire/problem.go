package wire

import (
	"errors"
	"fmt"
	"net/http"

	"uchitelskaya/app/journal/fault"
)

// A Problem is an answer that is not the one asked for.
type Problem struct {
	Code fault.Code `cbor:"1,keyasint"`
	Text string     `cbor:"2,keyasint"`
}

func (p *Problem) check() error {
	if len(p.Code) > 50 || len(p.Text) > 2000 {
		return fmt.Errorf("problem of %d bytes", len(p.Text))
	}
	return nil
}

// Err is the problem as an error for the person at the screen.
func (p *Problem) Err() error { return fault.New(p.Code, p.Text) }

// ProblemOf says what may be told of an error: code and sentence, never the cause.
func ProblemOf(err error) *Problem {
	return &Problem{Code: fault.CodeOf(err), Text: fault.TextOf(err)}
}

// Status is the HTTP status of a problem.
func (p *Problem) Status() int {
	switch p.Code {
	case fault.Forbidden, fault.SignIn, fault.NewPassword, fault.Approval:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Outdated:
		return http.StatusUpgradeRequired
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Alarm, fault.Cloned, fault.Gap, fault.Epoch:
		return http.StatusConflict
	case fault.Internal:
		return http.StatusInternalServerError
	case fault.DiskFull, fault.ReadOnly, fault.Offline:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

var errBounds = errors.New("out of bounds")
