package server_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// tight are limits that a test comes up against.
func tight() server.Limits {
	l := server.Ordinary
	l.Wait, l.Grace, l.Word = 500*time.Millisecond, 2*time.Second, 2*time.Second // a busy computer, too, is quicker
	return l
}

// epoch is the school's.
func (b *bed) epoch() [16]byte {
	b.t.Helper()
	list, err := b.store.Foundings(b.t.Context())
	b.must(err)
	return list[0].Epoch
}

// sync asks for nothing but what the PC lacks.
func (b *bed) ask(c *http.Client, address string) fault.Code {
	b.t.Helper()
	r, err := c.Post("https://"+address+wire.PathSync, wire.ContentType, bytes.NewReader(pack(b.t, &wire.Sync{Epoch: b.epoch()})))
	b.must(err)
	return problem(b.t, r)
}

// Reading stops at the bound of the message, or before the first byte when the
// length is told.
func TestABodyOfAGigabyte(t *testing.T) {
	b := newBed(t)
	_, strange, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	for name, tt := range map[string]struct {
		path      string
		key       ed25519.PrivateKey
		announced bool
		most      int64 // bytes that the server may read
	}{
		"announced":                      {wire.PathSync, b.office.key, true, 1 << 20},
		"not announced":                  {wire.PathSync, b.office.key, false, wire.MaxBody + 2<<20},
		"not announced, a question":      {wire.PathAsk, b.office.key, false, 1 << 20},
		"not announced, an enrolment":    {wire.PathEnrol, strange, false, 1 << 20},
		"not announced, by a stranger":   {wire.PathSync, strange, false, 1 << 20},
		"not announced, wrong address":   {"/v9/sync", strange, false, 1 << 20},
		"not announced, to the stream":   {wire.PathEvents, b.office.key, false, 1 << 20},
		"not announced, to the accounts": {wire.PathAccounts, b.office.key, false, 2 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			address, pin, read := b.serveWithin(server.Ordinary)
			client := httpClient(t, pin[:], tt.key)
			body := io.LimitReader(zeros{}, 1<<30)
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+address+tt.path, io.NopCloser(body))
			b.must(err)
			if tt.announced {
				r.ContentLength = 1 << 30
			}
			if a, err := client.Do(r); err == nil { // else the server has ended the stream in the midst of it
				if code := problem(t, a); code == "" || code == fault.Internal {
					t.Errorf("code %q", code)
				}
			}
			if n := read.Load(); n > tt.most {
				t.Errorf("the server has read %d bytes, want at most %d", n, tt.most)
			}
			if got := b.ask(httpClient(t, pin[:], b.office.key), address); got != "" {
				t.Errorf("afterwards: %q", got)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// Whoever asks too often is told so, in words, and only they.
func TestTooManyRequests(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	limits := tight()
	limits.Sync, limits.Stranger = server.Allowance{Rate: 0.001, Burst: 3, AtOnce: 2}, server.Allowance{Rate: 0.001, Burst: 5, AtOnce: 2}
	address, pin, _ := b.serveWithin(limits)
	often, other := httpClient(t, pin[:], d.key), httpClient(t, pin[:], b.office.key)
	for n := range 6 {
		want := fault.Code("")
		if n >= 3 {
			want = fault.TooMany
		}
		if got := b.ask(often, address); got != want {
			t.Errorf("request %d: %q, want %q", n, got, want)
		}
	}
	if got := b.ask(other, address); got != "" {
		t.Errorf("another PC meanwhile: %q", got)
	}
	_, strange, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	stranger := httpClient(t, pin[:], strange)
	codes := map[fault.Code]int{}
	for range 10 {
		r, err := stranger.Get("https://" + address + wire.PathHealth)
		b.must(err)
		codes[problem(t, r)]++
	}
	if codes[""] != 5 || codes[fault.TooMany] != 5 {
		t.Errorf("a stranger's ten looks at the health: %v", codes)
	}
	if got := b.ask(other, address); got != "" {
		t.Errorf("another PC from the same address: %q", got)
	}
}

// A body that comes byte by byte is given up, and keeps nobody from being served.
func TestASlowWriter(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	limits := tight()
	limits.Working, limits.Sync.AtOnce = 1, 2
	address, pin, _ := b.serveWithin(limits)
	slow, other := httpClient(t, pin[:], d.key), httpClient(t, pin[:], b.office.key)
	good := pack(t, &wire.Sync{Epoch: b.epoch()})
	codes := make(chan fault.Code)
	for range 3 { // one more than the PC may have at once
		go func() {
			from, to := io.Pipe()
			go func() {
				for i := 0; ; i++ {
					if _, err := to.Write(good[i%len(good) : i%len(good)+1]); err != nil {
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
			}()
			r, err := slow.Post("https://"+address+wire.PathSync, wire.ContentType, from)
			if err != nil {
				codes <- fault.Offline
				return
			}
			codes <- problem(t, r)
			_ = from.Close()
		}()
	}
	if got := <-codes; got != fault.TooMany {
		t.Errorf("the third at once: %q", got)
	}
	for range 5 {
		if got := b.ask(other, address); got != "" {
			t.Errorf("another PC meanwhile: %q", got)
		}
	}
	for range 2 {
		select {
		case got := <-codes:
			if got != fault.Offline {
				t.Errorf("the slow writer: %q", got)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("the slow writer is waited for")
		}
	}
	if got := b.ask(slow, address); got != "" {
		t.Errorf("the same PC afterwards: %q", got)
	}
}

// fill makes a log of several megabytes that do not compress.
func (b *bed) fill() {
	b.t.Helper()
	for range 8 {
		b.office.accepted(b.office.does(b.teacher, year, b.noise(500<<10)))
	}
}

// noise is a change of so many bytes that no packing makes smaller.
func (b *bed) noise(size int) commit.Change {
	raw := make([]byte, size)
	_, _ = rand.Read(raw)
	return commit.Set(999, "noise", 1, journal.BytesValue(raw))
}

// Large messages take turns; who waits too long is told so.
func TestMemoryIsShared(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	limits := tight()
	limits.Memory = 12 << 20
	limits.Grace = time.Minute // who is slow keeps its share meanwhile
	address, pin, _ := b.serveWithin(limits)
	large := make([]byte, 10<<20)
	_, _ = rand.Read(large)
	post := func(c *http.Client, body io.Reader) fault.Code {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+address+wire.PathSync, body)
		b.must(err)
		r.ContentLength = int64(len(large))
		a, err := c.Do(r)
		if err != nil {
			return fault.Offline
		}
		return problem(t, a)
	}
	from, to := io.Pipe()
	holds := make(chan struct{})
	go func() {
		defer close(holds)
		post(httpClient(t, pin[:], d.key), from)
	}()
	// More than the line holds: when it is written, the server reads, and the
	// share is taken.
	_, err := to.Write(large[:2<<20])
	b.must(err)
	other := httpClient(t, pin[:], b.office.key)
	silent, end := io.Pipe() // refused by its length alone
	if got := post(other, silent); got != fault.TooMany {
		t.Errorf("two large bodies at once: %q", got)
	}
	b.must(end.Close())
	if got := b.ask(other, address); got != "" {
		t.Errorf("a small message meanwhile: %q", got)
	}
	b.must(to.CloseWithError(errors.New("gone")))
	<-holds
	for end := time.Now().Add(20 * time.Second); post(other, bytes.NewReader(large)) != fault.Damaged; {
		if time.Now().After(end) {
			t.Fatal("the memory was not given back")
		}
	}
}

// Many PCs hear of many marks: each hears the last word, and not each word.
func TestManyListenersHearTheLastWord(t *testing.T) {
	b := newBed(t)
	limits := server.Ordinary
	limits.Words, limits.Burst, limits.Events = 100, 1, server.Allowance{Rate: 1000, Burst: 1000, AtOnce: 100}
	address, pin, _ := b.serveWithin(limits)
	const listeners, marks = 20, 50
	client := httpClient(t, pin[:], b.office.key)
	client.Timeout = 0
	var all sync.WaitGroup
	last := uint64(len(b.log(year)) + marks)
	words := make(chan int, listeners)
	for range listeners {
		r, err := client.Get("https://" + address + wire.PathEvents)
		b.must(err)
		defer r.Body.Close()
		all.Go(func() {
			for n := 1; ; n++ {
				var m wire.Heads
				if err := wire.ReadFrame(r.Body, &m); err != nil {
					t.Error(err)
					return
				}
				if len(m.Heads) == 2 && m.Heads[1].Position == last {
					words <- n
					return
				}
			}
		})
	}
	for n := range marks {
		b.office.accepted(b.office.does(b.teacher, year, b.anyMark(n)))
	}
	all.Wait()
	close(words)
	total := 0
	for n := range words {
		total += n
	}
	if total >= listeners*marks {
		t.Errorf("%d words for %d marks and %d listeners", total, marks, listeners)
	}
}
