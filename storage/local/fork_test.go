package local_test

import (
	"crypto/ed25519"
	"slices"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	ids "uchitelskaya/sync/identity"
)

// A PC that becomes another takes along all that is in no log: its content, what
// it replaces and takes back, verdicts and what was done about them. What people
// see stays as it was, also when the projection is made anew.
func TestBecome(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	taken := put(t, j, markChange(day, pupil, 3))
	refused := put(t, j, markChange(day+1, pupil, 2))
	requested := put(t, j, markChange(day+2, pupil, 2))
	away := put(t, j, markChange(day+5, pupil, 2))
	forgotten := put(t, j, markChange(day+6, pupil, 2)) // a request, by the server that was put back since
	common := put(t, j, markChange(day, pupil, 4))
	settle(t, j, 5, verdict(taken, commit.Accepted, 1), verdict(refused, commit.Refused, 0), verdict(requested, commit.Requested, 0), verdict(away, commit.Refused, 0),
		verdict(forgotten, commit.Requested, 0))
	if err := j.PutAway(t.Context(), teacher, start, away.Number); err != nil {
		t.Fatal(err)
	}
	own := put(t, j, markChange(day, pupil, 5), markChange(day+3, pupil, 5))
	d := draft(markChange(day+3, pupil, 4))
	d.Undoes, d.Reason = own.Number, "Ошиблась строкой."
	undo, err := j.Append(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	values := func(list []journal.Cell) (out []journal.Cell) {
		for _, c := range list {
			if c.Mark != 0 {
				c.State &^= journal.Unsent
				out = append(out, c)
			}
		}
		return out
	}
	before := values(cells(t, j))

	f, err := j.Fork(t.Context())
	if err != nil || !slices.Equal(f.Numbers, []uint64{requested.Number, forgotten.Number, common.Number, own.Number, undo.Number}) || f.Sums[2] != commit.Hash(encoded(t, common)) {
		t.Fatalf("Fork = %v, %v", f.Numbers, err)
	}
	put(t, j, markChange(day+4, pupil, 5))
	if again, err := j.Fork(t.Context()); err != nil || !again.Key.Equal(f.Key) || len(again.Numbers) != 6 {
		t.Errorf("asked again: %d numbers, %v", len(again.Numbers), err)
	}
	before = append(before, journal.Cell{Page: page, Date: day + 4, Number: 1, Pupil: pupil, Mark: 5}, journal.Cell{Page: page, Date: day + 6, Number: 1, Pupil: pupil, Mark: 2})
	id := identity(1)
	id.Device, id.Name, id.Key = journal.DeviceID{0xEE}, "Учительская (копия)", f.Key
	if err := j.Become(t.Context(), id, []commit.Verdict{verdict(requested, commit.Requested, 0), verdict(common, commit.Accepted, 2)}); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"at once", "after reopening"} {
		if got := values(cells(t, j)); !slices.Equal(got, before) {
			t.Errorf("%s it shows\n%+v, before it showed\n%+v", when, got, before)
		}
		if got, _, err := j.Identity(t.Context()); err != nil || got.Device != id.Device || got.Name != id.Name || !got.Key.Equal(f.Key) {
			t.Errorf("%s it is %+v, %v", when, got, err)
		}
		mine, err := j.Own(t.Context(), teacher, 10)
		if err != nil || len(mine) != 6 {
			t.Fatalf("%s %d own commits, %v", when, len(mine), err)
		}
		slices.Reverse(mine)
		for i, c := range mine {
			if c.Number != uint64(i+1) || c.Device != id.Device {
				t.Errorf("%s commit %d is %s", when, i, c.ID)
			}
		}
		if c := mine[3]; c.Edits[0].Replaces[0] != common.Edit(0) || c.Stamp != own.Stamp || !c.Entered.Equal(own.Entered) {
			t.Errorf("%s what was typed last is %+v", when, c)
		}
		if c := mine[4]; c.Undoes != 4 || c.Reason != d.Reason || c.Edits[0].Replaces[0] != mine[3].Edit(1) {
			t.Errorf("%s what takes it back is %+v", when, c)
		}
		for fate, number := range map[commit.Fate]uint64{commit.NotTaken: 1, commit.PutAway: 2} {
			list, err := j.Waiting(t.Context(), commit.Query{Fate: fate})
			if err != nil || len(list) != 1 || list[0].Commit.Number != number || list[0].Text == "" {
				t.Errorf("%s of fate %d: %+v, %v", when, fate, list, err)
			}
		}
		living := dump(t, dir)
		if err := j.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		if anew := dump(t, dir); anew != living {
			t.Errorf("%s made anew it is\n%s\nwas\n%s", when, anew, living)
		}
		j.Close()
		j = openIn(t, dir, 0)
	}
	if err := j.Seal(t.Context(), nobody, true); err != nil {
		t.Fatal(err)
	}
	list, err := j.Unsent(t.Context(), 0, 1<<20)
	if err != nil || len(list) != 1 || len(list[0].Commits) != 6 || list[0].Prev != [32]byte{} {
		t.Fatalf("to send: %+v, %v", list, err)
	}
	if _, err := list[0].Verify(f.Key.Public().(ed25519.PublicKey)); err != nil {
		t.Error(err)
	}
	// The request of the former PC comes with the log when it is granted.
	entries := []commit.Entry{{Position: 1, Raw: encoded(t, taken), Arrived: 1}, {Position: 2, Raw: encoded(t, common), Arrived: 1}, {Position: 3, Raw: encoded(t, requested), Arrived: 1}}
	if err := j.Absorb(t.Context(), year, entries, nil); err != nil {
		t.Fatal(err)
	}
	if got := cells(t, j); !slices.ContainsFunc(got, func(c journal.Cell) bool { return c.Date == day+2 && c.Mark == 2 }) {
		t.Errorf("the granted request is not shown: %+v", got)
	}
}

// Of two copies of a disk one has become another PC, and the other one has read of
// it: it becomes a third.
func TestAPCThatIsKnownIsNotBecome(t *testing.T) {
	j := open(t, 1)
	put(t, j, markChange(day, pupil, 3))
	f, err := j.Fork(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := *put(t, open(t, 2), markChange(day+1, pupil, 4))
	c.Device = deviceOf(f)
	if err := j.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, &c), Arrived: 1}}, nil); err != nil {
		t.Fatal(err)
	}
	again, err := j.Fork(t.Context())
	if err != nil || again.Key.Equal(f.Key) {
		t.Fatalf("it becomes the PC that is there: %v", err)
	}
	id := identity(1)
	id.Device, id.Key = deviceOf(again), again.Key
	if err := j.Become(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	if n := len(cells(t, j)); n != 2 {
		t.Errorf("%d cells", n)
	}
}

func deviceOf(f commit.Fork) journal.DeviceID {
	return ids.DeviceID(f.Key.Public().(ed25519.PublicKey))
}
