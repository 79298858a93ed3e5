package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// wantGlibc is the C library of the oldest system in schools, Astra Linux 1.7.
// A release linked on a newer system starts only on newer ones.
var wantGlibc = glibc{2, 28}

// A glibc is a version of the C library: major, minor.
type glibc [2]int

func (g glibc) String() string { return fmt.Sprintf("%d.%d", g[0], g[1]) }

var glibcSymbol = regexp.MustCompile(`GLIBC_(\d+)\.(\d+)`)

// newestGlibc returns the highest version that a listing of objdump -T names.
func newestGlibc(listing string) glibc {
	var newest glibc
	for _, m := range glibcSymbol.FindAllStringSubmatch(listing, -1) {
		major, _ := strconv.Atoi(m[1])
		minor, _ := strconv.Atoi(m[2])
		if g := (glibc{major, minor}); slices.Compare(g[:], newest[:]) > 0 {
			newest = g
		}
	}
	return newest
}

// oldestGlibc says which systems the desktop program can start on. The server
// is linked without a C library and starts on all.
func (r release) oldestGlibc(ctx context.Context) error {
	listing, err := r.output(ctx, nil, "objdump", "-T", r.linuxDesktop())
	if err != nil {
		return err
	}
	need := newestGlibc(listing)
	say("the desktop program needs GLIBC %s or newer; the oldest system of schools has %s", need, wantGlibc)
	if slices.Compare(need[:], wantGlibc[:]) > 0 {
		say("NOTE: it will not start on Astra Linux 1.7 or ALT p10; build the release there or on Debian 10")
	}
	return nil
}
