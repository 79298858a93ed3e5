// Package server is the school server's side of the exchange: it judges what
// the PCs send, puts what may be written into the log, and tells everybody how
// far the log goes.
//
//	school.go    one school in memory: rosters and heads, caught up with the store
//	judge.go     pure: commits, rosters and what stands in → verdicts and rows out
//	bench.go     what judging needs, read beforehand
//	push.go      one push: check, read, judge, make durable
//	pcs.go       what a PC may fill in a day, and which program it runs
//	keys.go      whose signature it must be
//	lay.go       what a former server of the school had taken; back.go PCs give it back
//	remake.go    a school made anew from journals; remakeown.go what their PCs had written
//	request.go   commits in a closed term; announce.go makes them known
//	pull.go      what a PC lacks; piece.go the last answers to that; tree.go the proofs
//	common.go    what messages are packed with because both sides have it
//	parcel.go    the exchange as files; reply.go what goes back
//	write.go     what the server itself writes; found.go how a school begins
//	enrol.go     PCs; fork.go one that becomes another; signin.go, accounts.go people
//	handler.go   HTTP, a thin shell: who may ask what; answer.go one message and its
//	             answer; events.go, stream.go the stream that says «new head», and little news
//	http.go      sockets and their bounds; gate.go how many connections
//	limits.go    what callers may cost: callers.go how often each, room.go how much
//	             memory all together, pace.go how slowly
//	meter.go     what the administrator is told; timed.go how long the store takes
package server
