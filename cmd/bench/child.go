package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// children are the parts that run in a process of their own, because what they
// hold in memory is measured. Each gets a path.
var children = map[string]func(ctx context.Context, path string) error{
	"print": func(ctx context.Context, path string) error { _, err := printThick(ctx, path); return err },
}

// childWord as the first argument makes the program such a process.
const childWord = "child"

// inChild runs one of the children and returns the most memory that it held, in
// MiB.
func inChild(ctx context.Context, name, path string) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, childWord, name, path)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("run %s in a process of its own: %w", name, err)
	}
	var peak float64
	return peak, json.Unmarshal(out, &peak)
}

// runChild is the other side of inChild.
func runChild(ctx context.Context, name, path string) error {
	work, known := children[name]
	if !known {
		return fmt.Errorf("no child %q", name)
	}
	if err := work(ctx, path); err != nil {
		return err
	}
	peak, err := peakOf("self")
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(peak)
}

// peakOf reads the most memory that a process held, in MiB, as Linux tells it.
func peakOf(process string) (float64, error) {
	f, err := os.Open("/proc/" + process + "/status")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			var kib float64
			_, err := fmt.Sscan(rest, &kib)
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("no VmHWM in /proc/%s/status", process)
}

// loadNow is the machine's load, which tells how quiet it was.
func loadNow() string {
	text, _ := os.ReadFile("/proc/loadavg")
	load, _, _ := strings.Cut(string(text), " ")
	return load
}
