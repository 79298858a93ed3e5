package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// serve puts the school behind a real TLS socket.
func (b *bed) serve() (address string, pin [32]byte) {
	b.t.Helper()
	address, pin, _ = b.serveWithin(server.Ordinary)
	return address, pin
}

// serveWithin also counts the bytes that the server has read from its sockets.
func (b *bed) serveWithin(limits server.Limits) (address string, pin [32]byte, read *atomic.Int64) {
	b.t.Helper()
	list, err := b.store.Foundings(b.t.Context())
	b.must(err)
	cert, err := identity.ReadServerCert(list[0].TLSKey, list[0].TLSCert)
	b.must(err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	b.must(err)
	read = &atomic.Int64{}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = b.Serve(ctx, counting{l, read}, cert, slog.New(slog.DiscardHandler), limits, 10*time.Millisecond) // tests leave streams open
	}()
	b.t.Cleanup(func() { stop(); <-ended })
	return l.Addr().String(), identity.Pin(cert.Leaf), read
}

// counting is a listener that counts what is read from its connections.
type counting struct {
	net.Listener
	read *atomic.Int64
}

func (l counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return countingConn{c, l.read}, err
}

type countingConn struct {
	net.Conn
	read *atomic.Int64
}

func (c countingConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.read.Add(int64(n))
	return n, err
}

func httpClient(t testing.TB, pin []byte, key ed25519.PrivateKey) *http.Client {
	t.Helper()
	cert, err := identity.ClientCert(key)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: identity.ClientTLS(pin, cert), ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: time.Minute}
}

func pack(t testing.TB, m wire.Message) []byte {
	t.Helper()
	body, err := wire.Pack(m)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// problem is the code that the server answers with; empty when it says yes.
func problem(t testing.TB, r *http.Response) fault.Code {
	t.Helper()
	defer r.Body.Close()
	if r.ProtoMajor != 2 {
		t.Errorf("spoken over %s", r.Proto)
	}
	if r.StatusCode == http.StatusOK {
		return ""
	}
	var p wire.Problem
	if err := wire.Unpack(r.Body, wire.MaxSmall, &p); err != nil {
		t.Fatalf("status %d without a sentence: %v", r.StatusCode, err)
	}
	if p.Text == "" || strings.Contains(p.Text, "ошибк") {
		t.Errorf("sentence %q", p.Text)
	}
	return p.Code
}

func TestBadBodies(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	address, pin := b.serve()
	client := httpClient(t, pin[:], d.key)
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	good := pack(t, &wire.Sync{Epoch: list[0].Epoch, Envelopes: []wire.Envelope{wire.Seal(d.seal(d.commit(b.teacher, year, b.mark(7, 5))))}})
	length := len(b.log(year))
	post := func(path string, body io.Reader) fault.Code {
		t.Helper()
		r, err := client.Post("https://"+address+path, wire.ContentType, body)
		if err != nil {
			t.Fatal(err)
		}
		return problem(t, r)
	}
	for name, tt := range map[string]struct {
		path string
		body io.Reader
		want fault.Code
	}{
		"nothing":                        {wire.PathSync, strings.NewReader(""), fault.Damaged},
		"a page of HTML":                 {wire.PathSync, strings.NewReader("<html>" + strings.Repeat("x", 10_000)), fault.Damaged},
		"half of a message":              {wire.PathSync, bytes.NewReader(good[:len(good)/2]), fault.Damaged},
		"thirty megabytes":               {wire.PathSync, io.LimitReader(rand.Reader, 30<<20), fault.TooLarge},
		"a question of twenty kilobytes": {wire.PathAsk, bytes.NewReader(make([]byte, 20<<10)), fault.TooLarge},
		"five hundred messages in one":   {wire.PathSync, bytes.NewReader(bomb(t)), fault.Damaged},
		"an address of a later version":  {"/v2/sync", bytes.NewReader(good), fault.NotFound},
	} {
		if got := post(tt.path, tt.body); got != tt.want {
			t.Errorf("%s: code %q, want %q", name, got, tt.want)
		}
	}
	for i := 0; i < len(good); i += 7 {
		broken := bytes.Clone(good)
		broken[i] ^= 0x10
		if got := post(wire.PathSync, bytes.NewReader(broken)); got == "" && len(b.log(year)) != length {
			t.Fatalf("byte %d changed, and kept", i)
		}
	}
	if s, err := b.store.Standing(t.Context(), b.ID(), d.device); err != nil || s.Last != 0 || len(b.log(year)) != length {
		t.Fatalf("something was kept: %+v, %v", s, err)
	}
	if got := post(wire.PathSync, bytes.NewReader(good)); got != "" || len(b.log(year)) != length+1 {
		t.Errorf("the good message afterwards: code %q", got)
	}
}

// bomb is one message five hundred times: a gigabyte, unpacked.
func bomb(t *testing.T) []byte {
	t.Helper()
	one := pack(t, &wire.Problem{Text: strings.Repeat("я", 1<<20)})
	return bytes.Repeat(one, 500)
}

func TestOnlyTheSchoolsPCs(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	address, pin := b.serve()
	_, strange, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	paths := []string{wire.PathSync, wire.PathAsk, wire.PathProve, wire.PathAccounts}
	ask := func(c *http.Client, path string) fault.Code {
		t.Helper()
		r, err := c.Post("https://"+address+path, wire.ContentType, bytes.NewReader(pack(t, &wire.Sync{})))
		if err != nil {
			t.Fatal(err)
		}
		return problem(t, r)
	}
	events := func(c *http.Client) (fault.Code, io.ReadCloser) {
		t.Helper()
		r, err := c.Get("https://" + address + wire.PathEvents)
		if err != nil {
			t.Fatal(err)
		}
		if r.StatusCode == http.StatusOK {
			return "", r.Body
		}
		return problem(t, r), nil
	}
	stranger := httpClient(t, pin[:], strange)
	for _, path := range paths {
		if got := ask(stranger, path); got != fault.Approval {
			t.Errorf("%s for a stranger: %q", path, got)
		}
	}
	if got, _ := events(stranger); got != fault.Approval {
		t.Errorf("events for a stranger: %q", got)
	}
	if r, err := stranger.Get("https://" + address + wire.PathHealth); err != nil || problem(t, r) != "" {
		t.Errorf("health for a stranger: %v", err)
	}
	nameless := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	if got := ask(nameless, wire.PathSync); got != fault.Forbidden {
		t.Errorf("without a certificate: %q", got)
	}

	own := httpClient(t, pin[:], d.key)
	if got := ask(own, wire.PathSync); got != "" {
		t.Fatalf("the school's own PC: %q", got)
	}
	_, stream := events(own)
	defer stream.Close()
	var heads wire.Heads
	if err := wire.ReadFrame(stream, &heads); err != nil || len(heads.Heads) != 2 {
		t.Fatalf("heads %+v, %v", heads, err)
	}
	b.office.accepted(b.office.does(b.admin, journal.Register, commit.Set(journal.KindDevice, journal.IDKey(d.device), journal.DeviceRevoked, journal.BoolValue(true))))
	for _, path := range paths {
		if got := ask(own, path); got != fault.Forbidden {
			t.Errorf("%s after the revocation: %q", path, got)
		}
	}
	if err := wire.ReadFrame(stream, &heads); err == nil {
		t.Error("a PC that is shut out still hears of news")
	}
}

func TestAnotherServerIsNotSpokenTo(t *testing.T) {
	b := newBed(t)
	address, pin := b.serve()
	health := func(pin []byte) error {
		r, err := httpClient(t, pin, b.office.key).Get("https://" + address + wire.PathHealth)
		if err == nil {
			r.Body.Close()
		}
		return err
	}
	for name, pin := range map[string][]byte{"another pin": make([]byte, 32), "another half": make([]byte, 16), "no pin": nil, "too short a pin": pin[:8], "too long a pin": append(pin[:], 1)} {
		if err := health(pin); fault.CodeOf(err) != fault.Approval {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := health(pin[:16]); err != nil {
		t.Errorf("the half of the pin that the code holds: %v", err)
	}
}

// A stream says how far the logs go, as soon as they go further.
func TestEventsAreAtOnce(t *testing.T) {
	b := newBed(t)
	b.office.shown(b.teacher)
	address, pin := b.serve()
	r, err := httpClient(t, pin[:], b.office.key).Get("https://" + address + wire.PathEvents)
	b.must(err)
	defer r.Body.Close()
	var before, after wire.Heads
	b.must(wire.ReadFrame(r.Body, &before))
	b.office.accepted(b.office.does(b.teacher, year, b.mark(7, 5)))
	b.must(wire.ReadFrame(r.Body, &after))
	if got, want := after.Heads[1], (wire.Cursor{Volume: year, Position: before.Heads[1].Position + 1}); got != want {
		t.Errorf("heads %+v, then %+v", before, after)
	}
}
