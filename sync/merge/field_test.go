package merge_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// An edit is one edit of the only field of these tests.
type edit struct {
	merge.Head
	replaces []commit.EditID
}

// drawHistory draws what several PCs may write into one field when each sees
// only some of what was written before: every edit replaces any earlier ones.
func drawHistory(t *rapid.T) []edit {
	var all []edit
	numbers := map[byte]uint64{}
	for range rapid.IntRange(1, 12).Draw(t, "edits") {
		device := rapid.ByteRange(1, 3).Draw(t, "device")
		numbers[device]++
		e := edit{Head: merge.Head{
			ID:    commit.EditID{Device: journal.DeviceID{device}, Number: numbers[device], Index: rapid.IntRange(0, 2).Draw(t, "index")},
			Stamp: commit.Stamp(rapid.Uint64Range(1, 6).Draw(t, "stamp")) << 16, Author: journal.StaffID{device},
			Value: journal.IntValue(rapid.Int64Range(2, 4).Draw(t, "value")),
		}}
		for _, old := range all {
			if rapid.Bool().Draw(t, "seen") {
				e.replaces = append(e.replaces, old.ID)
			}
			if rapid.IntRange(0, 9).Draw(t, "odd") == 0 { // an edit of another field, which an odd program names
				e.replaces = append(e.replaces, commit.EditID{Device: old.ID.Device, Number: old.ID.Number, Index: 7})
			}
		}
		all = append(all, e)
	}
	return all
}

// oracle computes the heads from the whole set at once: what nothing replaces,
// the latest stamp first.
func oracle(all []edit) (heads []merge.Head, awaited []commit.EditID) {
	replaced, here := map[commit.EditID]bool{}, map[commit.EditID]bool{}
	for _, e := range all {
		here[e.ID] = true
		for _, r := range e.replaces {
			replaced[r] = true
		}
	}
	for _, e := range all {
		if !replaced[e.ID] {
			heads = append(heads, e.Head)
		}
	}
	for r := range replaced {
		if !here[r] {
			awaited = append(awaited, r)
		}
	}
	slices.SortFunc(heads, merge.CompareHeads)
	slices.SortFunc(awaited, merge.CompareIDs)
	return heads, awaited
}

// TestAnyOrder folds a part of a history in any order, any number of times, in
// any batches with the row stored and read between them.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawHistory(t)
		arrived := rapid.Permutation(all).Draw(t, "order")
		arrived = arrived[:rapid.IntRange(0, len(arrived)).Draw(t, "arrived")]
		stream := slices.Clone(arrived)
		for range rapid.IntRange(0, 5).Draw(t, "again") {
			if len(arrived) > 0 {
				stream = slices.Insert(stream, rapid.IntRange(0, len(stream)).Draw(t, "at"), rapid.SampledFrom(arrived).Draw(t, "which"))
			}
		}
		var row merge.Row
		folded := map[commit.EditID]bool{}
		for _, e := range stream {
			if folded[e.ID] {
				continue // the store knows what it has
			}
			folded[e.ID] = true
			row.Field(1).Add(e.Head, e.replaces, func(id commit.EditID) bool { return folded[id] })
			if rapid.Bool().Draw(t, "stored") {
				row = stored(t, row)
			}
		}
		heads, awaited := oracle(arrived)
		got := row.Field(1)
		if !slices.Equal(got.Heads, heads) || !slices.Equal(got.Awaited, awaited) {
			t.Errorf("heads %v awaiting %v, want %v awaiting %v", got.Heads, got.Awaited, heads, awaited)
		}
		if len(heads) > 0 && got.Value() != heads[0].Value {
			t.Errorf("shown is %s, want %s", got.Value(), heads[0].Value)
		}
	})
}

// stored writes a row and reads it back.
func stored(t *rapid.T, row merge.Row) (back merge.Row) {
	raw, err := row.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := back.UnmarshalBinary(raw); err != nil {
		t.Fatal(err)
	}
	// A store with numbers for some of the ids gets the same, mostly in fewer bytes.
	short, numbers := row.Pack(few{}), merge.Row(nil)
	if err := numbers.Unpack(short, few{}); err != nil {
		t.Fatal(err)
	}
	if again, err := numbers.MarshalBinary(); err != nil || string(again) != string(raw) {
		t.Fatalf("packed as %x it reads as %+v, want %+v", short, numbers, row)
	}
	if len(raw) > 1 && back.UnmarshalBinary(short) == nil {
		t.Fatalf("%x reads without the numbers in it", short)
	}
	if err := back.Unpack(raw, few{}); err != nil {
		t.Fatal(err)
	}
	was, is := row.Field(1), back.Field(1)
	if !slices.Equal(was.Heads, is.Heads) || !slices.Equal(was.Awaited, is.Awaited) {
		t.Fatalf("stored %+v, read %+v", row, back)
	}
	return back
}

// few gives numbers to ids whose first byte is odd, and has nothing else in it.
type few struct{}

func (few) Number(id [16]byte) (uint64, bool) {
	if id[0]%2 == 0 || id != [16]byte{id[0]} {
		return 0, false
	}
	return uint64(id[0]), true
}

func (few) ID(n uint64) ([16]byte, bool) {
	return [16]byte{byte(n)}, n < 256 && n%2 == 1
}

func TestRivals(t *testing.T) {
	one, two := journal.IntValue(4), journal.IntValue(5)
	for name, tt := range map[string]struct {
		values []journal.Value
		want   bool
	}{
		"nothing stands":       {nil, false},
		"one value":            {[]journal.Value{one}, false},
		"the same value twice": {[]journal.Value{one, one}, false},
		"two values":           {[]journal.Value{one, two}, true},
		"a value and nothing":  {[]journal.Value{one, {}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			var f merge.Field
			for i, v := range tt.values {
				f.Add(head(byte(i+1), v), nil, nil)
			}
			if got := f.Rivals(); got != tt.want {
				t.Errorf("Rivals = %t, want %t", got, tt.want)
			}
		})
	}
}

func head(device byte, v journal.Value) merge.Head {
	return merge.Head{ID: commit.EditID{Device: journal.DeviceID{device}, Number: 1}, Stamp: commit.Stamp(device), Value: v}
}

// TestSeen: a person replaces what she saw, and only that.
func TestSeen(t *testing.T) {
	four, five, two := journal.IntValue(4), journal.IntValue(5), journal.IntValue(2)
	var f merge.Field
	f.Add(head(1, four), nil, nil)
	f.Add(head(2, five), nil, nil) // shown, because later
	for name, tt := range map[string]struct {
		seen *journal.Value
		want int
	}{
		"who says nothing replaces all":        {nil, 2},
		"who saw what is shown replaces all":   {&five, 2},
		"who saw the other replaces only that": {&four, 1},
		"who saw what is gone replaces none":   {&two, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := f.Seen(tt.seen); len(got) != tt.want {
				t.Errorf("Seen = %v, want %d of them", got, tt.want)
			}
		})
	}
}

// FuzzRow holds that stored bytes never break the program, and that what reads
// is written the same way again.
func FuzzRow(f *testing.F) {
	var row merge.Row
	row.Field(1).Add(head(1, journal.IntValue(5)), []commit.EditID{{Device: journal.DeviceID{9}, Number: 3}}, func(commit.EditID) bool { return false })
	row.Field(3).Add(head(2, journal.TextValue("н")), nil, nil)
	raw, err := row.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, in []byte) {
		var row, again merge.Row
		if row.Unpack(in, few{}) != nil {
			return
		}
		out, err := row.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if err := again.UnmarshalBinary(out); err != nil {
			t.Fatalf("%x reads and is written as %x, which does not: %v", in, out, err)
		}
		if third, err := again.MarshalBinary(); err != nil || string(third) != string(out) {
			t.Errorf("%x is written as %x, then as %x, %v", in, out, third, err)
		}
	})
}
