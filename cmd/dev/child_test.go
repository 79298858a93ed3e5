package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestStop holds that no child outlives dev: it is asked to end, and waited for.
func TestStop(t *testing.T) {
	if _, err := exec.LookPath("sleep"); err != nil {
		t.Skip("no program sleep")
	}
	stop, ended, err := tree{root: t.TempDir()}.start(nil, "sleep", "1000")
	if err != nil {
		t.Fatal(err)
	}
	stop()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("sleep ended by itself; want ended by a signal")
		}
	default:
		t.Error("stop returned before the child was gone")
	}
	stop() // harmless
}

// TestStages holds that a failed stage does not hide the next one, that the
// command fails, and that what could not be checked is no failure.
func TestStages(t *testing.T) {
	var ran []string
	step := func(name string, err error) stage {
		return stage{name, func(context.Context) error { ran = append(ran, name); return err }}
	}
	err := runStages(t.Context(), []stage{step("first", errors.New("bad")), step("second", nil), step("third", notChecked("no network"))})
	if len(ran) != 3 {
		t.Errorf("ran %v; want all three", ran)
	}
	if err == nil || err.Error() != "failed: first" {
		t.Errorf("error %v; want failed: first", err)
	}
}

// TestWait holds that waiting ends with readiness, and with the limit.
func TestWait(t *testing.T) {
	asked := 0
	if err := wait(t.Context(), time.Minute, func() bool { asked++; return asked == 3 }); err != nil {
		t.Errorf("wait = %v; want nil after the third question", err)
	}
	if err := wait(t.Context(), time.Millisecond, func() bool { return false }); err == nil {
		t.Error("wait = nil; want an error after the limit")
	}
}

// TestZip holds that the same files give the same archive.
func TestZip(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/program", []byte("one"), 0o755); err != nil {
		t.Fatal(err)
	}
	var first []byte
	for range 2 {
		to := t.TempDir() + "/a.zip"
		if err := zipFolder(dir, to); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(got, first) {
			t.Error("two archives of the same files differ")
		}
		first = got
	}
}
