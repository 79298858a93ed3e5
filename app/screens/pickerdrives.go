package screens

import (
	"os"
	"path/filepath"
	"runtime"
)

// maxDrives is how many sticks and disks have a button of their own.
const maxDrives = 3

// drives are the sticks and disks that are plugged in.
func drives() []namedPlace {
	var out []namedPlace
	add := func(name, dir string) {
		if len(out) < maxDrives {
			out = append(out, namedPlace{name, dir})
		}
	}
	if runtime.GOOS == "windows" {
		for c := 'D'; c <= 'Z'; c++ {
			if _, err := os.Stat(string(c) + `:\`); err == nil {
				add(string(c)+":", string(c)+`:\`)
			}
		}
		return out
	}
	for _, pattern := range []string{"/media/*/*", "/run/media/*/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		for _, dir := range found {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				add(filepath.Base(dir), dir)
			}
		}
	}
	return out
}
