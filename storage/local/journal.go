package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"uchitelskaya/sync/commit"
)

// A Journal is the journal on this PC. Its methods may be called from several
// goroutines; writes wait for each other, reads for nobody.
type Journal struct {
	dir     string
	now     func() time.Time
	lock    *flock.Flock
	ballast ballast

	mu     sync.Mutex // held by the one who writes
	write  *sql.DB
	conn   *sql.Conn            // the only connection of write
	stmts  map[string]*sql.Stmt // of conn
	former *formerTree          // that is given back; of the one who writes

	read    *sql.DB
	reading sync.Map // prepared statements of read, by their text

	state   atomic.Pointer[state]
	clock   *commit.Clock
	ids     ids
	atOnce  atomic.Pointer[commit.Keys] // what is written is sealed with them
	rosters rosters
	watch   watch
}

// state is what the PC knows of itself; a transaction replaces it as a whole.
type state struct {
	identity commit.Identity
	enrolled bool
	last     uint64            // number of this PC's last commit
	durable  uint64            // up to which the server has them
	owes     bool              // a former server had accepted what is not in the logs here
	heard    bool              // of every commit here that the server has, it is known what became of it
	missed   map[entity]uint64 // entities lacking what the server did not take, with the latest such commit; never changed
}

// Open opens the journal in a folder, making both when there are none. now is
// the wall clock in the school's zone.
//
// The error has the code [fault.InUse] when another program has the folder
// open, [fault.ReadOnly] when it cannot be written, [fault.Damaged] when the
// file does not check out: then [SetAside] makes room for a fresh one.
func Open(ctx context.Context, dir string, now func() time.Time) (*Journal, error) {
	lock, err := takeFolder(dir)
	if err != nil {
		return nil, err
	}
	j := &Journal{dir: dir, now: now, lock: lock, stmts: map[string]*sql.Stmt{}}
	if err := j.open(ctx); err != nil {
		return nil, errors.Join(problem(err), j.Close())
	}
	return j, nil
}

// open does all that follows the lock.
func (j *Journal) open(ctx context.Context) (err error) {
	j.ballast = ballast{filepath.Join(j.dir, ballastName)}
	check, err := create(j.dir)
	if err != nil {
		return err
	}
	path := filepath.Join(j.dir, fileName)
	if j.write, err = connect(ctx, path, writer); err != nil {
		return err
	}
	if j.conn, err = j.write.Conn(ctx); err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	if err := j.prepareFile(ctx, check); err != nil {
		return err
	}
	if j.read, err = connect(ctx, path, reader); err != nil {
		return err
	}
	if err := j.load(ctx); err != nil {
		return err
	}
	j.ballast.fill()
	return syncFolder(j.dir)
}

// Close checkpoints and releases the folder.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	var errs []error
	if j.read != nil {
		errs = append(errs, j.read.Close())
	}
	for _, s := range j.stmts {
		s.Close()
	}
	if j.conn != nil {
		if j.state.Load() != nil { // was open: leave it tidy, and say so
			errs = append(errs, j.leave())
		}
		errs = append(errs, j.conn.Close())
		j.conn = nil
	}
	if j.write != nil {
		errs = append(errs, j.write.Close())
	}
	errs = append(errs, j.lock.Close())
	return errors.Join(errs...)
}

// stmt returns a statement of the writer's connection, prepared once.
func (j *Journal) stmt(query string) (*sql.Stmt, error) {
	if s := j.stmts[query]; s != nil {
		return s, nil
	}
	s, err := j.conn.PrepareContext(context.Background(), query)
	if err == nil {
		j.stmts[query] = s
	}
	return s, err
}

// Dir is the folder of the journal.
func (j *Journal) Dir() string { return j.dir }

// takeFolder makes the folder and takes its lock: one process per folder.
func takeFolder(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o770); err != nil {
		return nil, unwritable(err)
	}
	// New files belong to the folder's group, so that every account of a shared PC
	// can open them. Where the file system has no groups, this changes nothing.
	if info, err := os.Stat(dir); err == nil && info.Mode()&os.ModeSetgid == 0 {
		_ = os.Chmod(dir, info.Mode().Perm()|os.ModeSetgid)
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o660))
	held, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, unwritable(err)
	case !held:
		return nil, errInUse
	}
	return lock, nil
}

// ids gives ids that stand in many rows small numbers. 1 is this PC.
type ids struct {
	mu      sync.RWMutex
	numbers map[[16]byte]int64
	list    [][16]byte // list[n-1] has number n
}

func (s *ids) number(id [16]byte) (int64, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n, ok := s.numbers[id]
	return n, ok
}

func (s *ids) id(n int64) (id [16]byte) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if n >= 1 && n <= int64(len(s.list)) {
		id = s.list[n-1]
	}
	return id
}

// Number implements [merge.Names].
func (s *ids) Number(id [16]byte) (uint64, bool) {
	n, ok := s.number(id)
	return uint64(n), ok
}

// ID implements [merge.Names].
func (s *ids) ID(n uint64) (id [16]byte, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if n < 1 || n > uint64(len(s.list)) {
		return id, false
	}
	return s.list[n-1], true
}

func (s *ids) len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.list)
}

// add gives a number. The caller holds mu, or is alone.
func (s *ids) add(id [16]byte, n int64) {
	if s.numbers == nil {
		s.numbers = map[[16]byte]int64{}
	}
	for int64(len(s.list)) < n {
		s.list = append(s.list, [16]byte{})
	}
	s.numbers[id], s.list[n-1] = n, id
}
