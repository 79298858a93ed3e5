//go:build window

package windowtest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var (
	bin           = os.Getenv("UCHITELSKAYA_BIN")
	pictureFolder = os.Getenv("UCHITELSKAYA_PICTURES")
	pictures      int    // taken
	schoolFolder  string // of the demo school that all tests copy
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	work, err := os.MkdirTemp("", "uchitelskaya-window-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(work)
	keep := pictureFolder != ""
	if !keep {
		if pictureFolder, err = os.MkdirTemp("", "uchitelskaya-pictures-"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	schoolFolder = filepath.Join(work, "school")
	if err := makeSchool(schoolFolder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if code == 0 && !keep {
		os.RemoveAll(pictureFolder)
	} else {
		fmt.Fprintln(os.Stderr, "pictures of the windows are in", pictureFolder)
	}
	return code
}
