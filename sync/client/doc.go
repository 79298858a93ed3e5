// Package client is the desktop's side of the exchange with the school server:
// push what waits, pull what is new, wait for news, and try again later.
//
//	plan.go      pure: what to do next, and when
//	exchange.go  one exchange: seal, send, keep the answer, until nothing is left
//	check.go     an answer against the log that is known: nothing of the past has changed
//	run.go       the shell: goroutines, timers, the event stream
//	link.go      HTTP over pinned TLS
//	enrol.go     this PC; signin.go, accounts.go people
//	state.go     what the status pill shows
package client
