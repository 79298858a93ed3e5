// Package centraltest is what every engine of the school server's store must
// pass. An engine calls [Run] with a function that opens the same empty
// database again each time it is called.
package centraltest
