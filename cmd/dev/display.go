package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"
)

// screenSize is the smallest screen of the schools' PCs, with its colour depth.
const screenSize = "1366x768x24"

// privateDisplay starts an X server that needs no screen and a window manager
// on it, so that windows get the focus. Programs started with the returned
// environment appear there, drawn by software. Call stop when they are gone.
func (t tree) privateDisplay(ctx context.Context) (env []string, stop func(), err error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer read.Close()
	serverCtx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	server := t.child(serverCtx, nil, "Xvfb", "-displayfd", "3", "-screen", "0", screenSize,
		"+extension", "GLX", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write} // Xvfb picks a free number and tells it on descriptor 3
	server.Stdout, server.Stderr = nil, nil
	stopServer, _, err := begin(cancel, server)
	write.Close()
	if err != nil {
		return nil, nil, err
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		stopServer()
		return nil, nil, fmt.Errorf("start Xvfb: it named no display: %w", err)
	}

	display := ":" + strings.TrimSpace(number)
	env = []string{
		"DISPLAY=" + display, "WAYLAND_DISPLAY=", "XAUTHORITY=",
		"LIBGL_ALWAYS_SOFTWARE=1", "FYNE_SCALE=1",
	}
	say("started a display without a screen: Xvfb %s, %s, OpenGL in software", display, screenSize)
	wmCtx, cancelWM := context.WithCancel(context.WithoutCancel(ctx))
	wm := t.child(wmCtx, env, "openbox", "--sm-disable")
	wm.Stdout, wm.Stderr = nil, nil // it misses menus that nobody opens here
	stopWM, _, err := begin(cancelWM, wm)
	if err != nil {
		stopServer()
		return nil, nil, err
	}
	stop = func() { stopWM(); stopServer() }
	managed := func() bool {
		out, err := t.output(ctx, env, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
		return err == nil && strings.Contains(out, "window id")
	}
	if err := wait(ctx, 10*time.Second, managed); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start openbox: %w", err)
	}
	return env, stop, nil
}
