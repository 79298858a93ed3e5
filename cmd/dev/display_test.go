package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestPrivateDisplay starts the real display and looks whether it is the size of
// the schools' PCs, and gone afterwards.
func TestPrivateDisplay(t *testing.T) {
	for _, program := range []string{"Xvfb", "openbox", "xprop", "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no program %s; dev setup test installs it", program)
		}
	}
	here := tree{root: t.TempDir()}
	env, stop, err := here.privateDisplay(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	size, err := here.output(t.Context(), env, "xdotool", "getdisplaygeometry")
	if err != nil || size != "1366 768" {
		t.Errorf("display is %q, %v; want 1366 768", size, err)
	}
	wm, err := here.output(t.Context(), env, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
	if err != nil || !strings.Contains(wm, "window id") {
		t.Errorf("no window manager: %q, %v", wm, err)
	}
	stop()
	if _, err := here.output(t.Context(), env, "xdotool", "getdisplaygeometry"); err == nil {
		t.Error("the display is still there after stop")
	}
}
