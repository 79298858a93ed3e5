package server

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"time"

	"uchitelskaya/sync/identity"
)

// Times of the shell, by the clock of the sockets.
const (
	heartbeat = 20 * time.Second // between two words of the event stream
	// otherProcess is how often the server looks for what the commands beside
	// it have written.
	otherProcess = time.Second
)

// Serve answers PCs on a listener until ctx ends, keeping in step with other
// processes over the same store, and then lets what is under way end for a while.
func (s *School) Serve(ctx context.Context, l net.Listener, cert tls.Certificate, log *slog.Logger, limits Limits, farewell time.Duration) error {
	h := &http.Server{
		Handler:           s.HandlerWithin(limits, log),
		TLSConfig:         identity.ServerTLS(cert),
		ReadHeaderTimeout: 10 * time.Second, // the handshake too
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams:          16,
			MaxReceiveBufferPerConnection: 128 << 10, // of bodies that nobody has looked at yet
			MaxReceiveBufferPerStream:     128 << 10,
			SendPingTimeout:               30 * time.Second,
			PingTimeout:                   15 * time.Second,
			WriteByteTimeout:              limits.Grace,
		},
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the event streams
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	following, stop := context.WithCancel(ctx)
	followed := make(chan struct{})
	go func() { defer close(followed); s.Follow(following, otherProcess) }()
	defer func() { stop(); <-followed }()
	ended := make(chan error, 1)
	go func() { ended <- h.ServeTLS(newGate(l, limits, s.meter), "", "") }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	if err := h.Shutdown(last); err != nil {
		_ = h.Close() // what does not end by then is cut off
		return err
	}
	return nil
}
