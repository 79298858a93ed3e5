package server_test

import (
	"bytes"
	"crypto/tls"
	"strconv"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// deaf sends one request over a connection of its own and then takes no more of
// the answer than the window allows, in bytes. It returns how the server ended
// the stream.
func (d *desk) deaf(address string, pin []byte, method, path string, body []byte, window uint32) chan string {
	d.t.Helper()
	cert, err := identity.ClientCert(d.key)
	d.must(err)
	conn, err := tls.Dial("tcp", address, identity.ClientTLS(pin, cert))
	d.must(err)
	d.t.Cleanup(func() { _ = conn.Close() })
	_, err = conn.Write([]byte(http2.ClientPreface))
	d.must(err)
	f := http2.NewFramer(conn, conn)
	d.must(f.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: window}))
	var head bytes.Buffer
	e := hpack.NewEncoder(&head)
	fields := [][2]string{{":method", method}, {":scheme", "https"}, {":authority", address}, {":path", path}}
	if len(body) > 0 {
		fields = append(fields, [2]string{"content-length", strconv.Itoa(len(body))})
	}
	for _, h := range fields {
		d.must(e.WriteField(hpack.HeaderField{Name: h[0], Value: h[1]}))
	}
	d.must(f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: head.Bytes(), EndHeaders: true, EndStream: len(body) == 0}))
	if len(body) > 0 {
		d.must(f.WriteData(1, true, body))
	}
	ended := make(chan string, 1)
	go func() {
		for {
			frame, err := f.ReadFrame()
			if err != nil {
				ended <- "connection closed"
				return
			}
			switch frame := frame.(type) {
			case *http2.SettingsFrame:
				if !frame.IsAck() {
					_ = f.WriteSettingsAck()
				}
			case *http2.PingFrame:
				_ = f.WritePing(true, frame.Data)
			case *http2.RSTStreamFrame:
				ended <- "cut off"
				return
			case *http2.DataFrame:
				if frame.StreamEnded() {
					ended <- "took everything"
					return
				}
			}
		}
	}()
	return ended
}

// Whoever does not take an answer, or a word, is cut off, and the memory goes to
// the next.
func TestASlowReader(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	for n := range 300 { // more than a small answer
		b.office.accepted(b.office.does(b.teacher, year, b.anyMark(n)))
	}
	b.fill()
	limits := tight()
	limits.Grace, limits.Pace, limits.Wait = time.Second, 8<<20, 20*time.Second
	limits.Memory = 3*wire.Pull + 1<<20 // one large answer at a time
	address, pin, _ := b.serveWithin(limits)
	question := pack(t, &wire.Sync{Epoch: b.epoch()})
	answer := d.deaf(address, pin[:], "POST", wire.PathSync, question, 1000)
	word := d.deaf(address, pin[:], "GET", wire.PathEvents, nil, 3)
	for name, ended := range map[string]chan string{"an answer": answer, "a word": word} {
		select {
		case how := <-ended:
			if how == "took everything" {
				t.Errorf("%s: %s", name, how)
			}
		case <-time.After(30 * time.Second):
			t.Errorf("the server waits for ever until %s is taken", name)
		}
	}
	// Not while the slow one had it: two more large answers, one after the other.
	client := httpClient(t, pin[:], b.office.key)
	for range 2 {
		if got := b.ask(client, address); got != "" {
			t.Errorf("a large answer afterwards: %q", got)
		}
	}
}

// While somebody takes a large answer slowly, small ones go on and another large
// one is told to come later.
func TestASlowReaderKeepsNobody(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	for n := range 300 {
		b.office.accepted(b.office.does(b.teacher, year, b.anyMark(n)))
	}
	b.fill()
	limits := tight()
	limits.Grace, limits.Wait = time.Minute, 100*time.Millisecond
	limits.Memory = 3*wire.Pull + 1<<20
	address, pin, _ := b.serveWithin(limits)
	d.deaf(address, pin[:], "POST", wire.PathSync, pack(t, &wire.Sync{Epoch: b.epoch()}), 1000)
	client := httpClient(t, pin[:], b.office.key)
	for end := time.Now().Add(20 * time.Second); b.ask(client, address) != fault.TooMany; {
		if time.Now().After(end) {
			t.Fatal("two large answers at once")
		}
	}
	upto := uint64(len(b.log(year)))
	register := uint64(len(b.log(journal.Register)))
	small := pack(t, &wire.Sync{Epoch: b.epoch(), Places: []wire.Place{{Volume: 0, Position: register, Known: register}, {Volume: year, Position: upto, Known: upto}}})
	r, err := client.Post("https://"+address+wire.PathSync, wire.ContentType, bytes.NewReader(small))
	b.must(err)
	if got := problem(t, r); got != "" {
		t.Errorf("a small answer meanwhile: %q", got)
	}
}
