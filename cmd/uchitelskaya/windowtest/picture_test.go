//go:build window

package windowtest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"image"
	"io"
	"net"
	"os"
	"strings"
)

// A lens takes pictures of a whole X display: three requests of the X protocol
// over its socket, so that a look takes milliseconds and no other program.
type lens struct {
	conn          net.Conn
	root          uint32
	width, height int
	seed          maphash.Seed
}

// openLens connects to a display of this machine that asks for no key.
func openLens(display string) (*lens, error) {
	number, _, _ := strings.Cut(strings.TrimPrefix(display, ":"), ".")
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+number)
	if err != nil {
		return nil, fmt.Errorf("open display %s: %w", display, err)
	}
	l := &lens{conn: conn, seed: maphash.MakeSeed()}
	if err := l.greet(); err != nil {
		return nil, errors.Join(fmt.Errorf("open display %s: %w", display, err), conn.Close())
	}
	return l, nil
}

func (l *lens) greet() error {
	hello := [12]byte{'l', 0, 11} // little endian, protocol 11.0, no authority
	if _, err := l.conn.Write(hello[:]); err != nil {
		return err
	}
	var head [8]byte
	if _, err := io.ReadFull(l.conn, head[:]); err != nil {
		return err
	}
	body := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(l.conn, body); err != nil {
		return err
	}
	if head[0] != 1 || len(body) < 32 {
		return errors.New("the X server refused: " + string(body))
	}
	vendor, formats := int(binary.LittleEndian.Uint16(body[16:])), int(body[21])
	screen := 32 + (vendor+3)/4*4 + 8*formats
	if len(body) < screen+24 {
		return errors.New("the X server named no screen")
	}
	l.root = binary.LittleEndian.Uint32(body[screen:])
	l.width, l.height = int(binary.LittleEndian.Uint16(body[screen+20:])), int(binary.LittleEndian.Uint16(body[screen+22:]))
	return nil
}

// pixels returns what the display shows: four bytes a pixel, blue first.
func (l *lens) pixels() ([]byte, error) {
	request := [20]byte{73, 2, 5} // GetImage, whole pixels, 5 words
	binary.LittleEndian.PutUint32(request[4:], l.root)
	binary.LittleEndian.PutUint16(request[12:], uint16(l.width))
	binary.LittleEndian.PutUint16(request[14:], uint16(l.height))
	binary.LittleEndian.PutUint32(request[16:], ^uint32(0))
	if _, err := l.conn.Write(request[:]); err != nil {
		return nil, fmt.Errorf("ask for picture: %w", err)
	}
	var head [32]byte
	for head[0] != 1 { // events are none of ours
		if _, err := io.ReadFull(l.conn, head[:]); err != nil {
			return nil, fmt.Errorf("read picture: %w", err)
		}
		if head[0] == 0 {
			return nil, fmt.Errorf("read picture: X error %d", head[1])
		}
	}
	out := make([]byte, 4*int(binary.LittleEndian.Uint32(head[4:])))
	if _, err := io.ReadFull(l.conn, out); err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	if len(out) < 4*l.width*l.height {
		return nil, fmt.Errorf("read picture: %d bytes for %d×%d pixels", len(out), l.width, l.height)
	}
	return out, nil
}

// look returns a number for what the display shows: another one for another
// picture.
func (l *lens) look() (uint64, error) {
	p, err := l.pixels()
	return maphash.Bytes(l.seed, p), err
}

// picture returns what the display shows.
func (l *lens) picture() (image.Image, error) {
	p, err := l.pixels()
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rect(0, 0, l.width, l.height))
	for i := 0; i < len(out.Pix); i += 4 {
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = p[i+2], p[i+1], p[i], 255
	}
	return out, nil
}

// displays are the displays that the tests may use.
func displays() []string { return strings.Fields(os.Getenv("UCHITELSKAYA_DISPLAYS")) }
