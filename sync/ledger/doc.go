// Package ledger holds what passes between the school server and its store:
// values only. The server judges them, the store keeps them, and neither knows
// the other.
package ledger
