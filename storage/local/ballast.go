package local

import "os"

// ballastSize is how much room is kept for the day when the disk is full: some
// twenty thousand marks.
const ballastSize = 4 << 20

// ballast is a file that takes up room until the journal needs it.
type ballast struct{ path string }

// fill lays the ballast if it is not there. A disk too full for it is full
// enough for people to hear of it when they next write.
func (b ballast) fill() {
	if info, err := os.Stat(b.path); err == nil && info.Size() == ballastSize {
		return
	}
	if err := os.WriteFile(b.path, make([]byte, ballastSize), 0o660); err != nil {
		_ = os.Truncate(b.path, 0) // half a ballast must not stand in the way
	}
}

// release gives the room back and reports whether there was any.
func (b ballast) release() bool {
	info, err := os.Stat(b.path)
	return err == nil && info.Size() > 0 && os.Truncate(b.path, 0) == nil
}
