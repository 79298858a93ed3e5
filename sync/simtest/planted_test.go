package simtest_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"uchitelskaya/sync/simtest"
)

// within is how many seeds may pass before a bug is found.
const within = 200

// TestPlanted: each bug is found, and soon.
func TestPlanted(t *testing.T) {
	if testing.Short() || usual < within {
		t.Skip("runs up to two hundred seeds for each bug")
	}
	g, dir := prepare(t)
	bugs := slices.DeleteFunc(simtest.Bugs(), func(b simtest.Bug) bool { return !strings.Contains(b.Name, *only) })
	took := make([]int, len(bugs)) // seeds until the bug was found; 0: it was not
	var wg sync.WaitGroup
	next := make(chan int)
	for range workers {
		wg.Go(func() {
			for i := range next {
				took[i] = find(t, g, filepath.Join(dir, fmt.Sprint("bug", i)), bugs[i])
			}
		})
	}
	for i := range bugs {
		next <- i
	}
	close(next)
	wg.Wait()
	var found []int
	for _, n := range took {
		if n > 0 {
			found = append(found, n)
		}
	}
	slices.Sort(found)
	if len(found) > 0 {
		t.Logf("caught %d of %d, median %d seeds, most %d", len(found), len(bugs), found[len(found)/2], found[len(found)-1])
	}
}

// find runs seeds until one shows the bug.
func find(t *testing.T, g *simtest.Ground, dir string, bug simtest.Bug) int {
	for seed := uint64(1); seed <= within; seed++ {
		out, err := simtest.Run(t.Context(), g, dir, seed, bug)
		if err != nil {
			t.Errorf("%s: %v", bug.Name, err)
			return 0
		}
		if out.Broken != nil {
			t.Logf("%s: seed %d: %.160s", bug.Name, seed, out.Broken.Error())
			return int(seed)
		}
	}
	t.Errorf("%s: not found in %d seeds", bug.Name, within)
	return 0
}
