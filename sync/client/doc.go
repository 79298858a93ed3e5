// Package client is the desktop's side of the exchange with the school server:
// push what waits, pull what is new, wait for news, and try again later.
//
//	plan.go      pure: what to do next, and when
//	question.go  what is asked, and what is kept of the answer, however it is carried
//	exchange.go  one exchange: ask until nothing is left, in pieces that the line bears
//	check.go     an answer against the log that is known: nothing of the past has changed
//	run.go       the shell: goroutines, timers, the event stream
//	link.go      HTTP over pinned TLS
//	parcel.go    the same as files: what goes out; unpack.go what comes in
//	journal.go   what is asked of the local store
//	common.go    what messages are packed with because both sides have it
//	back.go      what a server that was put back from a copy lacks
//	fork.go      this PC becomes another one when its disk was copied
//	enrol.go     this PC; signin.go, accounts.go people
//	state.go     what the status pill shows; load.go how much of the logs is here
//	clock.go     whether this PC's clock is right
package client
