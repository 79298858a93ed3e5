// Package merge says which edits of a field stand. It is pure, and client and
// server use it alike.
//
// A field is a multi-value register. Its heads are the edits that no other
// known edit replaces. One head: the value. Several heads with different
// values: a расхождение; the head with the latest stamp is shown, the others
// stand beside it until a person replaces them all. Folding edits in any
// order, any number of times, in any batches, gives the same heads.
//
// Stamps only order what is shown. Each counts for no more than the arrival of
// its commit at the server, so that a wrong clock wins over nothing later; a PC's
// own commit counts by its own stamp until it comes back with its arrival.
package merge
