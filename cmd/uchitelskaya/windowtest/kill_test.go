//go:build window

package windowtest

import (
	"bytes"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledWhileTyping kills the program at random moments while keys are
// pressed. Whatever the journal file showed before the kill is there when the
// program is opened again, and it opens without a word.
func TestKilledWhileTyping(t *testing.T) {
	const kills = 20
	s := newSchool(t)
	plan := s.plan()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	on := screenOf(t, 0)
	kept := map[int][]byte{} // bodies of the commits that were seen
	last := 0
	for kill := range kills + 1 {
		p := s.start("pc1", on)
		for number, body := range kept {
			if got := p.body(number); !bytes.Equal(got, body) {
				t.Fatalf("after kill %d commit %d is %d bytes; want the %d seen before", kill, number, len(got), len(body))
			}
		}
		if kill == 0 {
			last = p.made()
		}
		p.signIn(plan.who)
		if kill == kills {
			s.afterwards(p)
			break
		}
		p.openLesson(plan.largest())
		stop := p.typeOn(rand.New(rand.NewPCG(seed, uint64(kill)+1)))
		for end := time.Now().Add(time.Duration(random.IntN(1200)) * time.Millisecond); time.Now().Before(end); {
			for made := p.made(); last < made; {
				last++
				kept[last] = p.body(last)
			}
		}
		p.kill()
		stop()
	}
	t.Logf("%d commits were seen before %d kills, and all are there", len(kept), kills)
	if len(kept) < 2*kills {
		t.Errorf("only %d commits were made while typing; the test shows nothing", len(kept))
	}
}

// typeOn presses random keys without end until it is stopped. No press is ever
// cut short: the key would stay down for the next window.
func (p *program) typeOn(random *rand.Rand) (stop func()) {
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			args := []string{"key", "--delay", "15", "ctrl+Up"}
			for range 12 {
				args = append(args, keysOf([]string{"5", "4", "3", "2", "н", "б", "уп", "оп", "нп"}[random.IntN(9)])...)
			}
			cmd := exec.Command("xdotool", args...)
			cmd.Env = p.env()
			_ = cmd.Run() // there may be no window any more
			select {
			case <-quit:
				return
			default:
			}
		}
	}()
	return func() { close(quit); <-ended }
}

// afterwards holds that the server takes what was written between the kills,
// and that the file is whole.
func (s *school) afterwards(p *program) {
	s.t.Helper()
	s.serverOn()
	until(s.t, "everything is sent", patience, func() bool { return p.unsent() == 0 })
	if n := p.untaken(); n != 0 {
		s.t.Errorf("the server did not take %d commits", n)
	}
	if c := p.complaint(); c != "" {
		s.t.Errorf("the program complained: %s", c)
	}
	p.kill()
	out, err := exec.Command(filepath.Join(bin, "uchitelskaya"), "verify", "-data", p.dir).CombinedOutput()
	if err != nil {
		s.t.Errorf("verify: %v: %s", err, out)
	}
}
