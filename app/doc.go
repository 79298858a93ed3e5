// Package app only holds the map of the application's folders; nobody imports it.
//
//	app/screens      the desktop windows (Fyne)
//	app/desk         what a person does: one function = one act = one commit
//	app/print        the paper journal (PDF) and its preview
//	app/exchange     files of other programs: XLSX, CSV, timetable XML
//	app/demo         two invented schools for tests, pictures and benchmarks
//	app/journal      the domain: words, rules, formulas; no input or output
//
// An arrow only points down: screens use desk, print and exchange; these use
// journal; journal uses nothing of ours. From app, the folders storage and sync
// may import only app/journal, which is the domain that all of them serve.
// TestLayers holds this.
package app
