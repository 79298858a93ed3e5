package simtest

import (
	"crypto/ed25519"
	"fmt"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// patience is how long a PC waits for an answer.
const patience = 30 * time.Second

// A desk is one PC: its disk, the program on it, the people before it.
type desk struct {
	*world
	no     int
	seat   int // whose keys it has: the PC of the ground of which its disk comes
	disk   disk
	offset time.Duration // of its clock

	life   int // of the program: what was planned in a former one does not happen
	up     bool
	local  *local.Journal // as it is, for looking
	book   book           // as the program has it
	client *client.Client
	device journal.DeviceID
	key    ed25519.PrivateKey

	copy    *image             // kept for bad days
	forked  bool               // it has become another PC
	devices []journal.DeviceID // that it has been
	barred  bool               // it would become a PC that was shut out
	backs   int                // how often the disk was put back from one
	next    uint64             // the number that it gives next; 0: unknown
	fresh   bool               // it was, and the server has not been heard since

	asked   *client.Question // without an answer yet
	whole   bool
	apart   bool                      // it knows a server that is no more
	older   bool                      // its program is of an earlier version
	shown   map[journal.Volume]uint64 // how long the logs are of which it keeps a signed head
	shownOf [16]byte                  // in this epoch
	stopped bool                      // by an alarm or a revocation: only asks now and then
	told    []wire.Cursor             // the heads of the last word on its event stream
	toldBy  *server.School            // by this program of the server
}

func (d *desk) String() string { return fmt.Sprint("pc", d.no) }

func (d *desk) clock() time.Time { return d.wall().Add(d.offset) }

// start opens the journal as a program does that was just begun.
func (d *desk) start() {
	var err error
	if d.local, err = local.Open(d.ctx, d.disk.dir(), d.clock); !d.must(d.String()+" opens its journal", err) {
		return
	}
	former := d.device
	if !d.identify() {
		return
	}
	d.book = mortal{d.local, &d.disk}
	if d.bug.book != nil {
		d.book = d.bug.book(d, d.book)
	}
	d.client = client.New(d.book, d.clock, nil, client.Ordinary)
	d.life++
	d.older = d.updated(d.older)
	d.up, d.asked, d.whole, d.stopped, d.shownOf, d.toldBy = true, nil, false, false, [16]byte{}, nil
	if !former.IsZero() && former != d.device {
		d.truth.became(d, former) // it died when it had become another one
	}
	d.truth.reopened(d)
	if d.calm {
		return
	}
	d.after(d.about(time.Minute), d.work)
	d.after(d.about(time.Minute), d.poll)
}

// after plans something that this program will do if it still runs.
func (d *desk) after(wait time.Duration, do func()) {
	life := d.life
	d.later(wait, func() {
		if d.up && d.life == life {
			do()
		}
	})
}

// close ends the program for good.
func (d *desk) close() {
	if d.local != nil {
		_ = d.local.Close()
	}
	d.local, d.up = nil, false
}

// died tells whether the program has died in what it did last; then another one
// is started after a while.
func (d *desk) died() bool {
	if !d.disk.dead {
		return false
	}
	d.crash(d.disk.remains)
	return true
}

// crash ends the program and leaves an image to the next one.
func (d *desk) crash(im *image) {
	d.note("PC crashed")
	d.close()
	if !d.must("leave disk", d.disk.renew(im)) {
		return
	}
	again := d.about(5 * time.Minute)
	d.say("%v is down for %v", d, again)
	if !d.calm {
		d.later(again, d.start)
	}
}

// work is a person doing one thing, and then another.
func (d *desk) work() {
	d.person()
	if d.up {
		d.after(d.about(d.sky.typing), d.work)
	}
}

// person lets somebody write something.
func (d *desk) person() {
	if d.fresh || d.chance(d.sky.tidy) && d.deals() {
		return
	}
	drafts := d.draft()
	if len(drafts) == 0 {
		return
	}
	made, err := d.write(drafts)
	if err == nil {
		d.truth.wasTold(d, drafts, made)
	}
	switch {
	case d.died():
	case err != nil:
		d.say("%v cannot write: %s", d, fault.CodeOf(err))
		if c := fault.CodeOf(err); c != fault.DiskFull && c != fault.Invalid {
			d.breaks("%v cannot write: %w", d, err)
		}
	default:
		if d.chance(300) {
			d.after(d.about(time.Second), d.poll)
		}
		if d.chance(200) { // she locks the screen
			_ = d.book.Seal(d.ctx, d.keys, false)
			d.died()
		}
	}
}

func (d *desk) write(drafts []commit.Draft) (made []*commit.Commit, err error) {
	if len(drafts) > 1 {
		return d.book.AppendAll(d.ctx, drafts...)
	}
	c, err := d.book.Append(d.ctx, drafts[0])
	if c != nil {
		made = append(made, c)
	}
	return made, err
}

// keys are those of the people who are at work here.
func (d *desk) keys(staff journal.StaffID) (ed25519.PrivateKey, bool) {
	k, ok := d.ground.keys[signer{staff, d.seat}]
	return k, ok && !d.forked // on another PC she signs in anew
}

// poll begins an exchange now and then.
func (d *desk) poll() {
	if d.asked == nil {
		d.ask()
	}
	if d.up {
		d.after(d.about(d.sky.polling), d.poll)
	}
}

// ask sends the next question.
func (d *desk) ask() {
	size := client.Full
	if d.chance(d.sky.small) {
		size = client.Size{Send: 1 + d.rng.IntN(2000), Take: 1 + d.rng.IntN(2000)}
	}
	q, err := d.client.Ask(d.ctx, size)
	if d.died() {
		return
	}
	if err != nil {
		d.say("%v cannot ask: %v", d, fault.CodeOf(err))
		if fault.CodeOf(err) != fault.DiskFull {
			d.breaks("%v cannot ask: %w", d, err)
		}
		return
	}
	q.Message.Whole = d.whole
	d.asked = q
	d.say("%v asks: %d envelopes, %v", d, len(q.Message.Envelopes), q.Message.Places)
	device := d.device
	d.send(d, q.Message, exchanges, func(body []byte, failed bool) {
		var a wire.SyncAnswer
		problem := unpack(body, failed, &a)
		if d.device != device && problem != nil {
			return // it was about the PC that this one was
		}
		d.answered(q, &a, problem)
	})
	d.after(patience, func() {
		if d.asked == q {
			d.asked = nil
			d.say("%v waits no longer", d)
		}
	})
}

// answered is what comes of an answer, or of a problem.
func (d *desk) answered(q *client.Question, a *wire.SyncAnswer, problem error) {
	if q == d.asked {
		d.asked = nil
	} else {
		d.note("late answer")
	}
	if problem != nil {
		d.client.Refused(q, problem)
		d.refused(problem)
		return
	}
	p, err := d.client.Take(d.ctx, q, a)
	if d.died() {
		return
	}
	d.truth.headsGrow(d)
	d.say("%v takes: durable %d, %d verdicts, %d news, idle %t, %v", d, a.Durable, len(a.Verdicts), len(a.News), p.Idle, fault.CodeOf(err))
	switch {
	case fault.CodeOf(err) == fault.DiskFull:
	case fault.CodeOf(err) == fault.Cloned && d.doubled():
		d.fork()
	case fault.CodeOf(err) == fault.Approval && d.doubled() && d.host.epochs > 0: // a number that nobody has any more
		d.comeBack()
	case err != nil:
		d.breaks("%v does not take an answer: %w", d, err)
	default:
		d.whole, d.fresh = p.Whole, d.fresh && !p.Idle
		if !p.Idle && d.asked == nil {
			d.ask()
		}
	}
}

// refused is what the server said instead of an answer.
func (d *desk) refused(problem error) {
	d.say("%v is told: %s", d, fault.CodeOf(problem))
	switch fault.CodeOf(problem) {
	case fault.Forbidden:
		if !d.truth.revoked(d) {
			d.breaks("%v was shut out: %w", d, problem)
		}
	case fault.Offline, fault.DiskFull, fault.Damaged:
	case fault.Invalid:
		if d.host.remade < 2 { // of one made anew that was lost, the next one may know nothing
			d.breaks("%v was told: %w", d, problem)
		}
		d.note("given back to a server that does not know the former one")
	case fault.Approval:
		if d.host.epochs == 0 {
			d.breaks("%v was told: %w", d, problem)
		}
		d.comeBack()
	case fault.Cloned:
		if !d.doubled() {
			d.breaks("%v was told: %w", d, problem)
		}
		d.fork()
	default:
		if d.sky.damage > 0 && fault.CodeOf(problem) == fault.TooLarge {
			return // a turned bit may say so
		}
		d.breaks("%v was told: %w", d, problem)
	}
}
