package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

func init() { stages["load"] = load }

// How the forty type: at a person's pace, and all at once when the bell rings,
// what a lesson left behind.
var loadKinds = map[string]struct {
	marks int           // each
	every time.Duration // between two of one person
	apart bool          // do not begin all at the same moment
}{
	"quiet":  {},
	"typing": {15, 2 * time.Second, true},
	"storm":  {30, 100 * time.Millisecond, false},
	"burst":  {30, 0, false},
}

// measureLoad holds one server process with two hundred PCs on it, a school anew
// for each way of working.
func measureLoad(ctx context.Context, say func(line)) error {
	for _, kind := range []string{"quiet", "typing", "storm", "burst"} {
		if err := loadOnce(ctx, kind, say); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	return nil
}

// loadOnce starts a server and the PCs, each a process, and tells what was measured.
func loadOnce(ctx context.Context, kind string, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := makeLoadSchool(ctx, dir); err != nil {
		return fmt.Errorf("make school: %w", err)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	l.Close()
	server := exec.CommandContext(ctx, self, "sync", "serve", port, dir)
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { _ = server.Process.Signal(syscall.SIGTERM); _ = server.Wait() }()
	if ready, err := bufio.NewReader(out).ReadString('\n'); err != nil || ready != "READY\n" {
		return fmt.Errorf("the server said %q: %w", ready, err)
	}
	pcs := exec.CommandContext(ctx, self, "sync", "load", port, filepath.Join(dir, "pcs"), kind+" "+strconv.Itoa(server.Process.Pid))
	pcs.Stderr = os.Stderr
	text, err := pcs.Output()
	if err != nil {
		return err
	}
	var r map[string]float64
	if err := json.Unmarshal(numbersOf(text), &r); err != nil {
		return fmt.Errorf("the PCs said %q: %w", text, err)
	}
	n := int(r["n"])
	if n == 0 { // nobody typed: the exchanges were counted
		n = int(r["asks"])
	}
	note := fmt.Sprintf("%d PCs, %d typing, %d exchanges in %.1f s; the PCs took %.1f s of the same processors; load %s", loadPCs, loadTyping, int(r["asks"]), r["wall"], r["pcs_cpu"], loadNow())
	for _, m := range []struct{ name, unit, bar string }{
		{"durable_p50", "ms", ""},
		{"durable_p99", "ms", ""},
		{"others_p50", "ms", ""},
		{"others_p99", "ms", ""},
		{"server_cpu", "s", ""},
		{"cpu_each", "ms", ""},
		{"server_rss", "MiB", ""},
		{"errors", "count", "0"},
	} {
		if v, measured := r[m.name]; measured {
			say(line{Name: "load." + kind + "." + m.name, Value: v, Unit: m.unit, N: n, Bar: m.bar, Note: note})
			note = ""
		}
	}
	return nil
}

// numbersOf is what the line «RESULT {json}» holds, the name of the phase left out.
func numbersOf(text []byte) []byte {
	_, rest, _ := strings.Cut(string(text), "RESULT ")
	return []byte(strings.Replace(rest, `"phase":"load",`, "", 1))
}

// load is the process with the PCs. arg is KIND PID, of the server.
func load(ctx context.Context, port int, dir, arg string) (result, error) {
	kind, pid, _ := strings.Cut(arg, " ")
	how, known := loadKinds[kind]
	if !known {
		return nil, fmt.Errorf("no load %q", kind)
	}
	school, err := readLoadSchool(filepath.Dir(dir))
	if err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	l := &loaded{}
	if err := l.connect(ctx, school, port); err != nil {
		return nil, err
	}
	time.Sleep(time.Second) // the first words are heard
	start, before, own := time.Now(), cpuOf(pid), cpuOf("self")
	if kind == "quiet" {
		l.askAll(ctx)
	} else {
		l.typeAll(ctx, how.marks, how.every, how.apart)
	}
	r := result{
		"n": how.marks * loadTyping, "wall": time.Since(start).Seconds(), "server_cpu": (cpuOf(pid) - before) / 1000, "pcs_cpu": (cpuOf("self") - own) / 1000,
		"asks": l.asks.Load(), "errors": l.errs.Load(),
	}
	if kind == "quiet" {
		r["cpu_each"] = (cpuOf(pid) - before) / float64(l.asks.Load()) // exchange
	} else {
		r["cpu_each"] = (cpuOf(pid) - before) / float64(how.marks*loadTyping) // mark, told to everybody
	}
	if err := l.last.Load(); err != nil {
		fmt.Fprintln(os.Stderr, "bench: load:", *err)
	}
	if r["server_rss"], err = peakOf(pid); err != nil {
		return nil, err
	}
	if durable, others := l.latencies(); len(durable) > 0 {
		r["durable_p50"], r["durable_p99"] = ms(durable.at(0.5)), ms(durable.at(0.99))
		r["others_p50"], r["others_p99"] = ms(others.at(0.5)), ms(others.at(0.99))
	}
	return r, nil
}

// askAll lets every PC ask ten times whether there is anything new.
func (l *loaded) askAll(ctx context.Context) {
	var all sync.WaitGroup
	for _, p := range l.pcs {
		all.Go(func() {
			for range 10 {
				l.asks.Add(1)
				if _, err := p.exchange(ctx); err != nil {
					l.fail(err)
				}
			}
		})
	}
	all.Wait()
}

// typeAll lets the typing PCs type and waits until everybody has everything.
func (l *loaded) typeAll(ctx context.Context, marks int, every time.Duration, apart bool) {
	var all sync.WaitGroup
	for i, p := range l.pcs[:loadTyping] {
		all.Go(func() {
			if apart {
				time.Sleep(every * time.Duration(i) / loadTyping)
			}
			next := time.Now()
			for range marks {
				time.Sleep(time.Until(next))
				next = next.Add(every)
				p.kicks <- time.Now()
			}
		})
	}
	all.Wait()
	for until := time.Now().Add(time.Minute); time.Now().Before(until) && ctx.Err() == nil && !l.settled(marks); {
		time.Sleep(20 * time.Millisecond)
	}
}

func (l *loaded) settled(marks int) bool {
	upto := l.base + uint64(marks*loadTyping)
	for _, p := range l.pcs {
		p.mu.Lock()
		n := len(p.reached)
		ok := n > 0 && p.reached[n-1].upto >= upto
		p.mu.Unlock()
		if !ok {
			return false
		}
	}
	return true
}

// latencies are from the key to the acknowledgement, and to each other PC.
func (l *loaded) latencies() (durable, others times) {
	for i, p := range l.pcs {
		for n, m := range p.typed {
			if m.durable.IsZero() {
				continue
			}
			durable = append(durable, m.durable.Sub(m.at))
			position := p.placed[n]
			for k, q := range l.pcs {
				at := sort.Search(len(q.reached), func(j int) bool { return q.reached[j].upto >= position })
				if k != i && at < len(q.reached) {
					others = append(others, q.reached[at].at.Sub(m.at))
				}
			}
		}
	}
	slices.Sort(durable)
	slices.Sort(others)
	return durable, others
}
