package main

import (
	"io"
	"net"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/postgres/pgtest"
	"uchitelskaya/sync/commit"
)

// A door leads the PCs that know its address to one of several servers, as the
// name or the balancer of a district does.
type door struct {
	net.Listener
	to atomic.Pointer[string]
}

func newDoor(t *testing.T, to string) *door {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	d := &door{Listener: l}
	d.to.Store(&to)
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			go d.through(in)
		}
	}()
	return d
}

func (d *door) through(in net.Conn) {
	defer in.Close()
	out, err := net.Dial("tcp", *d.to.Load())
	if err != nil {
		return
	}
	defer out.Close()
	go func() { _, _ = io.Copy(out, in); _ = out.Close() }()
	_, _ = io.Copy(in, out)
}

// pair is two servers over one database, and a PC at each.
func pair(t *testing.T, c *pgtest.Cluster) (servers [2]*school, doors [2]*door, pcs [2]*pc, class *class) {
	t.Helper()
	data := c.Address(pgtest.Server, database(t, c))
	for i := range servers {
		address := freeAddress(t)
		doors[i] = newDoor(t, address)
		servers[i] = &school{t: t, dir: data, address: address, reach: doors[i].Addr().String()}
	}
	servers[0].found()
	for _, s := range servers {
		s.start()
	}
	pcs[0] = newPC(t)
	class = servers[0].furnish(pcs[0])
	pcs[1] = servers[1].enrolled("Второй")
	return servers, doors, pcs, class
}

// Two servers stand over one database, and a PC works with each. One is killed
// in the middle of pushes, its PC goes on with the other; then the database
// itself ends, once in good order and once by force.
func TestTwoServersOverOneDatabase(t *testing.T) {
	cluster := pgtest.Start(t)
	servers, doors, pcs, c := pair(t, cluster)
	for _, p := range pcs {
		p.run()
	}
	written, n := map[*pc]uint64{}, 0
	work := func(marks int) {
		for range marks {
			for i, p := range pcs {
				written[p] = p.write(c.teacher, year, c.mark(1+(n+i)%7, 1+n%5)).Number
			}
			n++
		}
	}
	acknowledged := func() map[*pc]uint64 {
		out := map[*pc]uint64{}
		for _, p := range pcs {
			number, err := p.book.Durable(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			out[p] = number
		}
		return out
	}
	all := func() {
		t.Helper()
		for _, p := range pcs {
			eventually(t, "everything sent", func() bool {
				durable, err := p.book.Durable(t.Context())
				return err == nil && durable == written[p] && p.settled()
			})
		}
		servers[0].check(written)
	}

	interrupted := 0
	for round := range 6 {
		work(20)
		dead := round % 2
		servers[dead].kill()
		before := acknowledged()
		if before[pcs[dead]] < written[pcs[dead]] {
			interrupted++
		}
		servers[dead].check(before)
		other := servers[1-dead].address
		doors[dead].to.Store(&other)
		work(20)
		all()
		own := servers[dead].address
		doors[dead].to.Store(&own)
		servers[dead].start()
	}
	if interrupted < 3 {
		t.Errorf("only %d of 6 pushes were interrupted: the test shows little", interrupted)
	}

	for name, end := range map[string]func() error{"in good order": cluster.Stop, "by force": cluster.Kill} {
		work(20)
		if err := end(); err != nil {
			t.Fatal(err)
		}
		before := acknowledged()
		work(20)
		for i, p := range pcs {
			if err := p.Sync(t.Context()); fault.CodeOf(err) != fault.Offline || !strings.Contains(fault.TextOf(err), "База данных школьного сервера сейчас не отвечает") {
				t.Errorf("the database ended %s, PC %d is told %v", name, i, err)
			}
		}
		if err := cluster.Start(); err != nil {
			t.Fatal(err)
		}
		servers[0].check(before)
		all()
	}

	same := func() bool {
		a, b := pcs[0].shows(c), pcs[1].shows(c)
		return len(a) == 7 && reflect.DeepEqual(a, b)
	}
	eventually(t, "both PCs show the same", same)
}

// shows is what stands on the class's page, with how each PC tells rivals.
func (p *pc) shows(c *class) map[int][]journal.Value {
	p.t.Helper()
	out := map[int][]journal.Value{}
	for number := 1; number <= 7; number++ {
		heads, err := p.book.Heads(p.t.Context(), year, commit.FieldRef{Kind: journal.KindCell, Key: c.mark(number, 1).Key, Field: journal.CellMark})
		if err != nil {
			p.t.Fatal(err)
		}
		for _, h := range heads {
			out[number] = append(out[number], h.Value)
		}
	}
	return out
}
