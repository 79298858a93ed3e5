package local_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// childVar tells a process of this test binary to be a child: what it shall do.
const childVar = "LOCAL_TEST_CHILD"

// children are what such a process can do with a folder.
var children = map[string]func(dir string){"type": childType}

func TestMain(m *testing.M) {
	if do := children[os.Getenv(childVar)]; do != nil {
		do(os.Args[1])
		return
	}
	os.Exit(m.Run())
}

func child(do, dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), childVar+"="+do)
	cmd.Stderr = os.Stderr
	return cmd
}

// childType types marks and prints the number of each when it is durable.
func childType(dir string) {
	j, err := local.Open(context.Background(), dir, clock)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		last, err := j.Count(context.Background())
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		n := last.Unsent + 1
		d := draft(commit.Set(journal.KindCell, cellOf(n), journal.CellMark, journal.IntValue(int64(2+n%4))))
		c, err := j.Append(context.Background(), d)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(c.Number)
	}
}

// TestKill kills a typing program at a hundred random moments. Every mark that
// it said was saved is there, and no number is missing.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	dir := t.TempDir()
	if err := openIn(t, dir, 1).Close(); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	acknowledged := 0
	for kill := range 100 {
		cmd := child("type", dir)
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(pipe)
		stop := rng.IntN(20) // after so many marks, and then at any moment
		var late *time.Timer
		for i := 0; lines.Scan(); i++ {
			n, err := strconv.Atoi(lines.Text())
			if err != nil || n <= acknowledged {
				t.Fatalf("kill %d: %q follows %d: %v", kill, lines.Text(), acknowledged, err)
			}
			acknowledged = n
			if i == stop {
				late = time.AfterFunc(time.Duration(rng.IntN(3000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err == nil || late == nil {
			t.Fatalf("kill %d: the child ended by itself: %v", kill, err)
		}
		if kill%10 == 9 {
			checkTyped(t, dir, acknowledged)
		}
	}
	t.Logf("%d marks were acknowledged", acknowledged)
}

// checkTyped opens the journal after a kill and looks for every mark.
func checkTyped(t *testing.T, dir string, acknowledged int) {
	t.Helper()
	j := openIn(t, dir, 0)
	defer j.Close()
	if err := j.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	waiting, err := j.Waiting(t.Context(), commit.Query{})
	slices.Reverse(waiting)
	if err != nil {
		t.Fatal(err)
	}
	if len(waiting) < acknowledged {
		t.Fatalf("%d commits are there, %d were acknowledged", len(waiting), acknowledged)
	}
	for i, w := range waiting {
		e := w.Commit.Edits[0]
		if w.Commit.Number != uint64(i+1) || e.Key != cellOf(i+1) || e.Value != journal.IntValue(int64(2+(i+1)%4)) {
			t.Fatalf("commit %d is %+v", i+1, w.Commit)
		}
	}
	living := dump(t, dir)
	if err := j.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if dump(t, dir) != living {
		t.Error("a kill left a projection that the commits do not give")
	}
}
