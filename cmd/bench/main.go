// Command bench is every measurement that the project makes.
//
//	bench [GROUP …]      commit, page, print, year, sync, load, line, growth, grid, start: one JSON object a line
//	bench sync …         our side of the comparison with other engines
//
// Each line names the measurement, its value, unit, how many were measured and
// the bar it is held to. Ratios are taken within one run, against a floor or a
// peer that does the same work beside it, because machines differ.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"
)

// A line is one measurement as it is printed.
type line struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	N     int     `json:"n"`
	Bar   string  `json:"bar,omitempty"`
	Note  string  `json:"note,omitempty"`
}

// A group measures things that share their preparation.
type group struct {
	name string
	run  func(ctx context.Context, say func(line)) error
}

// The groups; those that open a window only where the program was built so.
var groups = append([]group{
	{"commit", measureCommit},
	{"page", measurePage},
	{"print", measurePrint},
	{"year", measureYear},
	{"sync", measureSync},
	{"load", measureLoad},
	{"line", measureLine},
	{"growth", measureGrowth},
}, windowGroups...)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, names []string) error {
	if len(names) == 3 && names[0] == childWord {
		return runChild(ctx, names[1], names[2])
	}
	if len(names) > 1 && names[0] == "sync" {
		return runStage(ctx, names[1:])
	}
	for _, name := range names {
		if !slices.ContainsFunc(groups, func(g group) bool { return g.name == name }) {
			return fmt.Errorf("no group %q", name)
		}
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, g := range groups {
		if len(names) > 0 && !slices.Contains(names, g.name) {
			continue
		}
		say := func(l line) { _ = out.Encode(l) } // a closed pipe ends the program by itself
		if err := g.run(ctx, say); err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
	}
	return nil
}

// times are durations measured one by one.
type times []time.Duration

// at returns the time that the share p of them does not exceed.
func (t times) at(p float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	s := slices.Clone(t)
	slices.Sort(s)
	return s[min(len(s)-1, int(p*float64(len(s))))]
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func mib(n int64) float64 { return float64(n) / (1 << 20) }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
