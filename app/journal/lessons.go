package journal

import (
	"cmp"
	"slices"
)

// JoinLessons returns the lessons of a page in order: those that the timetable
// plans, with what was written of them, and those held beside the timetable.
// Lessons that were struck out are left out.
func JoinLessons(planned []Planned, written []Lesson) []Lesson {
	byKey := make(map[Key]Lesson, len(planned)+len(written))
	for _, p := range planned {
		l := Lesson{Page: p.Page, Date: p.Date, Number: p.Number}
		byKey[l.Key()] = l
	}
	for _, l := range written {
		byKey[l.Key()] = l
	}
	out := make([]Lesson, 0, len(byKey))
	for _, l := range byKey {
		if !l.Removed {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b Lesson) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number)) })
	return out
}
