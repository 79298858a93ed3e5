package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing says how to get PostgreSQL.
var ErrMissing = errors.New("the programs of a PostgreSQL server are not installed; run: go run ./cmd/dev setup test")

// places are where the systems put programs that are not in PATH.
var places = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/bin"}

// Programs is the folder with initdb and postgres of the latest version there.
func Programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil { // beside it are the others
			return filepath.Dir(path), nil
		}
	}
	for _, pattern := range places {
		found, _ := filepath.Glob(filepath.Join(pattern, "initdb"))
		if len(found) > 0 {
			return filepath.Dir(slices.Max(found)), nil
		}
	}
	return "", ErrMissing
}

// A Cluster is a PostgreSQL that listens on a socket in its folder only.
type Cluster struct {
	programs, dir string
	process       *exec.Cmd
	ended         chan struct{}
	log           bytes.Buffer
	databases     int
}

// Start runs a cluster until the test ends.
func Start(tb testing.TB) *Cluster {
	tb.Helper()
	c, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := c.Remove(); err != nil {
			tb.Error(err)
		}
	})
	return c
}

// New makes a cluster and starts it. Its folder is below the system's temporary
// one, because the user that runs it must be able to go there.
func New() (c *Cluster, err error) {
	c = &Cluster{}
	if c.programs, err = Programs(); err != nil {
		return nil, err
	}
	if c.dir, err = os.MkdirTemp("", "pg"); err != nil {
		return nil, err
	}
	if err := c.init(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(c.dir))
	}
	if err := c.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(c.dir))
	}
	return c, nil
}

func (c *Cluster) init() error {
	if err := give(c.dir); err != nil {
		return err
	}
	cmd := c.command("initdb", "-D", c.data(), "-U", admin, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.programs, name), args...)
	cmd.Dir = c.dir
	lower(cmd)
	return cmd
}

// Start starts the cluster and waits until it answers.
func (c *Cluster) Start() error {
	c.log.Reset()
	c.process = c.command("postgres", "-D", c.data(), "-k", c.dir, "-c", "listen_addresses=")
	c.process.Stdout, c.process.Stderr = &c.log, &c.log
	started, ended := make(chan error), make(chan struct{})
	go func() {
		// The process ends with the thread that began it: nothing is left behind
		// when the test is killed.
		runtime.LockOSThread()
		err := c.process.Start()
		started <- err
		if err == nil {
			_ = c.process.Wait()
			close(ended)
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	c.ended = ended
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		select {
		case <-ended:
			return fmt.Errorf("postgres ended at once:\n%s", c.log.String())
		default:
		}
		db, err := pgx.Connect(context.Background(), c.Address(admin, "postgres"))
		if err == nil {
			return db.Close(context.Background())
		}
		if time.Now().After(late) {
			return errors.Join(fmt.Errorf("postgres does not answer: %w", err), c.Kill())
		}
	}
}

// Stop ends the cluster as its administrator does: connections are cut, what
// is committed is on the disk.
func (c *Cluster) Stop() error { return c.end(syscall.SIGINT) }

// Kill ends the cluster as a power cut does, as far as a process can.
func (c *Cluster) Kill() error { return c.end(syscall.SIGQUIT) }

func (c *Cluster) end(how os.Signal) error {
	if c.ended == nil {
		return nil
	}
	err := c.process.Process.Signal(how)
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("end postgres: %w", err)
	}
	<-c.ended
	c.ended = nil
	return nil
}

// Remove ends the cluster and removes its folder.
func (c *Cluster) Remove() error { return errors.Join(c.Kill(), os.RemoveAll(c.dir)) }
