package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"uchitelskaya/app/journal/fault"
)

// serverProgram is the school server's program, which lies beside this one.
func serverProgram() (string, error) {
	own, err := os.Executable()
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(own), "uchitelskaya-server")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if _, err := os.Stat(path); err != nil {
		return "", fault.Wrap(fault.NotFound, "Рядом с программой нет школьного сервера "+path+".", err)
	}
	return path, nil
}

// startServer starts a school server of a demo and waits until it answers. more
// are further words of its command line.
func startServer(ctx context.Context, dir, address string, more ...string) (stop func(), err error) {
	program, err := serverProgram()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(program, append([]string{"serve", "-data", dir, "-listen", address}, more...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var trouble bytes.Buffer
	cmd.Stderr = &trouble
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start school server: %w", err)
	}
	stop = func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself
		_ = cmd.Wait()
	}
	ready := make(chan bool, 1)
	go func() {
		lines := bufio.NewScanner(out)
		ready <- lines.Scan() && strings.Contains(lines.Text(), address)
		for lines.Scan() { // a full pipe would stop it
		}
	}()
	select {
	case ok := <-ready:
		if ok {
			return stop, nil
		}
	case <-time.After(30 * time.Second):
	case <-ctx.Done():
	}
	stop()
	return nil, fmt.Errorf("school server does not answer: %s", trouble.String())
}
