package client

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// A link is the way to one server and to no other.
type link struct {
	address string
	pin     []byte
	key     ed25519.PrivateKey
	http    *http.Client
	met     atomic.Pointer[[32]byte] // whole pin of the server that answered
}

// patience bounds one question and its answer on a bad line.
const patience = 10 * time.Minute

func newLink(address string, pin []byte, key ed25519.PrivateKey) (*link, error) {
	cert, err := identity.ClientCert(key)
	if err != nil {
		return nil, err
	}
	l := &link{address: address, pin: pin, key: key}
	config := identity.ClientTLS(pin, cert)
	verify := config.VerifyConnection
	config.VerifyConnection = func(s tls.ConnectionState) error {
		if err := verify(s); err != nil {
			return err
		}
		met := identity.Pin(s.PeerCertificates[0])
		l.met.Store(&met)
		return nil
	}
	l.http = &http.Client{Transport: &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSClientConfig:       config,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: patience,
		IdleConnTimeout:       90 * time.Second,
		ForceAttemptHTTP2:     true,
		HTTP2:                 &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 15 * time.Second},
	}}
	return l, nil
}

var errApart = fault.New(fault.Forbidden, "Этот компьютер ещё не подключён к школе. Попросите у администратора код подключения.")

// linked returns the way to the school server, [fault.Forbidden] before enrolment.
func (c *Client) linked(ctx context.Context) (*link, commit.Identity, error) {
	id, ok, err := c.journal.Identity(ctx)
	if err != nil {
		return nil, id, fmt.Errorf("read identity: %w", err)
	}
	if !ok {
		return nil, id, errApart
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.link; l != nil && l.address == id.Server && bytes.Equal(l.pin, id.Pin[:]) && l.key.Equal(id.Key) {
		return l, id, nil
	}
	l, err := newLink(id.Server, id.Pin[:], id.Key)
	if err != nil {
		return nil, id, err
	}
	if c.link != nil {
		c.link.http.CloseIdleConnections()
	}
	c.link = l
	return l, id, nil
}

// ask sends a message and reads the answer, packed with what both sides have;
// common may be nil.
func (l *link) ask(ctx context.Context, path string, m, answer wire.Message, common *wire.Dictionary) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	body, err := common.Pack(m)
	if err != nil {
		return err
	}
	r, err := l.do(ctx, http.MethodPost, path, body, common)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if err := common.Unpack(r.Body, wire.MaxBody, answer); err != nil {
		return silentIf(err)
	}
	return nil
}

// do makes one request. The error carries what the server said, or
// [fault.Offline] when it said nothing.
func (l *link) do(ctx context.Context, method, path string, body []byte, common *wire.Dictionary) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "https://"+l.address+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	r.Header.Set("Content-Type", wire.ContentType)
	wire.Say(r.Header)
	common.Say(r.Header)
	a, err := l.http.Do(r)
	if err != nil {
		return nil, silentIf(err)
	}
	if a.StatusCode == http.StatusOK {
		return a, nil
	}
	defer a.Body.Close()
	var p wire.Problem
	if err := wire.Unpack(a.Body, wire.MaxSmall, &p); err != nil {
		return nil, silentIf(fmt.Errorf("status %d: %w", a.StatusCode, err))
	}
	return nil, p.Err()
}

// silentIf gives what the network says the sentence for a person; a wrong pin
// and a full message keep theirs.
func silentIf(err error) error {
	var f *fault.Error
	if errors.As(err, &f) || err == nil {
		return err
	}
	return fault.Wrap(fault.Offline, "Школьный сервер сейчас не отвечает. Можно работать: всё сохранится на этом компьютере.", err)
}

// listen reads the event stream and calls f for every word, until the stream
// breaks or is silent for too long.
func (l *link) listen(ctx context.Context, silence time.Duration, f func(*wire.Heads)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watchdog := time.AfterFunc(silence, cancel)
	defer watchdog.Stop()
	r, err := l.do(ctx, http.MethodGet, wire.PathEvents, nil, nil)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	for {
		var m wire.Heads
		if err := wire.ReadFrame(r.Body, &m); err != nil {
			return silentIf(err)
		}
		watchdog.Reset(silence)
		f(&m)
	}
}
