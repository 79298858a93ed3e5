package server

import (
	"io"
	"net/http"
	"time"

	"uchitelskaya/sync/wire"
)

// A pace moves the deadline of a message on as it comes, or is taken. Who is
// slower than the limits allow is cut off; whoever is honest and has a bad line
// is not.
type pace struct {
	limits Limits
	start  time.Time
	moved  int64 // bytes
	until  int64 // the deadline holds for so many
	set    func(time.Time) error
}

func (l Limits) pace(set func(time.Time) error) *pace {
	p := &pace{limits: l, start: time.Now(), set: set, until: -1}
	p.add(0)
	return p
}

// add notes that n bytes have moved.
func (p *pace) add(n int) {
	if p.moved += int64(n); p.moved <= p.until {
		return
	}
	p.until = p.moved + small
	allowed := p.limits.Grace + time.Duration(p.moved)*time.Second/time.Duration(p.limits.Pace)
	_ = p.set(p.start.Add(min(allowed, p.limits.Longest))) // not supported: the connection's own bounds hold
}

// pacedReader is a body that comes at a pace.
type pacedReader struct {
	io.Reader
	*pace
}

// Read implements io.Reader.
func (r pacedReader) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.add(n)
	return n, err
}

// write gives an answer piece by piece.
func (l Limits) write(w http.ResponseWriter, body []byte) error {
	control := http.NewResponseController(w)
	p := l.pace(control.SetWriteDeadline)
	for len(body) > 0 {
		piece := body[:min(len(body), small)]
		n, err := w.Write(piece)
		if err == nil && len(body) > small {
			err = control.Flush()
		}
		if err != nil {
			return err
		}
		p.add(n)
		body = body[n:]
	}
	return nil
}

// read takes a body of at most limit bytes.
func (l Limits) read(w http.ResponseWriter, r *http.Request, limit int64) (wire.Packed, error) {
	return wire.Take(pacedReader{r.Body, l.pace(http.NewResponseController(w).SetReadDeadline)}, limit)
}
