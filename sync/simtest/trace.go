package simtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// A trace is everything that happened in a world, a line each: the same seed
// gives the same lines.
type trace struct {
	lines []string
}

func (t *trace) add(at time.Duration, format string, args ...any) {
	t.lines = append(t.lines, fmt.Sprintf("%9.3f ", at.Seconds())+fmt.Sprintf(format, args...))
}

// sum names the trace.
func (t *trace) sum() string {
	h := sha256.Sum256([]byte(strings.Join(t.lines, "\n")))
	return hex.EncodeToString(h[:8])
}

// short names bytes in a line.
func short(raw []byte) string {
	h := sha256.Sum256(raw)
	return hex.EncodeToString(h[:4])
}
