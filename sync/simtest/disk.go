package simtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"uchitelskaya/app/journal/fault"
)

// errDead ends everything that a program does after its death.
var errDead = errors.New("the program has died")

// death is how a program dies at an operation of its store.
type death int

const (
	before   death = iota // the operation has not begun
	after                 // it is durable, and nobody was told
	powerCut              // the power went while it was written
)

// A disk is where one program keeps its file. Every operation of the store goes
// through it, so that the program may die at any of them.
type disk struct {
	rng  *rand.Rand
	root string // of all that the disk ever held
	file string // name of the database
	turn int

	left int   // operations until death; 0: it lives on
	way  death // how it dies then
	full int   // writes that find no room

	dead    bool
	remains *image // what the next program finds

	lazy *image // of a store that tells too early: what the disk holds in truth
}

// dir is where the file lies at present.
func (d *disk) dir() string { return filepath.Join(d.root, fmt.Sprint(d.turn)) }

// read is an operation that changes nothing.
func (d *disk) read(do func() error) error {
	if d.due() {
		return d.die()
	}
	if d.dead {
		return errDead
	}
	return do()
}

// write is an operation that is durable when it has returned.
func (d *disk) write(do func() error) error {
	switch {
	case d.dead:
		return errDead
	case d.full > 0:
		d.full--
		return fault.New(fault.DiskFull, "На диске кончилось место.")
	case !d.due():
		return do()
	}
	switch d.way {
	case before:
		return d.die()
	case after:
		err := do()
		return errors.Join(d.die(), err)
	}
	was, err := takeImage(d.dir(), d.file)
	if err != nil {
		return err
	}
	err = do()
	is, err2 := takeImage(d.dir(), d.file)
	if err2 != nil {
		return err2
	}
	d.dead, d.remains = true, torn(d.rng, was, is)
	return errors.Join(errDead, err)
}

// due counts an operation.
func (d *disk) due() bool {
	if d.left == 0 || d.dead {
		return false
	}
	d.left--
	return d.left == 0
}

// die ends the program now; what it has written is what stays.
func (d *disk) die() error {
	if d.dead {
		return errDead
	}
	im, err := takeImage(d.dir(), d.file)
	if err != nil {
		return err
	}
	if d.lazy != nil {
		im = d.lazy
	}
	d.dead, d.remains = true, im
	return errDead
}

// renew puts an image into the place of the file, for the next program. Nobody
// may have the former one open.
func (d *disk) renew(im *image) error {
	old := d.dir()
	d.turn++
	d.dead, d.remains, d.left, d.full, d.lazy = false, nil, 0, 0, nil
	if err := im.put(d.dir(), d.file); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

// copy lays a file of the ground on a fresh disk.
func (d *disk) copy(from string) error {
	im, err := takeImage(from, d.file)
	if err != nil {
		return err
	}
	return im.put(d.dir(), d.file)
}
