package server_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"syscall"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// smallDisk gives the bed's folder a disk of its own that is soon full.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("only root can make a small disk:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// A push on a full disk gets a sentence and leaves nothing half done; the server
// goes on answering who only asks. When there is room the same push is accepted,
// each commit with the verdict that it deserves.
func TestADiskThatIsFull(t *testing.T) {
	b := newBedIn(t, smallDisk(t, "6m"))
	d := b.newDesk("Второй")
	d.shown(b.teacher)
	d.shown(b.other)
	door := d.door()
	ballast := filepath.Join(b.dir, "ballast")
	fill(t, ballast)
	push := pack(t, &wire.Sync{Epoch: b.epoch(), Envelopes: []wire.Envelope{
		wire.Seal(d.seal(d.commit(b.teacher, year, b.mark(7, 5), b.noise(300<<10)), d.commit(b.teacher, year, b.mark(8, 4)))),
		wire.Seal(d.seal(d.commit(b.other, year, b.mark(9, 2)))),
	}})
	before := d.state()
	for range 2 {
		if code, _ := door.post("a push on a full disk", wire.PathSync, push); code != fault.DiskFull {
			t.Fatalf("a push on a full disk: %q", code)
		}
		if after := d.state(); after != before {
			t.Fatalf("half done:\n%s\n%s", before, after)
		}
		if code, _ := door.post("a question on a full disk", wire.PathSync, pack(t, &wire.Sync{Epoch: b.epoch()})); code != "" {
			t.Errorf("a question on a full disk: %q", code)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	code, body := door.post("the same push", wire.PathSync, push)
	var a wire.SyncAnswer
	if err := wire.Unpack(bytes.NewReader(body), wire.MaxBody, &a); code != "" || err != nil {
		t.Fatalf("with room again: %q, %v", code, err)
	}
	answers := make([]commit.Answer, len(a.Verdicts))
	for i, v := range a.Verdicts {
		answers[i] = v.Answer
	}
	if want := []commit.Answer{commit.Accepted, commit.Accepted, commit.Refused}; a.Durable != 3 || !reflect.DeepEqual(answers, want) {
		t.Errorf("durable %d, answers %v, want %v", a.Durable, answers, want)
	}
	b.reopen()
	if v := d.does(b.teacher, year, b.mark(7, 3)); v.Answer != commit.Accepted {
		t.Errorf("after a restart: %+v", v)
	}
}

// fill takes all the room that there is.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for piece := make([]byte, 64<<10); ; {
		if _, err := f.Write(piece); err != nil {
			if len(piece) == 1 {
				return
			}
			piece = piece[:len(piece)/2]
		}
	}
}
