package commit

import (
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// Objection says what stands against a commit that was entered on a day, by the
// same rule on every PC and on the server: nil when it may be written, an error
// with code [fault.TermClosed] when only closed terms stand against it, and the
// first other objection otherwise.
func (c *Commit) Objection(r *journal.Roster, on journal.Date) error {
	var closed error
	for _, e := range c.Edits {
		if s := journal.SpecOf(e.Kind); s != nil && s.InRegister() != (c.Volume == journal.Register) {
			return fault.New(fault.Invalid, "Запись устроена неправильно и не принята.")
		}
		err := r.MayWrite(journal.Write{Author: c.Author, Kind: e.Kind, Key: e.Key, Field: e.Field, Value: e.Value, On: on})
		if err != nil && fault.CodeOf(err) != fault.TermClosed {
			return err
		} else if err != nil && closed == nil {
			closed = err
		}
	}
	return closed
}
