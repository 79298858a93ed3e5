package wire

import "uchitelskaya/sync/commit"

// Bounds of what is sent. Every one is checked before memory is taken.
const (
	// MaxPlain bounds a message before compression, in bytes: one commit of
	// the greatest size, sealed together with as much again.
	MaxPlain = 2*commit.MaxBytes + 1<<20
	// MaxBody bounds a compressed message, in bytes.
	MaxBody = 24 << 20
	// MaxWindow bounds the memory that a compressed message may ask for.
	MaxWindow = 8 << 20
	// MaxSmall bounds the messages that hold neither commits nor accounts.
	MaxSmall = 16 << 10

	// Push and Pull are how many bytes of commits one message holds, about: at
	// least one envelope or entry, whatever its size. A school's slow line
	// carries them in one try; a larger backlog goes in several.
	Push = 1 << 20
	Pull = 1 << 20
	// Word is about how many bytes of news one message of the event stream brings
	// at most: a lesson's marks, so that nobody has to ask for them. With the heads
	// it stays below [MaxSmall].
	Word = 8 << 10

	// MaxEnvelopes and MaxVolumes bound the lists of one message.
	MaxEnvelopes = 10_000
	MaxVolumes   = 200
	// maxList bounds every other list: a message of [Push] or [Pull] bytes of the
	// shortest commits. Room for a whole list is taken before its elements are read.
	maxList = 1 << 15
	// MaxName bounds names of PCs and names for sign-in, in bytes.
	MaxName = 200
	// MaxKeys bounds how many keys of its people a PC brings along; one a
	// person and change of password.
	MaxKeys = 200
	// MaxAccounts bounds how many accounts one message makes.
	MaxAccounts = 1000
	// MaxForked bounds how many commits a PC asks about at a time when it becomes
	// another.
	MaxForked = maxList
)

// The addresses. A number in them is the version of the protocol.
const (
	PathEnrol    = "/v1/enrol"
	PathAsk      = "/v1/sign-in/ask"
	PathProve    = "/v1/sign-in/prove"
	PathSync     = "/v1/sync"
	PathEvents   = "/v1/events"
	PathAccounts = "/v1/accounts"
	PathHealth   = "/v1/health"
	PathFork     = "/v1/fork"
)

// ContentType marks every message.
const ContentType = "application/vnd.uchitelskaya+cbor+zstd"
