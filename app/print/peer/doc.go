// Package peer draws the pages of a document with go-pdf/fpdf, the way its
// users would. Only benchmarks import it: it is the yardstick for our own
// file, and no program ships it.
package peer
