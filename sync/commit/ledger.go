package commit

import (
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// What a store of commits tells about them.

// FieldRef names one field of one entity.
type FieldRef struct {
	Kind  journal.Kind
	Key   journal.Key
	Field journal.FieldNo
}

// Past is one value of a field and where it came from.
type Past struct {
	ID       EditID
	Value    journal.Value
	Author   journal.StaffID
	Entered  time.Time // wall time on that PC
	Stamp    Stamp     // as it counts; see [Stamp.By]
	Reason   string
	Position uint64    // in the school's log; 0: not there
	Arrived  time.Time // at the server; zero: not there
	Standing bool      // nothing replaced it
	Answer   Answer
}

// A Fate is what became of a commit of this PC that the school's log does not
// have, or not by the person's will.
type Fate uint8

// The fates.
const (
	Unsent   Fate = iota // the server has not answered yet
	AtDeputy             // a request
	NotTaken             // refused, and nobody has dealt with it
	PutAway              // refused, then put away or retried by hand
	Returned             // put away, but accepted since by a server that had lost its answer
)

// A Query asks for this PC's commits of one fate, the latest first.
type Query struct {
	Fate   Fate
	Author journal.StaffID // whose; zero: everybody's
	Below  uint64          // only lower numbers; 0: from the last
	Limit  int             // at most so many; 0: all
}

// Waiting is a commit of this PC that the school's log does not have.
type Waiting struct {
	Commit *Commit
	Answer Answer     // 0: not sent yet
	Code   fault.Code // why the server did not take it
	Text   string     // its sentence
	Aside  Aside      // zero: nobody has dealt with it
}

// Aside is what a person did by hand about a refused commit.
type Aside struct {
	By    journal.StaffID
	At    time.Time
	Retry uint64 // number of the commit that says the same anew; 0: put away
}

// A Retry says again what the refused commit Number of this PC said.
type Retry struct {
	Number uint64
	Draft
}

// A Request is a commit that a closed term kept out of the log, as it waits for
// the deputy's decision or was decided.
type Request struct {
	Commit   *Commit
	Arrived  int64  // at the server, Unix milliseconds
	Decision string // journal.RequestGranted, RequestRejected; "": none yet
	Sentence string // of who decided
	By       journal.StaffID
	Decided  time.Time // wall time on that PC, to the minute
}

// Counts are the figures of the status pill.
type Counts struct {
	Unsent, Requested, Refused, Disputes int
	Returned                             int // put away by a person, accepted all the same

	Asked int // requests of the whole school that wait for the person at work
}

// News says what a commit changed, so that a screen reloads only what it shows.
type News struct {
	Volume journal.Volume
	Remote bool // came from the server
	Roster bool // people, timetable, terms …
	Pages  []journal.PageID
	Asked  bool // requests, or decisions on them
	Counts bool // only verdicts: the pill changes
}

// Former is what sets a commit back.
type Former struct {
	Volume  journal.Volume
	Changes []Change
	Intact  bool // what the commit set stands alone, or was brought back since
}
