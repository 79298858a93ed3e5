//go:build window

package windowtest

import (
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A screen is one display with a keyboard in the Russian layout.
type screen struct {
	*lens
	t       *testing.T
	display string
}

// screenOf takes a display of the test's: 0 or 1.
func screenOf(t *testing.T, number int) *screen {
	t.Helper()
	all := displays()
	if len(all) <= number {
		t.Fatal("no displays to type on; run: go run ./cmd/dev test")
	}
	l, err := openLens(all[number])
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{lens: l, t: t, display: all[number]}
	s.tool("setxkbmap", "ru")
	t.Cleanup(func() { l.conn.Close() })
	return s
}

// env is the environment of a program that is to show itself here.
func (s *screen) env() []string { return append(os.Environ(), "DISPLAY="+s.display) }

// tool runs a small program of X on this display.
func (s *screen) tool(name string, args ...string) string {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), name, args...)
	cmd.Env = s.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// press presses keys, named as X names them, one after the other.
func (s *screen) press(keys ...string) {
	s.t.Helper()
	if said := s.tool("xdotool", append([]string{"key"}, keys...)...); said != "" {
		s.t.Fatalf("press %q: %s", keys, said) // a key that the layout does not have
	}
}

// write types a text.
func (s *screen) write(text string) {
	s.t.Helper()
	s.press(keysOf(text)...)
}

// seen returns a number for what the screen shows now.
func (s *screen) seen() uint64 {
	s.t.Helper()
	n, err := s.look()
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// rest waits until the screen shows something other than before and does not
// change any more: a person types after she has looked.
func (s *screen) rest(before uint64) {
	s.t.Helper()
	last, same := before, 0
	until(s.t, "the window shows something new", patience, func() bool {
		now := s.seen()
		if same++; now != last {
			last, same = now, 0
		}
		time.Sleep(40 * time.Millisecond)
		return now != before && same >= 4
	})
}

// turn presses keys and waits until the window shows what came of them.
func (s *screen) turn(keys ...string) {
	s.t.Helper()
	before := s.seen()
	s.press(keys...)
	s.rest(before)
}

// shot keeps a picture of the screen.
func (s *screen) shot(name string) {
	s.t.Helper()
	p, err := s.picture()
	if err != nil {
		s.t.Error(err)
		return
	}
	pictures++
	path := filepath.Join(pictureFolder, fmt.Sprintf("%02d-%s-%s.png", pictures, name, filepath.Base(s.display[1:])))
	f, err := os.Create(path)
	if err != nil {
		s.t.Error(err)
		return
	}
	defer f.Close()
	if err := png.Encode(f, p); err != nil {
		s.t.Error(err)
	}
}

// patience is how long a thing that is to happen by itself may take on a busy
// machine before the test gives up.
const patience = 60 * time.Second

// until waits for something that happens by itself and returns how long it took.
func until(t *testing.T, what string, limit time.Duration, so func() bool) time.Duration {
	t.Helper()
	begin := time.Now()
	for !so() {
		if time.Since(begin) > limit {
			t.Fatalf("waited %v in vain for this: %s", limit, what)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return time.Since(begin)
}
