// Package demo makes two invented schools, the same on every run from the same
// seed: a village school of eleven classes in one school year, and a city
// school of 44 classes over five. They feed tests, pictures and measurements.
//
// A school comes as drafts of commits in the order in which people would have
// made them: the office sets up the year, teachers keep their pages lesson by
// lesson, class teachers explain absences, the deputy closes the terms. Every
// draft is one that its author may write; nothing goes past the rules.
//
// All people are invented. Names mix as they do in Crimea.
package demo
