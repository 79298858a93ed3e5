package server

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// attempts bounds how often a push is judged anew because another process
// wrote in between.
const attempts = 10

// Push judges a PC's envelopes in the order of their numbers and returns, when
// everything is durable, the verdicts and the number up to which the PC's
// commits are here. Envelopes that were judged before get the same verdicts
// again; those after a gap are left alone, and so are later ones when other
// processes write at the same time: durable+1 is the number expected.
//
// The error's code is [fault.Cloned] for a number that was used for other bytes,
// [fault.Damaged] for an envelope whose signature or chain does not hold, and
// [fault.TooLarge] for a PC that has filled too much of the store today; then
// nothing of the push is kept.
func (s *School) Push(ctx context.Context, device journal.DeviceID, envelopes []*commit.Envelope) ([]commit.Verdict, uint64, error) {
	asked := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.meter.took("wait_seconds", "for", "judge", asked)
	verdicts, durable, err := s.push(ctx, device, envelopes)
	if err == nil {
		// What was judged is durable whether this succeeds or not; it is tried
		// again with the next push, by Follow and at the next start.
		_ = s.announce(ctx)
	}
	return verdicts, durable, err
}

func (s *School) push(ctx context.Context, device journal.DeviceID, envelopes []*commit.Envelope) (verdicts []commit.Verdict, durable uint64, err error) {
	for range attempts {
		if err := s.catchUp(ctx); err != nil {
			return nil, 0, err
		}
		verdicts, durable, err = s.pushOnce(ctx, device, envelopes)
		if !errors.Is(err, ledger.ErrStale) {
			return verdicts, durable, err
		}
		// Another process was quicker. Half is judged sooner; the PC sends the rest again.
		envelopes = envelopes[:(len(envelopes)+1)/2]
	}
	return nil, 0, fault.Wrap(fault.TooMany, "Школьный сервер сейчас занят. Записанное цело и будет отправлено чуть позже.", err)
}

func (s *School) pushOnce(ctx context.Context, device journal.DeviceID, envelopes []*commit.Envelope) ([]commit.Verdict, uint64, error) {
	standing, err := s.store.Standing(ctx, s.id, device)
	if err != nil {
		return nil, 0, fmt.Errorf("read standing: %w", err)
	}
	had, fresh, err := split(envelopes, device, standing.Last)
	if err != nil {
		return nil, 0, err
	}
	verdicts, err := s.again(ctx, device, had)
	if err != nil || len(fresh) == 0 {
		return verdicts, standing.Last, err
	}
	if standing.Day = standing.Day.On(journal.DateOf(s.now())); s.full(device, standing.Day) {
		s.meter.rejected("day")
		return nil, 0, errFull
	}
	batch, err := s.consider(ctx, device, standing, fresh)
	if err != nil {
		return nil, 0, err
	}
	for _, j := range batch.Judged {
		verdicts = append(verdicts, j.Verdict)
	}
	return verdicts, standing.Last + uint64(len(batch.Judged)), nil
}

// split parts the envelopes that were judged before from those that follow the
// last number without a gap.
func split(envelopes []*commit.Envelope, device journal.DeviceID, last uint64) (had, fresh []*commit.Envelope, err error) {
	next := last + 1
	for _, e := range envelopes {
		end := e.First + uint64(len(e.Commits)) - 1
		switch {
		case e.Device != device:
			return nil, nil, fault.Wrap(fault.Forbidden, "Этот компьютер прислал записи другого компьютера. Они не приняты.", fmt.Errorf("%s sent commits of %s", device, e.Device))
		case end <= last:
			had = append(had, e)
		case e.First == next:
			fresh = append(fresh, e)
			next = end + 1
		case e.First < next:
			return nil, nil, alarm(e.Device, e.First)
		default:
			return had, fresh, nil
		}
	}
	return had, fresh, nil
}

// again gives the verdicts of commits that were judged before.
func (s *School) again(ctx context.Context, device journal.DeviceID, had []*commit.Envelope) ([]commit.Verdict, error) {
	var out []commit.Verdict
	for _, e := range had {
		judged, err := s.store.Judged(ctx, s.id, device, e.First, e.First+uint64(len(e.Commits))-1)
		if err != nil {
			return nil, fmt.Errorf("read verdicts: %w", err)
		}
		if len(judged) != len(e.Commits) { // another PC of this number has said that nobody has them
			return nil, alarm(device, e.First)
		}
		for i, j := range judged {
			if string(j.Raw) != string(e.Commits[i]) {
				return nil, alarm(device, j.Commit.Number)
			}
			out = append(out, j.Verdict)
		}
	}
	return out, nil
}

func alarm(device journal.DeviceID, number uint64) error {
	return fault.Wrap(fault.Cloned, "Записи этого компьютера расходятся с теми, что он передал раньше. Похоже, его диск скопировали. Сообщите администратору школы.",
		fmt.Errorf("%s.%d came with other bytes", device, number))
}

// consider judges new envelopes and makes the result durable.
func (s *School) consider(ctx context.Context, device journal.DeviceID, standing ledger.Standing, fresh []*commit.Envelope) (*ledger.Batch, error) {
	opened := make([][]*commit.Commit, len(fresh))
	barred := make([]error, len(fresh))
	var all []*commit.Commit
	seals := make([]ledger.Seal, len(fresh))
	for i, e := range fresh {
		var err error
		if opened[i], barred[i], err = s.open(ctx, e, standing.Chains); err != nil {
			return nil, err
		}
		hash, err := e.Hash()
		if err != nil {
			return nil, err
		}
		standing.Chains[e.Author] = hash
		seals[i] = ledger.Seal{Head: e.Head, Count: len(e.Commits), Signature: e.Signature, Hash: hash}
		all = append(all, opened[i]...)
	}
	stands, err := s.standing(ctx, device, standing.Last, all)
	if err != nil {
		return nil, err
	}
	bars := make(map[uint64]error, len(all))
	var free []*commit.Commit
	for i, commits := range opened {
		for k, c := range commits {
			if j, ok := stands[c.Number]; ok && string(j.Raw) != string(fresh[i].Commits[k]) {
				return nil, alarm(device, c.Number)
			}
			if bars[c.Number] = barred[i]; barred[i] == nil && givesAccess(c) {
				if bars[c.Number], err = s.unshown(ctx, fresh[i]); err != nil {
					return nil, err
				}
			}
			if bars[c.Number] == nil {
				free = append(free, c)
			}
		}
	}
	b, err := s.bench(ctx, free, maxReplaced) // what is barred costs no look
	if err != nil {
		return nil, err
	}
	b.asked = standing.Asked
	// From here on nothing fails before keep: the rosters change with each verdict.
	for i, commits := range opened {
		for k, c := range commits {
			if j, ok := stands[c.Number]; ok {
				b.judged = append(b.judged, j)
			} else {
				b.judge(c, fresh[i].Commits[k], bars[c.Number])
			}
		}
	}
	batch := &ledger.Batch{School: s.id, Device: device, After: standing.Last, Heads: b.before, Judged: b.judged, Laid: b.laid, Seals: seals, Rows: b.written(), Day: filled(standing.Day, b.judged)}
	if batch.Trees, err = s.grow(b); err != nil {
		return nil, err
	}
	if err := s.keep(ctx, batch, b); err != nil {
		return nil, err
	}
	for _, j := range b.judged {
		if j.Answer == commit.Requested {
			s.owed = append(s.owed, j)
		}
	}
	return batch, nil
}

// keep makes a batch durable, and then what the bench has come to ours; nil
// when it judged nothing.
func (s *School) keep(ctx context.Context, batch *ledger.Batch, b *bench) error {
	if err := s.store.Apply(ctx, batch); err != nil {
		s.doubtful = true // the rosters know what the disk may not
		if !errors.Is(err, ledger.ErrStale) {
			s.recalled = false // and the disk may know of requests that are not owed
		}
		// ctx may be at its end; this must not be.
		return errors.Join(fmt.Errorf("keep batch: %w", err), s.catchUp(context.WithoutCancel(ctx)))
	}
	if b != nil {
		s.heads, s.edges = b.heads, b.edges
		s.meter.judged(batch.Judged)
		s.remember(batch)
		s.stream.tell(s.heads)
	}
	return nil
}

// standing are the commits that this server knew before they were sent, by their
// numbers: those of the logs that it was rebuilt from. Their verdicts stand.
func (s *School) standing(ctx context.Context, device journal.DeviceID, last uint64, commits []*commit.Commit) (map[uint64]ledger.Judged, error) {
	list, err := s.store.Judged(ctx, s.id, device, last+1, commits[len(commits)-1].Number)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	out := make(map[uint64]ledger.Judged, len(list))
	for _, j := range list {
		j.Stands = true
		out[j.Commit.Number] = j
	}
	return out, nil
}

// open checks an envelope's chain and signature and reads its commits. barred
// says why its author may not write at all: then the commits are kept, and
// refused one by one.
//
// An envelope names its author's last one on the PC. It may also name an
// earlier one: that of a PC whose file was put back from a copy. Nothing can be
// left out that way, because the numbers have no gap; the fork stays to be seen.
// An author without a chain here begins one with any: what was before it stood in
// numbers that were given up.
func (s *School) open(ctx context.Context, e *commit.Envelope, chains map[journal.StaffID][32]byte) (commits []*commit.Commit, barred, err error) {
	if slices.ContainsFunc(e.Commits, commit.Later) {
		return nil, nil, wire.ErrOldServer // kept by the PC until this program can read it
	}
	key, barred := s.signer(e)
	if key == nil {
		if commits, err = e.Read(); err != nil {
			return nil, nil, damaged(err)
		}
		return commits, barred, s.follows(ctx, e, chains)
	}
	commits, err = e.Verify(key)
	if err != nil && !e.ByPC {
		// What was sealed before the person got another key on that PC comes again
		// when the server has changed.
		commits, err = s.verifyFormer(ctx, e, err)
	}
	if err != nil {
		return nil, nil, damaged(err)
	}
	return commits, barred, s.follows(ctx, e, chains)
}

// follows returns an error with the code [fault.Cloned] for an envelope that
// follows one which never came: another PC sealed the same commits otherwise, or
// others, under this number.
func (s *School) follows(ctx context.Context, e *commit.Envelope, chains map[journal.StaffID][32]byte) error {
	last, begun := chains[e.Author]
	if !begun || e.Prev == last {
		return nil
	}
	earlier, err := s.store.Followed(ctx, s.id, e.Device, e.Author, e.Prev)
	if err != nil {
		return fmt.Errorf("check chain: %w", err)
	}
	if !earlier {
		return alarm(e.Device, e.First)
	}
	return nil
}

func damaged(err error) error {
	return fault.Wrap(fault.Damaged, "Подпись под записями не сходится, они не приняты. Сообщите администратору школы.", err)
}
