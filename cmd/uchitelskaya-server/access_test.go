package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The columns of the table.
var roles = []string{"administrator", "deputy", "director", "teacher", "class teacher", "other teacher", "has left"}

// A try is one wish of one person, and what was said of it.
type try struct {
	who            int // of roles
	change         commit.Change
	closed         bool
	client, server string
}

// staffed is a school with one person of each role and a class with a pupil for
// each, in which the first quarter is closed and the second open.
type staffed struct {
	*school
	pc      *pc
	people  []journal.StaffID
	pupils  []journal.PupilID
	page    journal.PageID
	request []*commit.Commit // one for each try of a decision
}

func newStaffed(t *testing.T) *staffed {
	s := &staffed{school: newSchool(t), pc: newPC(t)}
	c := s.furnish(s.pc)
	director, leader, other, left := journal.NewID[journal.Staff](), journal.NewID[journal.Staff](), journal.NewID[journal.Staff](), journal.NewID[journal.Staff]()
	s.page, s.people = c.page, []journal.StaffID{c.admin, c.other, director, c.teacher, leader, other, left}
	class := journal.IDKey(journal.ClassID(year, 7, "А"))
	var people, lists []commit.Change
	for i, id := range []journal.StaffID{director, leader, other, left} {
		people = append(people, commit.Set(journal.KindStaff, journal.IDKey(id), journal.StaffLast, journal.TextValue([]string{"Директоров", "Классная", "Другова", "Ушедшая"}[i])))
	}
	people = append(people, commit.Set(journal.KindStaff, journal.IDKey(left), journal.StaffRemoved, journal.BoolValue(true)),
		commit.Set(journal.KindRole, journal.IDKey(director).Int(int(journal.RoleDirector)).Date(september), journal.RoleGivenBy, journal.IDValue(c.admin)))
	for range 2 * len(roles) {
		p := journal.NewID[journal.Pupil]()
		s.pupils = append(s.pupils, p)
		people = append(people, commit.Set(journal.KindPupil, journal.IDKey(p), journal.PupilLast, journal.TextValue("Ключевой")))
		lists = append(lists, commit.Set(journal.KindMember, class.ID(p).Date(september), journal.MemberOrderIn, journal.TextValue("№ 1")))
	}
	second := journal.Key("").Int(int(journal.Quarters)).Int(2)
	lists = append(lists,
		commit.Set(journal.KindClassTeacher, class.ID(leader).Date(september), journal.ClassTeacherRemoved, journal.IntValue(0)),
		commit.Set(journal.KindPageTeacher, journal.IDKey(c.page).ID(c.teacher).Date(september), journal.PageTeacherTo, journal.DateValue(september+3000)),
		commit.Set(journal.KindTerm, second, journal.TermFrom, journal.DateValue(september+60)),
		commit.Set(journal.KindTerm, second, journal.TermTo, journal.DateValue(september+110)))
	s.pc.write(c.admin, journal.Register, people...)
	s.pc.write(c.admin, year, lists...)
	if _, err := s.pc.AddAccounts(t.Context(), c.admin); err != nil { // sends what was written, too
		t.Fatal(err)
	}
	s.known()
	s.pc.write(c.other, year, commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermClosed, journal.BoolValue(true)))
	for n := range 2 * len(roles) { // to be decided on
		s.request = append(s.request, s.pc.write(c.teacher, year, c.mark(n+1, 5)))
	}
	s.pc.sync()
	return s
}

// key names an entity of a kind that nobody else's work rests on; n tells the
// tries apart. Days and periods lie in the closed term or in the open one.
func (s *staffed) key(spec *journal.Spec, n int, closed bool) journal.Key {
	day, period := september+70, 2
	if closed {
		day, period = september+6, 1
	}
	if spec.Kind == journal.KindRequest {
		c := s.request[n]
		return journal.RequestKey(c.Device, c.Number)
	}
	ours := spec.Kind == journal.KindLesson || spec.Kind == journal.KindCell || spec.Kind == journal.KindTermMark
	parts := make([]journal.Value, len(spec.Key))
	for i, p := range spec.Key {
		id := journal.NewID[journal.Staff]()
		switch {
		case ours && p.Name == "page":
			id = journal.StaffID(s.page)
		case ours && p.Name == "pupil":
			id = journal.StaffID(s.pupils[n])
		}
		switch p.Type {
		case journal.PartID:
			parts[i] = journal.BytesValue(id[:])
		case journal.PartDate:
			if parts[i] = journal.DateValue(day); !ours {
				parts[i] = journal.DateValue(day + journal.Date(n))
			}
		case journal.PartText:
			parts[i] = journal.TextValue(fmt.Sprint("проба ", n))
		case journal.PartInt:
			parts[i] = journal.IntValue(int64(20 + n))
			if p.Name == "period" {
				parts[i] = journal.IntValue(int64(period))
			}
		}
	}
	return spec.JoinKey(parts)
}

// value is one that the field takes.
func value(f *journal.Field) journal.Value {
	switch {
	case f.OneOf != nil:
		return journal.TextValue(f.OneOf[len(f.OneOf)-1]) // of a decision: rejected, which enters nothing
	case f.Type == journal.Int:
		return journal.IntValue(int64(max(f.Min, 1)))
	case f.Type == journal.Text:
		return journal.TextValue("проба")
	}
	return journal.BytesValue(make([]byte, 16))
}

// tries are those of every role at every field of every kind.
func (s *staffed) tries() (out []*try) {
	for _, spec := range journal.Specs() {
		for i := range spec.Fields {
			for half, closed := range []bool{false, true} {
				for who := range roles {
					n := half*len(roles) + who
					ch := commit.Set(spec.Kind, s.key(spec, n, closed), spec.Fields[i].No, value(&spec.Fields[i]))
					out = append(out, &try{who: who, change: ch, closed: closed})
				}
			}
		}
	}
	return out
}

// said is the answer that an error of the rule of access means.
func said(err error) string {
	switch fault.CodeOf(err) {
	case "":
		return "accepted"
	case fault.TermClosed:
		return "request"
	}
	return "refused"
}

// ask lets the PC judge every try, then the server: all are written on the PC
// though nobody may, as a PC would whose rules are broken, and sent.
func (s *staffed) ask(tries []*try) {
	t := s.t
	for _, one := range tries {
		one.client = said(s.pc.at(s.people[one.who]).MayWrite(one.change))
	}
	drafts := make([]commit.Draft, len(tries))
	for i, one := range tries {
		v := year
		if journal.SpecOf(one.change.Kind).InRegister() {
			v = journal.Register
		}
		drafts[i] = commit.Draft{Volume: v, Author: s.people[one.who], Entered: time.Now(), Changes: []commit.Change{one.change}}
	}
	made, err := s.pc.book.AppendAll(context.Background(), drafts...)
	if err != nil || len(made) != len(tries) {
		t.Fatalf("%d of %d written: %v", len(made), len(tries), err)
	}
	s.pc.sync()
	answers := map[uint64]string{}
	for fate, answer := range map[commit.Fate]string{commit.AtDeputy: "request", commit.NotTaken: "refused", commit.Unsent: "unsent"} {
		list, err := s.pc.book.Waiting(t.Context(), commit.Query{Fate: fate})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range list {
			if answers[w.Commit.Number] = answer; answer != "unsent" && w.Text == "" {
				t.Errorf("commit %d: %s without a sentence", w.Commit.Number, answer)
			}
		}
	}
	for i, c := range made {
		if tries[i].server = answers[c.Number]; tries[i].server == "" {
			tries[i].server = "accepted"
		}
	}
}

// TestAccess goes over every field of every kind, every role, and lessons of an
// open and a closed term. The PC and the server give the same answer to each,
// and the answers are those of the table.
func TestAccess(t *testing.T) {
	s := newStaffed(t)
	tries := s.tries()
	s.ask(tries)
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s%-8s%s\n", "field", "term", strings.Join(roles, ", "))
	for i := 0; i < len(tries); i += len(roles) {
		one := tries[i]
		spec := journal.SpecOf(one.change.Kind)
		field := spec.Name + "." + spec.Field(one.change.Field).Name
		term := map[bool]string{true: "closed", false: "open"}[one.closed]
		var answers []string
		for _, one := range tries[i : i+len(roles)] {
			if one.client != one.server {
				t.Errorf("%s, term %s, %s: the PC says %s, the server %s", field, term, roles[one.who], one.client, one.server)
			}
			answers = append(answers, one.server)
		}
		fmt.Fprintf(&b, "%-28s%-8s%s\n", field, term, strings.Join(answers, ", "))
	}
	golden := filepath.Join("testdata", "access.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the table is\n%s", b.String())
	}
}
