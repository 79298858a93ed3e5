// Package wire is what passes between a PC and the school server, and its
// bounds.
//
// The way is HTTP/2 over TLS 1.3. The server shows a self-signed certificate,
// which the PC knows by SHA-256 of its public key; the PC shows a certificate
// of its own Ed25519 key, which the server knows since enrolment. A message is
// one CBOR item in deterministic form, compressed with zstd into one frame. A number in an
// address is the version of the protocol; a field once released keeps number
// and meaning, and fields that a version does not know are passed over.
//
//	POST /v1/enrol          Enrol     EnrolAnswer     any PC with a one-time code
//	POST /v1/sign-in/ask    Ask       AskAnswer       the school's PCs
//	POST /v1/sign-in/prove  Prove     ProveAnswer     the school's PCs
//	POST /v1/sync           Sync      SyncAnswer      the school's PCs
//	POST /v1/accounts       Accounts  AccountsAnswer  the school's PCs; signed by the administrator
//	POST /v1/fork           Fork      ForkAnswer      the school's PCs: one whose disk was copied becomes another
//	GET  /v1/events         –         Heads …         the school's PCs
//	GET  /v1/health         –         Health          anybody
//
// Any other answer than 200 holds a Problem: a code for the program and a
// sentence for the person.
//
//	message         field          type                meaning
//	Sync            1 epoch        16 bytes            the server that this PC knows
//	                2 envelopes    [envelope …]        what waits, in the order of numbers
//	                3 places       [[volume, position, known] …]  up to where each log is here, and how long the head known is
//	                4 most         number              bytes of commits wanted in the answer, about; none: as the server likes
//	                5 sending      bool                more follows at once: no news now
//	                6 whole        bool                the PC's own commits with their bytes
//	                7 keys         [[staff, sign key 32 bytes] …]  that people had on the PC, in order: to a server of which it has no log
//	                8 back         back                what a former server had accepted and this one lacks
//	back            head, size, root, part, [[position, arrived, commit, proof] …]   see sync/tree.Back: head is the former server's,
//	                                                   size and root those of its log as far as the PC had it, part the proof that head
//	                                                   extends that, proof that the commit stood at the position; 32 bytes a hash
//	envelope        device, author, first, prev, by PC, signature, [commit …]   see sync/commit
//	SyncAnswer      1 epoch        16 bytes            another one: nothing else was looked at
//	                2 durable      number              up to which the server has this PC's commits; +1 is expected next
//	                3 verdicts     [verdict …]         one for each commit judged, in order
//	                4 news         [news …]            what follows the cursors
//	                5 more         bool                ask again
//	                6 sums         32 bytes a verdict  in a parcel: SHA-256 of the commits judged
//	                7 now          number              the server's clock, Unix ms
//	                8 taken        bool                what was given back is in the log
//	Asked           1 epoch, 2 places                  of the question that a parcel answers; see sync/parcel
//	verdict         number, answer, volume, position, code, text   answer 1 accepted, 2 a request, 3 refused
//	news            volume, after, [entry …], head, proof, part   entries stand at after+1, after+2 …
//	                head           text                the signed head of the whole log; see sync/tree
//	                proof, part    32 bytes a hash     consistency proofs of RFC 6962: the head extends the one known
//	                                                   (none when position is known: the PC's own tree proves it); and the entries
//	entry           commit, arrived, own               own: the number of a commit of the PC that asks, sent without its bytes
//	Enrol           1 token        10 bytes            of the one-time code
//	                2 name         text                what the administrator calls the PC
//	                3 school       16 bytes            of a PC that was the school's before: none for a new one
//	                4 from         number              from which it has its commits
//	EnrolAnswer     1 school, 2 device, 3 epoch 16 bytes; 4 title text
//	Ask             1 name         text                name for sign-in
//	AskAnswer       1 lock         text                how the proof is made (PHC form), invented for unknown names
//	Prove           1 name; 2 proof 32 bytes; 3 sign key 32 bytes; 4 new lock text; 5 new proof 32 bytes
//	ProveAnswer     1 staff 16 bytes; 2 name; 3 grant bytes; 4 server key 32 bytes
//	Accounts        1 author 16 bytes; 2 order bytes; 3 signature 64 bytes
//	order           1 op; 2 [staff …], none for all; 3 at, Unix ms; 4 epoch
//	AccountsAnswer  1 [[staff, name, password] …]
//	Fork            1 key 32 bytes; 2 proof 64 bytes; 3 [number …]; 4 sums 32 bytes a number
//	ForkAnswer      1 device 16 bytes; 2 name text; 3 [verdict …] of those that are at the server
//	Heads           1 [[volume, position] …]           a frame of two bytes of length and plain CBOR
//	                2 now          number              as above
//	                3 news         [news …]            what lies between the heads of the word before and these, when it is little
//	                4 epoch        16 bytes            with news
//	Health          1 epoch
//	Problem         1 code text; 2 text
//
// A long Sync and its answer may be packed with a dictionary that both sides have:
// how the logs begin. The header Uchitelskaya-Common names it, as volume:position
// of one or two logs; it is the bytes of their first commits up to there, as
// [NewDictionary] puts them together, and the frame carries its number. A server that does not
// have it answers a question packed so with the code damaged, and any other
// question without it; the PC then asks without.
//
// With every request the PC says in the header Uchitelskaya-Program which program
// it runs, as a number that grows; without one it is 1. A program below the least
// that the server still serves is answered with the code outdated: what it has
// not sent stays valid and goes out after the update.
//
// testdata holds the bytes of every message as this version writes them; they
// are kept for ever and every later version must read them.
package wire
