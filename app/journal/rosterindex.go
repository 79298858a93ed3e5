package journal

import (
	"cmp"
	"slices"
)

// index is the roster's rows as typed values, found by what asks for them.
type index struct {
	school        School
	staff         map[StaffID]Staff
	roles         map[StaffID][]RoleGrant
	pupils        map[PupilID]Pupil
	subjects      map[Key]Subject
	terms         map[Scheme][]Term
	holidays      []Holiday
	bells         map[int]Bell
	groups        map[GroupID]Group
	classTeachers map[GroupID][]Assignment
	members       map[GroupID][]Membership
	memberOf      map[PupilID][]Membership
	pages         map[PageID]Page
	pagesOf       map[GroupID][]PageID
	teachers      map[PageID][]Assignment
	taught        map[StaffID][]PageID
	slots         map[PageID][]Slot
	substitutions map[Key]Substitution
	substituting  map[StaffID][]Substitution
	decisions     map[Key]Decision
	remarks       []Remark

	// The places in one list of all, so that names are compared only once
	// however many lists a pupil or a page is in.
	pupilAt map[PupilID]int
	pageAt  map[PageID]int
}

func buildIndex(year Volume, rows map[Kind]map[Key][]Value) *index {
	x := &index{
		staff: map[StaffID]Staff{}, roles: map[StaffID][]RoleGrant{}, pupils: map[PupilID]Pupil{}, subjects: map[Key]Subject{},
		terms: map[Scheme][]Term{}, bells: map[int]Bell{}, groups: map[GroupID]Group{}, classTeachers: map[GroupID][]Assignment{},
		members: map[GroupID][]Membership{}, memberOf: map[PupilID][]Membership{}, pages: map[PageID]Page{}, pagesOf: map[GroupID][]PageID{},
		teachers: map[PageID][]Assignment{}, taught: map[StaffID][]PageID{}, slots: map[PageID][]Slot{},
		substitutions: map[Key]Substitution{}, substituting: map[StaffID][]Substitution{}, decisions: map[Key]Decision{},
	}
	each := func(k Kind, f func(Key, Key, fields)) {
		for key, row := range rows[k] {
			f(key, key, row)
		}
	}
	each(KindSchool, func(_, k Key, f fields) { x.school = schoolOf(k, f) })
	each(KindStaff, func(_, k Key, f fields) { s := staffOf(k, f); x.staff[s.ID] = s })
	each(KindRole, func(_, k Key, f fields) {
		if g, given := roleOf(k, f); given {
			x.roles[g.Staff] = append(x.roles[g.Staff], g)
		}
	})
	each(KindPupil, func(_, k Key, f fields) { p := pupilOf(k, f); x.pupils[p.ID] = p })
	each(KindSubject, func(key, _ Key, f fields) {
		x.subjects[key] = Subject{
			Key: key, Name: cmp.Or(f.at(SubjectName).Text(), string(key)), Short: f.at(SubjectShort).Text(), Order: int(f.at(SubjectOrder).Int()),
			Unmarked: f.at(SubjectUnmarked).Bool(), Removed: f.at(SubjectRemoved).Bool(),
		}
	})
	each(KindTerm, func(_, k Key, f fields) {
		t := Term{Scheme: Scheme(cutInt(&k)), Number: cutInt(&k), From: f.at(TermFrom).Date(), To: f.at(TermTo).Date(), Closed: f.at(TermClosed).Bool()}
		if t.From != 0 && t.To != 0 {
			x.terms[t.Scheme] = append(x.terms[t.Scheme], t)
		}
	})
	each(KindHoliday, func(_, k Key, f fields) {
		if !f.at(HolidayRemoved).Bool() {
			x.holidays = append(x.holidays, Holiday{From: cutDate(&k), To: f.at(HolidayTo).Date(), Title: f.at(HolidayTitle).Text()})
		}
	})
	each(KindBell, func(_, k Key, f fields) {
		b := Bell{Number: cutInt(&k), Start: int(f.at(BellStart).Int()), End: int(f.at(BellEnd).Int())}
		if b.End > b.Start { // one taken back has no times
			x.bells[b.Number] = b
		}
	})
	each(KindGroup, func(_, k Key, f fields) { g := groupOf(k, f); x.groups[g.ID] = g })
	for id, g := range x.groups { // a subgroup is of its class's grade and letter
		if class, ok := x.groups[g.Parent]; ok && g.Sort == SortSubgroup {
			g.Grade, g.Letter = class.Grade, class.Letter
			x.groups[id] = g
		}
	}
	each(KindClassTeacher, func(_, k Key, f fields) {
		g := cutID[Group](&k)
		a := Assignment{Staff: cutID[Staff](&k), From: cutDate(&k), To: f.at(ClassTeacherTo).Date()}
		if !f.at(ClassTeacherRemoved).Bool() {
			x.classTeachers[g] = append(x.classTeachers[g], a)
		}
	})
	each(KindMember, func(_, k Key, f fields) {
		m := Membership{
			Group: cutID[Group](&k), Pupil: cutID[Pupil](&k), From: cutDate(&k), To: f.at(MemberTo).Date(),
			OrderIn: f.at(MemberOrderIn).Text(), OrderOut: f.at(MemberOrderOut).Text(), Note: f.at(MemberNote).Text(),
		}
		if !f.at(MemberRemoved).Bool() {
			x.members[m.Group] = append(x.members[m.Group], m)
			x.memberOf[m.Pupil] = append(x.memberOf[m.Pupil], m)
		}
	})
	each(KindPage, func(key, k Key, f fields) {
		p := Page{
			ID: PageIDOf(key), Group: cutID[Group](&k), Hours: int(f.at(PageHours).Int()), Planned: int(f.at(PagePlanned).Int()),
			Room: f.at(PageRoom).Text(), Order: int(f.at(PageOrder).Int()), Removed: f.at(PageRemoved).Bool(),
		}
		p.Subject = k
		x.pages[p.ID] = p
		if !p.Removed {
			x.pagesOf[p.Group] = append(x.pagesOf[p.Group], p.ID)
		}
	})
	each(KindPageTeacher, func(_, k Key, f fields) {
		p := cutID[Page](&k)
		a := Assignment{Staff: cutID[Staff](&k), From: cutDate(&k), To: f.at(PageTeacherTo).Date()}
		if !f.at(PageTeacherRemoved).Bool() {
			x.teachers[p] = append(x.teachers[p], a)
			if !slices.Contains(x.taught[a.Staff], p) {
				x.taught[a.Staff] = append(x.taught[a.Staff], p)
			}
		}
	})
	each(KindSlot, func(_, k Key, f fields) {
		s := Slot{
			Page: cutID[Page](&k), Weekday: cutInt(&k), Number: cutInt(&k), Week: Week(cutInt(&k)), From: cutDate(&k),
			To: f.at(SlotTo).Date(), Room: f.at(SlotRoom).Text(),
		}
		if !f.at(SlotRemoved).Bool() {
			x.slots[s.Page] = append(x.slots[s.Page], s)
		}
	})
	each(KindSubstitution, func(key, k Key, f fields) {
		s := Substitution{Page: cutID[Page](&k), Date: cutDate(&k), Number: cutInt(&k), Staff: valueID[Staff](f.at(SubstitutionStaff)), Note: f.at(SubstitutionNote).Text()}
		if !s.Staff.IsZero() {
			x.substitutions[key] = s
			x.substituting[s.Staff] = append(x.substituting[s.Staff], s)
		}
	})
	each(KindDecision, func(key, k Key, f fields) {
		x.decisions[key] = Decision{
			Group: cutID[Group](&k), Pupil: cutID[Pupil](&k), Text: f.at(DecisionText).Text(),
			Date: f.at(DecisionDate).Date(), Protocol: f.at(DecisionProtocol).Text(),
		}
	})
	each(KindRemark, func(_, k Key, f fields) { x.remarks = append(x.remarks, remarkOf(k, f)) })
	x.sort()
	return x
}

// fields are the values of one row.
type fields []Value

func (f fields) at(no FieldNo) Value {
	if int(no) <= len(f) {
		return f[no-1]
	}
	return Value{}
}

func schoolOf(k Key, f fields) School {
	return School{
		ID: cutID[School](&k), Name: f.at(SchoolName).Text(), Short: f.at(SchoolShort).Text(), Founder: f.at(SchoolFounder).Text(),
		Locality: f.at(SchoolLocality).Text(), Address: f.at(SchoolAddress).Text(), Phone: f.at(SchoolPhone).Text(), Email: f.at(SchoolEmail).Text(),
		OKPO: f.at(SchoolOKPO).Text(), OGRN: f.at(SchoolOGRN).Text(), INN: f.at(SchoolINN).Text(), KPP: f.at(SchoolKPP).Text(),
		Bank: f.at(SchoolBank).Text(), Director: valueID[Staff](f.at(SchoolDirector)),
	}
}

func staffOf(k Key, f fields) Staff {
	return Staff{
		ID: cutID[Staff](&k), Last: f.at(StaffLast).Text(), First: f.at(StaffFirst).Text(), Middle: f.at(StaffMiddle).Text(),
		Position: f.at(StaffPosition).Text(), Removed: f.at(StaffRemoved).Bool(),
	}
}

// roleOf reads a grant; it is not given when it was taken back.
func roleOf(k Key, f fields) (RoleGrant, bool) {
	return RoleGrant{
		Staff: cutID[Staff](&k), Role: Role(cutInt(&k)), From: cutDate(&k), To: f.at(RoleTo).Date(), GivenBy: valueID[Staff](f.at(RoleGivenBy)),
	}, !f.at(RoleRemoved).Bool()
}

func pupilOf(k Key, f fields) Pupil {
	return Pupil{
		ID: cutID[Pupil](&k), Last: f.at(PupilLast).Text(), First: f.at(PupilFirst).Text(), Middle: f.at(PupilMiddle).Text(),
		Born: f.at(PupilBorn).Date(), Sex: f.at(PupilSex).Text(), File: f.at(PupilFile).Text(), Address: f.at(PupilAddress).Text(),
		Phone: f.at(PupilPhone).Text(), Parents: f.at(PupilParents).Text(), Removed: f.at(PupilRemoved).Bool(),
	}
}

func groupOf(k Key, f fields) Group {
	return Group{
		ID: cutID[Group](&k), Name: f.at(GroupName).Text(), Sort: Sort(f.at(GroupSort).Int()), Grade: int(f.at(GroupGrade).Int()),
		Letter: f.at(GroupLetter).Text(), Scheme: Scheme(f.at(GroupScheme).Int()), Parent: valueID[Group](f.at(GroupParent)), Removed: f.at(GroupRemoved).Bool(),
	}
}

func remarkOf(k Key, f fields) Remark {
	return Remark{
		ID: cutID[Remark](&k), Page: valueID[Page](f.at(RemarkPage)), Date: f.at(RemarkDate).Date(), Number: int(f.at(RemarkNumber).Int()),
		Pupil: valueID[Pupil](f.at(RemarkPupil)), Text: f.at(RemarkText).Text(), Answer: f.at(RemarkAnswer).Text(), By: valueID[Staff](f.at(RemarkBy)),
		Made: f.at(RemarkMade).Date(), Due: f.at(RemarkDue).Date(), Closed: f.at(RemarkClosed).Date(),
	}
}
