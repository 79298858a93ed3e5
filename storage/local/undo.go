package local

import (
	"context"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// Before returns what sets back a commit of this PC: for each field the value
// that was shown when it was written. The code is [fault.NotFound] when there is
// no such commit. One that the server did not take stands nowhere and has
// nothing to set back; nor has one of the PC that this one was before.
func (j *Journal) Before(ctx context.Context, id commit.ID) (commit.Former, error) {
	var out commit.Former
	err := j.look(ctx, func(w view) error {
		if id.Device != j.state.Load().identity.Device {
			return nil
		}
		k, err := find(w, id)
		if err != nil {
			return err
		}
		if k == nil {
			return fault.Wrap(fault.NotFound, "Такой записи на этом компьютере нет.", fmt.Errorf("no commit %d", id.Number))
		}
		out.Volume = k.Volume
		if k.stands() {
			return undoing{w, map[commit.ID]*kept{k.ID: k}, map[commit.ID]map[commit.FieldRef]int{}}.fill(k, &out)
		}
		return nil
	})
	return out, err
}

// undoing is the work on one commit that is to be set back, with what it has read.
type undoing struct {
	view
	commits map[commit.ID]*kept
	firsts  map[commit.ID]map[commit.FieldRef]int
}

func (u undoing) fill(k *kept, out *commit.Former) error {
	out.Intact = true
	last := map[commit.FieldRef]int{} // the last edit of each field
	for i, e := range k.Edits {
		last[fieldOf(e)] = i
	}
	rows := map[entity]*row{}
	for _, e := range k.Edits {
		ref := fieldOf(e)
		i, first := last[ref]
		if !first {
			continue // of two edits of one field the first knows what was before
		}
		delete(last, ref)
		at := entityOf(k.Volume, ref)
		if rows[at] == nil {
			r, err := heads(u.view, at)
			if err != nil {
				return err
			}
			rows[at] = r
		}
		h := rows[at].Row.Field(e.Field).Heads
		intact := len(h) == 1
		if intact {
			var err error
			if intact, err = u.leadsBack(ref, h[0].ID, k.Edit(i)); err != nil {
				return err
			}
		}
		out.Intact = out.Intact && intact
		former, err := u.shownOf(e.Replaces)
		if err != nil {
			return err
		}
		out.Changes = append(out.Changes, commit.Change{Kind: e.Kind, Key: e.Key, Field: e.Field, Value: former})
	}
	return nil
}

// longestWay bounds how often one field may have been taken back and brought
// again; a chain made up by a peer ends here.
const longestWay = 10_000

// leadsBack reports whether an edit that stands is the one asked for, or
// brought it back by taking back whatever had replaced it.
func (u undoing) leadsBack(f commit.FieldRef, from, to commit.EditID) (bool, error) {
	for range longestWay {
		if from == to {
			return true, nil
		}
		k, err := u.commit(from.Commit())
		if err != nil || k == nil || k.Undoes == 0 {
			return false, err
		}
		undone, err := u.commit(commit.ID{Device: k.Device, Number: k.Undoes})
		if err != nil || undone == nil {
			return false, err
		}
		i, touched := u.first(undone)[f]
		if !touched || len(undone.Edits[i].Replaces) != 1 {
			return false, nil
		}
		from = undone.Edits[i].Replaces[0]
	}
	return false, nil
}

// first returns for each field of a commit its first edit.
func (u undoing) first(k *kept) map[commit.FieldRef]int {
	if u.firsts[k.ID] == nil {
		m := make(map[commit.FieldRef]int, len(k.Edits))
		for i := len(k.Edits) - 1; i >= 0; i-- {
			m[fieldOf(k.Edits[i])] = i
		}
		u.firsts[k.ID] = m
	}
	return u.firsts[k.ID]
}

// shownOf is the value that was shown when the given edits stood.
func (u undoing) shownOf(ids []commit.EditID) (journal.Value, error) {
	var shown merge.Head
	for _, id := range ids {
		k, err := u.commit(id.Commit())
		if err != nil {
			return journal.Value{}, err
		}
		if k == nil || id.Index >= len(k.Edits) {
			continue
		}
		if h := (edit{k, id.Index}).head(); shown.Stamp == 0 || merge.CompareHeads(h, shown) < 0 {
			shown = h
		}
	}
	return shown.Value, nil
}

// commit reads a commit once; nil when it is not here.
func (u undoing) commit(id commit.ID) (*kept, error) {
	if k, read := u.commits[id]; read {
		return k, nil
	}
	k, err := find(u.view, id)
	if err == nil {
		u.commits[id] = k
	}
	return k, err
}

func fieldOf(e commit.Edit) commit.FieldRef {
	return commit.FieldRef{Kind: e.Kind, Key: e.Key, Field: e.Field}
}
