package commit

import (
	"time"

	"uchitelskaya/app/journal"
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
	Stamp    Stamp
	Reason   string
	Position uint64 // in the school's log; 0: not there
	Standing bool   // nothing replaced it
	Answer   Answer
}

// Waiting is a commit of this PC that is not in the school's log.
type Waiting struct {
	Commit *Commit
	Answer Answer // 0: not sent yet
	Text   string // the server's sentence
}

// Counts are the figures of the status pill.
type Counts struct {
	Unsent, Requested, Refused, Disputes int
}

// News says what a commit changed, so that a screen reloads only what it shows.
type News struct {
	Volume journal.Volume
	Remote bool // came from the server
	Roster bool // people, timetable, terms …
	Pages  []journal.PageID
	Counts bool // only verdicts: the pill changes
}

// Former is what sets a commit back.
type Former struct {
	Volume  journal.Volume
	Changes []Change
	Intact  bool // what the commit set stands alone, or was brought back since
}
