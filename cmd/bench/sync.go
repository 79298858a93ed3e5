package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A stage is one process of the comparison with other engines: PORT DIR ARG.
type stage func(ctx context.Context, port int, dir, arg string) (result, error)

var stages = map[string]stage{
	"single": single, "batch": batch, "push": push, "bootstrap": bootstrap, "settle": catchUp, "liveA": liveA, "liveB": liveB,
}

// A result is what a stage measured, by the names that the comparison uses.
type result map[string]any

// traffic is bytes on the sockets, TLS included.
type traffic struct {
	Rx uint64 `json:"rx"`
	Tx uint64 `json:"tx"`
}

func (t traffic) since(before traffic) traffic { return traffic{t.Rx - before.Rx, t.Tx - before.Tx} }

// runStage runs one process: sync WHAT PORT DIR [ARG]. It prints one line
// «RESULT {json}».
func runStage(ctx context.Context, args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("want sync WHAT PORT DIR [ARG], have %v", args)
	}
	port, err := strconv.Atoi(args[1])
	if err != nil {
		return fmt.Errorf("port: %w", err)
	}
	if args[0] == "serve" {
		return serve(ctx, port, args[2])
	}
	run, known := stages[args[0]]
	if !known {
		return fmt.Errorf("no stage %q", args[0])
	}
	arg := ""
	if len(args) > 3 {
		arg = args[3]
	}
	r, err := run(ctx, port, args[2], arg)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	r["phase"] = strings.TrimSuffix(args[0], "A")
	if r["rss"] == nil {
		if r["rss"], err = peakOf("self"); err != nil {
			return err
		}
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("RESULT %s\n", text)
	return err
}

// A watch measures one stretch of work: wall time, the processor's, bytes.
type watch struct {
	port int
	at   time.Time
	cpu  float64
	net  traffic
}

func startWatch(port int) watch { return watch{port, time.Now(), cpuOf("self"), metered(port)} }

// stop puts what was measured into a result.
func (w watch) stop(r result) {
	r["ms"], r["cpu_ms"], r["net"] = ms(time.Since(w.at)), cpuOf("self")-w.cpu, metered(w.port).since(w.net)
}

// cpuOf is the processor time that a process has used, in milliseconds, as
// Linux tells it: in hundredths of a second.
func cpuOf(process string) float64 {
	text, _ := os.ReadFile("/proc/" + process + "/stat")
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) * 10
}

// sizeOf is how many bytes the files below a folder hold.
func sizeOf(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it went away meanwhile
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return nil
	})
	return n
}
