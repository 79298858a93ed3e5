package main

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A badLine is a village's line to the school server: slow, far, lossy, and cut
// again and again. All connections share it. What TCP does about a lost packet is
// done here as TCP does it: it comes later, and what follows waits for it.
type badLine struct {
	rate  float64       // bytes a second, each way
	trip  time.Duration // there and back
	loss  float64       // share of packets
	every time.Duration // between two cuts; 0: never

	up, down channel
	cuts     atomic.Int64
	mu       sync.Mutex
	open     map[net.Conn]bool
}

// channel is one direction of the line.
type channel struct {
	mu    sync.Mutex
	free  time.Time // when it has sent what it was given
	bytes atomic.Int64
}

// packet is how many bytes travel together.
const packet = 1400

// serve passes on what comes to l to the server at a port, until ctx ends.
func (b *badLine) serve(ctx context.Context, l net.Listener, server string) {
	b.open = map[net.Conn]bool{}
	go func() { <-ctx.Done(); l.Close(); b.cut() }()
	if b.every > 0 {
		go func() {
			t := time.NewTicker(b.every)
			defer t.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-t.C:
					b.cuts.Add(1)
					b.cut()
				}
			}
		}()
	}
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", server)
		if err != nil {
			near.Close()
			continue
		}
		b.hold(near, far)
		go b.carry(far, near, &b.up)
		go b.carry(near, far, &b.down)
	}
}

func (b *badLine) hold(list ...net.Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range list {
		b.open[c] = true
	}
}

// cut ends every connection at once, with what is under way.
func (b *badLine) cut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.open {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		c.Close()
	}
	clear(b.open)
}

// carry takes packets from one end to the other, each when it is due.
func (b *badLine) carry(to, from net.Conn, c *channel) {
	type sent struct {
		due  time.Time
		data []byte
	}
	way := make(chan sent, 64) // about what a window holds
	go func() {
		defer to.Close()
		for p := range way {
			time.Sleep(time.Until(p.due))
			c.bytes.Add(int64(len(p.data)))
			if _, err := to.Write(p.data); err != nil { // cut while it was under way
				from.Close()
				break
			}
		}
		for range way { // nobody is there any more
		}
	}()
	defer close(way)
	var last time.Time
	for {
		data := make([]byte, packet)
		n, err := from.Read(data)
		if n > 0 {
			due := c.through(n, b.rate).Add(b.trip / 2)
			for rand.Float64() < b.loss {
				due = due.Add(b.trip) // noticed, and sent again
			}
			if due.Before(last) {
				due = last
			}
			last = due
			way <- sent{due, data[:n]}
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				to.Close()
			}
			return
		}
	}
}

// through is when the channel has sent so many bytes more.
func (c *channel) through(n int, rate float64) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if c.free.Before(now) {
		c.free = now
	}
	if rate > 0 {
		c.free = c.free.Add(time.Duration(float64(n) / rate * float64(time.Second)))
	}
	return c.free
}
