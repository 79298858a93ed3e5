package server_test

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"uchitelskaya/sync/wire"
)

// Connections over the bound are closed before they cost anything.
func TestTooManyConnections(t *testing.T) {
	b := newBed(t)
	limits := tight()
	limits.OfAddress = 3
	address, pin, _ := b.serveWithin(limits)
	var open []net.Conn
	for range 3 {
		c, err := net.Dial("tcp", address)
		b.must(err)
		defer c.Close()
		open = append(open, c)
	}
	for end := time.Now().Add(20 * time.Second); ; { // until the server has taken those three
		c, err := net.Dial("tcp", address)
		b.must(err)
		_ = c.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
		_, err = c.Read(make([]byte, 1))
		_ = c.Close()
		if errors.Is(err, io.EOF) || isReset(err) {
			break
		}
		if time.Now().After(end) {
			t.Fatal("a fourth connection stands")
		}
	}
	_ = open[0].Close()
	for end := time.Now().Add(20 * time.Second); ; {
		r, err := httpClient(t, pin[:], b.office.key).Get("https://" + address + wire.PathHealth)
		if err == nil {
			if got := problem(t, r); got != "" {
				t.Errorf("health: %q", got)
			}
			return
		}
		if time.Now().After(end) {
			t.Fatalf("a place is free, and nobody is let in: %v", err)
		}
	}
}

func isReset(err error) bool {
	var e *net.OpError
	return errors.As(err, &e) && !e.Timeout()
}
