// Package journal is the domain: the words, rules and formulas of a Russian
// school journal. It knows no files, no SQL, no network and no screen.
package journal
