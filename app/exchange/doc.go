// Package exchange takes a school in from files that ordinary programs make,
// and writes sample files for it.
//
// Three steps, each a pure function of the one before:
//
//	Read      bytes → File     tables (XLSX, CSV, TSV) or a timetable (aSc Timetables XML)
//	Recognise Sheet → List     what each column means, found by its words, not by its place
//	MakePlan  Files → Plan     a dry run against the school's roster
//
// A plan says of every row whether it would be added, changed, left or waits
// for a person, in plain Russian sentences with file, row, column and the value
// found. Nothing is guessed: what is wrong waits, the rest goes on. The answers
// of the person go into the next plan. A plan's changes are written by app/desk
// as one act, which one undo takes back; after that the same files plan no
// changes.
//
// A school with classes never stays without days: where no list says the terms
// or the bells, the plan adds the usual ones, and they stand in its table.
//
// Every input is bounded: see [MaxFile] and the limits beside it.
package exchange
