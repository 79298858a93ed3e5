package local_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// What was refused is not there any more, for those who ask the roster too.
func TestARefusedRoleIsNotThere(t *testing.T) {
	j := open(t, 1)
	roster, err := j.Roster(t.Context(), year)
	if err != nil {
		t.Fatal(err)
	}
	role := journal.IDKey(teacher).Int(int(journal.RoleDirector)).Date(day)
	c, err := j.Append(t.Context(), commit.Draft{Volume: journal.Register, Author: teacher, Entered: start, Changes: []commit.Change{
		commit.Set(journal.KindRole, role, journal.RoleGivenBy, journal.IDValue(teacher)),
	}})
	if err != nil || !roster.HasRole(teacher, day, journal.RoleDirector) {
		t.Fatalf("not written: %v", err)
	}
	settle(t, j, 1, verdict(c, commit.Refused, 0))
	if roster.HasRole(teacher, day, journal.RoleDirector) {
		t.Error("refused, and still there")
	}
}
