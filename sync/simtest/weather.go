package simtest

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A weather is how hard a world is, drawn once: in most worlds only some faults
// happen, so that each is met alone and together with any other. The whole
// numbers are chances in a thousand.
type weather struct {
	cut, slow, twice, damage int // a message on its way
	small                    int // an exchange goes in small pieces
	words                    int // a PC that listens hears of what the server has done
	newer                    int // a message, or an entry, of a later version
	pcDies, hostDies         int // a program, at some operation soon
	full                     int // a disk, for some writes
	clocks                   int // a clock jumps
	pcBack, hostBack         int // a file is put back from a copy
	hostLost                 int // the server's disk is lost for good
	copies                   int // another PC is begun from a copy of one's disk
	olderPC, olderHost       int // a program is of an earlier version
	tidy                     int // somebody deals with what was refused
	revokes                  int // a PC or a person is shut out
	typing, polling          time.Duration
}

func drawWeather(rng *rand.Rand) weather {
	some := func(levels ...int) int {
		if rng.IntN(2) == 0 {
			return 0
		}
		return levels[rng.IntN(len(levels))]
	}
	return weather{
		cut: some(20, 100, 300), slow: some(20, 100, 300), twice: some(50, 300), damage: some(20, 100),
		small: some(100, 500, 1000), words: some(300, 1000), newer: some(100, 500), pcDies: some(100, 300), hostDies: some(100, 300), full: some(100), pcBack: some(50, 150),
		clocks: some(100, 300), hostBack: some(50, 150), revokes: some(30), olderPC: some(300, 1000), olderHost: some(500), copies: some(50), hostLost: some(30, 100), tidy: some(100, 300),
		typing:  []time.Duration{4 * time.Minute, 8 * time.Minute, 16 * time.Minute}[rng.IntN(3)],
		polling: []time.Duration{5 * time.Minute, 20 * time.Minute, time.Hour}[rng.IntN(3)],
	}
}

func (s weather) String() string { return fmt.Sprintf("%+v", struct{ weather }{s}.weather.plain()) }

// plain is the weather without its method.
func (s weather) plain() any { type plain weather; return plain(s) }
