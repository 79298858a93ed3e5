package server

import (
	"time"

	"golang.org/x/time/rate"

	"uchitelskaya/app/journal/fault"
)

// Limits bound what those who call may cost the server. Whoever is over one is
// answered with [fault.TooMany] and a sentence, and comes back later by itself.
type Limits struct {
	Sync     Allowance // exchanges of one PC
	SignIn   Allowance // sign-ins and accounts of one PC
	Events   Allowance // event streams of one PC
	Stranger Allowance // enrolments, looks at the health and refusals of one address

	Working int           // requests being answered at once
	Memory  int64         // bytes that large messages and answers take at once, packed and unpacked
	Wait    time.Duration // for room in either, at most

	// A message has Grace to come or to be taken, and a second more for every
	// Pace bytes of it, up to Longest.
	Grace   time.Duration
	Pace    int
	Longest time.Duration

	// Words are how often the event streams speak, all together: a word may make
	// a PC ask. A few PCs hear at once; of many, each hears of several news in one word.
	Words rate.Limit
	Burst int
	Word  time.Duration // to take one

	Connections int // at once, of everybody
	OfAddress   int // of these, from one address; many PCs may stand behind one
}

// An Allowance is what one caller may do.
type Allowance struct {
	Rate   rate.Limit // requests a second
	Burst  int
	AtOnce int
}

// Ordinary are the limits of a school with some hundred PCs on two cores.
var Ordinary = Limits{
	Sync: Allowance{200, 400, 2}, SignIn: Allowance{2, 60, 2}, Events: Allowance{1, 30, 4}, Stranger: Allowance{5, 300, 16},
	Working: 64, Memory: 192 << 20, Wait: 10 * time.Second,
	Grace: 20 * time.Second, Pace: 8 << 10, Longest: 10 * time.Minute,
	Words: 1000, Burst: 50, Word: 10 * time.Second,
	Connections: 1000, OfAddress: 500,
}

// small is a message that takes no memory worth counting, in bytes.
const small = 64 << 10

// What a caller over a limit is told. The PC sends again by itself.
var (
	errOften = fault.New(fault.TooMany, "Этот компьютер обращается к школьному серверу слишком часто. Записанное на нём цело и будет отправлено чуть позже.")
	errBusy  = fault.New(fault.TooMany, "Школьный сервер сейчас занят. Записанное на этом компьютере цело и будет отправлено чуть позже.")
	errSlow  = fault.New(fault.Offline, "Связь со школьным сервером слишком медленная, сообщение не дошло. Записанное на этом компьютере цело и будет отправлено снова.")
)
