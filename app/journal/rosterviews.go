package journal

import (
	"cmp"
	"maps"
	"slices"
)

// School returns the school.
func (r *Roster) School() School { return r.ix().school }

// Staff returns one member of the staff.
func (r *Roster) Staff(id StaffID) (Staff, bool) {
	key := IDKey(id)
	r.mu.RLock() // not by the index: rights are asked between one change of the roster and the next
	defer r.mu.RUnlock()
	row, ok := r.rows[KindStaff][key]
	return staffOf(key, row), ok
}

// AllStaff returns the staff by name, without those who left.
func (r *Roster) AllStaff() []Staff {
	out := slices.Collect(maps.Values(r.ix().staff))
	out = slices.DeleteFunc(out, func(s Staff) bool { return s.Removed })
	slices.SortFunc(out, func(a, b Staff) int {
		return cmp.Or(CompareNames(a.Full(), b.Full()), slices.Compare(a.ID[:], b.ID[:]))
	})
	return out
}

// Roles returns what a person was given, in the order of time.
func (r *Roster) Roles(id StaffID) []RoleGrant { return r.ix().roles[id] }

// HasRole reports whether a person has one of the roles on a day.
func (r *Roster) HasRole(id StaffID, on Date, roles ...Role) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for key, row := range r.rows[KindRole] {
		g, given := roleOf(key, row)
		if given && g.Staff == id && slices.Contains(roles, g.Role) && during(g.From, g.To, on) {
			return true
		}
	}
	return false
}

// Pupil returns one pupil.
func (r *Roster) Pupil(id PupilID) (Pupil, bool) { p, ok := r.ix().pupils[id]; return p, ok }

// AllPupils returns the pupils by name, without those removed.
func (r *Roster) AllPupils() []Pupil {
	x := r.ix()
	out := slices.Collect(maps.Values(x.pupils))
	out = slices.DeleteFunc(out, func(p Pupil) bool { return p.Removed })
	slices.SortFunc(out, func(a, b Pupil) int { return cmp.Compare(x.pupilAt[a.ID], x.pupilAt[b.ID]) })
	return out
}

// Subject returns a subject by its key.
func (r *Roster) Subject(k Key) (Subject, bool) { s, ok := r.ix().subjects[k]; return s, ok }

// Subjects returns the subjects in their order.
func (r *Roster) Subjects() []Subject {
	out := slices.Collect(maps.Values(r.ix().subjects))
	out = slices.DeleteFunc(out, func(s Subject) bool { return s.Removed })
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Or(cmp.Compare(a.Order, b.Order), CompareNames(a.Name, b.Name)) })
	return out
}

// Group returns one group.
func (r *Roster) Group(id GroupID) (Group, bool) { g, ok := r.ix().groups[id]; return g, ok }

// Groups returns the groups of the given kinds (all, when none is named) in
// the order of grade, letter and name.
func (r *Roster) Groups(sorts ...Sort) []Group {
	out := slices.Collect(maps.Values(r.ix().groups))
	out = slices.DeleteFunc(out, func(g Group) bool { return g.Removed || len(sorts) > 0 && !slices.Contains(sorts, g.Sort) })
	slices.SortFunc(out, CompareGroups)
	return out
}

// Class returns the class of a group: itself, its parent, or false for groups
// of several classes.
func (r *Roster) Class(g GroupID) (Group, bool) {
	x := r.ix()
	c, ok := x.groups[g]
	if ok && c.Sort == SortSubgroup {
		c, ok = x.groups[c.Parent]
	}
	return c, ok && c.Sort == SortClass
}

// ClassTeachers returns who leads a class, in the order of time.
func (r *Roster) ClassTeachers(class GroupID) []Assignment { return r.ix().classTeachers[class] }

// Members returns the memberships of a group that touch the days from–to,
// ordered by the pupils' names; in an extended-day group those who came later
// stand at the end, as the form asks.
func (r *Roster) Members(g GroupID, from, to Date) []Membership {
	x := r.ix()
	out := slices.Clone(x.members[g])
	out = slices.DeleteFunc(out, func(m Membership) bool { return m.From > to || m.To != 0 && m.To < from })
	if x.groups[g].Sort == SortExtended {
		slices.SortStableFunc(out, func(a, b Membership) int { return cmp.Compare(a.From, b.From) })
	}
	return out
}

// MemberOf returns the memberships of a pupil in the order of time.
func (r *Roster) MemberOf(p PupilID) []Membership { return r.ix().memberOf[p] }

// ClassOf returns the class of a pupil on a day.
func (r *Roster) ClassOf(p PupilID, on Date) (Group, bool) {
	x := r.ix()
	for _, m := range x.memberOf[p] {
		if g := x.groups[m.Group]; g.Sort == SortClass && m.On(on) {
			return g, true
		}
	}
	return Group{}, false
}

// Page returns one page.
func (r *Roster) Page(id PageID) (Page, bool) { p, ok := r.ix().pages[id]; return p, ok }

// Pages returns all pages by group and order.
func (r *Roster) Pages() []Page {
	x := r.ix()
	out := slices.Collect(maps.Values(x.pages))
	out = slices.DeleteFunc(out, func(p Page) bool { return p.Removed })
	slices.SortFunc(out, func(a, b Page) int { return cmp.Compare(x.pageAt[a.ID], x.pageAt[b.ID]) })
	return out
}

// PagesOf returns the pages of a group in their order.
func (r *Roster) PagesOf(g GroupID) []Page {
	x := r.ix()
	out := make([]Page, 0, len(x.pagesOf[g]))
	for _, id := range x.pagesOf[g] {
		out = append(out, x.pages[id])
	}
	return out
}

// Teachers returns who teaches a page, in the order of time.
func (r *Roster) Teachers(p PageID) []Assignment { return r.ix().teachers[p] }

// TeacherOn returns who teaches a page on a day.
func (r *Roster) TeacherOn(p PageID, on Date) (Staff, bool) {
	x := r.ix()
	for _, a := range x.teachers[p] {
		if a.On(on) {
			return x.staff[a.Staff], true
		}
	}
	return Staff{}, false
}

// Taught returns the pages that a person teaches or taught this year.
func (r *Roster) Taught(s StaffID) []Page {
	x := r.ix()
	var out []Page
	for _, id := range x.taught[s] {
		if p := x.pages[id]; !p.Removed {
			out = append(out, p)
		}
	}
	return out
}

// Terms returns the terms of a scheme.
func (r *Roster) Terms(s Scheme) []Term { return r.ix().terms[s] }

// SchemeOf returns the scheme by which a group's year is divided.
func (r *Roster) SchemeOf(g GroupID) Scheme {
	group, ok := r.Group(g)
	if class, has := r.Class(g); has {
		group, ok = class, true
	}
	if !ok || group.Scheme == 0 {
		return DefaultScheme(group.Grade)
	}
	return group.Scheme
}

// TermsOf returns the terms of a group.
func (r *Roster) TermsOf(g GroupID) []Term { return r.Terms(r.SchemeOf(g)) }

// TermAt returns the term of a group in which a day falls.
func (r *Roster) TermAt(g GroupID, d Date) (Term, bool) {
	for _, t := range r.TermsOf(g) {
		if t.Has(d) {
			return t, true
		}
	}
	return Term{}, false
}

// Holidays returns the days without lessons.
func (r *Roster) Holidays() []Holiday { return r.ix().holidays }

// Bell returns the times of a lesson number.
func (r *Roster) Bell(number int) (Bell, bool) { b, ok := r.ix().bells[number]; return b, ok }

// SubstitutionAt returns who holds a lesson in place of its teacher.
func (r *Roster) SubstitutionAt(p PageID, d Date, number int) (Substitution, bool) {
	s, ok := r.ix().substitutions[LessonKey(p, d, number)]
	return s, ok
}

// Substitutions returns the substitutions of a day.
func (r *Roster) Substitutions(d Date) []Substitution {
	var out []Substitution
	for _, s := range r.ix().substitutions {
		if s.Date == d {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Substitution) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), slices.Compare(a.Page[:], b.Page[:]))
	})
	return out
}

// Substituting returns the lessons that a person holds in place of others, in
// the order of time.
func (r *Roster) Substituting(s StaffID) []Substitution { return r.ix().substituting[s] }

// Decision returns the council's decision about a pupil of a class.
func (r *Roster) Decision(class GroupID, p PupilID) (Decision, bool) {
	d, ok := r.ix().decisions[IDKey(class).ID(p)]
	return d, ok
}

// Remarks returns the deputy's remarks in the order of time.
func (r *Roster) Remarks() []Remark { return r.ix().remarks }
