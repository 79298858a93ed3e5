package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
)

// A PC writes, sends, and sends again when nothing is left to send.
func TestPushEndsWhenNothingWaits(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "workload.ndjson")
	t.Setenv("WORKLOAD", file)
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	list := generate(200)
	if err := writeWorkload(f, list); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") // a free port
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	pc := filepath.Join(dir, "c0")
	wrote, err := batch(t.Context(), port, pc, "0")
	if err != nil {
		t.Fatal(err)
	}
	mine := of(list, 0)
	if n := wrote["fsyncs"].(int64); wrote["n"] != len(mine) || n < 1 {
		t.Errorf("batch says %v", wrote)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, port, filepath.Join(dir, "srv")) }()
	for _, want := range []int{len(byAuthor(mine)), 0} {
		r, err := push(t.Context(), port, pc, "")
		if err != nil {
			t.Fatal(err)
		}
		if r["written"] != want || r["refused"] != 0 || r["conflicts"] != 0 {
			t.Errorf("push says %v, want %d written", r, want)
		}
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
