package main

import (
	"encoding/json"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/identity"
)

// A password forgotten and given anew by the administrator: what the old key
// has sealed on a PC still gets to the school, and work goes on with a new one.
func TestANewPasswordLosesNothing(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	who := second.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.kill()
	second.write(who.Staff, year, c.mark(1, 5))
	if err := second.SignOut(t.Context(), who.Staff); err != nil { // seals with the old key
		t.Fatal(err)
	}
	s.start()
	reset, err := first.ResetAccount(t.Context(), c.admin, who.Staff)
	if err != nil || len(reset) != 1 {
		t.Fatalf("ResetAccount = %v, %v", reset, err)
	}
	if _, err := second.SignIn(t.Context(), "Бондаренко", reset[0].Password); fault.CodeOf(err) != fault.NewPassword {
		t.Fatalf("the new one-time password: %v", err)
	}
	if _, err := second.ChangePassword(t.Context(), "Бондаренко", reset[0].Password, "короткий"[:6]); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a short password: %v", err)
	}
	if _, err := second.ChangePassword(t.Context(), "Бондаренко", reset[0].Password, "берёза у пруда"); err != nil {
		t.Fatal(err)
	}
	second.write(who.Staff, year, c.mark(2, 4))
	if err := second.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := first.Sync(t.Context()); err != nil || !first.sees(c, 1, 5) || !first.sees(c, 2, 4) {
		t.Errorf("a mark is missing: %v", err)
	}
	if _, err := second.SignIn(t.Context(), "Бондаренко", ownPassword); fault.CodeOf(err) != fault.SignIn {
		t.Errorf("the old password: %v", err)
	}
}

// A PC that the administrator shuts out hears it, and keeps what it has.
func TestARevokedPC(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	second.run()
	eventually(t, "the second PC is in step", second.settled)
	s.command("revoke", "-data", s.dir, "Второй")
	second.write(c.teacher, year, c.mark(1, 5))
	eventually(t, "the second PC knows", func() bool {
		state, err := second.State(t.Context())
		return err == nil && fault.CodeOf(state.Trouble) == fault.Forbidden
	})
	if state, err := second.State(t.Context()); err != nil || state.Phase == client.AllSent {
		t.Errorf("state %+v, %v", state, err)
	}
	first.write(c.teacher, year, c.mark(2, 4))
	if err := first.Sync(t.Context()); err != nil {
		t.Errorf("the others go on: %v", err)
	}
	if !second.sees(c, 1, 5) || second.sees(c, 2, 4) {
		t.Error("it lost what it had, or still receives")
	}
}

// A blocked person cannot go on signing in without the server.
func TestABlockedPersonLosesTheGrant(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	who := second.signInFirst("Бондаренко", c.passwords["Бондаренко"])
	if err := first.BlockAccount(t.Context(), c.admin, who.Staff, true); err != nil {
		t.Fatal(err)
	}
	// Signed in without the server; then the server is there again and says no.
	second.book.Close()
	second.open()
	if _, err := second.SignIn(t.Context(), "Бондаренко", ownPassword); err != nil {
		t.Fatal(err)
	}
	second.run()
	eventually(t, "the grant is gone", func() bool {
		list, err := second.book.Profiles(t.Context())
		var p identity.Profile
		return err == nil && len(list) == 1 && p.UnmarshalBinary(list[0].Blob) == nil && len(p.Grant) == 0
	})
	s.kill()
	eventually(t, "the server is away", func() bool {
		state, err := second.State(t.Context())
		return err == nil && state.Phase == client.Offline
	})
	if _, err := second.SignIn(t.Context(), "Бондаренко", ownPassword); err == nil {
		t.Error("a blocked person signed in")
	}
}

// Only the code decides with whom a PC speaks.
func TestAnotherSchoolAtTheAddress(t *testing.T) {
	s := newSchool(t)
	other := newSchool(t)
	var code struct{ Code string }
	if err := json.Unmarshal([]byte(other.command("code", "-data", other.dir, "-address", s.address, "-json")), &code); err != nil {
		t.Fatal(err)
	}
	p := newPC(t)
	if _, err := p.Enrol(t.Context(), code.Code, "Учительская"); fault.CodeOf(err) != fault.Approval {
		t.Errorf("Enrol = %v", err)
	}
	if _, enrolled, err := p.book.Identity(t.Context()); enrolled || err != nil {
		t.Errorf("enrolled %t, %v", enrolled, err)
	}
	if _, err := p.Enrol(t.Context(), "127.0.0.1:1 "+"0000-", "Учительская"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("half a code: %v", err)
	}
}

// Run begins its work by itself when the PC is enrolled.
func TestRunWaitsForEnrolment(t *testing.T) {
	s := newSchool(t)
	p := newPC(t)
	p.run()
	time.Sleep(50 * time.Millisecond)
	if state, err := p.State(t.Context()); err != nil || state.Phase != client.Apart || state.Trouble != nil {
		t.Fatalf("state %+v, %v", state, err)
	}
	if _, err := p.Enrol(t.Context(), s.made.Code, "Учительская"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the school", func() bool { return p.roster(journal.Register).School().Name == "Школа № 1" })
	eventually(t, "everything sent", p.settled)
}
