// Package print makes the school's paper: the class journal of a year and the
// summary mark sheet, as pages that go to a PDF file, to the screen or to a
// readable dump.
//
// The way of a document:
//
//	values (ClassJournal)  plain structs; Gather fills them through a Source
//	  → Layout             coverage check, then pages in millimetres
//	  → Document           []Page of fills, lines, texts, images
//	  → WritePDF           the file (gopdf; pdf.go alone knows it)
//	  → WriteFile          the same, whole on the disk or not at all
//	  → Preview            the same pages as pictures for the screen
//	  → Dump               the same pages as text, for golden tests
//
// All lengths of the model are millimetres from the upper left corner of the
// sheet; font sizes and line widths are points. Nothing here reads the clock,
// the disk or a database, and one input always gives the same bytes.
//
// gopdf keeps the file together: fonts and their subsets, page tree, links,
// outline, images. The page streams come from content.go and go in as imported
// objects, because gopdf's own text path takes several times as long as all the
// rest; mend.go then points each page to its stream and repairs the fonts'
// ToUnicode maps, both in place.
//
// The wording of the forms follows the class journals of Russian schools;
// values that a school may choose are fields of [ClassJournal] and [Options].
package print
