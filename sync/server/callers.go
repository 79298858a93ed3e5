package server

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// callers holds each caller to an allowance.
type callers struct {
	allow Allowance
	mu    sync.Mutex
	of    map[string]*caller
}

type caller struct {
	rate    *rate.Limiter
	working int
}

// maxCallers bounds the memory that callers without a name may take.
const maxCallers = 10_000

// enter reports whether the caller may begin now; then leave ends it.
func (c *callers) enter(name string, now time.Time) (leave func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.of[name]
	if x == nil {
		if c.of == nil {
			c.of = map[string]*caller{}
		}
		if len(c.of) >= maxCallers {
			c.forget(now)
		}
		x = &caller{rate: rate.NewLimiter(c.allow.Rate, c.allow.Burst)}
		c.of[name] = x
	}
	if x.working >= c.allow.AtOnce || !x.rate.AllowN(now, 1) {
		return nil, false
	}
	x.working++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		x.working--
	}, true
}

// forget lets go of those who do nothing now, and first of those who have done
// nothing for long.
func (c *callers) forget(now time.Time) {
	idle := func(x *caller) bool { return x.working == 0 }
	rested := func(x *caller) bool { return idle(x) && x.rate.TokensAt(now) >= float64(c.allow.Burst) }
	for _, may := range []func(*caller) bool{rested, idle} {
		for name, x := range c.of {
			if may(x) {
				delete(c.of, name)
			}
		}
		if len(c.of) < maxCallers {
			return
		}
	}
}

// addressOf is what stands for a caller without a name: the address, of IPv6
// the half that one line has for itself.
func addressOf(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || ip.Unmap().Is4() {
		return host
	}
	p, err := ip.Prefix(64)
	if err != nil {
		return host
	}
	return p.String()
}
