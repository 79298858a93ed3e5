package journal

import (
	"cmp"
	"maps"
	"slices"
)

// sort gives every list one order, whatever the order of the maps.
func (x *index) sort() {
	for _, t := range x.terms {
		slices.SortFunc(t, func(a, b Term) int { return cmp.Compare(a.Number, b.Number) })
	}
	slices.SortFunc(x.holidays, func(a, b Holiday) int { return cmp.Compare(a.From, b.From) })
	slices.SortFunc(x.remarks, func(a, b Remark) int { return cmp.Or(cmp.Compare(a.Made, b.Made), slices.Compare(a.ID[:], b.ID[:])) })
	byStart := func(a, b Assignment) int {
		return cmp.Or(cmp.Compare(a.From, b.From), slices.Compare(a.Staff[:], b.Staff[:]))
	}
	for _, a := range x.teachers {
		slices.SortFunc(a, byStart)
	}
	for _, a := range x.classTeachers {
		slices.SortFunc(a, byStart)
	}
	for _, g := range x.roles {
		slices.SortFunc(g, func(a, b RoleGrant) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Role, b.Role)) })
	}
	for _, s := range x.substituting {
		slices.SortFunc(s, func(a, b Substitution) int {
			return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number), slices.Compare(a.Page[:], b.Page[:]))
		})
	}
	for _, s := range x.slots {
		slices.SortFunc(s, func(a, b Slot) int {
			return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Week, b.Week), cmp.Compare(a.From, b.From))
		})
	}
	x.pupilAt, x.pageAt = x.placePupils(), x.placePages()
	for _, m := range x.members {
		slices.SortFunc(m, func(a, b Membership) int {
			return cmp.Or(cmp.Compare(x.pupilAt[a.Pupil], x.pupilAt[b.Pupil]), cmp.Compare(a.From, b.From))
		})
	}
	for _, m := range x.memberOf {
		slices.SortFunc(m, func(a, b Membership) int {
			return cmp.Or(cmp.Compare(a.From, b.From), slices.Compare(a.Group[:], b.Group[:]))
		})
	}
	byPlace := func(a, b PageID) int { return cmp.Compare(x.pageAt[a], x.pageAt[b]) }
	for _, p := range x.pagesOf {
		slices.SortFunc(p, byPlace)
	}
	for _, p := range x.taught {
		slices.SortFunc(p, byPlace)
	}
}

// placePupils orders the pupils by name.
func (x *index) placePupils() map[PupilID]int {
	names := make(map[PupilID]string, len(x.pupils))
	for id, p := range x.pupils {
		names[id] = Normal(p.Full())
	}
	return places(names, func(a, b PupilID) int { return cmp.Or(cmp.Compare(names[a], names[b]), slices.Compare(a[:], b[:])) })
}

// placePages orders the pages by group, then as the school or the subjects have
// them.
func (x *index) placePages() map[PageID]int {
	groups := places(x.groups, func(a, b GroupID) int { return CompareGroups(x.groups[a], x.groups[b]) })
	return places(x.pages, func(i, j PageID) int {
		a, b := x.pages[i], x.pages[j]
		return cmp.Or(cmp.Compare(groups[a.Group], groups[b.Group]), cmp.Compare(a.Order, b.Order),
			cmp.Compare(x.subjects[a.Subject].Order, x.subjects[b.Subject].Order), cmp.Compare(a.Subject, b.Subject), slices.Compare(i[:], j[:]))
	})
}

// places numbers the keys of a map in an order.
func places[K comparable, V any](of map[K]V, compare func(a, b K) int) map[K]int {
	out := make(map[K]int, len(of))
	for i, k := range slices.SortedFunc(maps.Keys(of), compare) {
		out[k] = i
	}
	return out
}

// gradeOrder puts groups of several grades after those of one.
func gradeOrder(g Group) int {
	if g.Grade == 0 {
		return 100
	}
	return g.Grade
}

// CompareGroups orders groups by grade, letter, kind and name.
func CompareGroups(a, b Group) int {
	if c := cmp.Or(cmp.Compare(gradeOrder(a), gradeOrder(b)), cmp.Compare(Normal(a.Letter), Normal(b.Letter)), cmp.Compare(a.Sort, b.Sort)); c != 0 {
		return c
	}
	return cmp.Or(CompareNames(a.Name, b.Name), slices.Compare(a.ID[:], b.ID[:]))
}
