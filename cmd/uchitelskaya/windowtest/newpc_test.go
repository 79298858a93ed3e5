//go:build window

package windowtest

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"
)

// A new PC is made one of the school's in its window. The server goes away while
// its first records come: the code is used up, nobody asks for it again, and all
// is there when the server is back.
func TestANewPC(t *testing.T) {
	s := newSchool(t)
	plan := s.plan()
	s.serverOn()
	out, err := exec.Command(filepath.Join(bin, "uchitelskaya-server"), "code", "-data", s.folder("server"), "-address", address, "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ Code string }
	if err := json.Unmarshal(out, &made); err != nil {
		t.Fatal(err)
	}
	p := s.start("pc3", screenOf(t, 0))
	p.tool("setxkbmap", "us") // the code is Latin letters
	p.tool("xdotool", "type", "--delay", "20", made.Code)
	p.tool("setxkbmap", "ru")
	p.press("Tab")
	p.write("третий")
	p.press("Return")
	until(t, "the first records are there", patience, func() bool { return p.known() > 0 })
	s.serverOff()
	p.shot("new-pc")
	s.serverOn()
	p.signInFirst(plan.who)
	p.shot("new-pc-today")
	whole := openBook(t, filepath.Join(schoolFolder, "pc2"))
	defer whole.close()
	until(t, "all records are there", patience, func() bool { return p.known() >= whole.known() })
	if c := p.complaint(); c != "" {
		t.Errorf("the program complained: %s", c)
	}
}
