package server

import (
	"net"
	"sync"
)

// A gate is a listener that lets in so many connections and no more: one over
// the bound is closed at once, and costs neither a handshake nor memory.
type gate struct {
	net.Listener
	limits Limits
	meter  *meter

	mu   sync.Mutex
	all  int
	from map[string]int // address → connections
}

func newGate(l net.Listener, limits Limits, m *meter) *gate {
	return &gate{Listener: l, limits: limits, meter: m, from: map[string]int{}}
}

// Accept waits for the next connection within the bounds.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		address := addressOf(c.RemoteAddr().String())
		if g.enter(address) {
			return &guest{Conn: c, leave: sync.OnceFunc(func() { g.leave(address) })}, nil
		}
		g.meter.rejected("connections")
		_ = c.Close() // it was never spoken to
	}
}

func (g *gate) enter(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all >= g.limits.Connections || g.from[address] >= g.limits.OfAddress {
		return false
	}
	g.all++
	g.from[address]++
	return true
}

func (g *gate) leave(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all--
	if g.from[address]--; g.from[address] == 0 {
		delete(g.from, address)
	}
}

// A guest is a connection that has come through the gate.
type guest struct {
	net.Conn
	leave func()
}

// Close ends the connection.
func (c *guest) Close() error {
	c.leave()
	return c.Conn.Close()
}
