package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A rally is one run of the workload through processes of their own.
type rally struct {
	self, dir string
	data      string // where the server keeps the school: its folder, or a database
	ports     []int  // of the servers
	env       []string
}

// figures are what a stage says after RESULT.
type figures struct {
	MS      float64 `json:"ms"`
	CPU     float64 `json:"cpu_ms"`
	N       int     `json:"n"`
	Fsyncs  int64   `json:"fsyncs"`
	Disk    int64   `json:"disk"`
	RSS     float64 `json:"rss"`
	Net     traffic `json:"net"`
	Refused int     `json:"refused"`
	Away    int     `json:"away"`
	Rounds  int     `json:"rounds"`
	Root    string  `json:"root"`
	Docs    int     `json:"docs"`
	History int     `json:"history"`
	Rivals  int     `json:"conflicted_docs"`
	P50     float64 `json:"p50"`
	P99     float64 `json:"p99"`
	Lost    int     `json:"lost"`
	Noop    struct {
		MS  float64 `json:"ms"`
		Net traffic `json:"net"`
	} `json:"noop"`
}

// newRally puts a run into an empty folder; workload is the file with the
// changes. With a database named, that many servers share it.
func newRally(dir, workload, database string, servers int) (*rally, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	r := &rally{self: self, dir: dir, data: cmp.Or(database, filepath.Join(dir, "srv")), env: append(os.Environ(), "WORKLOAD="+workload)}
	for range servers {
		l, err := net.Listen("tcp", "127.0.0.1:0") // a free port, for the code names it
		if err != nil {
			return nil, err
		}
		defer l.Close()
		r.ports = append(r.ports, l.Addr().(*net.TCPAddr).Port)
	}
	if database != "" {
		r.env = append(r.env, inDatabase+"="+database)
	}
	if servers > 1 {
		r.env = append(r.env, secondPort+"="+strconv.Itoa(r.ports[1]))
	}
	return r, nil
}

func (r *rally) path(name string) string { return filepath.Join(r.dir, name) }

func (r *rally) command(ctx context.Context, port int, what, name, arg string) *exec.Cmd {
	c := exec.CommandContext(ctx, r.self, "sync", what, strconv.Itoa(port), r.path(name), arg)
	c.Env, c.Stderr = r.env, os.Stderr
	return c
}

// stage runs one stage to its end. heard is given the lines before the result.
func (r *rally) stage(ctx context.Context, what, name, arg string, heard func(string)) (f figures, err error) {
	c := r.command(ctx, r.ports[0], what, name, arg)
	out, err := c.StdoutPipe()
	if err != nil {
		return f, err
	}
	if err := c.Start(); err != nil {
		return f, err
	}
	var rest bytes.Buffer
	for lines := bufio.NewScanner(io.TeeReader(out, &rest)); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), "RESULT "); ok {
			err = errors.Join(err, json.Unmarshal([]byte(text), &f))
		} else if heard != nil {
			heard(lines.Text())
		}
	}
	if err = errors.Join(err, c.Wait()); err != nil {
		return f, fmt.Errorf("%s %s said %q: %w", what, name, rest.String(), err)
	}
	return f, nil
}

// start runs one of the servers and returns when it listens.
func (r *rally) start(ctx context.Context, server int) (*exec.Cmd, error) {
	c := r.command(ctx, r.ports[server], "serve", "srv", "")
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "READY\n" {
		return nil, fmt.Errorf("the server said %q: %w", line, errors.Join(err, c.Process.Kill(), c.Wait()))
	}
	return c, nil
}

// inTurn runs the stage on every writing PC, so many at a time.
func (r *rally) inTurn(ctx context.Context, what string, together int, heard func(client int, line string)) ([]figures, error) {
	queue := make(chan int, writers)
	for c := range writers {
		queue <- c
	}
	close(queue)
	out, ended := make([]figures, writers), make(chan error, together)
	for range together {
		go func() {
			for c := range queue {
				var err error
				out[c], err = r.stage(ctx, what, "c"+strconv.Itoa(c), strconv.Itoa(c), func(line string) {
					if heard != nil {
						heard(c, line)
					}
				})
				if err != nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
	}
	var err error
	for range together {
		err = errors.Join(err, <-ended)
	}
	return out, err
}
