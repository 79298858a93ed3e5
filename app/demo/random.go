package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// A stream is the randomness of one matter. Each matter has its own, so that
// one lesson more in one place changes nothing anywhere else.
type stream struct{ *rand.Rand }

// stream returns the randomness of the matter that the words name.
func (s *School) stream(words ...any) stream {
	h := fnv.New64a()
	fmt.Fprintln(h, words...)
	return stream{rand.New(rand.NewPCG(s.seed, h.Sum64()))}
}

// chance reports true in share of all cases.
func (r stream) chance(share float64) bool { return r.Float64() < share }

// between returns a number from least to most, both included.
func (r stream) between(least, most int) int { return least + r.IntN(most-least+1) }

// normal returns a number around mean, two thirds of the time within spread.
func (r stream) normal(mean, spread float64) float64 { return mean + spread*r.NormFloat64() }

func pick[T any](r stream, list []T) T { return list[r.IntN(len(list))] }

// newID returns an id of the form that random ids have.
func newID[T ~[16]byte](r stream) (id T) {
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	id[6], id[8] = id[6]&0x0F|0x40, id[8]&0x3F|0x80
	return id
}
