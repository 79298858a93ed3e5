package ledger

import (
	"cmp"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// ErrStale is returned for a batch that was judged on what has changed since:
// another process wrote meanwhile. Read again, judge again.
var ErrStale = errors.New("the store has moved on")

// ErrNone is returned where there is no such thing.
var ErrNone = errors.New("no such record")

// ErrExists is returned for what may be made only once.
var ErrExists = errors.New("the record is there already")

// An Entity names one row of the projection.
type Entity struct {
	Volume journal.Volume
	Kind   journal.Kind
	Key    journal.Key
}

// Judged is one commit with the server's answer. Commits that were not
// accepted are kept whole, so that nothing a person wrote is ever lost.
type Judged struct {
	commit.Verdict
	Raw     []byte
	Arrived int64 // Unix milliseconds
	Stands  bool  // it was judged and kept before it was sent; see [Batch.Laid]
}

// A Seal is what proves who wrote a run of commits: the envelope without them.
type Seal struct {
	commit.Head
	Count     int
	Signature []byte
	Hash      [32]byte // of the whole envelope; the author's next one names it
}

// Standing is how far the server has the commits of a PC.
type Standing struct {
	Last   uint64                       // number of the last commit judged
	Chains map[journal.StaffID][32]byte // hash of each author's last envelope
	Asked  map[journal.Volume]Asked     // what of it became requests
	Day    Day                          // the last on which commits of it were judged
}

// A Day is what a PC's commits have taken of the store on one day.
type Day struct {
	Date    journal.Date // in the school's zone
	Taken   int64        // bytes, about
	Refused int64        // of these, for commits that were refused
}

// On is the day as far as it is the given one: a new day begins with nothing.
func (d Day) On(date journal.Date) Day {
	if d.Date != date {
		return Day{Date: date}
	}
	return d
}

// A PC is what the store knows of one.
type PC struct {
	Last    uint64 // number of its last commit judged
	Program int    // it last said it runs; 0: it never asked
	Day     Day
}

// Asked counts the requests of a PC in a volume, whatever became of them.
type Asked struct {
	Commits int
	Bytes   int // of all of them
}

// A Batch is everything that one push changes. It becomes durable whole or not
// at all.
type Batch struct {
	School journal.SchoolID
	Device journal.DeviceID
	After  uint64                    // Standing.Last when it was judged
	Heads  map[journal.Volume]uint64 // head of each volume written, when it was judged
	Judged []Judged                  // numbers After+1, After+2 …; positions follow Heads, save of those that stand
	Seals  []Seal
	Rows   map[Entity]merge.Row // the whole merge state of every entity touched
	Trees  map[journal.Volume]Growth
	Day    Day // of the PC, afterwards

	// Laid are commits of any PC: with the verdicts of a former server, before
	// those of Judged; or requests that come into the log among them, because they
	// were granted. They move no PC's last number: when a PC sends one of them, it
	// gets the verdict that stands, which of a request is the first one.
	Laid []Judged
	// Skip is how many numbers after After nobody has any more. They are given up,
	// and with them the chains: each author's next envelope begins a new one.
	Skip uint64
}

// Growth is what the accepted commits of a batch add to the tree of a volume.
type Growth struct {
	Hashes [][]tlog.Hash // of each new place, in order: the leaf, then the subtrees it completes
	Head   []byte        // signed, of the log as it is after the batch
}

// Founding is what makes a server this school's server.
type Founding struct {
	School  journal.SchoolID
	Epoch   [16]byte // new after every restore
	Key     []byte   // seed of the server's Ed25519 key
	Former  []byte   // seeds of its keys before the last restores, the latest first; 32 bytes each
	TLSKey  []byte   // PKCS #8
	TLSCert []byte   // X.509, DER
	Made    int64    // Unix milliseconds
}

// Account lets a person sign in. It lives on the server only.
type Account struct {
	School  journal.SchoolID
	Staff   journal.StaffID
	Name    string   // name for sign-in, as it is shown
	Lock    string   // how the proof is made from the password; see identity.Lock
	Proof   [32]byte // SHA-256 of the proof
	OneTime bool     // the password must be changed at the next sign-in
	Blocked bool
}

// A Code lets one PC be enrolled.
type Code struct {
	School journal.SchoolID
	Hash   [32]byte // SHA-256 of the token
	Until  int64    // Unix milliseconds
}

// CompareEntities orders entities as a store keeps them.
func CompareEntities(a, b Entity) int {
	return cmp.Or(cmp.Compare(a.Volume, b.Volume), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
}
