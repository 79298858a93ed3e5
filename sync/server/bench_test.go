package server_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// BenchmarkPush takes 10,000 marks of one PC, as single entries and as pastes
// of a thousand, everything checked and durable: per change.
func BenchmarkPush(b *testing.B) {
	const changes = 10_000
	for name, per := range map[string]int{"one change a commit": 1, "1000 changes a commit": 1000} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				bed := newBed(b)
				d := bed.newDesk("Второй")
				var pushes [][]*commit.Envelope
				var commits []*commit.Commit
				for n := 0; n < changes; n += per {
					var list []commit.Change
					for i := range per {
						list = append(list, bed.anyMark(n+i))
					}
					commits = append(commits, d.commit(bed.teacher, year, list...))
					if len(commits) == commit.MaxSealed || per > 1 {
						pushes = append(pushes, []*commit.Envelope{d.seal(commits...)})
						commits = nil
					}
				}
				if len(commits) > 0 {
					pushes = append(pushes, []*commit.Envelope{d.seal(commits...)})
				}
				b.StartTimer()
				for _, p := range merged(pushes, 20) {
					verdicts, _, err := bed.Push(b.Context(), d.device, p)
					if err != nil || verdicts[0].Answer != commit.Accepted {
						b.Fatal(verdicts, err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/changes, "µs/change")
		})
	}
}

// merged puts n envelopes into one message.
func merged(pushes [][]*commit.Envelope, n int) (out [][]*commit.Envelope) {
	for i, p := range pushes {
		if i%n == 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], p...)
	}
	return out
}

// anyMark is the n-th of many cells, each of its own.
func (b *bed) anyMark(n int) commit.Change {
	pupil := journal.PupilID{1, byte(n >> 8), byte(n)}
	key := journal.CellKey(b.page, september+journal.Date(n%50), 1+n%7, pupil)
	return commit.Set(journal.KindCell, key, journal.CellMark, journal.IntValue(int64(1+n%5)))
}

// BenchmarkRequest takes one commit a push, everything durable: an ordinary one,
// one that becomes a request and is made known, and a decision that grants one.
func BenchmarkRequest(b *testing.B) {
	mark := func(bed *bed, d *desk, n int) *commit.Commit { return d.commit(bed.teacher, year, bed.anyMark(n)) }
	push := func(b *testing.B, d *desk, c *commit.Commit, want commit.Answer) {
		verdicts, _, err := d.Push(b.Context(), d.device, []*commit.Envelope{d.seal(c)})
		if err != nil || verdicts[0].Answer != want {
			b.Fatal(verdicts, err)
		}
	}
	for name, f := range map[string]func(b *testing.B, bed *bed, d *desk){
		"an ordinary commit": func(b *testing.B, bed *bed, d *desk) {
			for n := 0; b.Loop(); n++ {
				push(b, d, mark(bed, d, n), commit.Accepted)
			}
		},
		"a request": func(b *testing.B, bed *bed, d *desk) {
			bed.closeTerm()
			for n := 0; b.Loop(); n++ {
				if n%2000 == 0 {
					d = bed.newDesk("Ещё один")
				}
				push(b, d, mark(bed, d, n), commit.Requested)
			}
		},
		"a grant": func(b *testing.B, bed *bed, d *desk) {
			bed.closeTerm()
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				if n%2000 == 0 {
					d = bed.newDesk("Ещё один")
				}
				c := mark(bed, d, n)
				push(b, d, c, commit.Requested)
				b.StartTimer()
				push(b, bed.office, bed.office.commit(bed.deputy, year, decision(c, journal.RequestGranted, "")...), commit.Accepted)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			bed := newBed(b)
			f(b, bed, bed.newDesk("Второй"))
		})
	}
}
