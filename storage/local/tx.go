package local

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A tx is one write transaction: it alone changes the file. What it changes in
// memory (numbers, ids, rosters) takes effect after the commit.
type tx struct {
	j     *Journal
	state state              // becomes the journal's
	fresh map[[16]byte]int64 // ids given numbers here
	upto  *place             // while the projection is made anew: only commits before it are folded
	rows  map[entity]*row
	order []entity // of rows, as they were touched

	lately map[commit.ID]*commit.Commit // read or written here

	shown []shown // for the rosters
	news  news

	remiss bool // which entities lack what was written is to be read anew
	anew   bool // so is the whole projection
}

// update runs f in one durable transaction and then lets rosters and watchers
// know; with an error nothing has happened. Once begun it is not interrupted,
// so that a cancelled ctx leaves no doubt.
func (j *Journal) update(ctx context.Context, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	told, err := j.updateLocked(f)
	if err != nil {
		return problem(err)
	}
	j.tell(told)
	return nil
}

func (j *Journal) updateLocked(f func(*tx) error) ([]commit.News, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.conn == nil {
		return nil, errClosed
	}
	t := &tx{j: j, state: *j.state.Load(), rows: map[entity]*row{}}
	err := t.run(f)
	if isFull(err) && j.ballast.release() {
		t = &tx{j: j, state: *j.state.Load(), rows: map[entity]*row{}}
		err = t.run(f)
	}
	if err != nil {
		return nil, err
	}
	j.state.Store(&t.state)
	j.rosters.put(t.shown)
	return t.news.list(), nil
}

func (t *tx) run(f func(*tx) error) error {
	if err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := f(t)
	if err == nil && t.remiss {
		err = t.reloadMissed()
	}
	if err == nil && t.anew {
		clear(t.rows)
		t.order = t.order[:0]
		err = t.rebuild()
	}
	if err == nil {
		err = t.flush()
	}
	if err == nil {
		err = t.commit()
	}
	if err != nil {
		// After a full disk SQLite has rolled back by itself, and this fails.
		_ = t.exec("ROLLBACK")
	}
	return err
}

// commit makes everything durable. Whoever reads the rows then knows the new
// numbers in them.
func (t *tx) commit() error {
	if len(t.fresh) == 0 {
		return t.exec("COMMIT")
	}
	s := &t.j.ids
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := t.exec("COMMIT"); err != nil {
		return err
	}
	for id, n := range t.fresh {
		s.add(id, n)
	}
	return nil
}

// exec runs a statement, prepared once, on the writer's connection.
func (t *tx) exec(query string, args ...any) error {
	s, err := t.j.stmt(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(context.Background(), args...)
	return err
}

// one reads one row of a statement, prepared once; sql.ErrNoRows when there is
// none.
func (t *tx) one(query string, args []any, dest ...any) error {
	s, err := t.j.stmt(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(context.Background(), args...).Scan(dest...)
}

// each calls f for every row of a statement, prepared once.
func (t *tx) each(query string, args []any, f func(scan func(...any) error) error) error {
	s, err := t.j.stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(context.Background(), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// number returns the small number of an id, giving it one when it has none.
func (t *tx) number(id [16]byte) (int64, error) {
	if n, ok := t.idNumber(id); ok {
		return n, nil
	}
	n := t.nextID()
	if err := t.exec("INSERT INTO ids (number, id) VALUES (?, ?)", n, id[:]); err != nil {
		return 0, err
	}
	if t.fresh == nil {
		t.fresh = map[[16]byte]int64{}
	}
	t.fresh[id] = n
	return n, nil
}

// nextID is the number that the next id gets.
func (t *tx) nextID() int64 {
	n := int64(t.j.ids.len())
	for _, fresh := range t.fresh {
		n = max(n, fresh)
	}
	return n + 1
}

// insert keeps a commit with its bytes; at is its place in the log, nil outside.
// It reports false for a commit that is here already and stays as it is.
func (t *tx) insert(c *commit.Commit, raw []byte, at *commit.Entry) (fresh bool, err error) {
	var position, late any
	if at != nil {
		position, late = int64(at.Position), delay(c, at.Arrived)
	}
	device, err := t.number(c.Device)
	if err != nil {
		return false, err
	}
	author, err := t.number(c.Author)
	if err != nil {
		return false, err
	}
	s, err := t.j.stmt("INSERT INTO commits (device, number, volume, author, position, delay, sum, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
	if err != nil {
		return false, err
	}
	res, err := s.ExecContext(context.Background(), device, int64(c.Number), int64(c.Volume), author, position, late, sum(raw), pack(raw))
	if err != nil {
		return false, fmt.Errorf("keep commit %s: %w", c.ID, err)
	}
	n, err := res.RowsAffected()
	if n == 1 {
		t.remember(c)
	}
	return n == 1, err
}

// Number implements [merge.Names].
func (t *tx) Number(id [16]byte) (uint64, bool) {
	n, ok := t.idNumber(id)
	return uint64(n), ok
}

// ID implements [merge.Names].
func (t *tx) ID(n uint64) ([16]byte, bool) {
	if id, ok := t.j.ids.ID(n); ok {
		return id, true
	}
	for id, number := range t.fresh {
		if uint64(number) == n {
			return id, true
		}
	}
	return [16]byte{}, false
}

// idNumber returns the small number of an id, if it has one.
func (t *tx) idNumber(id [16]byte) (int64, bool) {
	if n, ok := t.fresh[id]; ok {
		return n, true
	}
	return t.j.ids.number(id)
}

// id is the inverse of number.
func (t *tx) id(n int64) [16]byte {
	for id, fresh := range t.fresh {
		if fresh == n {
			return id
		}
	}
	return t.j.ids.id(n)
}

// meta writes one value of what the PC knows of itself.
func (t *tx) meta(name string, value any) error {
	return t.exec("REPLACE INTO meta (name, value) VALUES (?, ?)", name, value)
}

// news gathers what a transaction changed.
type news struct {
	remote bool
	counts bool
	byYear map[journal.Volume]*commit.News
	pages  map[journal.PageID]bool
}

func (n *news) of(v journal.Volume) *commit.News {
	if n.byYear[v] == nil {
		if n.byYear == nil {
			n.byYear, n.pages = map[journal.Volume]*commit.News{}, map[journal.PageID]bool{}
		}
		n.byYear[v] = &commit.News{Volume: v, Remote: n.remote}
	}
	return n.byYear[v]
}

// touch notes that an entity of a volume changed.
func (n *news) touch(e entity) {
	v := n.of(e.volume)
	page, ok := pageOf(e)
	switch {
	case e.kind == journal.KindRequest:
		v.Asked = true
	case !ok:
		v.Roster = true
	case !n.pages[page]:
		n.pages[page] = true
		v.Pages = append(v.Pages, page)
	}
}

func (n *news) list() []commit.News {
	var out []commit.News
	for _, v := range n.byYear {
		out = append(out, *v)
	}
	if len(out) == 0 && n.counts {
		out = append(out, commit.News{Remote: n.remote, Counts: true})
	}
	return out
}

// pageOf is the page on which an entity stands: of lessons, cells and results.
func pageOf(e entity) (page journal.PageID, ok bool) {
	from := 0
	switch e.kind {
	case journal.KindLesson, journal.KindCell:
	case journal.KindTermMark:
		from = 16
	default:
		return page, false
	}
	return page, len(e.key) >= from+16 && copy(page[:], e.key[from:]) == 16
}
