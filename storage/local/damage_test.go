package local_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// written is a journal with a profile and n unsent marks, closed.
func written(t *testing.T, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	j := openIn(t, dir, 1)
	if err := j.PutProfile(t.Context(), local.Profile{Staff: teacher, Name: "Ковальчук", Blob: []byte{1, 2}, Used: start}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		put(t, j, manyMarks(i, 1)...)
	}
	if err := j.Seal(t.Context(), nobody, true); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDamaged(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil    func(raw []byte) []byte
		enrolled bool // the damaged file still tells whose it is
		carried  int  // at least so many of 300 marks
	}{
		"a header of garbage":       {func(raw []byte) []byte { copy(raw, strings.Repeat("garbage ", 20)); return raw }, true, 300},
		"an empty file":             {func([]byte) []byte { return nil }, false, 0},
		"cut in the middle":         {func(raw []byte) []byte { return raw[:len(raw)/2] }, true, 0},
		"cut near the end":          {func(raw []byte) []byte { return raw[:len(raw)*9/10+77] }, true, 150},
		"pages of zeros at the end": {func(raw []byte) []byte { clear(raw[len(raw)-3*4096:]); return raw }, true, 200},
	} {
		t.Run(name, func(t *testing.T) {
			dir := written(t, 300)
			path := filepath.Join(dir, "journal.db")
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			raw = tt.spoil(raw)
			if err := os.WriteFile(path, raw, 0o660); err != nil {
				t.Fatal(err)
			}
			_, err = local.Open(t.Context(), dir, clock)
			if fault.CodeOf(err) != fault.Damaged || !strings.Contains(fault.TextOf(err), "повреждён") {
				t.Fatalf("Open = %v, want a damaged file", err)
			}
			s, err := local.SetAside(t.Context(), dir, clock, "")
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%+v", s)
			if kept, err := os.ReadFile(s.Kept); err != nil || string(kept) != string(raw) {
				t.Errorf("the damaged file was not kept as it was: %v", err)
			}
			if s.Enrolled != tt.enrolled || s.Carried < tt.carried {
				t.Errorf("SetAside = %+v, want %d of 300 marks carried over", s, tt.carried)
			}
			j := openIn(t, dir, 0)
			if err := j.Verify(t.Context()); err != nil {
				t.Error(err)
			}
			if n, err := j.Count(t.Context()); err != nil || n.Unsent != s.Carried {
				t.Errorf("%d commits wait, %d were carried over: %v", n.Unsent, s.Carried, err)
			}
		})
	}
}

// TestFlippedBits flips single bits all over the file: each is found at opening
// or by Verify, or is where nothing is kept.
func TestFlippedBits(t *testing.T) {
	dir := written(t, 200)
	path := filepath.Join(dir, "journal.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := dump(t, dir)
	found, harmless := 0, 0
	for at := 7; at < len(whole); at += len(whole) / 60 {
		raw := append([]byte{}, whole...)
		raw[at] ^= 0x10
		os.Remove(path + "-wal")
		os.Remove(path + "-shm")
		if err := os.WriteFile(path, raw, 0o660); err != nil {
			t.Fatal(err)
		}
		j, err := local.Open(t.Context(), dir, clock)
		if err == nil {
			err = j.Verify(t.Context())
			if err == nil && dump(t, dir) != want {
				err = rebuilt(t, j, dir, want)
			}
			j.Close()
		}
		if err == nil {
			harmless++
		} else {
			found++
		}
	}
	t.Logf("of single flipped bits %d were found, %d were where nothing is kept", found, harmless)
	if found == 0 {
		t.Error("no flipped bit was found")
	}
}

// rebuilt holds that the commits still give the true projection.
func rebuilt(t *testing.T, j *local.Journal, dir, want string) error {
	t.Helper()
	if err := j.Rebuild(t.Context()); err != nil {
		return err
	}
	if dump(t, dir) != want {
		t.Error("commits that check out give another projection")
	}
	return nil
}

// TestSetAside carries over what is not at the server; a lost number makes those
// after it new commits, so that the server can take them.
func TestSetAside(t *testing.T) {
	dir := written(t, 10)
	db := inside(t, dir)
	if _, err := db.Exec("UPDATE commits SET sum = sum + 1 WHERE number = 6"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	s, err := local.SetAside(t.Context(), dir, clock, "")
	if err != nil {
		t.Fatal(err)
	}
	if s.Carried != 9 || s.Lost != 1 || !s.Enrolled {
		t.Errorf("SetAside = %+v, want 9 carried over, 1 lost", s)
	}
	j := openIn(t, dir, 0)
	waiting, err := j.Waiting(t.Context(), commit.Query{})
	slices.Reverse(waiting)
	if err != nil {
		t.Fatal(err)
	}
	if len(waiting) != 9 {
		t.Fatalf("%d commits wait, want 9", len(waiting))
	}
	for i, w := range waiting {
		from := i
		if i >= 5 {
			from = i + 1
		}
		if w.Commit.Number != uint64(i+1) || w.Commit.Edits[0].Key != cellOf(from) {
			t.Errorf("commit %d is %+v", i+1, w.Commit)
		}
	}
	if p, err := j.Profile(t.Context(), teacher); err != nil || p.Name != "Ковальчук" {
		t.Errorf("profile is %+v, %v", p, err)
	}
	if err := j.Seal(t.Context(), nobody, true); err != nil {
		t.Fatal(err)
	}
	if list, err := j.Unsent(t.Context(), 0, 1<<20); err != nil || len(list) == 0 {
		t.Errorf("nothing can be sent: %v", err)
	}
	if c := put(t, j, markChange(day, pupil, 5)); c.Number != 10 {
		t.Errorf("the next commit is %d, want 10", c.Number)
	}
}

func TestBackup(t *testing.T) {
	dir := written(t, 50)
	j := openIn(t, dir, 0)
	backup := filepath.Join(t.TempDir(), "copy.db")
	if err := j.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	put(t, j, markChange(day, pupil, 5)) // after the copy
	want := dump(t, dir)
	j.Close()
	s, err := local.SetAside(context.Background(), dir, clock, backup)
	if err != nil {
		t.Fatal(err)
	}
	if s.Lost != 0 || s.Carried != 51 {
		t.Errorf("SetAside = %+v", s)
	}
	if got := dump(t, dir); got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
	garbage := filepath.Join(t.TempDir(), "garbage.db")
	if err := os.WriteFile(garbage, make([]byte, 9999), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := local.SetAside(context.Background(), dir, clock, garbage); fault.CodeOf(err) != fault.Damaged {
		t.Errorf("restoring garbage gave %v", err)
	}
}

func TestTwoPrograms(t *testing.T) {
	dir := t.TempDir()
	openIn(t, dir, 1)
	_, err := local.Open(t.Context(), dir, clock)
	if fault.CodeOf(err) != fault.InUse || !strings.Contains(fault.TextOf(err), "уже открыт") {
		t.Errorf("a second program got %v", err)
	}
}
