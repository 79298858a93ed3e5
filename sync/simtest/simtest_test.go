package simtest_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"uchitelskaya/sync/simtest"
)

var (
	first = flag.Uint64("seed", 0, "run the world of one seed and print its trace")
	seeds = flag.Int("seeds", 0, "how many seeds to run; 0: as many as usual")
	only  = flag.String("bug", "", "plant only the bugs whose names hold this")
	going = flag.Duration("for", 0, "go on with new seeds for so long, instead")
)

// usual is how many seeds the test runs.
var usual = 500

// room is a folder in memory where there is one.
func room(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "simtest")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func prepare(t testing.TB) (*simtest.Ground, string) {
	t.Helper()
	dir := room(t)
	g, err := simtest.Prepare(t.Context(), filepath.Join(dir, "ground"))
	if err != nil {
		t.Fatal(err)
	}
	return g, dir
}

// once runs a seed twice and holds the traces against each other.
func once(t testing.TB, g *simtest.Ground, dir string, seed uint64) simtest.Outcome {
	t.Helper()
	var outs [2]simtest.Outcome
	for i := range outs {
		var err error
		if outs[i], err = simtest.Run(t.Context(), g, filepath.Join(dir, fmt.Sprint("world", seed, "-", i)), seed, simtest.Bug{}); err != nil {
			t.Error(err)
		}
	}
	if outs[0].Sum != outs[1].Sum {
		for i, line := range outs[0].Trace {
			if i >= len(outs[1].Trace) || outs[1].Trace[i] != line {
				t.Errorf("seed %d is another world each time:\n%s\n%s", seed, line, strings.Join(outs[1].Trace[min(i, len(outs[1].Trace)):min(i+1, len(outs[1].Trace))], ""))
				break
			}
		}
	}
	return outs[0]
}

// workers is how many worlds run at a time; each is single-threaded.
const workers = 2

// A crowd is what many worlds have seen together.
type crowd struct {
	mu                  sync.Mutex
	next                uint64
	seeds, events, told int
	saw                 map[string]int
}

// run gives seed after seed to as many workers, while more says so.
func (c *crowd) run(more func(seed uint64) bool, do func(seed uint64) simtest.Outcome) {
	c.saw = map[string]int{}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				c.mu.Lock()
				c.next++
				seed := c.next
				c.mu.Unlock()
				if !more(seed) {
					return
				}
				out := do(seed)
				c.mu.Lock()
				c.seeds, c.events, c.told = c.seeds+1, c.events+out.Events, c.told+out.Told
				for what, n := range out.Saw {
					c.saw[what] += n
				}
				c.mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func (c *crowd) String() string {
	var list []string
	for what, n := range c.saw {
		list = append(list, fmt.Sprintf("%d × %s", n, what))
	}
	slices.Sort(list)
	return fmt.Sprintf("%d seeds, %d events, %d commits told to be saved; %s", c.seeds, c.events, c.told, strings.Join(list, ", "))
}

// faults must all happen in some hundred worlds, or the test tests less than it says.
var faults = []string{
	"message lost", "message late", "message came twice", "message damaged", "message of a later version", "entry of a later version", "late answer", "news came with a word", "word that does not follow",
	"PC crashed", "server crashed", "disk full", "clock jumped", "dispute decided", "request decided", "server restored", "PC restored",
	"PC became another one", "given back to a restored server", "number given again after both were put back", "parcel taken", "parcel answered", "parcel spoiled", "parcel out of order",
	"question of an earlier version", "answer of an earlier version", "earlier program updated",
	"disk copied", "copy of a copy", "disk of before copied", "refused commit put away", "refused commit brought back", "refused commit retried", "server remade", "PC came over", "restored server remade", "remade server remade",
	"number in a journal stands for another commit", "PC enrolled again", "written anew for a restored server",
}

// TestSeeds: no fault, alone or with others, breaks what must hold.
func TestSeeds(t *testing.T) {
	g, dir := prepare(t)
	if *first != 0 {
		out := once(t, g, dir, *first)
		fmt.Println(strings.Join(out.Trace, "\n"))
		if out.Broken != nil {
			t.Errorf("seed %d: %v", *first, out.Broken)
		}
		return
	}
	start, last := time.Now(), uint64(cmp.Or(*seeds, usual))
	if testing.Short() {
		last = min(last, 50)
	}
	var c crowd
	more := func(seed uint64) bool { return seed <= last && !t.Failed() }
	if *going > 0 {
		c.next = uint64(start.UnixNano()) // seeds that nobody has tried
		more = func(uint64) bool { return time.Since(start) < *going && !t.Failed() }
	}
	c.run(more, func(seed uint64) simtest.Outcome {
		out := once(t, g, dir, seed)
		if out.Broken != nil {
			t.Errorf("seed %d: %v\n%s\nreplay: go run ./cmd/dev simulate -seed %d", seed, out.Broken,
				strings.Join(out.Trace[max(0, len(out.Trace)-12):], "\n"), seed)
		}
		return out
	})
	if c.seeds >= 200 {
		for _, what := range faults {
			if c.saw[what] == 0 {
				t.Errorf("%q never happened", what)
			}
		}
	}
	took := time.Since(start)
	t.Logf("%v; %.1f seeds per second, each run twice", &c, float64(c.seeds)/took.Seconds())
}
