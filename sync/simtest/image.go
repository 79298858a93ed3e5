package simtest

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// An image is the two files of a SQLite database as a disk holds them.
type image struct{ db, wal []byte }

func takeImage(dir, file string) (*image, error) {
	db, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return nil, fmt.Errorf("take image: %w", err)
	}
	wal, err := os.ReadFile(filepath.Join(dir, file+"-wal"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("take image: %w", err)
	}
	return &image{db, wal}, nil
}

// ballast is the room that a journal keeps for bad days; here it takes none.
const (
	ballastName = "journal.ballast"
	ballastSize = 4 << 20
)

func (im *image) put(dir, file string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("put image: %w", err)
	}
	err := os.WriteFile(filepath.Join(dir, file), im.db, 0o600)
	if len(im.wal) > 0 {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, file+"-wal"), im.wal, 0o600))
	}
	hole := filepath.Join(dir, ballastName)
	if err := errors.Join(err, os.WriteFile(hole, nil, 0o600), os.Truncate(hole, ballastSize)); err != nil {
		return fmt.Errorf("put image: %w", err)
	}
	return nil
}

// sector is what a disk writes whole or not at all, in bytes; walHeader is how
// long the head of SQLite's log is.
const (
	sector    = 512
	walHeader = 32
)

// torn is what a disk may hold when the power goes during a write that found was
// and would have left is: of what was not synced yet, any sectors.
//
// SQLite, with synchronous=FULL, syncs its log before it writes into the
// database, and the head of a log begun anew before its first frame.
func torn(rng *rand.Rand, was, is *image) *image {
	if !bytes.Equal(was.db, is.db) {
		return &image{mix(rng, was.db, is.db), is.wal}
	}
	head := min(walHeader, len(is.wal))
	if len(was.wal) >= head && bytes.Equal(was.wal[:head], is.wal[:head]) {
		return &image{is.db, mix(rng, was.wal, is.wal)}
	}
	if rng.IntN(2) == 0 {
		return was
	}
	wal := mix(rng, was.wal, is.wal)
	return &image{is.db, append(bytes.Clone(is.wal[:head]), wal[min(head, len(wal)):]...)}
}

// mix takes each sector from one or the other.
func mix(rng *rand.Rand, was, is []byte) []byte {
	long := max(len(was), len(is))
	size := len(was)
	if grown := len(is) - len(was); grown > 0 {
		size += rng.IntN(grown + 1)
	}
	out := make([]byte, long)
	copy(out, was)
	for at := 0; at < len(is); at += sector {
		if rng.IntN(2) == 0 {
			copy(out[at:], is[at:min(at+sector, len(is))])
		}
	}
	return out[:size]
}
