package merge

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A Head is an edit that stands.
type Head struct {
	ID      commit.EditID
	Stamp   commit.Stamp // as it counts: no later than the arrival
	Author  journal.StaffID
	Entered int64 // wall time of entry, Unix minutes, no later than the arrival; by it an entry is late
	Value   journal.Value
}

// HeadOf is the i-th edit of a commit as a head. arrived is when the server got
// the commit, in Unix milliseconds, 0 while it has not: nothing that a clock
// ahead says counts for more. Of a clock behind nobody can know; the arrival is
// shown beside it.
func HeadOf(c *commit.Commit, i int, arrived int64) Head {
	entered := c.Entered.UnixMilli()
	if arrived != 0 {
		entered = min(entered, arrived)
	}
	return Head{ID: c.Edit(i), Stamp: c.Stamp.By(arrived), Author: c.Author, Entered: time.UnixMilli(entered).Unix() / 60, Value: c.Edits[i].Value}
}

// A Field is what one field's heads are, the shown one first, together with
// what is known of edits that have not arrived.
type Field struct {
	Heads []Head
	// Awaited are edits that a known edit replaces and that have not come yet:
	// when one comes it adds no head. Sorted. Empty wherever edits arrive in
	// an order in which what is replaced comes before what replaces it.
	Awaited []commit.EditID
}

// Known tells whether an edit of this field has been folded in before. Folding
// looks at it only for edits that are replaced and are no heads.
type Known func(commit.EditID) bool

// Add folds one edit into the field and reports whether anything changed. The
// caller folds each commit once: it knows which it has.
func (f *Field) Add(h Head, replaces []commit.EditID, known Known) {
	for _, r := range replaces {
		if i := slices.IndexFunc(f.Heads, func(x Head) bool { return x.ID == r }); i >= 0 {
			f.Heads = slices.Delete(f.Heads, i, i+1)
		} else if !known(r) {
			f.await(r)
		}
	}
	if i, found := slices.BinarySearchFunc(f.Awaited, h.ID, CompareIDs); found {
		f.Awaited = slices.Delete(f.Awaited, i, i+1)
		return
	}
	i, _ := slices.BinarySearchFunc(f.Heads, h, CompareHeads)
	f.Heads = slices.Insert(f.Heads, i, h)
}

// Arrive puts a head in its order by what its arrival at the server has made of
// it. One that does not stand any more stays away.
func (f *Field) Arrive(h Head) {
	i := slices.IndexFunc(f.Heads, func(x Head) bool { return x.ID == h.ID })
	if i < 0 || f.Heads[i] == h {
		return
	}
	f.Heads = slices.Delete(f.Heads, i, i+1)
	i, _ = slices.BinarySearchFunc(f.Heads, h, CompareHeads)
	f.Heads = slices.Insert(f.Heads, i, h)
}

func (f *Field) await(id commit.EditID) {
	if i, found := slices.BinarySearchFunc(f.Awaited, id, CompareIDs); !found {
		f.Awaited = slices.Insert(f.Awaited, i, id)
	}
}

// Value is what is shown: that of the latest head, Null when there is none.
func (f *Field) Value() journal.Value {
	if len(f.Heads) == 0 {
		return journal.Value{}
	}
	return f.Heads[0].Value
}

// Rivals reports whether heads with different values stand.
func (f *Field) Rivals() bool {
	for _, h := range f.Heads[min(1, len(f.Heads)):] {
		if h.Value != f.Heads[0].Value {
			return true
		}
	}
	return false
}

// Seen returns the edits that an author replaces who saw the given value: all
// heads if it is the one shown, else only those that have it.
func (f *Field) Seen(v *journal.Value) []commit.EditID {
	var out []commit.EditID
	for _, h := range f.Heads {
		if v == nil || *v == f.Value() || h.Value == *v {
			out = append(out, h.ID)
		}
	}
	return out
}

// CompareHeads puts the latest stamp first; equal stamps by edit.
func CompareHeads(a, b Head) int {
	return cmp.Or(cmp.Compare(b.Stamp, a.Stamp), CompareIDs(b.ID, a.ID))
}

// CompareIDs orders edits by device, number and place.
func CompareIDs(a, b commit.EditID) int {
	return cmp.Or(bytes.Compare(a.Device[:], b.Device[:]), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Index, b.Index))
}
