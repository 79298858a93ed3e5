package local_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
)

func init() { children["limited"], children["open"] = childLimited, childOpen }

// childLimited may write no file beyond 1 MB; it types until that is full, looks
// at what it can still read, and prints both.
func childLimited(dir string) {
	j, err := local.Open(context.Background(), dir, clock)
	if err != nil {
		fmt.Println(err)
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fillUp(j))
}

// fillUp types until there is no room, and says how that showed.
func fillUp(j *local.Journal) string {
	n := 0
	for {
		_, err := j.Append(context.Background(), draft(manyMarks(n, 20)...))
		if err == nil {
			n += 20
			continue
		}
		p := [16]byte([]byte(cellOf(0))[:16])
		list, readErr := j.Cells(context.Background(), year, p, day, day+60)
		return fmt.Sprintf("%s, %d of %d marks read, %v", fault.CodeOf(err), len(list), min(n, 35*60), readErr)
	}
}

// TestDiskFull: nothing is half written, what was written reads on.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := openIn(t, dir, 1).Close(); err != nil {
		t.Fatal(err)
	}
	out, err := child("limited", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	got := string(bytes.TrimSpace(out))
	var read, of int
	if _, err := fmt.Sscanf(got, "disk_full, %d of %d marks read, <nil>", &read, &of); err != nil || read != of || of == 0 {
		t.Errorf("a full disk showed as %q", got)
	}
	j := openIn(t, dir, 0)
	if err := j.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	put(t, j, markChange(day, pupil, 5)) // there is room again
}

// TestBallast: on a disk that is really full the ballast gives way, and a person
// can go on for a while.
func TestBallast(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("only root can make a small disk:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	j := openIn(t, dir, 1)
	defer j.Close()
	ballast := filepath.Join(dir, "journal.ballast")
	if info, err := os.Stat(ballast); err != nil || info.Size() != 4<<20 {
		t.Fatalf("ballast is %v, %v", info, err)
	}
	got := fillUp(j)
	if !strings.HasPrefix(got, "disk_full, ") || !strings.HasSuffix(got, "marks read, <nil>") {
		t.Errorf("a full disk showed as %q", got)
	}
	if info, err := os.Stat(ballast); err != nil || info.Size() != 0 {
		t.Errorf("the ballast was not given up: %v, %v", info, err)
	}
	if err := j.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// childOpen opens and prints how that went.
func childOpen(dir string) {
	j, err := local.Open(context.Background(), dir, clock)
	fmt.Println(fault.CodeOf(err), fault.TextOf(err))
	if err == nil {
		j.Close()
	}
}

// TestReadOnlyFolder needs a process that is not root, which may write anywhere.
func TestReadOnlyFolder(t *testing.T) {
	for name, files := range map[string]bool{"with a journal in it": true, "without a journal": false} {
		t.Run(name, func(t *testing.T) {
			dir, err := os.MkdirTemp("/tmp", "readonly")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(dir) })
			if files {
				if err := openIn(t, dir, 1).Close(); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(dir, 0o555); err != nil {
				t.Fatal(err)
			}
			cmd := child("open", dir)
			if os.Getuid() == 0 {
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
				bin := filepath.Join(t.TempDir(), "child.test")
				copyTo(t, os.Args[0], bin)
				cmd.Path = bin
			}
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(out), "read_only ") || !strings.Contains(string(out), "доступ") {
				t.Errorf("a read-only folder showed as %q", out)
			}
		})
	}
}

// copyTo makes a program readable for everybody.
func copyTo(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, raw, 0o755); err != nil {
		t.Fatal(err)
	}
	for dir := filepath.Dir(to); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}
