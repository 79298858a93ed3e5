package client_test

import "testing"

// A server that does not read what is packed with a dictionary is sent it once,
// and then never again as long as it is the same one; nothing is lost by it.
func TestAServerWithoutDictionaries(t *testing.T) {
	l := newLiar(t)
	l.others(1, 200)
	l.must(l.client.Sync(t.Context()))
	for round := range 2 {
		for n := range 50 {
			l.write(10 + 50*round + n)
		}
		l.must(l.client.Sync(t.Context()))
		if l.unread != 1 {
			t.Errorf("after round %d: %d questions that it cannot read", round, l.unread)
		}
	}
	if n := l.unsent(); n != 0 {
		t.Errorf("%d unsent", n)
	}
	l.renew() // put back: it may be another program now
	l.log = nil
	l.must(l.client.Sync(t.Context()))
	for n := range 50 {
		l.write(200 + n)
	}
	l.must(l.client.Sync(t.Context()))
	if n := l.unsent(); n != 0 || l.unread != 2 {
		t.Errorf("of the server put back: %d unsent, %d questions that it cannot read", n, l.unread)
	}
}
