package simtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"uchitelskaya/app/journal"
)

// span is how long phase 1 lasts, by the world's clock.
const span = 90 * time.Minute

// An Outcome is what became of one world.
type Outcome struct {
	Seed   uint64
	Trace  []string // every event, a line each
	Sum    string   // of the trace
	Broken error    // the first promise that was not kept; nil when all were
	Events int      // of the queue
	Told   int      // commits of which a person was told that they are saved
	Saw    map[string]int
}

// A world is a school in one process: PCs, a server, their disks and a network,
// moved by one seed and one clock. Nothing in it runs beside anything else.
type world struct {
	ctx     context.Context
	dir     string
	ground  *Ground
	bug     Bug
	rng     *rand.Rand
	now     time.Duration // since the world began
	queue   queue
	trace   trace
	sky     weather
	calm    bool // phase 2: no more faults
	desks   []*desk
	host    *host
	truth   *truth
	stick   *stick
	doubles int            // PCs that run from copies of others' disks
	saw     map[string]int // what happened, by name
	broken  error
}

// Run lets the world of a seed happen in a folder, which it removes, with a bug
// planted or none.
func Run(ctx context.Context, g *Ground, dir string, seed uint64, bug Bug) (out Outcome, err error) {
	w := &world{ctx: ctx, ground: g, bug: bug, rng: rand.New(rand.NewPCG(seed, 20260901)), saw: map[string]int{}}
	defer func() {
		w.close()
		if gone := os.RemoveAll(dir); err == nil {
			err = gone
		}
	}()
	w.sky = drawWeather(w.rng)
	w.truth, w.stick = newTruth(w), newStick(w, seed)
	if err := w.open(dir); err != nil {
		return out, fmt.Errorf("seed %d: %w", seed, err)
	}
	events := w.live()
	if w.broken == nil {
		w.heal()
	}
	return Outcome{
		Seed: seed, Trace: w.trace.lines, Sum: w.trace.sum(), Broken: w.broken, Events: events, Told: len(w.truth.told), Saw: w.saw,
	}, nil
}

// open copies the ground and starts every program.
func (w *world) open(dir string) error {
	pcs := 2 + w.rng.IntN(mostPCs-1)
	w.dir = dir
	w.say("%d PCs, %v", pcs, w.sky)
	w.host = &host{world: w, founding: w.ground.founding, disk: disk{rng: w.rng, root: dir + "/server", file: "school.db"}}
	if err := w.host.disk.copy(w.ground.serverDir()); err != nil {
		return err
	}
	w.host.start()
	for i := range pcs {
		d := &desk{world: w, no: i, seat: i, disk: disk{rng: w.rng, root: fmt.Sprint(dir, "/pc", i), file: "journal.db"}}
		if err := d.disk.copy(w.ground.pcDir(i)); err != nil {
			return err
		}
		w.desks = append(w.desks, d)
		d.start()
	}
	w.elder()
	w.truth.follow()
	return nil
}

// live is phase 1.
func (w *world) live() (events int) {
	w.plan()
	for w.broken == nil {
		e, ok := w.queue.next()
		if !ok || e.at > span {
			break
		}
		w.now = e.at
		e.do()
		if events++; events%40 == 0 {
			w.check()
		}
	}
	w.now = max(w.now, span)
	w.check()
	return events
}

// later plans something.
func (w *world) later(wait time.Duration, do func()) { w.queue.add(w.now+wait, do) }

// about is a random time around the given one.
func (w *world) about(d time.Duration) time.Duration {
	return d/4 + time.Duration(w.rng.Int64N(int64(d)*3/2))
}

// chance is true so many times of a thousand.
func (w *world) chance(thousandth int) bool { return w.rng.IntN(1000) < thousandth }

// wall is the true time.
func (w *world) wall() time.Time { return morning.Add(w.now) }

// say adds a line to the trace.
func (w *world) say(format string, args ...any) { w.trace.add(w.now, format, args...) }

// note counts a kind of event, for the tests of the tests.
func (w *world) note(what string) { w.saw[what]++ }

// breaks notes the first promise that was not kept.
func (w *world) breaks(format string, args ...any) {
	if w.broken == nil {
		w.broken = fmt.Errorf(format, args...)
		w.say("BROKEN: %v", w.broken)
	}
}

// must is for what cannot fail unless the simulation itself is wrong, or the
// product's reading is.
func (w *world) must(what string, err error) bool {
	if err != nil {
		w.breaks("%s: %w", what, err)
	}
	return err == nil
}

func (w *world) close() {
	for _, d := range w.desks {
		d.close()
	}
	if w.host != nil {
		w.host.close()
	}
}

// nameOf shortens a PC's id to what people call it.
func (w *world) nameOf(id journal.DeviceID) string {
	for _, d := range w.desks {
		if d.device == id {
			return d.String()
		}
	}
	return fmt.Sprintf("%x", id[:3])
}
