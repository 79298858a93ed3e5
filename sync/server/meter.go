package server

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// A meter counts what the server does, for whoever administers it. It knows no
// names: neither of people nor of PCs.
type meter struct{ set *metrics.Set }

// upTo are the bounds of the histograms, in seconds.
var upTo = []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// named puts a label on the name of a measurement. Labels come from this program
// and never from a message, so that their number is bounded.
func named(name, label, value string) string {
	return fmt.Sprintf("uchitelskaya_%s{%s=%q}", name, label, value)
}

func (m *meter) add(name, label, value string, n int) {
	m.set.GetOrCreateCounter(named(name, label, value)).Add(n)
}

// took notes how long something has lasted.
func (m *meter) took(name, label, value string, since time.Time) {
	m.set.GetOrCreatePrometheusHistogramExt(named(name, label, value), upTo).UpdateDuration(since)
}

// answered notes one request and its answer; code is empty for a yes.
func (m *meter) answered(path, code string) {
	m.set.GetOrCreateCounter(fmt.Sprintf("uchitelskaya_requests_total{path=%q,code=%q}", path, cmp.Or(code, "ok"))).Inc()
}

// rejected notes that a caller was over a limit.
func (m *meter) rejected(limit string) { m.add("rejected_total", "limit", limit, 1) }

// answerNames are the verdicts as the metrics call them.
var answerNames = map[commit.Answer]string{commit.Accepted: "accepted", commit.Requested: "request", commit.Refused: "refused"}

// judged notes the verdicts of a push.
func (m *meter) judged(list []ledger.Judged) {
	for i := range list {
		m.add("commits_total", "answer", answerNames[list[i].Answer], 1)
		m.add("commits_bytes_total", "answer", answerNames[list[i].Answer], len(list[i].Raw))
	}
}

// Figures are how the server stands.
type Figures struct {
	Online int                       // PCs that listen
	Heads  map[journal.Volume]uint64 // last position of each log
	Epoch  [16]byte
}

// Figures tells how the server stands now.
func (s *School) Figures() Figures {
	return Figures{Online: s.stream.online(), Heads: maps.Clone(s.stream.heads()), Epoch: s.epoch}
}

// WriteMetrics writes everything measured since the start, in the text format of
// Prometheus.
func (s *School) WriteMetrics(w io.Writer) {
	f := s.Figures()
	fmt.Fprintf(w, "uchitelskaya_connected_pcs %d\n", f.Online)
	for _, v := range slices.Sorted(maps.Keys(f.Heads)) {
		fmt.Fprintf(w, "uchitelskaya_log_head{volume=\"%d\"} %d\n", v, f.Heads[v])
	}
	s.meter.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}
