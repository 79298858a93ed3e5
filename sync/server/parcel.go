package server

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"errors"
	"fmt"
	"io"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/wire"
)

// Carried is what became of a parcel.
type Carried struct {
	Line                         parcel.Line // of the answer
	Device                       string      // what the PC is called
	Accepted, Requested, Refused int         // commits, among them those judged before
	Entries                      int         // places of the logs that go back
	Left                         bool        // more news than one parcel holds
	Former                       bool        // written for this server before it was put back from a copy: nothing was taken
	Told                         error       // why not all was taken; the PC is told too
}

// Answer takes a parcel from a PC of the school through [School.Sync] and writes
// the parcel that goes back, to which a TLS key of the server puts its name.
// Taking a parcel again gives the same verdicts; what the former answer brought
// is passed over at the PC.
//
// An error means that nothing goes back: [fault.Forbidden] for a PC that is not
// the school's or was shut out, [fault.Damaged] for a file with other bytes than
// were written.
func (s *School) Answer(ctx context.Context, file io.ReadSeeker, to io.Writer, by crypto.Signer) (c Carried, err error) {
	line, err := parcel.ReadLine(file)
	if err != nil {
		return c, err
	}
	if line.Direction != parcel.ToSchool {
		return c, fault.New(fault.Invalid, "Этот файл записал школьный сервер для компьютера. Нужен файл «… в школу».")
	}
	pc, err := s.pc(ctx, line.Device)
	if err != nil {
		return c, err
	}
	if line.Epoch != s.epoch { // encrypted to a key that is no more
		r, err := s.reply(to, pc, line.Serial)
		if err != nil {
			return c, err
		}
		return r.former(ctx, line.Epoch, by)
	}
	p, err := parcel.Open(file, s.key, func(l parcel.Line, signer []byte) error {
		want, err := x509.MarshalPKIXPublicKey(ed25519.PublicKey(pc.Public))
		if err != nil || !bytes.Equal(want, signer) {
			return errors.Join(damaged(fmt.Errorf("parcel of %s signed by %x", l.Device, signer)), err)
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	r, err := s.reply(to, pc, line.Serial)
	if err != nil {
		return c, err
	}
	if err := p.Each(func(k parcel.Kind, raw []byte) error { return r.item(ctx, k, raw) }); err != nil {
		return c, err
	}
	return r.end(by)
}

// Tell writes a parcel with all of the school's logs for a PC that has sent none:
// what it has already, it passes over. It also begins a PC that has nothing yet.
func (s *School) Tell(ctx context.Context, device journal.DeviceID, to io.Writer, by crypto.Signer) (c Carried, err error) {
	pc, err := s.pc(ctx, device)
	if err != nil {
		return c, err
	}
	r, err := s.reply(to, pc, uint64(s.now().UnixMilli()))
	if err != nil {
		return c, err
	}
	if err := r.begin(wire.Asked{}); err != nil {
		return c, err
	}
	if err := r.sync(ctx, &wire.Sync{Epoch: s.epoch, Whole: true}); err != nil {
		return c, err
	}
	return r.end(by)
}

// pc is a PC of the school that may be spoken to.
func (s *School) pc(ctx context.Context, id journal.DeviceID) (d journal.Device, err error) {
	if err := s.look(ctx); err != nil {
		return d, err
	}
	for _, d = range s.Devices() {
		if d.ID == id {
			_, err = s.PC(d.Public)
			return d, err
		}
	}
	return d, fault.New(fault.Forbidden, "Этот файл записал компьютер, которого в школе нет. Из него ничего не взято.")
}
