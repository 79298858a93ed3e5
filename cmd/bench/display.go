//go:build linux && cgo && !ci

package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A display is a connection to the X server beside the window's own. It presses
// keys as a keyboard does (XTEST) and hears when something was painted on the
// screen (DAMAGE), so it measures from outside the program that is measured.
// It speaks as much of the protocol as that takes.
type display struct {
	conn    net.Conn
	in      *bufio.Reader
	out     sync.Mutex
	next    uint32 // id for a resource of ours
	root    uint32
	size    [2]int // of the screen in pixels
	test    byte   // major opcodes of the extensions
	damage  byte
	painted chan time.Time // each painting of what is watched, as it is heard of
	notify  byte           // code of that event
	answers chan []byte
	failed  error // why answers was closed
}

var order = binary.LittleEndian

// openDisplay connects to the local X server that DISPLAY names; it must ask
// for no credentials, as one started for measuring does not.
func openDisplay() (*display, error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(os.Getenv("DISPLAY"), ":"), ".")
	if _, err := strconv.Atoi(name); err != nil {
		return nil, errors.New("no display: run it as go run ./cmd/dev bench")
	}
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+name)
	if err != nil {
		return nil, fmt.Errorf("open display: %w", err)
	}
	d := &display{conn: conn, in: bufio.NewReaderSize(conn, 1<<20), painted: make(chan time.Time, 1<<12), answers: make(chan []byte, 1)}
	if err := d.greet(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("open display: %w", err)
	}
	go d.listen()
	if d.test, _, err = d.extension("XTEST"); err != nil {
		return nil, err
	}
	if d.damage, d.notify, err = d.extension("DAMAGE"); err != nil {
		return nil, err
	}
	_, err = d.ask(d.damage, 0, u32(1), u32(1)) // the version we speak
	return d, err
}

func (d *display) close() { d.conn.Close() }

// greet sets the connection up and learns the root window and its size.
func (d *display) greet() error {
	hello := make([]byte, 12)
	hello[0] = 'l'
	order.PutUint16(hello[2:], 11)
	if _, err := d.conn.Write(hello); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(d.in, head); err != nil {
		return err
	}
	body := make([]byte, 4*int(order.Uint16(head[6:])))
	if _, err := io.ReadFull(d.in, body); err != nil {
		return err
	}
	if head[0] != 1 || len(body) < 32 {
		return fmt.Errorf("the X server refuses: %q", body)
	}
	d.next = order.Uint32(body[4:])
	vendor := (int(order.Uint16(body[16:])) + 3) &^ 3
	screen := 32 + vendor + 8*int(body[21])
	if len(body) < screen+24 {
		return errors.New("the X server's greeting is too short")
	}
	d.root = order.Uint32(body[screen:])
	d.size = [2]int{int(order.Uint16(body[screen+20:])), int(order.Uint16(body[screen+22:]))}
	return nil
}

// listen sorts what the server says: answers to the one who asked, paintings
// with the moment in which they were heard of.
func (d *display) listen() {
	defer close(d.answers)
	for {
		head := make([]byte, 32)
		if _, err := io.ReadFull(d.in, head); err != nil {
			d.failed = err
			return
		}
		now := time.Now()
		switch {
		case head[0] == 0:
			d.failed = fmt.Errorf("the X server refused request %d.%d with number %d", head[10], order.Uint16(head[8:]), head[1])
			return
		case head[0] == 1:
			rest := make([]byte, 4*int(order.Uint32(head[4:])))
			if _, err := io.ReadFull(d.in, rest); err != nil {
				d.failed = err
				return
			}
			d.answers <- append(head, rest...)
		case head[0]&0x7f == d.notify && d.notify != 0:
			select {
			case d.painted <- now:
			default: // nobody reads them
			}
		}
	}
}

// tell sends a request: opcode, the byte after it, and its parts.
func (d *display) tell(opcode, detail byte, parts ...[]byte) error {
	request := []byte{opcode, detail, 0, 0}
	for _, p := range parts {
		request = append(request, p...)
	}
	for len(request)%4 != 0 {
		request = append(request, 0)
	}
	order.PutUint16(request[2:], uint16(len(request)/4))
	d.out.Lock()
	defer d.out.Unlock()
	_, err := d.conn.Write(request)
	return err
}

// ask is tell for a request that has an answer; one at a time.
func (d *display) ask(opcode, detail byte, parts ...[]byte) ([]byte, error) {
	if err := d.tell(opcode, detail, parts...); err != nil {
		return nil, err
	}
	answer, ok := <-d.answers
	if !ok {
		return nil, d.failed
	}
	return answer, nil
}

func (d *display) extension(name string) (major, event byte, err error) {
	answer, err := d.ask(98, 0, u16(len(name)), u16(0), []byte(name))
	if err == nil && answer[8] == 0 {
		err = fmt.Errorf("the X server has no %s", name)
	}
	if err != nil {
		return 0, 0, err
	}
	return answer[9], answer[10], nil
}

// watch makes paintings in a window known, each as the server has done it.
func (d *display) watch(window uint32) (stop func(), err error) {
	id := d.next
	d.next++
	err = d.tell(d.damage, 1, u32(id), u32(window), u32(0))
	return func() { _ = d.tell(d.damage, 2, u32(id)) }, err
}

// The kinds of input.
const (
	keyDown, keyUp       = 2, 3
	buttonDown, buttonUp = 4, 5
	pointerTo            = 6
)

// input is what a keyboard or mouse does: a key code or button, or a place.
func (d *display) input(kind, detail byte, x, y int) error {
	return d.tell(d.test, 2, []byte{kind, detail, 0, 0}, u32(0), u32(d.root), make([]byte, 8), u16(x), u16(y), make([]byte, 8))
}

// code finds the key that has a symbol.
func (d *display) code(symbol uint32) (byte, error) {
	const first, count = 8, 248
	answer, err := d.ask(101, 0, []byte{first, count})
	if err != nil {
		return 0, err
	}
	per := int(answer[1])
	for i := range count {
		if at := 32 + 4*i*per; at+4 <= len(answer) && order.Uint32(answer[at:]) == symbol {
			return byte(first + i), nil
		}
	}
	return 0, fmt.Errorf("no key has the symbol %#x", symbol)
}

// pixels is what is on the screen now, four bytes a pixel.
func (d *display) pixels() ([]byte, error) {
	answer, err := d.ask(73, 2, u32(d.root), u16(0), u16(0), u16(d.size[0]), u16(d.size[1]), u32(1<<32-1))
	if err != nil {
		return nil, err
	}
	return answer[32:], nil
}

func u16(n int) []byte    { return order.AppendUint16(nil, uint16(n)) }
func u32(n uint32) []byte { return order.AppendUint32(nil, n) }
