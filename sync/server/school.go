package server

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"golang.org/x/time/rate"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// slow is the bound of the kinds that a roster holds.
const slow = journal.KindLesson

// A School is the server of one school. The store is the truth; what is held
// in memory follows it, also when another process writes.
type School struct {
	store  Store
	others Watcher // nil: what other processes write is looked for now and then
	id     journal.SchoolID
	epoch  [16]byte
	key    ed25519.PrivateKey
	// formerly are its keys before the last restores: a server put back from an
	// older copy knows them and not the present one
	formerly []ed25519.PrivateKey
	device   journal.DeviceID // the server itself is a device
	now      func() time.Time // in the school's zone

	mu      sync.Mutex // one push is judged at a time
	clock   *commit.Clock
	rosters map[journal.Volume]*journal.Roster // the register always
	heads   map[journal.Volume]uint64          // up to which the rosters know the log
	edges   map[journal.Volume]tree.Edge       // of the trees up to there; replaced, never changed
	owed    []ledger.Judged                    // requests that the PCs do not know of yet
	// unbounded: it is being made anew, and takes what the journals hold
	unbounded bool
	// doubtful: what is held here may not be in the store, or not all that is there
	doubtful bool
	recalled bool // every request in the store is known to the PCs, or owed

	register atomic.Pointer[journal.Roster] // rosters[journal.Register], to be read without mu
	stream   stream
	meter    *meter
	commons  commons
	pieces   pieces
	tries    tries
	programs programs
	forks    *rate.Limiter
	former   formerKeys
	accounts sync.Mutex // making passwords takes much memory: one order at a time
}

// Open reads a school from its store. now is the wall clock in the school's
// zone: by it the day of an entry is known.
func Open(ctx context.Context, store Store, f ledger.Founding, now func() time.Time) (*School, error) {
	if len(f.Key) != ed25519.SeedSize {
		return nil, fmt.Errorf("server's key has %d bytes", len(f.Key))
	}
	key := ed25519.NewKeyFromSeed(f.Key)
	if tree.EpochOf(key.Public().(ed25519.PublicKey)) != f.Epoch {
		return nil, errors.New("server's epoch is not that of its key")
	}
	m := &meter{metrics.NewSet()}
	s := &School{
		store: timed{store, m}, meter: m, id: f.School, epoch: f.Epoch, key: key, device: identity.DeviceID(key.Public().(ed25519.PublicKey)), now: now,
		clock: commit.NewClock(0, 0), forks: newForks(),
	}
	for seed := range slices.Chunk(f.Former, ed25519.SeedSize) {
		if len(seed) == ed25519.SeedSize {
			s.formerly = append(s.formerly, ed25519.NewKeyFromSeed(seed))
		}
	}
	s.others, _ = store.(Watcher)
	known, err := store.PCs(ctx, f.School)
	if err != nil {
		return nil, fmt.Errorf("open school: %w", err)
	}
	s.programs.read(known)
	if err := s.refresh(ctx); err != nil {
		return nil, fmt.Errorf("open school: %w", err)
	}
	s.stream.tell(s.heads)
	return s, nil
}

// Register is the living roster of the school's people and PCs.
func (s *School) Register() *journal.Roster { return s.register.Load() }

// Device is the server as a device of the school.
func (s *School) Device() journal.DeviceID { return s.device }

// ID is the school.
func (s *School) ID() journal.SchoolID { return s.id }

// load puts the slow rows of a volume into a roster.
func (s *School) load(ctx context.Context, v journal.Volume, r *journal.Roster) error {
	return s.store.EachRow(ctx, s.id, v, slow, func(e ledger.Entity, row merge.Row) error {
		show(r, e, row)
		return nil
	})
}

// show puts the values of a row into a roster.
func show(r *journal.Roster, e ledger.Entity, row merge.Row) {
	for i := range row {
		r.Put(e.Kind, e.Key, row[i].No, row[i].Value())
	}
}

// roster returns the roster of a volume, making that of a new year. The caller
// holds mu.
func (s *School) roster(ctx context.Context, v journal.Volume) (*journal.Roster, error) {
	if r := s.rosters[v]; r != nil {
		return r, nil
	}
	r := journal.NewRoster(v)
	for _, from := range []journal.Volume{journal.Register, v} {
		if err := s.load(ctx, from, r); err != nil {
			return nil, fmt.Errorf("load roster %d: %w", v, err)
		}
	}
	s.rosters[v] = r
	return r, nil
}

// put shows a row in every roster that holds its volume.
func (s *School) put(e ledger.Entity, row merge.Row) {
	if !journal.Holds(e.Kind) {
		return
	}
	for v, r := range s.rosters {
		if e.Volume == v || e.Volume == journal.Register {
			show(r, e, row)
		}
	}
}

// look is catchUp for whoever does not hold mu.
func (s *School) look(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.catchUp(ctx)
}

// catchUp folds in what another process wrote since. The caller holds mu.
func (s *School) catchUp(ctx context.Context) error {
	if s.doubtful {
		if err := s.refresh(ctx); err != nil {
			return fmt.Errorf("read again: %w", err)
		}
		s.stream.tell(s.heads)
		return nil
	}
	heads, err := s.store.Heads(ctx, s.id)
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	if maps.Equal(heads, s.heads) {
		return nil
	}
	for v, head := range heads {
		for s.heads[v] < head {
			if err := s.follow(ctx, v); err != nil {
				return fmt.Errorf("catch up with volume %d: %w", v, err)
			}
		}
	}
	s.stream.tell(s.heads)
	return nil
}

// follow reads the next entries of a volume and shows what they touched.
func (s *School) follow(ctx context.Context, v journal.Volume) error {
	if _, err := s.roster(ctx, v); err != nil {
		return err
	}
	entries, err := s.store.Entries(ctx, s.id, v, s.heads[v], 1<<20)
	if err != nil || len(entries) == 0 {
		return fmt.Errorf("no entries after %d: %w", s.heads[v], err)
	}
	var touched []ledger.Entity
	for _, e := range entries {
		c, err := commit.Decode(e.Raw)
		if err != nil {
			return fmt.Errorf("entry %d: %w", e.Position, err)
		}
		for _, edit := range c.Edits {
			if journal.Holds(edit.Kind) {
				touched = append(touched, ledger.Entity{Volume: v, Kind: edit.Kind, Key: edit.Key})
			}
		}
	}
	rows, err := s.store.Rows(ctx, s.id, touched)
	if err != nil {
		return err
	}
	for e, row := range rows {
		s.put(e, row)
	}
	known := s.edges[v]
	edge := known.Clone()
	for _, e := range entries {
		edge.Add(tree.Leaf(e.Raw))
	}
	s.edges[v] = edge
	s.heads[v] = entries[len(entries)-1].Position
	return nil
}

// refresh reads everything anew: at the start, and after a batch that may not
// have become durable.
func (s *School) refresh(ctx context.Context) error {
	heads, err := s.store.Heads(ctx, s.id) // first: what comes later is caught up with
	if err != nil {
		return err
	}
	edges, err := s.readEdges(ctx, heads)
	if err != nil {
		return err
	}
	register := journal.NewRoster(journal.Register)
	if err := s.load(ctx, journal.Register, register); err != nil {
		return err
	}
	s.rosters = map[journal.Volume]*journal.Roster{journal.Register: register}
	s.heads, s.edges, s.doubtful = heads, edges, false
	s.register.Store(register)
	return nil
}

// Follow keeps the school in step with other processes that write into the
// same store, until ctx ends: it looks now and then, and at once when the store
// is a [Watcher] and says so. It also makes known what an earlier server, or a
// full disk, left unannounced.
func (s *School) Follow(ctx context.Context, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	var news <-chan struct{}
	if s.others != nil {
		news = s.others.Watch(ctx, s.id)
	}
	_ = s.recall(ctx) // tried again below
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-news:
		}
		_ = s.look(ctx) // the next push meets the same trouble and tells it
		if s.owes() {
			_ = s.recall(ctx)
		}
	}
}
